"""Ids, the log and the metrics of requests, and that telling them holds nothing back and fails nothing."""

import asyncio
import io
import json
import logging
import re
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi import FastAPI, Request
from fastapi.testclient import TestClient

from app.api import logs
from app.api.heads import Heads
from app.api.metrics import Metrics
from app.api.operations import Operations, routes
from app.main import create_app
from app.settings import Settings
from app.store.engine import writing
from tests.api.asgi import constant, header, scope, sent
from tests.api.conftest import give, publish
from tests.api.test_problems import problem
from tests.conftest import NewDatabase


@pytest.fixture
def stream(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """What is logged, as JSON, but for what the client logs."""
    monkeypatch.setattr(logging.getLogger("httpx2"), "disabled", True)
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    stream = io.StringIO()
    logs.configure("INFO", "json", stream)
    root.handlers[:] = [*root.handlers, *before]
    yield stream
    root.handlers[:] = before
    root.setLevel(level)


@pytest.fixture
def app(new_sqlite: NewDatabase) -> FastAPI:
    return publish(new_sqlite())


@pytest.fixture
def client(app: FastAPI) -> Iterator[TestClient]:
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


def lines(stream: io.StringIO, logger: str = "demarche.requests") -> list[dict[str, Any]]:
    found = [json.loads(line) for line in stream.getvalue().splitlines()]
    return [line for line in found if line["logger"] == logger]


def layer(app: Any = constant, **changes: Any) -> Operations:
    ticks = iter(range(1000))
    given = {"metrics": Metrics(lambda: 7), "route": routes(["/v1/events"]), "clock": lambda: float(next(ticks))}
    return Operations(app, **(given | changes))


# ---------------------------------------------------------------- ids
@pytest.mark.parametrize("given", ["a", "4f1d0c7a-92be_6835.x", "x" * 128])
def test_the_id_that_a_request_brings_is_kept(client: TestClient, given: str) -> None:
    answer = client.get("/v1/events?x=1", headers={"X-Request-ID": given})
    assert answer.headers["x-request-id"] == problem(answer, 422)["request_id"] == given


@pytest.mark.parametrize("given", ["", "a b", "x" * 129, "é", "a\tb", "a;b", '"'])
def test_an_id_that_cannot_be_logged_as_it_is_gives_way_to_a_new_one(client: TestClient, given: str) -> None:
    headers = {"X-Request-ID": given.encode("latin-1")}
    made = [client.get("/healthz", headers=headers).headers["x-request-id"] for _ in range(2)]
    assert all(re.fullmatch("[0-9a-f]{16}", one) for one in made) and made[0] != made[1]


@pytest.mark.parametrize("path", ["/v1/events", "/v1/nothing", "/docs", "/metrics"])
def test_every_answer_has_an_id(client: TestClient, path: str) -> None:
    assert client.get(path).headers.get_list("x-request-id") != []
    assert len(client.get(path).headers.get_list("x-request-id")) == 1  # one from the cache has none of its own


# ---------------------------------------------------------------- the log
def test_a_request_is_one_line_with_all_that_is_known_of_it(
    app: FastAPI, client: TestClient, stream: io.StringIO
) -> None:
    headers = give(app, "anna", "read") | {"X-Request-ID": "one", "Accept-Encoding": "identity"}
    answer = client.get("/v1/actors/RUS/events?limit=2&access_token=abc", headers=headers)
    assert answer.status_code == 422
    [line] = lines(stream)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", line.pop("time")) and line.pop("duration_ms") > 0
    assert line == {
        "level": "INFO",
        "logger": "demarche.requests",
        "request_id": "one",
        "method": "GET",
        "path": "/v1/actors/RUS/events",
        "query": "limit=2&access_token=***",
        "route": "/v1/actors/{id}/events",
        "status": 422,
        "bytes": len(answer.content),
        "client": "testclient",
        "token": "anna",
        "ended": "whole",
    }


def test_a_cached_answer_is_logged_like_any_other(client: TestClient, stream: io.StringIO) -> None:
    for _ in range(2):
        client.get("/v1/kinds", headers={"Accept-Encoding": "identity"})
    first, second = lines(stream)
    varying = ("time", "duration_ms", "request_id")
    assert [{**first, **dict.fromkeys(varying)}] == [{**second, **dict.fromkeys(varying)}]


def test_a_failure_is_logged_once_with_its_traceback_and_answered_with_its_id(
    app: FastAPI, client: TestClient, stream: io.StringIO
) -> None:
    def fail(request: Request) -> None:
        logging.getLogger("app.somewhere").warning("about to fail")
        raise RuntimeError("a secret")

    app.add_api_route("/fail", fail)
    answer = client.get("/fail", headers={"X-Request-ID": "bad", "Origin": "https://frontend.example"})
    assert problem(answer, 500)["request_id"] == "bad"
    assert answer.headers["access-control-allow-origin"] == "*"
    [failed] = lines(stream, "app.api.gate")
    assert "RuntimeError: a secret" in failed["exception"] and failed["message"] == "GET /fail failed"
    [told], [warned] = lines(stream), lines(stream, "app.somewhere")
    assert (told["level"], told["status"], told["route"]) == ("ERROR", 500, "unknown")
    assert {one["request_id"] for one in (failed, told, warned)} == {"bad"}


def test_a_line_as_text_is_one_line_whatever_is_asked(client: TestClient, stream: io.StringIO) -> None:
    logging.getLogger().handlers[0].setFormatter(logs.Text())
    client.get("/v1/a%0Ab?q=%0a&token=x", headers={"X-Request-ID": "one"})
    [line] = stream.getvalue().splitlines()
    shown = r"\S+Z INFO    testclient GET /v1/a%0Ab\?q=%0a&token=\*\*\* 404, [\d.]+ ms, \d+ bytes \[one\]"
    assert re.fullmatch(shown, line), line


def test_a_token_is_nowhere_in_the_log(app: FastAPI, client: TestClient, stream: io.StringIO) -> None:
    secret = give(app, "anna", "read")["Authorization"].removeprefix("Bearer ")
    client.get(f"/v1/events?q={secret}", headers={"Authorization": f"Bearer {secret}"})
    client.post(f"/v1/events/e1/edits?token={secret}", headers={"Authorization": f"Bearer {secret}x"})
    client.get(f"/v1/{secret}")
    assert len(lines(stream)) == 3 and secret not in stream.getvalue()


def test_a_message_of_several_lines_is_one_line_as_text() -> None:
    record = logging.LogRecord("app", logging.ERROR, "", 0, "%s: gone", ("/v1/a\nINFO forged\r",), None)
    assert logs.Text().format(record).endswith(r" ERROR   /v1/a\nINFO forged\r: gone")


@pytest.mark.anyio
async def test_a_client_that_goes_away_is_told(stream: io.StringIO) -> None:
    async def half(scope, receive, send):
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"half", "more_body": True})

    async def none(scope, receive, send):
        assert (await receive())["type"] == "http.request"

    async def broken(scope, receive, send):
        await half(scope, receive, send)
        raise RuntimeError("a failure")

    metrics = Metrics(lambda: 7)
    await sent(layer(half, metrics=metrics), scope())
    await sent(layer(none, metrics=metrics), scope())
    with pytest.raises(RuntimeError):
        await sent(layer(broken, metrics=metrics), scope())
    told = [(line["status"], line["bytes"], line["ended"], line["level"]) for line in lines(stream)]
    assert told == [(200, 4, "client gone", "INFO"), (499, 0, "client gone", "INFO"), (200, 4, "broken off", "ERROR")]
    assert metrics.under_way == 0


