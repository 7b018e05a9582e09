"""Articles that were sent together and wait to be read: each is claimed by one reader, for a time, and keeps what came of it.

Claims are made under the writers' lock, so that no two readers get one article; a reader that dies loses its claim when the
lease ends. Nothing in here is shown by reads that are cached: `noting` is the session to write with.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, delete, exists, func, or_, select, update
from sqlalchemy.orm import Session

from app.errors import NotFound
from app.formats.wire import dumps
from app.store.sent import JobArticleRow, JobRow
from app.store.texts import storable

Result = dict[str, Any]
"""What came of an article, as JSON; `outcome` is in it."""
REFUSED, CANCELLED = "refused", "cancelled"


class State(StrEnum):
    """`FAILED` is a job of which not one article could be taken in."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Job:
    """Articles that were sent together; `counts` has the outcomes of those that are done."""

    id: str
    owner: str
    state: State
    total: int
    done: int
    counts: dict[str, int]
    made_at: datetime
    finished_at: datetime | None


@dataclass(frozen=True, slots=True)
class Claim:
    """An article that one reader may read: its job and its place in it, what was sent, and how often it was begun."""

    job: int
    number: int
    owner: str
    payload: str
    holder: str
    attempt: int


# ---------------------------------------------------------------- sending
def create(session: Session, id_: str, owner: str, articles: Sequence[str | Result], *, now: datetime) -> None:
    """Keeps a job. Each article is what was sent, as JSON, or the result of one that needs no reading any more."""
    waiting = sum(isinstance(one, str) for one in articles)
    row = JobRow(
        id=id_,
        owner=owner,
        state=State.QUEUED.value,
        total=len(articles),
        waiting=waiting,
        turn=_last_turn(session),  # behind those that are worked on, before their next article
        made_at=now,
        finished_at=None,
    )
    session.add(row)
    session.flush()
    for number, one in enumerate(articles, start=1):
        session.add(_article_row(row.number, number, one))
    session.flush()
    _finish(session, row, now)


def _article_row(job: int, number: int, given: str | Result) -> JobArticleRow:
    row = JobArticleRow(job=job, number=number, attempts=0)
    if isinstance(given, str):
        row.payload = given
    else:
        row.outcome, row.result = given["outcome"], dumps(given)
    return row


def remove_finished(session: Session, before: datetime) -> None:
    """Forgets jobs that were finished before that moment."""
    session.execute(delete(JobRow).where(JobRow.finished_at < before))


# ---------------------------------------------------------------- reading them
def waits(session: Session, now: datetime) -> bool:
    """Whether there is an article that may be claimed."""
    return session.scalar(_next_job(now)) is not None


def claim(session: Session, *, holder: str, now: datetime, lease: Callable[[int], timedelta]) -> Claim | None:
    """The next article, claimed until its lease ends; None where none waits. Jobs take turns, one article each.

    `lease` gives its time, by the length of what was sent.
    """
    job_number = session.scalar(_next_job(now))
    if job_number is None:
        return None
    job = session.get_one(JobRow, job_number)
    row = session.scalars(
        select(JobArticleRow)
        .where(JobArticleRow.job == job_number, _claimable(now))
        .order_by(JobArticleRow.number)
        .limit(1)
    ).one()
    assert row.payload is not None
    row.holder, row.leased_until = holder, now + lease(len(row.payload))
    row.attempts += 1
    job.state, job.turn = State.RUNNING.value, _last_turn(session) + 1
    session.flush()
    return Claim(job.number, row.number, job.owner, row.payload, holder, row.attempts)


def settle(session: Session, claim: Claim, result: Result, *, now: datetime) -> bool:
    """Keeps what came of a claimed article; False where it is no longer the holder's, and nothing was kept."""
    row = JobArticleRow
    settled = session.execute(
        update(row)
        .where(row.job == claim.job, row.number == claim.number, row.outcome.is_(None))
        .where(row.holder == claim.holder, row.attempts == claim.attempt)
        .values(outcome=result["outcome"], result=dumps(result), payload=None, holder=None, leased_until=None)
        .returning(row.number)
    ).all()
    if not settled:
        return False
    job = session.get_one(JobRow, claim.job, with_for_update=True)
    job.waiting -= 1
    _finish(session, job, now)
    return True


