"""JSON lines: one article a line, `{"id", "text", "date"?, "url"?, "outlet"?, "title"?}`."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, NoReturn

from app.core.model import Article
from app.errors import DateError, Empty, Malformed, NotText, SourceError, Unreadable
from app.sources import keys, raw, stated

FIELDS = ("id", "text", "date", "url", "outlet", "title")

_SURROGATES = dict.fromkeys(range(0xD800, 0xE000), "\ufffd")


@dataclass(frozen=True, slots=True)
class Record:
    """What one line (counted from 1) holds; `id` is what it calls itself, where that could be made out."""

    line: int
    id: str | int | None
    outcome: Article | SourceError


def read(path: Path, *, base: Path) -> Iterator[Article | SourceError]:
    """The articles of the file in order; a broken line, or one whose id came before, is an error naming `file:line`."""
    name, seen = keys.of_path(path, base=base), set[str]()
    try:
        place, record = base / path, None
        if not place.is_file():
            raise Unreadable(name, "is not a regular file" if place.exists() else "does not exist")
        with place.open("rb") as stream:
            for record in records(stream, name=name):
                yield _told_apart(record, seen=seen, name=name)
        if record is None:
            raise Empty(name, "is empty")
    except OSError as error:
        yield Unreadable(name, error.strerror or str(error))
    except SourceError as error:
        yield error


def _told_apart(record: Record, *, seen: set[str], name: str) -> Article | SourceError:
    article, where = record.outcome, f"{name}:{record.line}"
    if isinstance(article, SourceError):
        return article
    if record.id is None and article.address is None:
        return Malformed(where, 'has neither "id" nor "url": one of them must tell its records apart')
    names = {article.key} | ({f"#{record.id}"} if record.id is not None else set())
    if twice := names & seen:
        return Malformed(where, f"comes twice: {min(twice)!r} stands on an earlier line")
    seen |= names
    return article


def records(stream: BinaryIO, *, name: str, max_bytes: int = raw.MAX_ARTICLE_BYTES) -> Iterator[Record]:
    """One record for every line, in order, whatever the line holds; never more than one line in memory."""
    for number, line in enumerate(_lines(stream, max_bytes=max_bytes), start=1):
        yield _record(line, number=number, name=name, max_bytes=max_bytes)


def _lines(stream: BinaryIO, *, max_bytes: int) -> Iterator[bytes | None]:
    """The lines without their ends; None for one that is too long, which is passed over in pieces."""
    while line := stream.readline(max_bytes + 2):
        if len(line) <= max_bytes or line.endswith(b"\n"):
            yield line.rstrip(b"\r\n")
            continue
        while line and not line.endswith(b"\n"):
            line = stream.readline(max_bytes)
        yield None


def _record(line: bytes | None, *, number: int, name: str, max_bytes: int) -> Record:
    id_, where = None, f"{name}:{number}"
    try:
        if line is None:
            raise raw.too_large(where, size=None, max_bytes=max_bytes)
        values = _object(line, where=where)
        id_ = _id(values, where=where)
        return Record(number, id_, _article(values, id_=id_, name=name, where=where))
    except SourceError as error:
        return Record(number, id_, error)


def _object(line: bytes, *, where: str) -> dict[str, object]:
    if not line.strip():
        raise Empty(where, "is an empty line")
    try:
        values = json.loads(raw.decode(line, name=where), parse_constant=_no_constant)
    except RecursionError as error:
        raise Malformed(where, "is nested too deep to be a record") from error
    except ValueError as error:  # JSONDecodeError, and numbers of thousands of digits
        raise Malformed(where, f"is not JSON: {error}") from error
    if not isinstance(values, dict):
        raise Malformed(where, f"is a JSON {_kind(values)}: accepted is an object with {', '.join(FIELDS)}")
    return values


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON number")


def _kind(value: object) -> str:
    names = {str: "text", bool: "truth value", int: "number", float: "number", list: "list", dict: "object"}
    return names.get(type(value), "null")


def _id(values: dict[str, object], *, where: str) -> str | int | None:
    value = values.get("id")
    if value is None or (isinstance(value, int) and not isinstance(value, bool)):
        return value
    if not isinstance(value, str):
        raise Malformed(where, f'"id" is a {_kind(value)}: accepted is a text or a whole number')
    return value


def _article(values: dict[str, object], *, id_: str | int | None, name: str, where: str) -> Article:
    text, date = _text(values, where=where), _date(values, where=where)
    address = _address(values, where=where)
    record_key = f"{name}#{_clean(str(id_))}" if id_ is not None else where
    return Article(
        key=address or record_key,
        text=text,
        outlet=_optional(values, "outlet", where=where),
        title=_optional(values, "title", where=where),
        address=address,
        stated_date=date.span,
        stated_month_day=date.month_day,
    )


def _text(values: dict[str, object], *, where: str) -> str:
    text = values.get("text")
    if not isinstance(text, str):
        found = f"is a {_kind(text)}" if "text" in values else "is missing"
        raise Malformed(where, f'"text" {found}: accepted is a text')
    if "\0" in text:
        raise NotText(where, f'"text" has a NUL character at offset {text.index(chr(0))}')
    if not text.strip():
        raise Empty(where, '"text" holds nothing but white space')
    return _clean(text)


def _optional(values: dict[str, object], key: str, *, where: str) -> str | None:
    value = values.get(key)
    if value is None:
        return None
    if not isinstance(value, str) or "\0" in value:
        raise Malformed(where, f'"{key}" is {value!r}: accepted is a text')
    return _clean(value).strip() or None


def _address(values: dict[str, object], *, where: str) -> str | None:
    value = _optional(values, "url", where=where)
    return None if value is None else keys.required_address(value, name=where, what='"url" is')


def _date(values: dict[str, object], *, where: str) -> stated.Stated:
    value = values.get("date")
    if value is None:
        return stated.Stated()
    try:
        return stated.read(value if isinstance(value, str) else repr(value))
    except DateError as error:
        raise Malformed(where, f'"date" is {value!r}: {stated.ACCEPTED}') from error


def _clean(text: str) -> str:
    """JSON can spell halves of a surrogate pair, which no encoding can store: U+FFFD for each, so that offsets stay."""
    return text.translate(_SURROGATES)