@pytest.mark.anyio
async def test_what_is_sent_goes_on_as_it_comes() -> None:
    async def stream(scope, receive, send):
        await send({"type": "http.response.start", "status": 200, "headers": []})
        for number in range(3):
            await send({"type": "http.response.body", "body": b"x", "more_body": True})
            seen.append((number, len(passed)))
        await send({"type": "http.response.body", "body": b""})

    async def send(message):
        passed.append(message)

    seen: list[tuple[int, int]] = []
    passed: list[dict] = []
    await layer(stream)(scope(), None, send)
    assert seen == [(0, 2), (1, 3), (2, 4)]


@pytest.mark.anyio
async def test_a_telling_that_fails_fails_no_request() -> None:
    def fail(path: str) -> str:
        raise RuntimeError("no route")

    assert (await sent(layer(route=fail), scope()))[1]["body"] == b"hello"


@pytest.mark.anyio
async def test_a_log_that_cannot_be_written_fails_no_request(
    stream: io.StringIO, capsys: pytest.CaptureFixture[str]
) -> None:
    stream.close()
    assert (await sent(layer(), scope()))[1]["body"] == b"hello"
    await asyncio.sleep(0)  # the loop's next turn, in which it is written
    assert "closed file" in capsys.readouterr().err


@pytest.mark.anyio
async def test_the_headers_of_an_answer_that_is_kept_are_left_alone() -> None:
    kept = [(b"etag", b'"a"')]

    async def known(scope, receive, send):
        await send({"type": "http.response.start", "status": 200, "headers": kept})
        await send({"type": "http.response.body", "body": b""})

    assert header(await sent(layer(known), scope(x_request_id="one")), "x-request-id") == "one"
    assert kept == [(b"etag", b'"a"')]


# ---------------------------------------------------------------- metrics
def sample(client: TestClient, name: str) -> float | None:
    """The value of a line of the metrics."""
    text = client.get("/metrics").text
    found = [line.rpartition(" ")[2] for line in text.splitlines() if line.rpartition(" ")[0] == name]
    return float(found[0]) if found else None


