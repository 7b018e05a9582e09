"""Articles taken in over HTTP: at once, as jobs, and done once however often they are sent."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier, Event
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx2 import Response

from app import intake, workers
from app.api import background
from app.api import intake as routes
from app.core.model import Article, Reading
from app.intake import Worker
from app.store import tokens
from app.store.engine import reading
from tests.api.conftest import NOW, give
from tests.api.conftest import publish as published
from tests.api.test_following import short
from tests.api.test_problems import problem
from tests.conftest import NewDatabase
from tests.readers import IsoReader

__all__ = ["short"]  # a fixture

ANNA = {"Authorization": f"Bearer {tokens.secret(b'anna')}"}
BORIS = {"Authorization": f"Bearer {tokens.secret(b'boris')}"}
LATER = {"Prefer": "respond-async"}
LINES = {"Content-Type": "application/x-ndjson; charset=utf-8"}
MET = "They met on {}."


@pytest.fixture
def reader() -> IsoReader:
    return IsoReader()


def publish(url: str, **given: Any) -> FastAPI:
    """An app over that database, where Anna may do all, Boris take articles in, and Carol read."""
    app = published(url, **given)
    with reading(app.state.engine) as session:
        known = {token.name for token in tokens.standing(session).values()}
    if not known:
        give(app, "anna", "ingest", "curate")
        give(app, "boris", "ingest")
        give(app, "carol", "read")
    return app


@pytest.fixture
def app(new_database: NewDatabase, reader: IsoReader) -> FastAPI:
    return publish(new_database(), read=partial(workers.one_by_one, extractor=reader))


@pytest.fixture
def client(app: FastAPI) -> Iterator[TestClient]:
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


def one(id_: object = 1, day: str = "2022-03-26", **fields: object) -> dict[str, object]:
    return {"id": id_, "text": MET.format(day), **fields}


def send(client: TestClient, sent: object, **headers: str) -> Response:
    return client.post("/v1/articles", json=sent, headers={**ANNA, **headers})


def work_off(app: FastAPI) -> int:
    """Reads what waits as a worker does; returns how much it was."""
    steps = Worker(app.state.engine, app.state.intake, "test", lambda: NOW)
    count = 0
    while steps.step():
        count += 1
    return count


def dates(client: TestClient) -> list[str]:
    return [event["date"] for event in client.get("/v1/events").json()["events"]]


def outcomes(answer: Response) -> list[str]:
    return [one["outcome"] for one in answer.json()["articles"]]


# ---------------------------------------------------------------- at once
def test_an_article_is_read_stored_and_shown_everywhere(client: TestClient) -> None:
    seen = client.get("/v1/changes").json()["changes"][-1]["seq"]
    answer = send(client, one(outlet="A", title="B", address="https://a.example/x"))
    assert answer.status_code == 201
    [taken] = answer.json()["articles"]
    [event] = taken["events"]
    assert (taken["number"], taken["outcome"], taken["key"]) == (1, "created", "https://a.example/x")
    assert answer.json()["counts"] == {"created": 1, "revised": 0, "unchanged": 0, "refused": 0}
    assert [one["rel"] for one in taken["links"]] == ["self", "event"]
    article, shown = (client.get(one["href"]).json() for one in taken["links"])
    assert (article["id"], article["title"], article["outlet"]) == (taken["id"], "B", "A")
    assert (shown["id"], shown["date"]) == (event["id"], "2022-03-26")
    assert "2022-03-26" in dates(client)
    [change] = client.get(f"/v1/changes?since={seen}").json()["changes"]
    assert (change["event"], change["what"]) == (event["id"], "created")


def test_who_follows_the_changes_is_told(short: None, client: TestClient) -> None:
    [taken] = send(client, one()).json()["articles"]
    stream = client.get("/v1/changes", headers={"Accept": "text/event-stream"}).text
    assert taken["events"][0]["id"] in stream.split("\n\n")[-2]


def test_what_was_sent_before_is_unchanged_or_a_revision(client: TestClient) -> None:
    send(client, one())
    again = send(client, one())
    assert (again.status_code, outcomes(again)) == (200, ["unchanged"])
    revised = send(client, one(day="2022-03-27"))
    assert (revised.status_code, outcomes(revised)) == (200, ["revised"])
    assert "2022-03-27" in dates(client) and "2022-03-26" not in dates(client)
    other = client.post("/v1/articles", json=one(), headers=BORIS)
    assert outcomes(other) == ["created"]


def test_a_fault_of_one_article_is_its_result_and_the_others_land(client: TestClient) -> None:
    answer = send(client, {"articles": [one(1), {"id": 2}, 3, one(1), {"id": 5, "text": "explode"}, one(6)]})
    assert answer.status_code == 201
    assert outcomes(answer) == ["created", "refused", "refused", "refused", "refused", "created"]
    assert [one.get("reason") for one in answer.json()["articles"]] == [
        None,
        '"text" is missing: accepted is a text',
        "is a JSON number: accepted is an object with id, text, html, date, url, outlet, title",
        "comes twice: '#1' was sent before it",
        "could not be read: RuntimeError: a bug",
        None,
    ]
    assert [one["number"] for one in answer.json()["articles"]] == [1, 2, 3, 4, 5, 6]


def test_json_lines_are_a_batch(client: TestClient) -> None:
    content = f"{json.dumps(one(1))}\n\nnope\n{json.dumps(one(2))}\n"
    answer = client.post("/v1/articles", content=content, headers={**ANNA, **LINES})
    assert outcomes(answer) == ["created", "refused", "refused", "created"]
    assert answer.json()["articles"][2]["reason"].startswith("is not JSON: Expecting value")


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({}, 'the article: "text" is missing'),
        ({"text": "They met."}, 'the article: has neither "id" nor "url"'),
        ({"id": 1, "text": "explode"}, "the article: could not be read: RuntimeError: a bug"),
        ({"articles": []}, '"articles" is not a list that holds an article'),
        ({"articles": {}}, '"articles" is not a list that holds an article'),
        ({"articles": [{}], "x": 1}, '"x" stands beside "articles"'),
    ],
)
def test_what_cannot_be_taken_in_is_refused_by_name(client: TestClient, sent: object, says: str) -> None:
    found = problem(send(client, sent), 422)
    assert found["type"] == "urn:demarche:problem:invalid-article"
    assert found["detail"].startswith(says)


@pytest.mark.parametrize(("content", "status"), [(b"", 400), (b"[]", 400), (b"{", 400)])
def test_a_body_that_is_no_object_is_refused(client: TestClient, content: bytes, status: int) -> None:
    problem(client.post("/v1/articles", content=content, headers=ANNA), status)
    problem(client.post("/v1/articles", content=b" \n", headers={**ANNA, **LINES}), 422)


def test_a_body_above_the_limit_and_too_many_articles_are_refused(
    new_sqlite: NewDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(routes, "MAX_ARTICLES", 2)
    with TestClient(publish(new_sqlite(), max_body_bytes="1024")) as client:
        assert problem(send(client, one(title="x" * 1024)), 413)["detail"] == "the body has more than 1024 bytes"
        many = problem(send(client, {"articles": [{}] * 3}), 413)
        assert many["detail"] == "3 articles are too many for one request: send up to 2"
        problem(client.post("/v1/articles", content=b"{}\n" * 3, headers={**ANNA, **LINES}), 413)


def test_nothing_is_taken_in_without_a_token(client: TestClient) -> None:
    for method, path in [("POST", "articles"), ("GET", "jobs"), ("GET", "jobs/j1"), ("DELETE", "jobs/j1")]:
        problem(client.request(method, f"/v1/{path}", content=b"{}"), 401)


def test_what_a_token_lets_its_holder_do(client: TestClient) -> None:
    carol = {"Authorization": f"Bearer {tokens.secret(b'carol')}"}
    place = send(client, one(), **LATER).headers["location"]
    assert client.get("/v1/jobs", headers=carol).json()["jobs"] == []
    for method, path in [("POST", "/v1/articles"), ("GET", place), ("DELETE", place)]:
        found = problem(client.request(method, path, content=b"{}", headers=carol), 403)
        assert found["detail"] == "this takes a token of scope ingest, and yours has read"
    assert client.get(place, headers=BORIS).status_code == 200


def test_a_misspelt_parameter_is_refused(client: TestClient) -> None:
    for method, path in [("POST", "articles"), ("GET", "jobs"), ("GET", "jobs/j1"), ("DELETE", "jobs/j1")]:
        [error] = problem(client.request(method, f"/v1/{path}?lmit=1", content=b"{}", headers=ANNA), 422)["errors"]
        assert error["parameter"] == "lmit"


# ---------------------------------------------------------------- jobs
def test_many_articles_become_a_job_that_tells_what_came_of_each(client: TestClient, app: FastAPI) -> None:
    sent = [one(number, day=f"2022-03-{number + 10}") for number in range(11)] + [{"id": 99}]
    answer = send(client, {"articles": sent})
    assert answer.status_code == 202
    job = answer.json()
    assert (job["state"], job["total"], job["done"], job["counts"]) == ("queued", 12, 1, {"refused": 1})
    place = answer.headers["location"]
    assert place == f"/v1/jobs/{job['id']}" == job["links"][0]["href"]
    waiting = client.get(place, headers=ANNA)
    assert waiting.headers["retry-after"] == answer.headers["retry-after"] == "5"
    assert waiting.headers["cache-control"] == "private, no-store" and "etag" not in waiting.headers
    assert work_off(app) == 11
    done = client.get(place, headers=ANNA)
    assert "retry-after" not in done.headers
    assert (done.json()["state"], done.json()["counts"]) == ("done", {"created": 11, "refused": 1})
    assert done.json()["finished_at"]
    assert outcomes(done) == ["created"] * 11 + ["refused"]
    assert [one["events"][0]["date"] for one in done.json()["articles"][:11]] == dates(client)[-11:]


def test_results_come_in_pages(client: TestClient, app: FastAPI) -> None:
    place = send(client, {"articles": [one(1), one(2), one(3)]}, **LATER).headers["location"]
    work_off(app)
    first = client.get(f"{place}?limit=2", headers=ANNA).json()
    [following] = [link["href"] for link in first["links"] if link["rel"] == "next"]
    rest = client.get(following, headers=ANNA).json()
    assert [one["number"] for one in first["articles"] + rest["articles"]] == [1, 2, 3]
    assert [link["rel"] for link in rest["links"]] == ["self"]


def test_a_large_body_and_a_wish_make_a_job_of_few_articles(client: TestClient, app: FastAPI) -> None:
    long = send(client, one(text="They met on 2022-03-26." + " x" * 140_000))
    assert long.status_code == 202 and "preference-applied" not in long.headers
    wished = send(client, one(2), **LATER)
    assert (wished.status_code, wished.headers["preference-applied"]) == (202, "respond-async")
    lines = client.post(
        "/v1/articles", content=json.dumps(one(3)), headers={**ANNA, **LINES, "prefer": "wait=1, respond-async"}
    )
    assert lines.status_code == 202
    assert work_off(app) == 3


def test_a_job_of_which_nothing_can_be_taken_in_has_failed(client: TestClient) -> None:
    answer = send(client, {"articles": [{"id": 1}]}, **LATER)
    assert (answer.status_code, answer.json()["state"]) == (202, "failed")


def test_a_cancelled_job_keeps_what_is_stored(client: TestClient, app: FastAPI) -> None:
    place = send(client, {"articles": [one(1), one(2)]}, **LATER).headers["location"]
    assert Worker(app.state.engine, app.state.intake, "test", lambda: NOW).step()
    answer = client.delete(place, headers=ANNA)
    assert (answer.status_code, answer.json()["state"]) == (200, "cancelled")
    assert outcomes(answer) == ["created", "cancelled"]
    assert work_off(app) == 0
    problem(client.delete("/v1/jobs/j0", headers=ANNA), 404)


def test_jobs_are_listed_for_their_owner_in_pages(client: TestClient) -> None:
    sent = [send(client, one(number), **LATER).json()["id"] for number in range(3)]
    assert client.get("/v1/jobs", headers=BORIS).json()["jobs"] == []
    first = client.get("/v1/jobs?limit=2", headers=ANNA).json()
    [following] = [link["href"] for link in first["links"] if link["rel"] == "next"]
    rest = client.get(following, headers=ANNA).json()
    assert [job["id"] for job in first["jobs"] + rest["jobs"]] == sent[::-1]
    found = problem(client.get(following, headers=BORIS), 422)
    assert found["type"] == "urn:demarche:problem:foreign-cursor"


def test_what_one_client_may_see_is_not_kept_for_another(client: TestClient) -> None:
    place = send(client, one(), **LATER).headers["location"]
    assert client.get(place, headers=ANNA).status_code == 200
    problem(client.get(place), 401)
    assert len(client.get("/v1/jobs", headers=ANNA).json()["jobs"]) == 1
    assert client.get("/v1/jobs", headers=BORIS).json()["jobs"] == []


def test_the_server_works_jobs_off_and_goes_on_with_those_of_before(
    new_database: NewDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    url, stored = new_database(), Event()

    class Telling(intake.Intake):
        def work(self, *given: Any, **more: Any) -> Any:
            found = super().work(*given, **more)
            stored.set()
            return found

    def start() -> FastAPI:
        read = partial(workers.one_by_one, extractor=IsoReader())
        return publish(url, read=read, workers_in_api=True)

    monkeypatch.setattr("app.main.Intake", Telling)
    monkeypatch.setattr(background, "IDLE_S", 60.0)
    app = publish(url)
    with TestClient(app) as client:
        place = send(client, one(1), **LATER).headers["location"]
    with TestClient(start()) as client:
        assert stored.wait(30)
        assert client.get(place, headers=ANNA).json()["state"] == "done"
        stored.clear()
        woken = send(client, one(2), **LATER).headers["location"]
        assert stored.wait(30)
        assert client.get(woken, headers=ANNA).json()["state"] == "done"


# ---------------------------------------------------------------- sent again
def test_a_repetition_gets_the_first_answer(client: TestClient, reader: IsoReader) -> None:
    key = {"Idempotency-Key": '"8e03978e"'}
    first = send(client, one(), **key)
    again = send(client, one(), **key)
    assert "idempotency-replayed" not in first.headers
    assert again.headers["idempotency-replayed"] == "true"
    assert (again.status_code, again.content) == (first.status_code, first.content) and again.status_code == 201
    assert len(reader.articles) == 1
    assert outcomes(send(client, one(), **{"Idempotency-Key": "8e03978f"})) == ["unchanged"]
    assert send(client, one(), **{"Idempotency-Key": "8e03978e"}).headers["idempotency-replayed"] == "true"


def test_a_job_is_made_once(client: TestClient) -> None:
    first, again = (send(client, one(), **LATER, **{"Idempotency-Key": '"k"'}) for _ in range(2))
    assert again.headers["location"] == first.headers["location"]
    assert again.json() == first.json()
    assert len(client.get("/v1/jobs", headers=ANNA).json()["jobs"]) == 1


def test_another_request_with_the_same_key_is_refused(client: TestClient) -> None:
    key = {"Idempotency-Key": '"k"'}
    send(client, one(), **key)
    found = problem(send(client, one(2), **key), 422)
    assert found["type"] == "urn:demarche:problem:idempotency-key-reused"
    assert "'k'" in found["detail"]
    assert client.post("/v1/articles", json=one(2), headers={**BORIS, **key}).status_code == 201


def test_a_refusal_is_not_kept(client: TestClient) -> None:
    key = {"Idempotency-Key": '"k"'}
    problem(send(client, {"id": 1, "text": "explode"}, **key), 422)
    assert send(client, one(), **key).status_code == 201


@pytest.mark.parametrize("key", ["", '""', '"', 'a"b', "a b", '"a', '"' + "x" * 256 + '"', '"caf\u00e9"'])
def test_a_key_that_is_none_is_refused(client: TestClient, key: str) -> None:
    headers = [(b"authorization", ANNA["Authorization"].encode()), (b"idempotency-key", key.encode())]
    answer = client.post("/v1/articles", json=one(), headers=headers)
    [error] = problem(answer, 422)["errors"]
    assert error["parameter"] == "Idempotency-Key"
    assert error["accepted"].startswith("one quoted string")


def test_two_keys_are_refused(client: TestClient) -> None:
    headers = [("authorization", ANNA["Authorization"]), ("idempotency-key", "a"), ("idempotency-key", "b")]
    [error] = problem(client.post("/v1/articles", json=one(), headers=headers), 422)["errors"]
    assert error["value"] == "a, b"


def test_a_repetition_is_refused_while_the_first_is_worked_on(new_database: NewDatabase) -> None:
    begun, go_on = Event(), Event()

    class Slow(IsoReader):
        def read(self, article: Article, *, undated: bool = False) -> Reading:
            begun.set()
            assert go_on.wait(30)
            return super().read(article, undated=undated)

    url, reader = new_database(), Slow()
    key = {"Idempotency-Key": '"k"'}
    one_server = publish(url, read=partial(workers.one_by_one, extractor=lambda: reader))
    another = publish(url, read=partial(workers.one_by_one, extractor=lambda: reader))
    with TestClient(one_server) as first, TestClient(another) as second, ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(send, first, one(), **key)
        assert begun.wait(30)
        refused = send(second, one(), **key)
        go_on.set()
        assert waiting.result().status_code == 201
        assert problem(refused, 409)["type"] == "urn:demarche:problem:still-worked-on"
        assert refused.headers["retry-after"] == "1"
        again = send(second, one(), **key)
        assert (again.status_code, again.headers["idempotency-replayed"]) == (201, "true")
    assert len(reader.articles) == 1


def test_of_many_at_once_one_is_done(client: TestClient) -> None:
    start, count = Barrier(6), 6

    def ask(number: int) -> Response:
        start.wait()
        return send(client, one(), **LATER, **{"Idempotency-Key": '"k"'})

    with ThreadPoolExecutor(count) as pool:
        answers = list(pool.map(ask, range(count)))
    made = [one for one in answers if one.status_code == 202]
    assert all(one.status_code in (202, 409) for one in answers)
    assert len({one.headers["location"] for one in made}) == 1
    assert len(client.get("/v1/jobs", headers=ANNA).json()["jobs"]) == 1


def test_an_edit_is_made_once(client: TestClient) -> None:
    event_id = client.get("/v1/events").json()["events"][0]["id"]
    edit = {"op": "retitle", "title": "Another", "reason": "shorter"}
    headers = {**ANNA, "Idempotency-Key": '"k"'}
    first, again = (client.post(f"/v1/events/{event_id}/edits", json=edit, headers=headers) for _ in range(2))
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.json() == first.json() and again.headers["location"] == first.headers["location"]
    assert again.headers["idempotency-replayed"] == "true"
    assert len(client.get("/v1/edits").json()["edits"]) == 1
    other = client.post(f"/v1/events/{event_id}/edits", json={**edit, "title": "X"}, headers=headers)
    assert problem(other, 422)["type"] == "urn:demarche:problem:idempotency-key-reused"
