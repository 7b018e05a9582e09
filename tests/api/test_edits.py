"""Curation over HTTP: with a token, checked field by field, and undone under the subject it was made of."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from app.core.model import Article, ArticleDate, Reading
from app.store import tokens
from tests.api.conftest import give, publish
from tests.api.test_problems import problem
from tests.conftest import NewDatabase
from tests.factories import LAVROV, mention, reading

TOKEN = tokens.secret(b"anna")
ANNA = {"Authorization": f"Bearer {TOKEN}"}
BORIS = {"Authorization": f"bearer {tokens.secret(b'boris')}"}


def read(items: Iterable[Article]) -> Iterator[tuple[Article, Reading]]:
    """A reader that finds a visit five days after the article's date."""
    for one in items:
        assert one.corrected_date is not None
        day = one.corrected_date.first_day
        found = mention(
            date(day.year, day.month, day.day + 5).isoformat(), LAVROV, kind="visit", title="Lavrov travels"
        )
        yield one, reading(found, date=ArticleDate(day, day, day))


@pytest.fixture
def client(new_database: NewDatabase) -> Iterator[TestClient]:
    """A client on a store of its own, where Anna and Boris may edit."""
    app = publish(new_database(), read=read)
    for name in ("anna", "boris"):
        give(app, name, "curate")
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


def ids(client: TestClient) -> list[str]:
    return [one["id"] for one in client.get("/v1/events").json()["events"]]


def edit(client: TestClient, path: str, headers: dict[str, str] | None = None, **body: Any) -> Response:
    sent = {"reason": "the minutes say so", **body}
    return client.post(f"/v1/{path}/edits", json=sent, headers=ANNA if headers is None else headers)


# ---------------------------------------------------------------- events
def test_an_edit_is_made_shown_listed_and_undone(client: TestClient) -> None:
    event_id = ids(client)[0]
    before = client.get(f"/v1/events/{event_id}").json()
    made = edit(client, f"events/{event_id}", op="retitle", title="Drafts are presented")
    assert made.status_code == 201
    shown = made.json()
    assert (shown["about"], shown["subject"], shown["op"], shown["author"]) == ("event", event_id, "retitle", "anna")
    assert shown["value"] == {"title": "Drafts are presented"} and shown["undone"] is None
    assert client.get(made.headers["location"]).json() == shown
    event = client.get(f"/v1/events/{event_id}").json()
    assert (event["title"], event["edited"]) == ("Drafts are presented", ["retitle"])
    assert event["edits"] == [
        {
            "number": shown["number"],
            "op": "retitle",
            "value": shown["value"],
            "instead_of": before["title"],
            "author": "anna",
            "reason": "the minutes say so",
            "made_at": shown["made_at"],
        }
    ]
    path = f"/v1/events/{event_id}/edits/{shown['number']}"
    undone = client.delete(path, params={"reason": "the wire was right"}, headers=BORIS)
    assert undone.status_code == 200
    assert (undone.json()["undone"]["by"], undone.json()["undone"]["reason"]) == ("boris", "the wire was right")
    event = client.get(f"/v1/events/{event_id}").json()
    assert (event["title"], event["edited"], event["edits"]) == (before["title"], [], [])
    assert client.get(f"/v1/events/{event_id}/edits").json()["edits"] == [undone.json()]
    again = client.delete(path, params={"reason": "twice"}, headers=BORIS)
    assert problem(again, 409)["detail"] == f"edit {shown['number']} was undone before"


def test_a_merged_event_redirects_and_a_hidden_one_is_gone(client: TestClient) -> None:
    first, second, third, _ = ids(client)
    assert edit(client, f"events/{second}", op="merge", event=first).status_code == 201
    answer = client.get(f"/v1/events/{second}", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (308, f"/v1/events/{first}")
    number = edit(client, f"events/{third}", op="hide").json()["number"]
    assert "an editor has hidden it" in problem(client.get(f"/v1/events/{third}"), 410)["detail"]
    assert [one["op"] for one in client.get(f"/v1/events/{third}/edits").json()["edits"]] == ["hide"]
    assert third not in ids(client)
    client.delete(f"/v1/events/{third}/edits/{number}", params={"reason": "true"}, headers=ANNA)
    assert third in ids(client)


def test_a_split_names_mentions_as_the_event_shows_them(client: TestClient) -> None:
    event_id = ids(client)[0]
    mentions = client.get(f"/v1/events/{event_id}").json()["mentions"]
    assert len({one["id"] for one in mentions}) == 2
    assert edit(client, f"events/{event_id}", op="split", mentions=[mentions[0]["id"]]).status_code == 201
    assert len(ids(client)) == 5


# ---------------------------------------------------------------- articles and actors
def test_an_articles_date_is_corrected_and_what_it_tells_moves(client: TestClient) -> None:
    [found] = [one for one in client.get("/v1/articles").json()["articles"] if one["key"] == "three.txt"]
    made = edit(client, f"articles/{found['id']}", op="redate", date="2022-03-01")
    assert made.status_code == 201
    shown = client.get(f"/v1/articles/{found['id']}").json()
    assert (shown["date"], shown["corrected_date"]) == ("2022-03-01", "2022-03-01")
    assert client.get("/v1/events").json()["events"][-1]["date"] == "2022-03-06"
    edit(client, f"articles/{found['id']}", op="retract")
    assert client.get(f"/v1/articles/{found['id']}").json()["events"] == []


def test_known_actors_are_not_joined(client: TestClient) -> None:
    found = problem(edit(client, "actors/RUS", op="join", actor="USA"), 422)
    assert found["errors"][0]["accepted"].startswith("an actor that the lexicon does not know")
    assert client.get("/v1/actors/RUS/edits").json()["edits"] == []


# ---------------------------------------------------------------- all edits
def test_edits_are_listed_page_by_page(client: TestClient) -> None:
    for event_id in ids(client)[:3]:
        edit(client, f"events/{event_id}", op="retitle", title=f"About {event_id}")
    first = client.get("/v1/edits?limit=2").json()
    assert [one["number"] for one in first["edits"]] == [1, 2]
    [following] = [one["href"] for one in first["links"] if one["rel"] == "next"]
    rest = client.get(following).json()
    assert [one["number"] for one in rest["edits"]] == [3] and len(rest["links"]) == 1
    client.delete(f"/v1/events/{ids(client)[0]}/edits/1", params={"reason": "no"}, headers=ANNA)
    assert [one["number"] for one in client.get("/v1/edits?standing=true").json()["edits"]] == [2, 3]
    assert [one["number"] for one in client.get("/v1/edits?standing=false").json()["edits"]] == [1]


# ---------------------------------------------------------------- who may
@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Authorization": ""},
        {"Authorization": "Bearer"},
        {"Authorization": "Bearer wrong"},
        {"Authorization": TOKEN},
        {"Authorization": f"Basic {TOKEN}"},
        {"Authorization": f"Bearer {TOKEN}0"},
    ],
)
def test_without_a_right_token_nothing_is_edited(client: TestClient, headers: dict[str, str]) -> None:
    event_id = ids(client)[0]
    for answer in (
        edit(client, f"events/{event_id}", headers, op="hide"),
        client.delete(f"/v1/events/{event_id}/edits/1", params={"reason": "x"}, headers=headers),
    ):
        assert problem(answer, 401)["type"] == "urn:demarche:problem:unauthenticated"
    assert client.get("/v1/edits").json()["edits"] == []


