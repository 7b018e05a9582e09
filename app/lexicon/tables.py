"""Rows of the lexicon's CSV and TOML files, checked field by field.

Whatever cannot be right is refused with a LexiconError that names file, row and field; rows count from 1, the header
not included. A list is parted by ``|`` in CSV and is an array in TOML; both give the same `Row`. A leading or trailing
blank is no part of a field.
"""

import csv
import tomllib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from app.core import calendar
from app.core.calendar import DateSpan
from app.errors import DateError, LexiconError

SEPARATOR = "|"


@dataclass(frozen=True, slots=True)
class Row:
    """One row: field name -> text, "" where it is empty or an optional column is left out."""

    file: str
    number: int | str
    fields: Mapping[str, str]

    def text(self, field: str) -> str:
        """The field as written."""
        return self.fields.get(field, "")

    def optional(self, field: str) -> str | None:
        """The field, None where it is empty."""
        return self.text(field) or None

    def many(self, field: str) -> tuple[str, ...]:
        """The parts of a list, in order; an empty field has none. Refuses an empty part and one given twice."""
        if not (text := self.text(field)):
            return ()
        if SEPARATOR not in text:
            return (text,)
        parts = tuple(part.strip() for part in text.split(SEPARATOR))
        if "" in parts:
            raise self.refuse(field, f"{text!r} has an empty part between two {SEPARATOR!r}")
        if repeated := [part for place, part in enumerate(parts) if part in parts[:place]]:
            raise self.refuse(field, f"{repeated[0]!r} stands there twice")
        return parts

    def choice(self, field: str, allowed: Collection[str]) -> str:
        """The field, one of `allowed`."""
        if (text := self.text(field)) not in allowed:
            raise self.refuse(field, f"{text!r} is none of: {', '.join(allowed)}")
        return text

    def flag(self, field: str) -> bool:
        """True for yes, False for no."""
        return self.choice(field, ("yes", "no")) == "yes"

    def reference(self, field: str, known: Collection[str]) -> str | None:
        """The id in the field, which must be one of `known`; None where it is empty."""
        text = self.optional(field)
        if text is not None and text not in known:
            raise self.refuse(field, f"nothing has the id {text!r}")
        return text

    def references(self, field: str, known: Collection[str]) -> tuple[str, ...]:
        """The ids of a list, each of which must be one of `known`."""
        for part in self.many(field):
            if part not in known:
                raise self.refuse(field, f"nothing has the id {part!r}")
        return self.many(field)

    def span(self, field: str) -> DateSpan | None:
        """The year, month or day that the field names (YYYY, YYYY-MM, YYYY-MM-DD); None where it is empty."""
        if not (text := self.text(field)):
            return None
        span, is_simple = _span(text)
        if span is None:
            raise self.refuse(field, f"{text!r} is no date: use YYYY, YYYY-MM or YYYY-MM-DD")
        if not is_simple:
            raise self.refuse(field, f"{text!r} is not one day, month or year: use YYYY, YYYY-MM or YYYY-MM-DD")
        return span

    def refuse(self, field: str, reason: str) -> LexiconError:
        """The error to raise for this row and field."""
        return LexiconError(self.file, self.number, field, reason)


@cache  # one tenure ends where the next begins, and many begin with a year
def _span(text: str) -> tuple[DateSpan | None, bool]:
    """The span of a date, None where it is none, and whether it is one day, month or year."""
    try:
        span = calendar.parse(text)
    except DateError:
        return None, False
    return span, span.edtf in (span.first_day.isoformat(), f"{span.first_day:%Y-%m}", f"{span.first_day:%Y}")


# ---------------------------------------------------------------- CSV
def read_csv(
    path: Path, *, required: Sequence[str], optional: Sequence[str] = (), unique: str | None = None
) -> list[Row]:
    """The rows of a UTF-8 CSV file with a header.

    `required` columns must be filled in every row, `optional` ones may be empty; all must be there, and no others.
    `unique` names the column that tells the rows apart.
    """
    try:
        with path.open(encoding="utf-8", newline="") as file:
            lines = [line for line in csv.reader(file, strict=True) if line]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise LexiconError(path.name, "-", "-", f"cannot be read as CSV in UTF-8: {error}") from error
    header = lines[0] if lines else []
    _check_names(path.name, "header", header, (*required, *optional), (*required, *optional))
    rows = [_csv_row(path.name, number, header, line) for number, line in enumerate(lines[1:], start=1)]
    _check_filled(rows, required)
    if unique:
        check_unique(rows, unique)
    return rows


