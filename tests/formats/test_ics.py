from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from icalendar import Calendar, Event

from app.formats import ics, words
from app.formats.shapes import EventOut
from tests.formats import samples
from tests.formats.samples import CONTEXT


def written(events: list[EventOut], context: Any = CONTEXT) -> bytes:
    return b"".join(ics.render(events, context))


def read(events: list[EventOut], context: Any = CONTEXT) -> Calendar:
    calendar = Calendar.from_ical(written(events, context))
    assert isinstance(calendar, Calendar)
    assert not calendar.errors and not any(entry.errors for entry in calendar.events)
    return calendar


def entry(*events: EventOut, context: Any = CONTEXT) -> Event:
    [found] = read(list(events), context).events
    return found


def test_an_event_is_an_all_day_entry() -> None:
    assert written([samples.event()]).decode().replace("\r\n ", "").splitlines() == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Demarche//Timeline//EN",
        f"DESCRIPTION:There are more events: {CONTEXT.next_address}",
        "NAME:Demarche: events",
        "X-WR-CALNAME:Demarche: events",
        "BEGIN:VEVENT",
        "SUMMARY:United States hands a written answer to Russia",
        "DTSTART;VALUE=DATE:20220126",
        "DTEND;VALUE=DATE:20220127",
        "DTSTAMP:20261123T123000Z",
        "UID:e3c1f0a9b7d42@demarche.example",
        "SEQUENCE:0",
        "CATEGORIES:delivery",
        r"DESCRIPTION:Date: January 26\, 2022 (EDTF 2022-01-26: known to the day)\nStatus: occurred"
        r"\nActors: United States (source)\, Russia (target)"
        r"\nExample Agency\, 2022-01-27: “The answer was handed over on January 26.” https://news.example/answer?a=1&b=2",
        "STATUS:CONFIRMED",
        "TRANSP:TRANSPARENT",
        "URL:https://demarche.example/v1/events/e3c1f0a9b7d42",
        "END:VEVENT",
        "END:VCALENDAR",
    ]


@pytest.mark.parametrize(
    ("edtf", "start", "end"),
    [
        ("2022-01-26", date(2022, 1, 26), date(2022, 1, 27)),
        ("2021-12", date(2021, 12, 1), date(2022, 1, 1)),
        ("2022-01-10/2022-01-13", date(2022, 1, 10), date(2022, 1, 14)),
        ("2022-01-10/..", date(2022, 1, 10), None),
        ("0001", date(1, 1, 1), date(2, 1, 1)),
        ("9999-12-31", date(9999, 12, 31), None),
        ("9999-12", date(9999, 12, 1), date(9999, 12, 31)),
    ],
)
def test_an_entry_ends_on_the_day_after_its_last(edtf: str, start: date, end: date | None) -> None:
    found = entry(samples.event(edtf))
    assert (found.decoded("dtstart"), found.decoded("dtend", None)) == (start, end)


@pytest.mark.parametrize(
    ("status", "shown"),
    [
        ("occurred", "CONFIRMED"),
        ("scheduled", "TENTATIVE"),
        ("hypothetical", "TENTATIVE"),
        ("denied", "CANCELLED"),
    ],
)
def test_a_status_is_the_calendars_own(status: str, shown: str) -> None:
    assert entry(samples.event(status=status))["status"] == shown


def test_events_without_a_first_day_are_left_out_and_the_calendar_says_how_many() -> None:
    calendar = read([samples.event("../2022-01-13"), samples.event()], replace(CONTEXT, next_address=None))
    assert calendar["description"] == "Events left out because their first day is not known: 1"
    assert len(calendar.events) == 1


def test_every_awkward_event_is_read_back_as_it_was() -> None:
    calendar = read(samples.AWKWARD)
    shown = {event["id"]: event for event in samples.AWKWARD if event["first_day"]}
    assert {str(found["uid"]).partition("@")[0] for found in calendar.events} == set(shown)
    for found in calendar.events:
        event = shown[str(found["uid"]).partition("@")[0]]
        assert found["summary"] == event["title"]
        assert found["description"] == words.told(event)


@pytest.mark.parametrize(
    "text", ["a\r\nb\rc", 'back\\nslash, semi; colon: "quoted"', "\u2028\x85", "BEGIN:VALARM\nEND:VEVENT"]
)
def test_no_text_breaks_out_of_its_line(text: str) -> None:
    assert entry(samples.event(title=text))["summary"] == words.plain(text)


def test_lines_are_no_longer_than_75_octets() -> None:
    assert max(len(line) for line in written(samples.AWKWARD).split(b"\r\n")) <= 75


def test_a_calendar_is_written_again_as_it_was_read() -> None:
    assert read(samples.AWKWARD).to_ical() == written(samples.AWKWARD)


def test_no_events_are_an_empty_calendar() -> None:
    calendar = read([], replace(CONTEXT, next_address=None))
    assert calendar["name"] == "Demarche: events"
    assert calendar.events == [] and "description" not in calendar


def test_the_moment_and_the_number_of_a_revision_are_those_given_and_never_the_clock() -> None:
    known = replace(
        CONTEXT, changed={"e3c1f0a9b7d42": datetime(2026, 1, 2, tzinfo=UTC)}, revisions={"e3c1f0a9b7d42": 4}
    )
    assert entry(samples.event(), context=known).decoded("dtstamp") == datetime(2026, 1, 2, tzinfo=UTC)
    assert entry(samples.event(), context=known)["sequence"] == 4
    assert entry(samples.event(), context=replace(CONTEXT, updated=None)).decoded("dtstamp").year == 1970
