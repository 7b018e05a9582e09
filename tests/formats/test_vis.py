import json
from typing import Any

import pytest

from app.core.model import Role
from app.formats import vis, wire
from app.formats.shapes import EventOut
from tests.formats import samples
from tests.formats.samples import CONTEXT


def read(events: list[EventOut]) -> Any:
    return json.loads(b"".join(vis.render(events, CONTEXT)))


def test_an_event_is_an_item_in_the_lane_of_each_actor() -> None:
    shown = read([samples.event(actors=[samples.actor(), samples.actor("RUS", "Russia", role=Role.TARGET)])])
    assert shown["groups"] == [{"id": "USA", "content": "United States"}, {"id": "RUS", "content": "Russia"}]
    first, second = shown["items"]
    assert first == {
        "id": "e3c1f0a9b7d42@USA",
        "group": "USA",
        "content": "United States hands a written answer to Russia",
        "start": "2022-01-26",
        "type": "box",
        "className": "status-occurred precision-day",
        "event": "e3c1f0a9b7d42",
        "date": "2022-01-26",
        "when": "January 26, 2022",
        "href": "https://demarche.example/v1/events/e3c1f0a9b7d42",
    }
    assert second == {**first, "id": "e3c1f0a9b7d42@RUS", "group": "RUS"}


@pytest.mark.parametrize(
    ("edtf", "start", "end", "classes"),
    [
        ("2014", "2014-01-01", "2015-01-01", "precision-year"),
        ("2021-12", "2021-12-01", "2022-01-01", "precision-month"),
        ("2022-01-10/2022-01-13", "2022-01-10", "2022-01-14", "precision-range"),
        ("2022-01-10/..", "2022-01-10", None, "precision-range open-end"),
        ("../2022-01-13", "2022-01-13", None, "precision-range open-start"),
        ("0001-01-01", "0001-01-01", None, "precision-day"),
        ("9999-12", "9999-12-01", "9999-12-31", "precision-month"),
        ("9999-12-31", "9999-12-31", None, "precision-day"),
    ],
)
def test_an_item_ends_on_the_day_after_its_last(edtf: str, start: str, end: str | None, classes: str) -> None:
    item = read([samples.event(edtf)])["items"][0]
    assert (item["start"], item.get("end"), item["type"]) == (start, end, "range" if end else "box")
    assert item["className"] == f"status-occurred {classes}"


def test_the_class_says_where_reports_conflict() -> None:
    item = read([samples.event(status="denied", conflict=True)])["items"][0]
    assert item["className"] == "status-denied precision-day conflict"


def test_who_is_merely_named_has_no_lane_unless_nobody_acts() -> None:
    named = samples.actor("NATO", "NATO", role=Role.OTHER)
    assert [group["id"] for group in read([samples.event(actors=[samples.actor(), named])])["groups"]] == ["USA"]
    assert [group["id"] for group in read([samples.event(actors=[named])])["groups"]] == ["NATO"]


def test_an_event_without_actors_stands_in_a_lane_of_its_own() -> None:
    shown = read([samples.event(actors=[])])
    assert shown["groups"] == [{"id": vis.NOBODY, "content": "Nobody named"}]
    assert [item["id"] for item in shown["items"]] == ["e3c1f0a9b7d42@-"]


def test_no_id_comes_twice() -> None:
    twice = samples.event(actors=[samples.actor(), samples.actor(role=Role.TARGET)])
    ids = [item["id"] for item in read([twice, twice])["items"]]
    assert ids == ["e3c1f0a9b7d42@USA"]


def test_text_is_as_it_was() -> None:
    shown = read(samples.AWKWARD)
    contents = {item["event"]: item["content"] for item in shown["items"]}
    assert contents == {event["id"]: wire.shorten(event["title"], 120) for event in samples.AWKWARD}
    assert samples.HOSTILE in {group["content"] for group in shown["groups"]}


def test_no_events_are_no_items_and_no_groups() -> None:
    assert read([]) == {"items": [], "groups": [], "options": {}}


@pytest.mark.parametrize(
    ("edtfs", "start", "end"),
    [
        (["2022-01-26"], "2022-01-25", "2022-01-27"),
        (["2021-12", "2022-01-26"], "2021-11-30", "2022-01-27"),
        (["2022-01-10/2022-01-13"], "2022-01-09", "2022-01-15"),
        (["0001-01-01", "9999-12"], "0001-01-01", "9999-12-31"),
    ],
)
def test_the_view_holds_every_item(edtfs: list[str], start: str, end: str) -> None:
    assert read([samples.event(edtf, id=edtf) for edtf in edtfs])["options"] == {"start": start, "end": end}
