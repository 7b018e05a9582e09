"""JSON lines: one article a line, in the fields of `app.sources.record`."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, NoReturn

from app.core.model import Article
from app.errors import Empty, Malformed, SourceError, Unreadable
from app.sources import keys, raw
from app.sources import record as fields


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
    for number, line in enumerate(lines(stream, max_bytes=max_bytes), start=1):
        yield _record(line, number=number, name=name, max_bytes=max_bytes)


def lines(stream: BinaryIO, *, max_bytes: int = raw.MAX_ARTICLE_BYTES) -> Iterator[bytes | None]:
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
        values = values_of(line, where=where, max_bytes=max_bytes)
        id_ = fields.identity(values, where=where)
        return Record(number, id_, fields.article(fields.draft(values, name=name, where=where), where=where))
    except SourceError as error:
        return Record(number, id_, error)


def values_of(line: bytes | None, *, where: str, max_bytes: int = raw.MAX_ARTICLE_BYTES) -> fields.Values:
    """The JSON object on a line as `lines` gives it; raises TooLarge, Empty, NotText, WrongEncoding and Malformed."""
    if line is None:
        raise raw.too_large(where, size=None, max_bytes=max_bytes)
    if not line.strip():
        raise Empty(where, "is an empty line")
    try:
        values = json.loads(raw.decode(line, name=where), parse_constant=_no_constant)
    except RecursionError as error:
        raise Malformed(where, "is nested too deep to be a record") from error
    except ValueError as error:  # JSONDecodeError, and numbers of thousands of digits
        raise Malformed(where, f"is not JSON: {error}") from error
    if not isinstance(values, dict):
        raise Malformed(
            where, f"is a JSON {fields.kind(values)}: accepted is an object with {', '.join(fields.FIELDS)}"
        )
    return values


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON number")
