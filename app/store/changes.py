"""The change log: what each commit did to the events, and the data version that it raised.

Rows are written in the transaction of the merge, under the writers' lock (see `engine.writing`): sequence numbers and versions
rise in the order of the commits. An event whose shown form did not change has no row. Rows are never removed.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.store import mentions
from app.store.engine import QuickReader
from app.store.rows import EventChangeRow

_LAST = select(func.max(EventChangeRow.seq))


class What(StrEnum):
    """What became of an event. `MERGED` and `SPLIT` name the other one: which took it in, or which was made of a part of it."""

    CREATED = "created"
    UPDATED = "updated"
    MERGED = "merged"
    SPLIT = "split"
    DELETED = "deleted"


@dataclass(frozen=True, slots=True)
class Change:
    """One line of the log; `seq` and `version` are None until it is written."""

    event: str
    what: What
    other: str | None = None
    seq: int | None = None
    version: int | None = None


@dataclass(frozen=True, slots=True)
class Revision:
    """How often an event changed after it was made, and when it did so last, if that is known."""

    number: int
    at: datetime | None


def record(session: Session, changes: Iterable[Change]) -> int:
    """Writes the changes of one commit in their order, at the time of the database's clock.

    Returns the data version, which they raise by one if there are any.
    """
    version = data_version(session)
    rows = [
        EventChangeRow(version=version + 1, event_id=one.event, what=one.what.value, other_id=one.other, at=func.now())
        for one in changes
    ]
    for row in rows:  # one by one, so that the sequence follows the order given
        session.add(row)
        session.flush()
    return version + bool(rows)


def data_version(session: Session) -> int:
    """The version of the data: 0 for an empty store, one more with each commit that changed an event."""
    return session.scalar(select(func.max(EventChangeRow.version))) or 0


def last(session: Session) -> int:
    """The sequence number of the last change, 0 in an empty store: whoever has read all until now goes on after it."""
    return session.scalar(_LAST) or 0


def quick_last(reader: QuickReader) -> int:
    """As `last`; raises StoreError where the database fails."""
    return reader.rows(_LAST, {})[0][0] or 0


def last_at(session: Session) -> datetime | None:
    """When the last change was written; None where there is none, or nobody knows."""
    return session.scalar(select(EventChangeRow.at).order_by(EventChangeRow.seq.desc()).limit(1))


def revisions(session: Session, ids: Iterable[str]) -> dict[str, Revision]:
    """The revisions of these events, of those that the log knows."""
    row = EventChangeRow
    query = select(row.event_id, func.count(), func.max(row.at)).group_by(row.event_id)
    found: dict[str, Revision] = {}
    for some in mentions.chunks(sorted(set(ids)), mentions.IDS_PER_STATEMENT):
        rows = session.execute(query.where(row.event_id.in_(some)))
        found |= {id_: Revision(count - 1, at) for id_, count, at in rows}
    return found


def since(session: Session, seq: int, *, limit: int) -> list[Change]:
    """At most `limit` changes after that sequence number, in order."""
    row = EventChangeRow
    rows = session.scalars(select(row).where(row.seq > seq).order_by(row.seq).limit(limit))
    return [Change(one.event_id, What(one.what), one.other_id, one.seq, one.version) for one in rows]


def is_gone(session: Session, event_id: str) -> bool:
    """Whether there was an event of that id and nothing carries it on."""
    seen: set[str] = set()
    while event_id not in seen:
        seen.add(event_id)
        query = select(EventChangeRow).where(EventChangeRow.event_id == event_id).order_by(EventChangeRow.seq.desc())
        last = session.scalars(query.limit(1)).first()
        if last is None or last.what == What.DELETED:
            return last is not None
        if last.what != What.MERGED or last.other_id is None:
            return False
        event_id = last.other_id
    return False
