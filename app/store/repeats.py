"""Requests that may come again: under one key the first is worked on, and what it was answered is kept for the others."""

import json
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from app.formats.wire import dumps
from app.store.sent import RepeatableRow


@dataclass(frozen=True, slots=True)
class Asked:
    """A request: whose, under which key, what it asks for, and which attempt at it this is."""

    owner: str
    key: str
    fingerprint: str
    attempt: str


@dataclass(frozen=True, slots=True)
class Kept:
    """What was asked under a key before, and what was answered; no status while that is still worked on."""

    fingerprint: str
    status: int | None
    headers: dict[str, str]
    body: str


def begin(session: Session, asked: Asked, *, now: datetime, kept_since: datetime, alive_since: datetime) -> Kept | None:
    """What was asked under that key before; None where this is the first, which is then worked on.

    What was asked before `kept_since` is forgotten, and so is what was never answered and begun before `alive_since`: whoever
    worked on it is dead. Call it under the writers' lock, so that of two at once one is first.
    """
    row = RepeatableRow
    unanswered = (row.status.is_(None)) & (row.made_at < alive_since)
    session.execute(delete(row).where((row.made_at < kept_since) | unanswered))
    found = session.get(row, (asked.owner, asked.key))
    if found is not None:
        return Kept(found.fingerprint, found.status, json.loads(found.headers or "{}"), found.body or "")
    session.add(
        row(
            owner=asked.owner,
            key=asked.key,
            fingerprint=asked.fingerprint,
            attempt=asked.attempt,
            made_at=now,
        )
    )
    session.flush()
    return None


def keep(session: Session, asked: Asked, *, status: int, headers: dict[str, str], body: str) -> None:
    """Keeps what was answered to the attempt that is worked on."""
    row = RepeatableRow
    session.execute(
        update(row)
        .where(row.owner == asked.owner, row.key == asked.key, row.attempt == asked.attempt, row.status.is_(None))
        .values(status=status, headers=dumps(headers), body=body)
    )


def forget(session: Session, asked: Asked) -> None:
    """Forgets an attempt that did nothing, so that it may be made again."""
    row = RepeatableRow
    session.execute(delete(row).where(row.owner == asked.owner, row.key == asked.key, row.attempt == asked.attempt))