def release(session: Session, holder: str) -> None:
    """Gives back what a reader has claimed and not read; it does not count as begun."""
    row = JobArticleRow
    session.execute(
        update(row)
        .where(row.holder == holder, row.outcome.is_(None))
        .values(holder=None, leased_until=None, attempts=row.attempts - 1)
    )


def cancel(session: Session, id_: str, *, now: datetime) -> None:
    """Ends the job: what has not been stored will not be. One that is finished stays as it is. Raises NotFound."""
    job = _row(session, id_)
    if job.waiting == 0:
        return
    row = JobArticleRow
    session.execute(
        update(row)
        .where(row.job == job.number, row.outcome.is_(None))
        .values(outcome=CANCELLED, result=dumps({"outcome": CANCELLED}), payload=None, holder=None, leased_until=None)
    )
    job.waiting, job.state, job.finished_at = 0, State.CANCELLED.value, now
    session.flush()


def _finish(session: Session, job: JobRow, now: datetime) -> None:
    if job.waiting == 0:
        refused = _counts(session, [job.number]).get(job.number, {}).get(REFUSED, 0)
        job.state = (State.FAILED if refused == job.total else State.DONE).value
        job.finished_at = now
    session.flush()


def _claimable(now: datetime) -> ColumnElement[bool]:
    row = JobArticleRow
    return row.outcome.is_(None) & or_(row.leased_until.is_(None), row.leased_until <= now)


def _next_job(now: datetime) -> Any:
    unread = exists().where(JobArticleRow.job == JobRow.number, _claimable(now))
    at_work = JobRow.state.in_((State.QUEUED.value, State.RUNNING.value))
    return select(JobRow.number).where(at_work, unread).order_by(JobRow.turn, JobRow.number).limit(1)


def _last_turn(session: Session) -> int:
    at_work = JobRow.state.in_((State.QUEUED.value, State.RUNNING.value))
    return session.scalar(select(func.max(JobRow.turn)).where(at_work)) or 0


# ---------------------------------------------------------------- showing them
def get(session: Session, id_: str) -> Job:
    """The job of that id; raises NotFound."""
    [found] = _jobs(session, [_row(session, id_)])
    return found


def results(session: Session, id_: str, *, after: int, limit: int) -> list[Result]:
    """What came of the articles behind a place, in order, as far as they are done; each with its place (`number`)."""
    row = JobArticleRow
    query = (
        select(row.number, row.result)
        .join(JobRow, JobRow.number == row.job)
        .where(JobRow.id == id_, row.result.is_not(None), row.number > after)
        .order_by(row.number)
        .limit(limit)
    )
    return [{"number": number, **json.loads(result or "")} for number, result in session.execute(query)]


def of_owner(session: Session, owner: str, *, before: int | None, limit: int) -> tuple[list[Job], int | None]:
    """The owner's jobs, the latest first, and the place behind which the next page begins; None on the last."""
    query = select(JobRow).where(JobRow.owner == owner).order_by(JobRow.number.desc()).limit(limit + 1)
    if before is not None:
        query = query.where(JobRow.number < before)
    rows = session.scalars(query).all()
    shown = rows[:limit]
    return _jobs(session, shown), shown[-1].number if len(rows) > limit else None


def _row(session: Session, id_: str) -> JobRow:
    row = session.scalar(select(JobRow).where(JobRow.id == id_)) if storable(id_) else None
    if row is None:
        raise NotFound("job", id_)
    return row


def _jobs(session: Session, rows: Sequence[JobRow]) -> list[Job]:
    counts = _counts(session, [row.number for row in rows])
    return [
        Job(
            row.id,
            row.owner,
            State(row.state),
            row.total,
            row.total - row.waiting,
            counts.get(row.number, {}),
            row.made_at,
            row.finished_at,
        )
        for row in rows
    ]


def _counts(session: Session, jobs: Sequence[int]) -> dict[int, dict[str, int]]:
    row = JobArticleRow
    query = (
        select(row.job, row.outcome, func.count())
        .where(row.job.in_(jobs), row.outcome.is_not(None))
        .group_by(row.job, row.outcome)
        .order_by(row.job, row.outcome)
    )
    found: dict[int, dict[str, int]] = {}
    for job, outcome, count in session.execute(query):
        found.setdefault(job, {})[outcome or ""] = count
    return found
