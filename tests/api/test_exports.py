"""The same query in every format, chosen by suffix, parameter or header."""

import csv
import io
import json
from datetime import UTC, date, datetime

import feedparser
import icalendar
import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select

from app.api import exports
from app.formats.registry import FORMATS
from app.store.engine import writing
from app.store.rows import EventChangeRow
from tests.api.test_events import DRAFTS, REPLY, TALKS, TRAVEL
from tests.api.test_problems import problem

ALL = [DRAFTS, TALKS, REPLY, TRAVEL]


def titles(form: str, body: bytes) -> list[str]:
    """The titles of the events, as what reads the format finds them."""
    match form:
        case "ndjson":
            return [json.loads(line)["title"] for line in body.decode().splitlines()[:-1]]
        case "csv":
            return [row["title"] for row in csv.DictReader(io.StringIO(body.decode(), newline=""))]
        case "ics":
            return [str(entry["SUMMARY"]) for entry in icalendar.Calendar.from_ical(body).walk("VEVENT")]
        case "atom":
            return [entry.title for entry in feedparser.parse(body).entries]
        case "jsonfeed":
            return [item["title"] for item in json.loads(body)["items"]]
        case "timelinejs":
            return [event["text"]["headline"] for event in json.loads(body)["events"]]
        case "vis":
            return list(dict.fromkeys(item["content"] for item in json.loads(body)["items"]))
        case _:
            return [event["title"] for event in json.loads(body)["events"]]


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_has_what_the_query_finds(client: TestClient, form: str) -> None:
    by_name = client.get(f"/v1/events?datetime=2022&f={form}")
    by_suffix = client.get(f"/v1/events.{FORMATS[form].suffix}?datetime=2022")
    for answer in (by_name, by_suffix):
        assert (answer.status_code, answer.headers["content-type"]) == (200, FORMATS[form].media_type)
        assert answer.headers["etag"]
    if form not in ("timelinejs", "vis"):  # which word a title in their own way
        assert titles(form, by_name.content) == titles(form, by_suffix.content) == [TALKS, REPLY, TRAVEL]
    else:
        assert len(titles(form, by_name.content)) == 3


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        ("text/csv", "csv"),
        ("application/x-ndjson", "ndjson"),
        ("text/calendar;q=0.9, text/csv;q=0.1", "ics"),
        ("application/atom+xml", "atom"),
        ("application/feed+json", "jsonfeed"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "json"),
        ("*/*", "json"),
    ],
)
def test_a_format_is_chosen_by_the_accept_header(client: TestClient, accept: str, form: str) -> None:
    answer = client.get("/v1/actors/RUS/events", headers={"Accept": accept})
    assert answer.headers["content-type"] == FORMATS[form].media_type
    assert titles(form, answer.content) == ALL
    assert "Accept" in answer.headers["vary"]


def test_what_is_asked_for_by_name_counts_over_the_header(client: TestClient) -> None:
    answer = client.get("/v1/dyads/USA/RUS/events.csv?f=atom", headers={"Accept": "application/json"})
    assert titles("csv", answer.content) == [DRAFTS, REPLY]


def test_a_stream_goes_over_all_pages_and_has_an_end(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.store.events._AT_ONCE", 1)
    body = client.get("/v1/events.ndjson?sort=-date").content
    assert titles("ndjson", body) == ALL[::-1]
    assert json.loads(body.splitlines()[-1])["end"] is True and json.loads(body.splitlines()[-1])["count"] == 4
    as_of = client.get("/v1/events.ndjson?as_of=2022-02-02").content
    assert titles("ndjson", as_of) == ALL


def test_with_a_limit_every_format_has_a_page_and_the_next(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    for form in ("csv", "ics", "atom"):
        first = client.get(f"/v1/events?f={form}&limit=3")
        assert titles(form, first.content) == ALL[:3]
        second = client.get(first.links["next"]["url"])
        assert titles(form, second.content) == ALL[3:] and "next" not in second.links
    monkeypatch.setattr(exports, "MOST_AT_ONCE", 2)
    assert titles("ics", client.get("/v1/events.ics?sort=date").content) == ALL[:2]


def test_a_calendar_has_the_days_of_the_events(client: TestClient) -> None:
    calendar = icalendar.Calendar.from_ical(client.get("/v1/events.ics?actor=USA").content)
    starts = [entry["DTSTART"].dt for entry in calendar.walk("VEVENT")]
    assert starts == [date(2021, 12, 15), date(2022, 1, 26)]


def test_the_formats_are_listed(client: TestClient) -> None:
    found = {one["name"]: one for one in client.get("/v1/formats").json()["formats"]}
    assert found.keys() == FORMATS.keys()
    assert (found["csv"]["max_events"], found["ics"]["max_events"], found["json"]["max_events"]) == (None, 1000, 200)


def test_a_format_that_there_is_not_is_refused(client: TestClient) -> None:
    [error] = problem(client.get("/v1/events?f=xml"), 422)["errors"]
    assert error["accepted"].startswith("one of json, ndjson, csv")
    assert ".csv" in problem(client.get("/v1/events.xml"), 404)["detail"]
    assert "f= takes json" in problem(client.get("/v1/events", headers={"Accept": "text/turtle"}), 406)["detail"]


@pytest.mark.parametrize(
    "path", ["/v1/events.csv?datetime=2022-13", "/v1/events.csv?cursor=x", "/v1/actors/x/events.csv"]
)
def test_a_wrong_query_is_refused_before_anything_is_sent(client: TestClient, path: str) -> None:
    assert client.get(path).status_code in (404, 422)
    assert client.get(path).headers["content-type"] == "application/problem+json"


def test_feeds_and_calendars_tell_when_an_event_changed_and_how_often(own_client: TestClient) -> None:
    """The drafts were told again by the second article, the reply by one alone."""
    with writing(own_client.app.state.engine) as session:  # type: ignore[attr-defined]
        for row in session.scalars(select(EventChangeRow)):
            row.at = datetime(2022, 3, row.seq, 12, tzinfo=UTC)
    log = own_client.get("/v1/changes?documents=true").json()["changes"]
    days = {one["document"]["title"]: f"2022-03-{one['seq']:02}T12:00:00+00:00" for one in log}
    entries = {
        str(entry["SUMMARY"]): entry
        for entry in icalendar.Calendar.from_ical(own_client.get("/v1/events.ics").content).walk("VEVENT")
    }
    assert [entries[title]["SEQUENCE"] for title in (DRAFTS, REPLY)] == [1, 0]
    assert [entries[title]["DTSTAMP"].dt.isoformat() for title in (DRAFTS, REPLY)] == [days[DRAFTS], days[REPLY]]
    feed = feedparser.parse(own_client.get("/v1/events.atom").content)
    assert {entry.title: entry.updated for entry in feed.entries} == days
    assert feed.feed.updated == max(days.values())
    items = own_client.get("/v1/events?f=jsonfeed").json()["items"]
    assert {item["title"]: item["date_modified"] for item in items} == days


def test_the_end_of_a_stream_tells_where_the_log_goes_on(client: TestClient) -> None:
    end = json.loads(client.get("/v1/events.ndjson").text.splitlines()[-1])
    assert end["seq"] == client.get("/v1/events").json()["seq"] > 0
    assert client.get(f"/v1/changes?since={end['seq']}").json()["changes"] == []