def _csv_row(file: str, number: int, header: Sequence[str], line: Sequence[str]) -> Row:
    if len(line) != len(header):
        field = header[len(line)] if len(line) < len(header) else header[-1]
        raise LexiconError(file, number, field, f"the row has {len(line)} fields, the header {len(header)}")
    return Row(file, number, {name: text.strip() for name, text in zip(header, line, strict=True)})


# ---------------------------------------------------------------- TOML
def read_toml(path: Path) -> dict[str, Any]:
    """The document in a TOML file; its shape is for the caller to check."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise LexiconError(path.name, "-", "-", f"cannot be read as TOML in UTF-8: {error}") from error


def tables(document: Mapping[str, object], name: str, *, file: str) -> list[dict[str, object]]:
    """The tables of the array ``[[name]]``; none where the document has no such array."""
    array = document.get(name, [])
    if not isinstance(array, list) or not all(isinstance(table, dict) for table in array):
        raise LexiconError(file, "-", name, f"must be an array of tables, written [[{name}]]")
    return array


def toml_row(
    file: str, number: int | str, table: Mapping[str, object], *, required: Sequence[str], optional: Sequence[str] = ()
) -> Row:
    """A TOML table as a row: an array becomes a list, true and false become yes and no, a number or date its text.

    Unlike in CSV, an optional field may be left out.
    """
    _check_names(file, number, list(table), required, (*required, *optional))
    row = Row(file, number, {field: _cell(file, number, field, value) for field, value in table.items()})
    _check_filled([row], required)
    return row


def check_fields(
    file: str,
    number: int | str,
    table: Mapping[str, object],
    *,
    required: Mapping[str, type],
    optional: Mapping[str, type] = MappingProxyType({}),
) -> None:
    """Refuses a TOML table that lacks a field, has one of another name, or a value of another type."""
    fields = {**required, **optional}
    for name, value in table.items():
        if name not in fields:
            raise LexiconError(file, number, name, f"no such field; there are {', '.join(fields)}")
        if not isinstance(value, fields[name]):
            raise LexiconError(file, number, name, f"{value!r} is no {fields[name].__name__}")
    for name in required:
        if name not in table:
            raise LexiconError(file, number, name, "is missing")


def _cell(file: str, number: int | str, field: str, value: object) -> str:
    match value:
        case str():
            return value.strip()
        case bool():
            return "yes" if value else "no"
        case int() | date():
            return str(value)
        case list():
            return SEPARATOR.join(_cell(file, number, field, part) for part in value)
        case _:
            raise LexiconError(file, number, field, f"{value!r} is neither text, number, date, true, false nor a list")


# ---------------------------------------------------------------- checks
def check_unique(rows: Iterable[Row], field: str) -> None:
    """Refuses the second of two rows with the same text in `field`."""
    first: dict[str, Row] = {}
    for row in rows:
        other = first.setdefault(row.text(field), row)
        if other is not row:
            raise row.refuse(field, f"{row.text(field)!r} is already in row {other.number}")


def _check_names(
    file: str, number: int | str, given: Sequence[str], needed: Sequence[str], known: Sequence[str]
) -> None:
    for name in needed:
        if name not in given:
            raise LexiconError(file, number, name, "is missing")
    for place, name in enumerate(given):
        if name not in known:
            raise LexiconError(file, number, name, f"is unknown: use {', '.join(known)}")
        if name in given[:place]:
            raise LexiconError(file, number, name, "stands there twice")


def _check_filled(rows: Iterable[Row], required: Sequence[str]) -> None:
    for row in rows:
        for field in required:
            if not row.text(field):
                raise row.refuse(field, "must not be empty")
