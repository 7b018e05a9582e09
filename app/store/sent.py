"""The tables of what was sent: articles that wait to be read, and requests that may come again.

`Base` has them beside those of `rows`.
"""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.store.rows import Base

__all__ = ["Base", "JobArticleRow", "JobRow", "RepeatableRow"]

_WAITS = "state IN ('queued', 'running')"
_UNREAD = "outcome IS NULL"


class JobRow(Base):
    """Articles that were sent together (see `app.store.jobs`). `waiting` counts those without an outcome.

    `turn` orders the jobs that are worked on: the one that came last waits for the others.
    """

    __tablename__ = "job"

    number: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(unique=True)
    owner: Mapped[str]
    state: Mapped[str]
    total: Mapped[int]
    waiting: Mapped[int]
    turn: Mapped[int]
    made_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]

    __table_args__ = (
        CheckConstraint("state IN ('queued', 'running', 'done', 'failed', 'cancelled')", name="state"),
        CheckConstraint("waiting BETWEEN 0 AND total", name="waiting"),
        Index("ix_job_owner", "owner", "number"),
        Index("ix_job_turn", "turn", "number", sqlite_where=text(_WAITS), postgresql_where=text(_WAITS)),
    )


class JobArticleRow(Base):
    """One article of a job, by its place from 1: what was sent (`payload`) until it is read, then what came of it (`result`).

    Both are JSON. Whoever reads it holds it until `leased_until`.
    """

    __tablename__ = "job_article"

    job: Mapped[int] = mapped_column(ForeignKey("job.number", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    payload: Mapped[str | None]
    outcome: Mapped[str | None]
    result: Mapped[str | None]
    holder: Mapped[str | None]
    leased_until: Mapped[datetime | None]
    attempts: Mapped[int]

    __table_args__ = (
        CheckConstraint("(outcome IS NULL) = (payload IS NOT NULL)", name="payload"),
        CheckConstraint("(outcome IS NULL) = (result IS NULL)", name="result"),
        Index("ix_job_article_waiting", "job", "number", sqlite_where=text(_UNREAD), postgresql_where=text(_UNREAD)),
    )


class RepeatableRow(Base):
    """A request that may come again under its key, and what was answered (all null while it is worked on)."""

    __tablename__ = "repeatable"

    owner: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    fingerprint: Mapped[str]
    made_at: Mapped[datetime] = mapped_column(index=True)
    attempt: Mapped[str]
    status: Mapped[int | None]
    headers: Mapped[str | None]
    body: Mapped[str | None]

    __table_args__ = (CheckConstraint("(status IS NULL) = (body IS NULL)", name="answer"),)
