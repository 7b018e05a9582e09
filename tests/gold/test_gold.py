"""The labelled dispatches are sound in themselves: well-formed, and true to their text, the calendar and the lexicon."""

import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from app import lexicon
from app.core import calendar
from app.core.model import Status
from tests.gold import evaluate

HERE = Path(__file__).parent
FILES = sorted(HERE.glob("*.toml"))
DOCUMENTS = [tomllib.loads(path.read_text(encoding="utf-8")) for path in FILES]
EVENTS = [(document, event) for document in DOCUMENTS for event in document["event"]]
EACH = pytest.mark.parametrize("document", DOCUMENTS, ids=[path.stem for path in FILES])

FIELDS = {"id", "outlet", "dct", "given", "interval", "text", "event"}
LABELS = {"date", "phrase", "timex", "trigger", "actors", "kind", "status", "act", "optional"}
STATUSES = {status.value for status in Status}
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

WEEKDAY = rf"(?P<weekday>{'|'.join(WEEKDAYS)}),?"
DAY = r"(?P<day>\d{1,2})(?!\d)"
MONTH = rf"(?P<month>{'|'.join(MONTHS)})[a-z]*\.?"
YEAR = r"(?:,? (?P<year>\d{4}))?"
FULL_DATES = [re.compile(rf"\b{WEEKDAY} {MONTH} {DAY}{YEAR}"), re.compile(rf"\b{WEEKDAY} {DAY} {MONTH}{YEAR}")]


@pytest.fixture(scope="module")
def lexicon_() -> lexicon.Lexicon:
    return lexicon.load()


def weekday_dates(text: str, year: int) -> Iterator[tuple[str, date]]:
    """Every weekday that stands beside a day and a month, with that day; `year` where the text names none."""
    for pattern in FULL_DATES:
        for found in pattern.finditer(text):
            month = MONTHS.index(found["month"]) + 1
            yield found["weekday"], date(int(found["year"] or year), month, int(found["day"]))


@EACH
def test_a_dispatch_has_the_fields_of_the_format(document):
    assert set(document) == FIELDS
    assert all(set(event) == LABELS for event in document["event"])
    assert 60 <= len(document["text"].split()) <= 160
    first, last = map(date.fromisoformat, document["interval"])
    assert first <= date.fromisoformat(document["dct"]) <= last


@EACH
def test_the_words_of_an_event_stand_in_the_text(document):
    for event in document["event"]:
        for words in (event["phrase"], event["timex"], *event["trigger"]):
            assert words in document["text"]


@EACH
def test_weekdays_agree_with_the_calendar(document):
    for weekday, day in weekday_dates(document["text"], date.fromisoformat(document["dct"]).year):
        assert WEEKDAYS[day.weekday()] == weekday
    for event in document["event"]:
        named = [name for name in WEEKDAYS if name in event["timex"]]
        span = calendar.parse(event["date"])
        if named and span.days == 1:
            assert [WEEKDAYS[span.first_day.weekday()]] == named, event["act"]


@EACH
def test_nothing_occurs_after_the_dispatch_and_nothing_is_scheduled_before_it(document):
    written = date.fromisoformat(document["dct"])
    for event in document["event"]:
        span = calendar.parse(event["date"])
        assert event["status"] != "occurred" or span.first_day <= written, event["act"]
        assert event["status"] != "scheduled" or span.last_day >= written, event["act"]


@EACH
def test_kinds_statuses_and_actors_are_those_of_the_lexicon(document, lexicon_):
    kinds = set(lexicon_.kinds.kinds)
    names = {actor.name for actor in lexicon_.actors.actors.values()}
    for event in document["event"]:
        assert event["kind"] in kinds
        assert event["status"] in STATUSES
        for actor in event["actors"]:
            assert actor["role"] in {"source", "target", "participant"}
            assert (actor["role"] == "participant") is lexicon_.kinds.kinds[event["kind"]].symmetric, event["act"]
            assert "state" not in actor or actor["state"] in lexicon_.actors.states
            assert actor["name"] in names or "state" in actor, actor["name"]


def test_ids_are_unique_and_name_their_files():
    assert [document["id"] for document in DOCUMENTS] == [path.stem for path in FILES]
    numbers = [path.stem[:3] for path in FILES]
    assert len(numbers) == len(set(numbers)) >= 40


def test_about_half_of_the_dispatches_must_be_dated_from_their_text():
    inferred = [document for document in DOCUMENTS if not document["given"]]
    assert 0.4 <= len(inferred) / len(DOCUMENTS) <= 0.6


def test_a_quarter_of_the_events_did_not_occur():
    other = [event for _, event in EVENTS if event["status"] != "occurred"]
    assert len(other) >= len(EVENTS) / 4
    assert {event["status"] for _, event in EVENTS} == STATUSES


def test_acts_that_are_told_twice_agree_in_kind_and_date():
    told = defaultdict(list)
    for document, event in EVENTS:
        told[event["act"]].append((document["id"], event))
    several = {act: reports for act, reports in told.items() if len({name for name, _ in reports}) > 1}
    assert len(several) >= 12
    for act, reports in several.items():
        spans = [calendar.parse(event["date"]) for _, event in reports]
        assert all(a.overlaps(b) for a in spans for b in spans), act
        assert len({event["kind"] for _, event in reports}) == 1, act
        assert {event["status"] for _, event in reports} <= {"occurred", "scheduled"}, act


@pytest.fixture(scope="module")
def counts() -> Counter[str]:
    return evaluate.counted()


def test_reports_of_one_act_are_merged_and_others_are_not(counts):
    assert counts["pairs:gold"] > 30
    assert counts["pairs:hit"] / counts["pairs:made"] >= 0.95
    assert counts["pairs:hit"] / counts["pairs:gold"] >= 0.8


def test_the_table_of_the_readme_is_what_is_printed(counts):
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    table = [line for line in evaluate.report(counts) if line.startswith("|")]
    assert len(table) > 20
    assert "\n".join(table) in readme