def test_requests_are_counted_by_method_route_and_status(client: TestClient) -> None:
    for path in ("/v1/actors/RUS", "/v1/actors/USA", "/v1/actors/nobody"):
        client.get(path)
    client.request("BREW", "/teapot")
    assert sample(client, 'demarche_requests_total{method="GET",route="/v1/actors/{id}",status="200"}') == 2
    assert sample(client, 'demarche_requests_total{method="GET",route="/v1/actors/{id}",status="404"}') == 1
    assert sample(client, 'demarche_requests_total{method="other",route="unknown",status="404"}') == 1
    assert sample(client, 'demarche_request_seconds_count{route="/v1/actors/{id}"}') == 3
    assert sample(client, "demarche_requests_under_way") == 1


def test_what_the_cache_had_is_counted_by_route_too(client: TestClient) -> None:
    tag = client.get("/v1/events?limit=1").headers["etag"]
    for headers in ({}, {}, {"If-None-Match": tag}):
        client.get("/v1/events?limit=1", headers=headers)
    client.head("/v1/events?limit=1")
    outcomes = [
        sample(client, f'demarche_cache_answers_total{{outcome="{one}"}}') for one in ("miss", "hit", "unchanged")
    ]
    assert outcomes == [1, 3, 1]
    assert sample(client, 'demarche_requests_total{method="GET",route="/v1/events",status="304"}') == 1
    assert sample(client, 'demarche_requests_total{method="HEAD",route="/v1/events",status="200"}') == 1


def test_commits_are_told_and_the_rest_is_told_without_them(app: FastAPI, client: TestClient) -> None:
    before = sample(client, "demarche_commits")
    with writing(app.state.engine):
        pass
    assert before is not None and sample(client, "demarche_commits") == before + 1
    with app.state.engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE commit_count")
    assert sample(client, "demarche_commits") is None
    assert client.get("/metrics").headers["content-type"].startswith("text/plain; version=")


def test_two_applications_count_for_themselves(new_sqlite: NewDatabase, client: TestClient) -> None:
    with TestClient(create_app(Settings(database_url=new_sqlite()))) as other:
        other.get("/v1/kinds")
    assert sample(client, 'demarche_requests_total{method="GET",route="/v1/kinds",status="200"}') is None


def test_every_path_that_is_served_has_a_route(app: FastAPI, client: TestClient) -> None:
    templates = [*app.openapi()["paths"], "/docs", "/openapi.json", "/v1/events.csv"]
    for template in templates:
        client.get(re.sub(r"\{\w+\}", "x", template))
    text = client.get("/metrics").text
    assert 'route="unknown"' not in text
    assert all(f'route="{one}"' in text for one in app.openapi()["paths"] if one != "/metrics")


# ---------------------------------------------------------------- HEAD
@pytest.mark.parametrize(
    "path",
    ["/v1/events", "/v1/events?x=1", "/v1/events.ndjson", "/v1/kinds", "/healthz", "/readyz", "/docs", "/nothing"],
)
def test_head_has_the_headers_of_get_and_no_body(client: TestClient, path: str) -> None:
    headers = {"X-Request-ID": "one", "Accept-Encoding": "identity"}
    got, asked = client.get(path, headers=headers), client.head(path, headers=headers)
    assert (asked.status_code, asked.content) == (got.status_code, b"")
    assert {**asked.headers} == {**got.headers}


def test_head_of_what_still_holds_is_304(client: TestClient) -> None:
    tag = client.head("/v1/events").headers["etag"]
    assert client.head("/v1/events", headers={"If-None-Match": tag}).status_code == 304


def test_head_of_a_stream_without_end_ends(client: TestClient) -> None:
    answer = client.head("/v1/changes", headers={"Accept": "text/event-stream"})
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["content-type"].startswith("text/event-stream")


def test_head_of_what_only_takes_posts_is_405(client: TestClient) -> None:
    assert client.head("/v1/events/e1/edits/1").status_code == 405


@pytest.mark.anyio
async def test_head_sends_one_empty_body_whatever_the_application_sends() -> None:
    async def long(scope, receive, send):
        assert scope["method"] == "GET"
        await send({"type": "http.response.start", "status": 200, "headers": []})
        for _ in range(3):
            await send({"type": "http.response.body", "body": b"x", "more_body": True})
        assert [(await receive())["type"] for _ in range(2)] == ["http.request", "http.disconnect"]
        await send({"type": "http.response.body", "body": b""})

    request = scope(method="HEAD")
    messages = await sent(Heads(long), request)
    assert [one["type"] for one in messages] == ["http.response.start", "http.response.body"]
    assert messages[1]["body"] == b"" and request["method"] == "HEAD"
