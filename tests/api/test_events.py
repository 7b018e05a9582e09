from typing import Any
from urllib.parse import quote

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from pydantic import TypeAdapter

from app.api import parameters
from app.api.lists import EventListOut
from app.formats.shapes import EventDetailOut
from app.store.engine import writing
from app.store.rows import EventChangeRow, EventRedirectRow
from tests.api.test_problems import problem
from tests.store.statements import statements

DRAFTS, TALKS, REPLY, TRAVEL = (
    "United States presents drafts",
    "NATO and Russia talk",
    "United States replies",
    "Lavrov is to travel",
)


def titles(client: TestClient, query: str, path: str = "/v1/events") -> list[str]:
    answer = client.get(f"{path}?{query}")
    assert answer.status_code == 200, answer.text
    return [event["title"] for event in answer.json()["events"]]


def first_id(client: TestClient) -> str:
    return str(client.get("/v1/events").json()["events"][0]["id"])


# ---------------------------------------------------------------- the list
def test_the_timeline_is_in_the_order_of_first_days(client: TestClient) -> None:
    answer = client.get("/v1/events")
    assert answer.headers["content-type"] == "application/json"
    body = TypeAdapter(EventListOut).validate_json(answer.content, strict=True)
    assert [event["title"] for event in body["events"]] == [DRAFTS, TALKS, REPLY, TRAVEL]


def test_an_event_tells_its_date_its_actors_and_its_sources(client: TestClient) -> None:
    [event] = client.get("/v1/events?datetime=2021-12-15").json()["events"]
    assert event.pop("sources") == [
        {
            "article": source["article"],
            "outlet": outlet,
            "address": None,
            "title": None,
            "date": "2022-02-02",
            "quote": "Moscow received a note on January 26.",
        }
        for source, outlet in zip(
            client.get("/v1/events?datetime=2021-12-15").json()["events"][0]["sources"],
            ["Outlet one", "Outlet two"],
            strict=True,
        )
    ]
    assert event == {
        "id": event["id"],
        "title": DRAFTS,
        "date": "2021-12-15",
        "first_day": "2021-12-15",
        "last_day": "2021-12-15",
        "precision": "day",
        "basis": "expression",
        "kind": "proposal",
        "status": "occurred",
        "reported_by": None,
        "conflict": False,
        "confidence": 0.0,
        "rules": "",
        "edited": [],
        "actors": [
            {"id": "USA", "name": "United States", "kind": "state", "state": "USA", "role": "source"},
            {"id": "RUS", "name": "Russia", "kind": "state", "state": "RUS", "role": "target"},
        ],
        "source_count": 2,
        "outlet_count": 0,
        "links": [{"rel": "self", "href": f"/v1/events/{event['id']}"}],
    }