# ---------------------------------------------------------------- what is refused
@pytest.mark.parametrize(
    ("body", "parameter", "accepted"),
    [
        ({}, "op", "is needed, as text"),
        ({"op": 5}, "op", "text"),
        ({"op": "hide", "reason": " "}, "reason", "text of 1 to 1000 characters"),
        ({"op": "burn"}, "op", "of an event one of merge, confirm,"),
        ({"op": "redate"}, "date", "text of 1 to 1000 characters"),
        ({"op": "redate", "date": "soon"}, "date", "use EDTF"),
        ({"op": "hide", "why": "x"}, "why", "hide takes no field"),
        ({"op": "change-kind", "kind": "feast"}, "kind", "one of accession,"),
        ({"op": "change-actors", "actors": [{"id": "RUS"}]}, "actors", "a list of"),
    ],
)
def test_a_wrong_field_is_refused_by_name(
    client: TestClient, body: dict[str, Any], parameter: str, accepted: str
) -> None:
    [error] = problem(edit(client, f"events/{ids(client)[0]}", **body), 422)["errors"]
    assert error["parameter"] == parameter and error["accepted"].startswith(accepted)


@pytest.mark.parametrize(
    ("content", "status"), [(b"", 400), (b"{", 400), (b"[]", 400), (b"\xff", 400), (b'"' + b"x" * 70_000 + b'"', 413)]
)
def test_a_body_that_is_no_json_object_is_refused(client: TestClient, content: bytes, status: int) -> None:
    answer = client.post(f"/v1/events/{ids(client)[0]}/edits", content=content, headers=ANNA)
    assert problem(answer, status)["detail"].startswith("the body ")


@pytest.mark.parametrize(
    "content",
    [
        r'{"op": "retitle", "title": "\ud800", "reason": "x"}',
        r'{"op": "hide", "reason": "\ud800"}',
        r'{"op": "\ud800", "reason": "x"}',
        r'{"op": "hide", "\ud800": 1, "reason": "x"}',
        r'{"op": "split", "mentions": ["\ud800"], "reason": "x"}',
        r'{"op": ["\ud800"], "reason": "x"}',
    ],
)
def test_half_a_surrogate_pair_is_refused_by_name(client: TestClient, content: str) -> None:
    answer = client.post(f"/v1/events/{ids(client)[0]}/edits", content=content, headers=ANNA)
    [error] = problem(answer, 422)["errors"]
    assert "\N{REPLACEMENT CHARACTER}" in error["parameter"] + error["value"] or "ud800" in error["value"]


@pytest.mark.parametrize("path", ["events", "articles", "actors"])
def test_what_is_not_there_is_404(client: TestClient, path: str) -> None:
    body = {"events": {"op": "hide"}, "articles": {"op": "retract"}, "actors": {"op": "rename", "name": "X"}}[path]
    for answer in (
        edit(client, f"{path}/nobody", **body),
        client.delete(f"/v1/{path}/nobody/edits/1", params={"reason": "x"}, headers=ANNA),
        client.delete(f"/v1/{path}/nobody/edits/x", params={"reason": "x"}, headers=ANNA),
    ):
        assert problem(answer, 404)["type"] == "urn:demarche:problem:not-found"


def test_undoing_takes_a_reason(client: TestClient) -> None:
    event_id = ids(client)[0]
    number = edit(client, f"events/{event_id}", op="hide").json()["number"]
    [error] = problem(client.delete(f"/v1/events/{event_id}/edits/{number}", headers=ANNA), 422)["errors"]
    assert error == {"parameter": "reason", "value": "", "accepted": "is needed: text"}
