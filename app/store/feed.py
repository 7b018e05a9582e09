"""The change log for whoever keeps a copy of what a query finds.

The log says which events changed, not what they were before. So each line is told by what its event is now: one that the query
finds is put into the copy, one that it does not find is taken out of it, whether it ever was there or not. Whatever changes after
that has a line of its own further on, so that a copy that has followed to the end holds what the query finds.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.store import changes, events
from app.store.changes import Change, What
from app.store.queries import EventQuery

MOST_LOOKED_AT = 2000  # lines of the log for one page: those that the query does not concern cost as much as the others
LEFT = "left"
_ENDS = (What.MERGED, What.DELETED)


@dataclass(frozen=True, slots=True)
class Told:
    """A line of the log. `left` says that the query does not find the event, whatever the line says became of it.

    `document` is the event as it is now, in its list form; None where it is gone, was left, or documents were not asked for.
    """

    change: Change
    left: bool = False
    document: str | None = None

    @property
    def what(self) -> str:
        """What became of the event, or `left`."""
        return LEFT if self.left else self.change.what.value


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the log: what is told of it, the number of the last line that was looked at, and whether there are more."""

    told: tuple[Told, ...]
    seq: int
    more: bool


def read(session: Session, query: EventQuery | None, seq: int, *, limit: int, documents: bool = False) -> Part:
    """At most `limit` of the lines after that number that concern the query, in order; all concern None.

    The documents are read after the lines: they may be newer than these, and never older.
    """
    told: list[Told] = []
    ends = seq + MOST_LOOKED_AT
    while len(told) < limit and seq < ends:
        lines = changes.since(session, seq, limit=min(limit, ends - seq))
        if not lines:
            break
        standing = {line.event for line in lines if line.what not in _ENDS}
        found = events.among(session, query or EventQuery(), standing) if query or documents else {}
        for line in lines[: limit - len(told)]:
            seq = line.seq or seq
            if one := _told(line, found, everything=query is None):
                told.append(one if documents else Told(one.change, one.left))
    return Part(tuple(told), seq, more=changes.last(session) > seq)


def _told(line: Change, found: Mapping[str, str], *, everything: bool) -> Told | None:
    if line.what in _ENDS:
        return Told(line)  # also where the event is there again: a later line says so
    document = found.get(line.event)
    if everything or document is not None:
        return Told(line, document=document)
    # nobody has what was made and does not fit: if it did in between, a later line says that it changed
    return None if line.what is What.CREATED else Told(line, left=True)
