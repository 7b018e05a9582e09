"""Articles that are sent: read and stored like those of files, at once or by a worker that takes them one by one.

A fault of one article is its result, and the others land. What waits is kept in the store (`app.store.jobs`): any number of
workers take from it, and what one of them stores it settles in the same transaction.
"""

import json
import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import partial
from threading import Lock
from typing import Any

from app.core.model import Actor, Article, Reading
from app.errors import Malformed, Overtaken, SourceError, StoreError
from app.formats.shapes import ArticleEventOut
from app.ingest import FATAL, Also, Database, Job, Outcome, Report, attempt, take, why_nothing
from app.lexicon.boilerplate import Boilerplate
from app.sources import raw, record
from app.sources.record import Draft, Values
from app.store import articles, engine, jobs
from app.store.articles import Saved
from app.store.engine import Engine, Session
from app.store.events import QUOTE_CHARS
from app.store.jobs import CANCELLED, REFUSED, Claim

ATTEMPTS = 3
LEASE_S = 120
_READ_CHARS_PER_S = 1000  # a tenth of what a busy processor reads: a lease must not end before the reading
KEPT = timedelta(days=30)
logger = logging.getLogger(__name__)

Read = Callable[[Iterable[Any]], Iterable[tuple[Any, Reading | SourceError | None]]]


class Came(StrEnum):
    """What came of an article that was sent."""

    CREATED = "created"
    REVISED = "revised"
    UNCHANGED = "unchanged"
    REFUSED = REFUSED
    CANCELLED = CANCELLED