@pytest.mark.parametrize(
    ("datetime", "expected"),
    [
        ("2021-12-15/2022-01-28", [DRAFTS, TALKS, REPLY]),
        ("../2021-12-31", [DRAFTS]),
        ("/2021-12-31", [DRAFTS]),
        ("2022-01-26/..", [TALKS, REPLY, TRAVEL]),
        ("2022-01-26/", [TALKS, REPLY, TRAVEL]),
        ("2022-01-10", [TALKS]),
        ("2022-01", [TALKS, REPLY]),
        ("2022", [TALKS, REPLY, TRAVEL]),
        ("202X", [DRAFTS, TALKS, REPLY, TRAVEL]),
        ("2021-24", [DRAFTS, TALKS, REPLY, TRAVEL]),
        ("1999", []),
    ],
)
def test_events_are_found_by_the_days_they_share(client: TestClient, datetime: str, expected: list[str]) -> None:
    assert titles(client, f"datetime={datetime}") == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("actor=NATO", [TALKS]),
        ("actor=north atlantic treaty organization", [TALKS]),
        ("actor=Moscow", [DRAFTS, TALKS, REPLY, TRAVEL]),
        ("actor=RUS&scope=self", [DRAFTS, TALKS, REPLY]),
        ("actor=Lavrov", [TRAVEL]),
        ("actor=USA&datetime=2022", [REPLY]),
        ("actor=RUS&kind=consultation", [TALKS, TRAVEL]),
        ("actor=RUS&kind=meeting", [TALKS]),
        ("kind=response", [REPLY]),
        ("status=scheduled", []),
        ("status=occurred&limit=1", [DRAFTS]),
        ("status=occurred&status=scheduled&kind=response&kind=visit", [REPLY, TRAVEL]),
        ("actor=USA&actor=RUS", [DRAFTS, REPLY]),
        ("actor=NATO&actor=Lavrov", []),
        ("actor=NATO&actor=Lavrov&actor_mode=any", [TALKS, TRAVEL]),
        ("actor=RUS&counterpart=NATO", [TALKS]),
        ("actor=RUS&role=target", [DRAFTS, TALKS, REPLY]),
        ("actor=RUS&role=source", [TRAVEL]),
        ("precision=month", [TALKS]),
        ("outlet=Outlet one", [DRAFTS]),
        ("outlet=Outlet one&outlet=Outlet thr", [DRAFTS, TRAVEL]),
        ("min_sources=2", [DRAFTS]),
        ("conflict=true", []),
        ("conflict=false&sort=-date", [TRAVEL, REPLY, TALKS, DRAFTS]),
        ("datetime=2022-01-10", [TALKS]),
        ("datetime=2022-01-10&match=certain", []),
        ("datetime=2022-01-10/2022-02-28&match=within", [REPLY, TRAVEL]),
        ("datetime=2022-01&match=within", [TALKS, REPLY]),
        ("datetime=2022-01-26T09:30:00Z/2022-01-27T00:00:00%2B03:00", [TALKS, REPLY]),
        ("q=drafts", [DRAFTS]),
        ("q=united -drafts", [REPLY]),
        ("q=talk nato&actor=RUS", [TALKS]),
        ("q=drafts&sort=relevance", [DRAFTS]),
        ("q=united&sort=-date&as_of=2022-02-02", [REPLY, DRAFTS]),
        ("as_of=2022-02-02&actor=RUS&counterpart=NATO&sort=-date", [TALKS]),
        ("as_of=2022-02-02&outlet=Outlet one&outlet=Outlet thr&sort=-date", [TRAVEL, DRAFTS]),
    ],
)
def test_events_are_found_by_actor_kind_and_status(client: TestClient, query: str, expected: list[str]) -> None:
    assert titles(client, query) == expected


@pytest.mark.parametrize("limit", [1, 2, 3, 4])
@pytest.mark.parametrize(
    "query",
    [
        "",
        "actor=RUS&",
        "sort=-date&",
        "actor=USA&actor=Lavrov&actor_mode=any&sort=-date&",
        "outlet=Outlet one&outlet=Outlet two&",
        "datetime=2021-12-15%2F2022-02-28&",
        "actor=RUS&datetime=2022&kind=response&",
    ],
)
def test_following_the_next_links_gives_the_whole_list_once(client: TestClient, query: str, limit: int) -> None:
    whole = [event["id"] for event in client.get(f"/v1/events?{query}").json()["events"]]
    seen: list[str] = []
    href: str | None = f"/v1/events?{query}limit={limit}"
    while href:
        answer = client.get(href)
        page = answer.json()
        assert 0 < len(page["events"]) <= limit
        seen += [event["id"] for event in page["events"]]
        links = {link["rel"]: link["href"] for link in page["links"]}
        assert answer.headers["link"] == ", ".join(f'<{target}>; rel="{rel}"' for rel, target in links.items())
        href = links.get("next")
    assert seen == whole


def test_the_self_link_leads_to_the_same_page(client: TestClient) -> None:
    page = client.get("/v1/events?actor=Sergei+Lavrov&limit=3").json()
    [link] = page["links"]
    assert client.get(link["href"]).json() == page


@pytest.mark.parametrize(
    "query", ["", "?limit=2", "?actor=RUS&limit=2", "?datetime=2022&limit=2", "?actor=Moscow&datetime=2022"]
)
def test_a_list_takes_few_statements_however_long_it_is(client: TestClient, query: str) -> None:
    with statements() as sent:
        assert client.get(f"/v1/events{query}").status_code == 200
    assert len(sent) <= (4 if "actor" in query else 2), sent


