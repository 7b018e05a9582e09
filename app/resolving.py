"""Texts read for show: what `demarche resolve` prints, and nothing stored."""

import sys
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import BinaryIO

from app.core.model import Article, Reading
from app.errors import SourceError, Unreadable
from app.formats import reading as wire
from app.formats.shapes import ReadingOut
from app.ingest import attempt
from app.sources import jsonl, raw, text
from app.sources.stated import Stated
from app.workers import Reader

STDIN = "-"
_PAGES = (".html", ".htm")


@dataclass(frozen=True, slots=True)
class Input:
    """One text to read, or why there is none; `id` is the file's name as given, or what a line calls itself."""

    id: str | int | None
    article: Article | SourceError


@dataclass(frozen=True, slots=True)
class Resolved:
    """One text as read, or why it could not be."""

    id: str | int | None
    text: str
    outcome: Reading | SourceError

    def document(self) -> ReadingOut:
        """The JSON object for it; of the same shape where it could not be read, with the reason under `error`."""
        if isinstance(self.outcome, SourceError):
            return wire.failure(str(self.outcome), id=self.id)
        return wire.document(self.outcome, id=self.id)


def from_file(name: str) -> Iterator[Input]:
    """The one text in a file: a web page by its suffix, else plain text with or without front matter."""
    yield Input(name, attempt(partial(_article, name), name=name))


def _article(name: str) -> Article:
    if name == STDIN:
        data = sys.stdin.buffer.read(raw.MAX_ARTICLE_BYTES + 1)
        if len(data) > raw.MAX_ARTICLE_BYTES:
            raise raw.too_large("standard input", size=None, max_bytes=raw.MAX_ARTICLE_BYTES)
        return text.article(raw.decode(data, name="standard input"), name=STDIN)
    data = raw.read_bytes(Path(name), name=name)
    if Path(name).suffix.lower() in _PAGES:
        from app.sources import html  # takes half a second to load

        return html.article(raw.decode(data, name=name, encoding=html.charset(data, name=name)), name=name)
    return text.article(raw.decode(data, name=name), name=name)


def from_lines(name: str) -> Iterator[Input]:
    """One input for every line of the file, in order, read as they are asked for. Raises Unreadable."""
    if name == STDIN:
        yield from _lines(sys.stdin.buffer, name="standard input")
        return
    try:
        with Path(name).open("rb") as stream:
            yield from _lines(stream, name=name)
    except OSError as error:
        raise Unreadable(name, error.strerror or str(error)) from error


def _lines(stream: BinaryIO, *, name: str) -> Iterator[Input]:
    return (Input(record.id, record.outcome) for record in jsonl.records(stream, name=name))


def resolved(
    inputs: Iterable[Input], *, reader: Reader[Article | SourceError], stated: Stated | None
) -> Iterator[Resolved]:
    """Each input as read, in order. `stated` is the articles' date, over what they say themselves."""
    ids: deque[str | int | None] = deque()

    def articles() -> Iterator[Article | SourceError]:
        for given in inputs:
            ids.append(given.id)
            article = given.article
            if stated is not None and isinstance(article, Article):
                article = replace(article, stated_date=stated.span, stated_month_day=stated.month_day)
            yield article

    for article, outcome in reader(articles()):
        id_ = ids.popleft()
        if isinstance(article, SourceError):
            yield Resolved(id_, "", article)
        else:
            assert outcome is not None
            yield Resolved(id_, article.text, outcome)
