"""The job: source -> article -> extraction -> store, one transaction an article.

An article whose content hash is stored already is passed over before the parser is even loaded. A broken record is
named, counted and skipped; the others land.
"""

import logging
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Any, Protocol, TypeVar

from app.core.calendar import DateSpan
from app.core.model import Actor, Article, Reading
from app.errors import LexiconError, Overtaken, SettingsError, SourceError, StoreError
from app.lexicon.boilerplate import Boilerplate
from app.sources import registry, sketch, walk
from app.sources.view import content_hash
from app.store import actors, articles, engine, events, migrate
from app.store.articles import Saved
from app.store.engine import Engine, Session

T = TypeVar("T")
FATAL = (StoreError, LexiconError, SettingsError)
"""Errors that the next article would meet too: they end the job."""


# ---------------------------------------------------------------- what came of it
class Outcome(StrEnum):
    NEW = "new"
    UNCHANGED = "unchanged"
    REVISED = "revised"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Report:
    """What came of one article: `article` is its key, or the `file:line` of a record that became none.

    `timexes` and dated `mentions` count what was found in this run, `events` the events it touched. `reason` tells why
    it failed, or why nothing was found.
    """

    article: str
    outcome: Outcome
    timexes: int = 0
    mentions: int = 0
    events: int = 0
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Summary:
    """All reports, in the order of the sources."""

    reports: tuple[Report, ...]

    @property
    def counts(self) -> dict[str, int]:
        """How many articles had each outcome; every outcome is named."""
        counted = Counter(report.outcome for report in self.reports)
        return {outcome.value: counted[outcome] for outcome in Outcome}

    @property
    def complete(self) -> bool:
        """Whether every record landed."""
        return not any(report.outcome is Outcome.FAILED for report in self.reports)

    def document(self) -> dict[str, Any]:
        """What `demarche ingest --json` prints."""
        return {"articles": [_document(report) for report in self.reports], "counts": self.counts}


def _document(report: Report) -> dict[str, Any]:
    found = {"timexes": report.timexes, "mentions": report.mentions, "events": report.events}
    reason = {"reason": report.reason} if report.reason else {}
    return {"article": report.article, "outcome": report.outcome.value, **found, **reason}


# ---------------------------------------------------------------- ports
class Reads(Protocol):
    """What reads articles: `app.extract.pipeline.Extractor`, or a stand-in."""

    def read(self, article: Article, *, undated: bool = False) -> Reading: ...


Also = Callable[[Session, Article, Reading, Saved], None]


def _nothing(session: Session, article: Article, reading: Reading, saved: Saved) -> None:
    """Nothing else is written with an article."""


class Database:
    """The store that the job writes to, by its URL or its engine; quotations in it are cut at `quote_chars`.

    `also` is what else is written in the transaction of each article. Raises StoreError unless the store can be reached and is
    migrated.
    """

    def __init__(self, store: str | Engine, *, quote_chars: int = events.QUOTE_CHARS, also: Also = _nothing) -> None:
        self._quote_chars = quote_chars
        self._also = also
        self._engine = engine.connect(store) if isinstance(store, str) else store
        migrate.require(self._engine)

    def close(self) -> None:
        """Gives the connections back."""
        self._engine.dispose()

    def know(self, known: Iterable[Actor]) -> None:
        """Brings the stored actors up to the lexicon's."""
        with engine.writing(self._engine) as session:
            actors.put(session, known)

    def find_hash(self, key: str) -> str | None:
        """The content hash of the stored article of that key."""
        with engine.reading(self._engine) as session:
            return articles.find_hash(session, key)

    def correction(self, key: str) -> DateSpan | None:
        """The date that a person gave the stored article of that key."""
        with engine.reading(self._engine) as session:
            return articles.correction(session, key)

    def save(self, article: Article, reading: Reading, *, now: datetime) -> tuple[Outcome, int]:
        """What became of the article, and how many events it touched: in one transaction with the merge."""
        with engine.writing(self._engine) as session:
            saved = articles.save(session, article, reading, now=now)
            merged = events.merge(session, saved, quote_chars=self._quote_chars)
            self._also(session, article, reading, saved)
        return Outcome(saved.outcome.value), len(merged.events)


