import csv
from collections.abc import Iterator
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as some

from app.core.model import Role
from app.formats import csv as sheet
from app.formats.shapes import EventOut
from tests.formats import samples


def read(events: list[EventOut]) -> list[dict[str, str]]:
    text = b"".join(sheet.render(events, samples.CONTEXT)).decode("utf-8")
    return list(csv.DictReader(StringIO(text, newline=""), strict=True))


def test_an_event_is_a_flat_row() -> None:
    event = samples.event(
        "2022-01-10/..",
        actors=[
            samples.actor(),
            samples.actor("GBR", "United Kingdom"),
            samples.actor("RUS", "Russia", role=Role.TARGET),
        ],
        reported_by={"id": "kremlin", "name": "Kremlin"},
        edited=["redate", "retitle"],
    )
    assert read([event]) == [
        {
            "id": "e3c1f0a9b7d42",
            "date": "2022-01-10/..",
            "first_day": "2022-01-10",
            "last_day": "",
            "precision": "range",
            "basis": "expression",
            "title": "United States hands a written answer to Russia",
            "kind": "delivery",
            "status": "occurred",
            "reported_by": "Kremlin",
            "reported_by_id": "kremlin",
            "source_actors": "United States;United Kingdom",
            "source_actor_ids": "USA;GBR",
            "target_actors": "Russia",
            "target_actor_ids": "RUS",
            "participants": "",
            "participant_ids": "",
            "other_actors": "",
            "other_actor_ids": "",
            "source_count": "1",
            "outlet_count": "1",
            "conflict": "false",
            "confidence": "0.7",
            "edited": "redate;retitle",
            "article": "a5f9b02c6e118",
            "article_outlet": "Example Agency",
            "article_title": "Washington's answer reaches Moscow",
            "article_date": "2022-01-27",
            "article_address": "https://news.example/answer?a=1&b=2",
            "article_quote": "The answer was handed over on January 26.",
            "rules": "2026-11-23",
        }
    ]


def test_every_row_has_every_column_and_the_text_as_it_was() -> None:
    rows = read(samples.AWKWARD)
    assert [set(row) for row in rows] == [set(sheet.COLUMNS)] * len(samples.AWKWARD)
    assert [row["title"] for row in rows] == [event["title"] for event in samples.AWKWARD]


def test_lines_end_as_the_rfc_says_and_no_events_are_a_header() -> None:
    [header] = sheet.render([], samples.CONTEXT)
    assert header == ",".join(sheet.COLUMNS).encode() + b"\r\n"


@pytest.mark.parametrize("begin", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "'=", "''@"])
def test_no_cell_begins_as_a_formula(begin: str) -> None:
    text = f'{begin}HYPERLINK("https://evil.example","x")'
    [row] = read([samples.event(title=text, sources=[samples.source(text)])])
    assert row["title"] == row["article_quote"] == f"'{text}"
    assert sheet.unguarded(row["title"]) == text


@given(some.text(alphabet="'=+-@\t\r\nab"))
def test_a_guarded_text_comes_back(text: str) -> None:
    guarded = sheet.guarded(text)
    assert sheet.unguarded(guarded) == text
    assert not guarded.startswith(tuple("=+-@\t\r\n"))


def test_rows_come_before_the_next_event_is_read() -> None:
    chunks = sheet.render(_broken(), samples.CONTEXT)
    assert len([next(chunks), next(chunks)]) == 2
    with pytest.raises(ConnectionError):
        next(chunks)


def _broken() -> Iterator[EventOut]:
    yield samples.event()
    raise ConnectionError("the database went away")