_CAME: Mapping[str, Came] = {
    Outcome.NEW: Came.CREATED,
    Outcome.REVISED: Came.REVISED,
    Outcome.UNCHANGED: Came.UNCHANGED,
    Outcome.FAILED: Came.REFUSED,
}


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one article: its key and id where it is stored, the events it tells, and why it was refused or tells none."""

    outcome: Came
    key: str | None = None
    article: str | None = None
    events: tuple[ArticleEventOut, ...] = ()
    reason: str | None = None

    def document(self) -> dict[str, Any]:
        """The result as JSON."""
        given = {"key": self.key, "article": self.article, "events": list(self.events), "reason": self.reason}
        return {"outcome": self.outcome.value, **{name: value for name, value in given.items() if value}}

    @classmethod
    def of(cls, document: Mapping[str, Any]) -> "Result":
        """The result that `document` gave."""
        fields = {name: document.get(name) for name in ("key", "article", "reason")}
        return cls(Came(document["outcome"]), events=tuple(document.get("events", ())), **fields)


@dataclass(frozen=True, slots=True)
class Sent:
    """One article as it was sent: what a worker will need, and its fields, or why it cannot be read. `number` counts from 1."""

    number: int
    payload: str
    draft: Draft | SourceError

    @property
    def refused(self) -> Result | None:
        """The result of what cannot be read."""
        return Result(Came.REFUSED, reason=self.draft.reason) if isinstance(self.draft, SourceError) else None


# ---------------------------------------------------------------- what was sent
def sent(values: Iterable[Values | SourceError], *, owner: str) -> Iterator[Sent]:
    """Each record, checked as far as can be without reading its page; one whose id or address came before is refused."""
    seen: set[str] = set()
    for number, given in enumerate(values, start=1):
        try:
            if isinstance(given, SourceError):
                raise given
            found = _draft(given, owner=owner, number=number)
            if twice := found.names & seen:
                raise Malformed(_where(number), f"comes twice: {min(twice)!r} was sent before it")
        except SourceError as error:
            yield Sent(number, "", error)
        else:
            seen |= found.names
            yield Sent(number, json.dumps(given), found)


def _draft(values: Values, *, owner: str, number: int) -> Draft:
    where = _where(number)
    found = record.draft(record.known(values, where=where), name=owner, where=where)
    size = len((found.text or found.html or "").encode())
    if size > raw.MAX_ARTICLE_BYTES:
        raise raw.too_large(where, size=size, max_bytes=raw.MAX_ARTICLE_BYTES)
    if found.html is None:  # a page may name itself, by its address
        record.required_name(found, record.article(found, where=where), where=where)
    return found


def _where(number: int) -> str:
    return f"article {number}"


# ---------------------------------------------------------------- reading it
class Intake:
    """Reads articles that were sent into the store. `known` are the lexicon's actors, which the store learns before the first.

    May be used by several threads. Quotations are cut at `quote_chars`.
    """

    def __init__(
        self,
        engine: Engine,
        read: Read,
        *,
        boilerplate: Boilerplate,
        known: Callable[[], Iterable[Actor]],
        quote_chars: int = QUOTE_CHARS,
    ) -> None:
        self._engine = engine
        self._read = read
        self._boilerplate = boilerplate
        self._known = known
        self._quote_chars = quote_chars
        self._lock = Lock()
        self._has_actors = False

    def take(self, draft: Draft, *, number: int, now: datetime, settle: "Settle | None" = None) -> Result:
        """Reads one article and stores it; raises the errors in `FATAL`.

        `settle` is told the result in the transaction that stores it, and only of what is stored.
        """
        kept: list[Result] = []

        def also(session: Session, article: Article, reading: Reading, saved: Saved) -> None:
            result = _landed(session, article, reading, saved)
            if settle is not None:
                settle(session, result)
            kept.append(result)

        article = attempt(partial(_article, draft, _where(number)), name=_where(number))
        if isinstance(article, SourceError):
            return Result(Came.REFUSED, reason=article.reason)
        [report] = take([article], self._job(now, also))
        return kept[0] if kept and report.outcome is not Outcome.FAILED else self._reported(report)

    def work(self, claim: Claim, *, now: datetime) -> Result | None:
        """Reads a claimed article and keeps what came of it; None where the claim was lost meanwhile."""

        settled = False

        def settle(session: Session, result: Result) -> None:
            nonlocal settled
            if not jobs.settle(session, claim, result.document(), now=now):
                raise Overtaken("it was cancelled, or another worker took it, while it was read")
            settled = True

        if claim.attempt > ATTEMPTS:
            found = Result(Came.REFUSED, reason=f"whoever read it came to an end, {ATTEMPTS} times")
        else:
            draft = attempt(
                partial(_draft, json.loads(claim.payload), owner=claim.owner, number=claim.number),
                name=_where(claim.number),
            )
            if isinstance(draft, SourceError):
                found = Result(Came.REFUSED, reason=draft.reason)
            else:
                found = self.take(draft, number=claim.number, now=now, settle=settle)
        if settled and found.outcome is not Came.REFUSED:
            return found
        with engine.noting(self._engine) as session:
            return found if jobs.settle(session, claim, found.document(), now=now) else None

    def _job(self, now: datetime, also: Also) -> Job:
        database = Database(self._engine, quote_chars=self._quote_chars, also=also)
        with self._lock:
            if not self._has_actors:
                database.know(self._known())
                self._has_actors = True
        return Job(database, self._read, self._boilerplate, now)

    def _reported(self, report: Report) -> Result:
        outcome = _CAME[report.outcome]
        if outcome is Came.REFUSED:
            return Result(outcome, report.article, reason=report.reason)
        with engine.reading(self._engine) as session:
            article_id = articles.id_of(session, report.article)
            told = articles.get(session, article_id)["events"] if article_id else []
        return Result(outcome, report.article, article_id, tuple(told))


Settle = Callable[[Session, Result], None]


def _article(draft: Draft, where: str) -> Article:
    found = record.article(draft, where=where)
    record.required_name(draft, found, where=where)
    return found


def _landed(session: Session, article: Article, reading: Reading, saved: Saved) -> Result:
    told = articles.get(session, saved.article_id)["events"]
    dated = any(mention.span is not None for mention in reading.mentions)
    reason = None if dated else why_nothing(reading)
    return Result(_CAME[saved.outcome], article.key, saved.article_id, tuple(told), reason)


# ---------------------------------------------------------------- working it off
@dataclass(frozen=True, slots=True)
class Worker:
    """Takes what waits, one article at a time. `holder` is its name among all workers; `clock` gives the moment."""

    engine: Engine
    intake: Intake
    holder: str
    clock: Callable[[], datetime]

    def step(self) -> bool:
        """Reads one article; False where none waits. Raises the errors in `FATAL`."""
        with engine.reading(self.engine) as session:
            if not jobs.waits(session, self.clock()):
                return False
        with engine.noting(self.engine) as session:
            claim = jobs.claim(session, holder=self.holder, now=self.clock(), lease=_lease)
        if claim is None:
            return False
        self.intake.work(claim, now=self.clock())
        return True

    def run(self, stopped: Callable[[], bool], pause: Callable[[], object]) -> None:
        """Works until it is stopped, which it asks after each article; pauses where nothing waits and where the store fails."""
        while not stopped():
            try:
                worked = attempt(self.step, name=self.holder)
            except FATAL:
                logger.exception("articles that wait cannot be read now")
                worked = False
            if isinstance(worked, SourceError):
                logger.error("%s", worked)
            if worked is not True:
                pause()
        self.release()

    def release(self) -> None:
        """Gives back what it has claimed and not read."""
        try:
            with engine.noting(self.engine) as session:
                jobs.release(session, self.holder)
        except StoreError:
            logger.warning("%s could not give back what it had claimed: that waits until its lease ends", self.holder)


def _lease(length: int) -> timedelta:
    return timedelta(seconds=LEASE_S + length / _READ_CHARS_PER_S)