# ---------------------------------------------------------------- the job
@dataclass(frozen=True, slots=True)
class Job:
    """What every article of a run is treated with. `read` hands back each item with its reading, in order (`app.workers`)."""

    database: Database
    read: Callable[[Iterable[Article | Report]], Iterable[tuple[Article | Report, Reading | SourceError | None]]]
    boilerplate: Boilerplate
    now: datetime


Track = Callable[[Sequence[Path | SourceError]], Iterable[Path | SourceError]]


def ingest(paths: Iterable[Path], job: Job, *, base: Path, track: Track = iter) -> Summary:
    """Reads the files and folders into the store. `track` may watch how far the files got.

    Relative paths are under `base`, and keys relative to it. Raises the errors in `FATAL`; all others are reported.
    """
    files = track(list(walk.files(paths, base=base)))
    return Summary(tuple(take((record for file in files for record in _records(file, base)), job)))


def take(records: Iterable[Article | SourceError], job: Job) -> Iterator[Report]:
    """Reads the records into the store, in order, one transaction each. Raises the errors in `FATAL`."""
    for item, reading in job.read(_to_read(record, job) for record in records):
        yield _report(item, reading, job)


def attempt(step: Callable[[], T], *, name: str) -> T | SourceError:
    """What the step returns, or the reason why it failed: the one place that catches whatever an article may cause."""
    try:
        return step()
    except FATAL:
        raise
    except SourceError as error:
        return error
    except Overtaken as error:
        return SourceError(name, str(error))
    except Exception as error:  # the outermost loop: one article must not end the run
        logging.getLogger(__name__).debug("%s", name, exc_info=True)
        return SourceError(name, f"could not be read: {type(error).__name__}: {error}")


def _records(file: Path | SourceError, base: Path) -> Iterator[Article | SourceError]:
    if isinstance(file, SourceError):
        yield file
        return
    records = registry.read(file, base=base)
    while (record := attempt(partial(next, records, None), name=file.as_posix())) is not None:
        yield record


def _to_read(record: Article | SourceError, job: Job) -> Article | Report:
    """The article with its hash and its sketch where it has to be read, else what is to be said of the record."""
    found = record if isinstance(record, SourceError) else attempt(partial(_hashed, record, job), name=record.key)
    if isinstance(found, SourceError):
        return Report(found.name, Outcome.FAILED, reason=found.reason)
    return found


def _hashed(article: Article, job: Job) -> Article | Report:
    article = replace(article, content_hash=content_hash(article, boilerplate=job.boilerplate))
    stored = job.database.find_hash(article.key)
    if stored == article.content_hash:
        return Report(article.key, Outcome.UNCHANGED)
    article = replace(article, sketch=sketch.of(article.text, boilerplate=job.boilerplate))
    return replace(article, corrected_date=job.database.correction(article.key)) if stored else article


def _report(item: Article | Report, reading: Reading | SourceError | None, job: Job) -> Report:
    if isinstance(item, Report):
        return item
    landed = reading if isinstance(reading, SourceError) else attempt(partial(_land, item, reading, job), name=item.key)
    if isinstance(landed, SourceError):
        return Report(landed.name, Outcome.FAILED, reason=landed.reason)
    return landed


def _land(article: Article, reading: Reading | None, job: Job) -> Report:
    assert reading is not None
    outcome, touched = job.database.save(article, reading, now=job.now)
    dated = sum(mention.span is not None for mention in reading.mentions)
    reason = None if dated else why_nothing(reading)
    return Report(article.key, outcome, len(reading.timexes), dated, touched, reason)


def why_nothing(reading: Reading) -> str:
    """Why a reading has no dated act, in words.

    >>> from app.core.model import ArticleDate
    >>> why_nothing(Reading(ArticleDate()))
    'no date expression'
    """
    if not reading.timexes:
        return "no date expression"
    reasons = Counter(rejected.reason for rejected in reading.rejected).most_common(1)
    return f"dated, but no act: {reasons[0][0]}" if reasons else "dated, but no act"