# ---------------------------------------------------------------- one event
def test_an_event_tells_every_mention_with_its_derivation(client: TestClient) -> None:
    answer = client.get(f"/v1/events/{first_id(client)}")
    event = TypeAdapter(EventDetailOut).validate_json(answer.content, strict=True)
    assert event["explanation"] == [{"rule": "same-kind", "says": "2 reports of one kind"}]
    assert len(event["mentions"]) == len(event["sources"]) == 2
    mention = event["mentions"][0]
    assert mention["sentence"] == {"begin": 0, "end": 37, "text": "Moscow received a note on January 26."}
    assert mention["trigger"] == {"begin": 7, "end": 15, "lemma": "receive"}
    assert mention["derivation"] == [
        {"rule": "month-day", "says": "January 26 is 2022-01-26, the nearest to the article's date"}
    ]


def test_the_id_of_an_event_that_joined_another_leads_there(own_client: TestClient) -> None:
    survivor = first_id(own_client)
    app = own_client.app
    assert isinstance(app, FastAPI)
    with writing(app.state.engine) as session:
        session.add(EventRedirectRow(id="e00000000000f", event_id=survivor))
    answer = own_client.get("/v1/events/e00000000000f", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (308, f"/v1/events/{survivor}")
    assert own_client.get("/v1/events/e00000000000f").json()["id"] == survivor


@pytest.mark.parametrize("day", ["2022-01", "soon", "2022-01-20/..", ""])
def test_as_of_takes_one_day(client: TestClient, day: str) -> None:
    answer = client.get("/v1/events", params={"as_of": day})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["parameter"] == "as_of"


def test_the_timeline_as_of_a_day_before_all_news_is_empty(client: TestClient) -> None:
    assert client.get("/v1/events?as_of=1990-01-01").json()["events"] == []


def test_the_id_of_an_event_that_was_removed_is_gone(own_client: TestClient) -> None:
    app = own_client.app
    assert isinstance(app, FastAPI)
    with writing(app.state.engine) as session:
        session.add(EventChangeRow(version=1, event_id="e00000000000f", what="deleted"))
    answer = own_client.get("/v1/events/e00000000000f")
    assert (answer.status_code, answer.json()["type"]) == (410, "urn:demarche:problem:gone")
    assert "'e00000000000f' was removed" in answer.json()["detail"]


@pytest.mark.parametrize("unknown", ["e000000000000", "x", "\x00", "ü", "a b"])
def test_an_unknown_event_is_404_and_named(client: TestClient, unknown: str) -> None:
    answer = client.get(f"/v1/events/{quote(unknown)}")
    assert answer.status_code == 404
    assert answer.json()["detail"] == f"no event has the id {unknown!r}"


@pytest.mark.parametrize(
    ("how", "count"), [("capped", {"value": 2, "exact": True}), ("exact", {"value": 2, "exact": True})]
)
def test_what_is_found_is_counted_where_that_is_asked(client: TestClient, how: str, count: dict[str, object]) -> None:
    assert client.get(f"/v1/events?actor=USA&limit=1&count={how}").json()["count"] == count
    assert client.get(f"/v1/actors/USA/events?limit=1&count={how}").json()["count"] == count
    assert "count" not in client.get("/v1/events?actor=USA&count=none").json()


def test_a_count_that_is_capped_says_so(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parameters, "MAX_COUNT", 3)
    assert client.get("/v1/events?count=capped").json()["count"] == {"value": 3, "exact": False}
    assert client.get("/v1/events?count=exact").json()["count"] == {"value": 4, "exact": True}


@pytest.mark.parametrize("as_of", ["", "&as_of=2022-02-02"])
def test_what_a_search_found_is_marked(client: TestClient, as_of: str) -> None:
    [event] = client.get(f'/v1/events?q=draft "received a note"{as_of}').json()["events"]
    [[begin, end]] = event["highlights"]["title"]
    assert event["title"][begin:end] == "drafts"
    assert [
        [source["quote"][begin:end] for begin, end in marks]
        for source, marks in zip(event["sources"], event["highlights"]["quotes"], strict=True)
    ] == [["received a note"]] * 2
    assert "highlights" not in client.get("/v1/events").json()["events"][0]


def test_a_parameter_takes_so_many_values(client: TestClient) -> None:
    def ask(number: int) -> Any:
        return client.get("/v1/events?datetime=2022&actor_mode=any&" + "&".join(["actor=RUS"] * number))

    assert ask(parameters.MAX_VALUES).status_code == 200
    [error] = problem(ask(parameters.MAX_VALUES + 1), 422)["errors"]
    assert error == {
        "parameter": "actor",
        "value": str(parameters.MAX_VALUES + 1),
        "accepted": f"at most {parameters.MAX_VALUES} values",
    }
