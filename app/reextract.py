"""The job that reads stored articles again with the present rules and lexicon, and tells what that does to the timeline.

A trial changes nothing: its readings are merged in one transaction that is rolled back, which holds the writers' lock only for
the merge. When applied, each article is a transaction of its own and says by which rules it was read, so that a run that was cut
off goes on where it stopped.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from app.core.matching import RULES
from app.core.model import Article, Reading
from app.errors import Overtaken, SourceError
from app.lexicon.boilerplate import Boilerplate
from app.sources import sketch
from app.store import articles, engine, events, migrate
from app.store.engine import Session
from app.store.events import QUOTE_CHARS, EventQuery

Read = Callable[[Iterable[Article]], Iterable[tuple[Article, Reading | SourceError | None]]]
Track = Callable[[Sequence[Article]], Iterable[Article]]


@dataclass(frozen=True, slots=True)
class Line:
    """An event as the report tells it: its id, title and date, and for a redated one the date before."""

    id: str
    title: str
    date: str
    before: str | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """What reading again did, or would do: `read` articles, of which `failed` could not be, and the events that differ."""

    read: int
    applied: bool
    failed: tuple[str, ...] = ()
    added: tuple[Line, ...] = ()
    gone: tuple[Line, ...] = ()
    redated: tuple[Line, ...] = ()
    unchanged: int = 0

    def document(self) -> dict[str, Any]:
        """What `demarche reextract --json` prints."""
        lines = {name: [_shown(line) for line in getattr(self, name)] for name in ("added", "gone", "redated")}
        return {
            "read": self.read,
            "applied": self.applied,
            "failed": list(self.failed),
            **lines,
            "unchanged": self.unchanged,
        }


def _shown(line: Line) -> dict[str, str]:
    shown = {"id": line.id, "title": line.title, "date": line.date}
    return shown | {"before": line.before} if line.before else shown


@dataclass(frozen=True, slots=True)
class Job:
    """The store at `url`, what reads articles, the lines that belong to none, the moment of the run; quotations are cut at
    `quote_chars`.
    """

    url: str
    read: Read
    boilerplate: Boilerplate
    now: datetime
    quote_chars: int = QUOTE_CHARS
    rules: str = field(default=RULES)


def reextract(job: Job, *, apply: bool, everything: bool = False, track: Track = iter) -> Report:
    """Reads again the articles that were read by other rules, or with `everything` all of them.

    Raises StoreError where the store cannot be used; an article that cannot be read keeps what it has and is named.
    """
    database = engine.connect(job.url)
    try:
        migrate.require(database)
        with engine.reading(database) as session:
            stored = articles.to_reread(session, None if everything else job.rules)
            before = _events(session)
        failed: list[str] = []
        readings = _readings(job, track(stored), failed)
        after = _apply(database, job, readings, failed) if apply else _try(database, job, list(readings), failed)
    finally:
        database.dispose()
    return _report(len(stored), before, after, applied=apply, failed=tuple(failed))


class _TrialOver(Exception):
    """Rolls a trial back."""


def _readings(job: Job, stored: Iterable[Article], failed: list[str]) -> Iterable[tuple[Article, Reading]]:
    """What was read anew, with the article and its sketch: those that older versions stored have none."""
    for article, reading in job.read(stored):
        if isinstance(reading, Reading):
            yield replace(article, sketch=sketch.of(article.text, boilerplate=job.boilerplate)), reading
        else:
            failed.append(str(reading) if reading else article.key)


def _apply(
    database: engine.Engine, job: Job, readings: Iterable[tuple[Article, Reading]], failed: list[str]
) -> dict[str, Line]:
    for article, reading in readings:
        with engine.writing(database) as session:
            _replace(session, job, article, reading, failed)
    with engine.reading(database) as session:
        return _events(session)


def _try(
    database: engine.Engine, job: Job, readings: Sequence[tuple[Article, Reading]], failed: list[str]
) -> dict[str, Line]:
    after: dict[str, Line] = {}
    try:
        with engine.writing(database) as session:
            for article, reading in readings:
                _replace(session, job, article, reading, failed)
            after = _events(session)
            raise _TrialOver
    except _TrialOver:
        return after


def _replace(session: Session, job: Job, article: Article, reading: Reading, failed: list[str]) -> None:
    try:
        saved = articles.reread(session, article, reading, rules=job.rules)
    except Overtaken as error:  # revised, or its date corrected: what was read before that is worth nothing
        failed.append(str(error))
        return
    events.merge(session, saved, quote_chars=job.quote_chars)


def _events(session: Session) -> dict[str, Line]:
    found = events.timeline(session, EventQuery())
    return {event["id"]: Line(event["id"], event["title"], event["date"]) for event in found}


def _report(
    read: int, before: dict[str, Line], after: dict[str, Line], *, applied: bool, failed: tuple[str, ...]
) -> Report:
    both = [(before[id_], line) for id_, line in after.items() if id_ in before]
    redated = [Line(new.id, new.title, new.date, old.date) for old, new in both if old.date != new.date]
    return Report(
        read,
        applied,
        failed,
        added=tuple(line for id_, line in after.items() if id_ not in before),
        gone=tuple(line for id_, line in before.items() if id_ not in after),
        redated=tuple(redated),
        unchanged=len(both) - len(redated),
    )
