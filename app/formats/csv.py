"""Comma-separated values for researchers: a header, then a flat row for each event, by RFC 4180 in UTF-8 (no byte order mark).

Several values in one cell are joined by ``;``. An empty cell is what is not known, such as the first day of an open interval;
`true` and `false` are written so. Of the sources only the first is told; `source_count` says how many there are.

Spreadsheets run a cell that begins with ``= + - @``, a tab or a line break as a formula. Such a cell of text gets an apostrophe
before it, and so does one that begins with apostrophes and then such a character. A program that wants the text back takes one
apostrophe off every cell that begins with apostrophes and such a character (`unguarded`). The full-width forms of these
characters count too, since some spreadsheets read them alike.

Not handled: an end mark, for which the format has no place; whoever must know that nothing was cut off asks for ndjson.
"""

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from io import StringIO

from app.core.model import Role
from app.formats.context import Context
from app.formats.shapes import EventOut, SourceOut

_RUN = re.compile("'*[=+\\-@\t\r\n＝＋－＠]")
_GUARDED = re.compile("''*[=+\\-@\t\r\n＝＋－＠]")

Cell = str | int | float | bool | None


# ---------------------------------------------------------------- cells
def guarded(text: str) -> str:
    """The text as no spreadsheet runs it.

    >>> guarded("=1+1"), guarded("'tis"), guarded("'=1")
    ("'=1+1", "'tis", "''=1")
    """
    return f"'{text}" if _RUN.match(text) else text


def unguarded(cell: str) -> str:
    """The text that `guarded` was given."""
    return cell[1:] if _GUARDED.match(cell) else cell


def _cell(value: Cell) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return guarded(value) if isinstance(value, str) else str(value)


def _joined(values: Iterable[str]) -> str:
    return ";".join(value.replace(";", ",") for value in values)


# ---------------------------------------------------------------- columns
def _reporter(event: EventOut) -> str | None:
    return event["reported_by"]["name"] if event["reported_by"] else None


def _reporter_id(event: EventOut) -> str | None:
    return event["reported_by"]["id"] if event["reported_by"] else None


def _names(role: Role) -> Callable[[EventOut], str]:
    return lambda event: _joined(actor["name"] for actor in event["actors"] if actor["role"] == role)


def _ids(role: Role) -> Callable[[EventOut], str]:
    return lambda event: _joined(actor["id"] for actor in event["actors"] if actor["role"] == role)


def _first(part: Callable[[SourceOut], str | None]) -> Callable[[EventOut], str | None]:
    return lambda event: part(event["sources"][0]) if event["sources"] else None


COLUMNS: Mapping[str, Callable[[EventOut], Cell]] = {
    "id": lambda event: event["id"],
    "date": lambda event: event["date"],
    "first_day": lambda event: event["first_day"],
    "last_day": lambda event: event["last_day"],
    "precision": lambda event: event["precision"],
    "basis": lambda event: event["basis"],
    "title": lambda event: event["title"],
    "kind": lambda event: event["kind"],
    "status": lambda event: event["status"],
    "reported_by": _reporter,
    "reported_by_id": _reporter_id,
    "source_actors": _names(Role.SOURCE),
    "source_actor_ids": _ids(Role.SOURCE),
    "target_actors": _names(Role.TARGET),
    "target_actor_ids": _ids(Role.TARGET),
    "participants": _names(Role.PARTICIPANT),
    "participant_ids": _ids(Role.PARTICIPANT),
    "other_actors": _names(Role.OTHER),
    "other_actor_ids": _ids(Role.OTHER),
    "source_count": lambda event: event["source_count"],
    "outlet_count": lambda event: event["outlet_count"],
    "conflict": lambda event: event["conflict"],
    "confidence": lambda event: event["confidence"],
    "edited": lambda event: _joined(event["edited"]),
    "article": _first(lambda source: source["article"]),
    "article_outlet": _first(lambda source: source["outlet"]),
    "article_title": _first(lambda source: source["title"]),
    "article_date": _first(lambda source: source["date"]),
    "article_address": _first(lambda source: source["address"]),
    "article_quote": _first(lambda source: source["quote"]),
    "rules": lambda event: event["rules"],
}


# ---------------------------------------------------------------- rows
def render(events: Iterable[EventOut], context: Context) -> Iterator[bytes]:
    """The header, then a chunk for each event, as the events come."""
    yield _row(COLUMNS)
    for event in events:
        yield _row(_cell(column(event)) for column in COLUMNS.values())


def _row(cells: Iterable[str]) -> bytes:
    line = StringIO(newline="")
    csv.writer(line).writerow(cells)
    return line.getvalue().encode()
