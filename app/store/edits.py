"""What people decided, as rows: each with author, time and reason, none ever removed; one that was undone says who did so.

An edit of an event is anchored to the mentions that it was made of, so that it holds whatever becomes of the event's id. Nothing
here changes an event: `curating` writes an edit and merges anew.
"""

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core import calendar, curation
from app.core.curation import Anchor, Decision, Op, Side, Value
from app.core.model import EventActor, Key, Role, Status, StoredMention
from app.errors import AlreadyUndone, NotFound
from app.formats.shapes import EditOut, EventEditOut, UndoneOut
from app.formats.wire import dumps
from app.store import actors, mentions
from app.store.mentions import Held
from app.store.rows import EditAnchorRow, EditRow

About = Literal["event", "article", "actor"]


@dataclass(frozen=True, slots=True)
class Edit:
    """One edit. `value` is what JSON says of it (see `app.curating`); the last three are None while it stands."""

    number: int
    about: About
    subject: str
    op: str
    value: dict[str, Any]
    author: str
    reason: str
    made_at: datetime
    undone_by: str | None = None
    undone_reason: str | None = None
    undone_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class New:
    """An edit that is to be written."""

    about: About
    subject: str
    op: str
    value: dict[str, Any]
    author: str
    reason: str
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Taken:
    """A standing decision on events, and the row ids of the mentions that it is about, side by side."""

    decision: Decision
    sides: tuple[tuple[int, ...], ...]

    @property
    def joins(self) -> bool:
        """Whether it holds mentions together that the matching may have in different components."""
        return self.decision.op in curation.JOINING


# ---------------------------------------------------------------- writing
def record(session: Session, new: New, sides: Sequence[tuple[Sequence[StoredMention], Collection[Key]]] = ()) -> int:
    """The number of the edit, written with its mentions: for each side all of them and the keys of its own (see `Side`)."""
    row = EditRow(
        about=new.about,
        subject=new.subject,
        op=new.op,
        value=dumps(new.value),
        author=new.author,
        reason=new.reason,
        made_at=new.made_at,
    )
    session.add(row)
    session.flush()
    for side, (told, own) in enumerate(sides):
        for number, stored in enumerate(told):
            session.add(_anchor_row(row.number, side, number, Anchor.of(stored), own=stored.key in own))
    session.flush()
    return row.number


def _anchor_row(edit: int, side: int, number: int, anchor: Anchor, *, own: bool) -> EditAnchorRow:
    article_key, sentence_begin, trigger_begin, edtf = anchor.key
    return EditAnchorRow(
        edit=edit,
        side=side,
        number=number,
        own=own,
        article_key=article_key,
        sentence_begin=sentence_begin,
        trigger_begin=trigger_begin,
        edtf=edtf,
        lemma=anchor.lemma,
        kind=anchor.kind,
        sentence=anchor.sentence,
    )


def undo(session: Session, number: int, *, author: str, reason: str, now: datetime) -> Edit:
    """Marks the edit as undone and returns it; raises NotFound, and AlreadyUndone."""
    row = session.get(EditRow, number)
    if row is None:
        raise NotFound("edit", str(number))
    if row.undone_at is not None:
        raise AlreadyUndone(number)
    row.undone_by, row.undone_reason, row.undone_at = author, reason, now
    session.flush()
    return _edit(row)


# ---------------------------------------------------------------- reading
def get(session: Session, number: int) -> Edit:
    """The edit of that number; raises NotFound."""
    row = session.get(EditRow, number)
    if row is None:
        raise NotFound("edit", str(number))
    return _edit(row)


def of(session: Session, about: About, subjects: Iterable[str], numbers: Iterable[int] = ()) -> list[Edit]:
    """The edits of these subjects and those of these numbers, in the order in which they were made."""
    named = (EditRow.about == about) & EditRow.subject.in_(sorted(set(subjects)))
    query = select(EditRow).where(named | EditRow.number.in_(sorted(set(numbers)))).order_by(EditRow.number)
    return [_edit(row) for row in session.scalars(query)]


def page(session: Session, *, after: int = 0, limit: int, standing: bool | None = None) -> list[Edit]:
    """At most `limit` edits of any subject after that number; only those that stand, or only the undone."""
    query = select(EditRow).where(EditRow.number > after).order_by(EditRow.number).limit(limit)
    if standing is not None:
        query = query.where(EditRow.undone_at.is_(None) if standing else EditRow.undone_at.is_not(None))
    return [_edit(row) for row in session.scalars(query)]


def standing(session: Session, about: About, subjects: Iterable[str]) -> list[Edit]:
    """The edits of these subjects that were not undone, in their order."""
    return [edit for edit in of(session, about, subjects) if edit.undone_at is None]


def _edit(row: EditRow) -> Edit:
    about: About = "event" if row.about == "event" else "article" if row.about == "article" else "actor"
    return Edit(
        row.number,
        about,
        row.subject,
        row.op,
        json.loads(row.value),
        row.author,
        row.reason,
        row.made_at,
        row.undone_by,
        row.undone_reason,
        row.undone_at,
    )


# ---------------------------------------------------------------- rendering
def document(edit: Edit) -> EditOut:
    """The edit as the API shows it."""
    undone: UndoneOut | None = None
    if edit.undone_at is not None:
        undone = {"by": edit.undone_by or "", "reason": edit.undone_reason or "", "at": edit.undone_at.isoformat()}
    return {
        "number": edit.number,
        "about": edit.about,
        "subject": edit.subject,
        "op": edit.op,
        "value": edit.value,
        "author": edit.author,
        "reason": edit.reason,
        "made_at": edit.made_at.isoformat(),
        "undone": undone,
    }


def on_event(session: Session, marks: Sequence[tuple[int, str | None]]) -> list[EventEditOut]:
    """What an event shows of the edits that made it: their numbers, each with what the reading has instead."""
    instead = dict(marks)
    return [
        {
            "number": edit.number,
            "op": edit.op,
            "value": edit.value,
            "instead_of": instead[edit.number],
            "author": edit.author,
            "reason": edit.reason,
            "made_at": edit.made_at.isoformat(),
        }
        for edit in of(session, "event", (), instead)
    ]


# ---------------------------------------------------------------- decisions on events
def touching(session: Session, article_keys: Collection[str], *, known_by: date | None = None) -> list[Taken]:
    """The standing decisions on events that are about a mention of one of these articles, in their order.

    `known_by` leaves out the mentions of articles that were not yet written on that day; those of retracted ones always are.
    """
    anchor = EditAnchorRow
    query = (
        select(anchor.edit)
        .join(EditRow, EditRow.number == anchor.edit)
        .where(anchor.article_key.in_(article_keys), EditRow.undone_at.is_(None))
    )
    numbers = sorted(set(session.scalars(query)))
    if not numbers:
        return []
    rows = list(
        session.scalars(
            select(anchor).where(anchor.edit.in_(numbers)).order_by(anchor.edit, anchor.side, anchor.number)
        )
    )
    living = _living(session, {row.article_key for row in rows}, known_by)
    edits = [_edit(row) for row in session.scalars(select(EditRow).where(EditRow.number.in_(numbers)))]
    return [
        _taken(session, edit, [row for row in rows if row.edit == edit.number], living)
        for edit in sorted(edits, key=lambda edit: edit.number)
    ]


def mentions_of(session: Session, number: int) -> list[int]:
    """Row ids of the mentions that an edit is about, whether it stands or not; without those of retracted articles."""
    query = select(EditAnchorRow).where(EditAnchorRow.edit == number)
    rows = list(session.scalars(query.order_by(EditAnchorRow.side, EditAnchorRow.number)))
    living = _living(session, {row.article_key for row in rows}, None)
    return sorted({held.id for row in rows for held in _held(row, living)})


def moving(session: Session) -> list[int]:
    """Row ids of the mentions whose events have other days or actors than they tell, by edits that stand."""
    ops = (Op.REDATE.value, Op.CHANGE_ACTORS.value)
    query = select(EditRow.number).where(EditRow.about == "event", EditRow.op.in_(ops), EditRow.undone_at.is_(None))
    return [id_ for number in session.scalars(query.order_by(EditRow.number)) for id_ in mentions_of(session, number)]


def casting(session: Session, actor_id: str) -> list[int]:
    """Row ids of the mentions whose events were given this actor by an edit that stands."""
    query = select(EditRow).where(EditRow.op == Op.CHANGE_ACTORS.value, EditRow.undone_at.is_(None))
    cast = [_edit(row) for row in session.scalars(query.order_by(EditRow.number))]
    numbers = [edit.number for edit in cast if any(one["id"] == actor_id for one in edit.value["actors"])]
    return [id_ for number in numbers for id_ in mentions_of(session, number)]


def _living(session: Session, article_keys: Iterable[str], known_by: date | None) -> dict[str, list[Held]]:
    found: dict[str, list[Held]] = {}
    for held in mentions.of_articles(session, article_keys, known_by=known_by):
        if not held.retracted:
            found.setdefault(held.stored.article_key, []).append(held)
    return found


def _taken(session: Session, edit: Edit, rows: Sequence[EditAnchorRow], living: dict[str, list[Held]]) -> Taken:
    sides: list[Side] = []
    ids: list[tuple[int, ...]] = []
    for number in sorted({row.side for row in rows}):
        found = [(row, held) for row in rows if row.side == number for held in _held(row, living)]
        found.sort(key=lambda one: (one[1].stored.key, one[1].id))
        own = frozenset(held.stored.key for row, held in found if row.own)
        sides.append(Side(tuple(dict.fromkeys(held.stored.key for _, held in found)), own))
        ids.append(tuple(dict.fromkeys(held.id for _, held in found)))
    decision = Decision(edit.number, Op(edit.op), tuple(sides), _value(session, edit), edit.author, edit.reason)
    return Taken(decision, tuple(ids))


def _held(row: EditAnchorRow, living: dict[str, list[Held]]) -> list[Held]:
    """The mention that the anchor means, with those that are alike."""
    there = living.get(row.article_key, [])
    key = (row.article_key, row.sentence_begin, row.trigger_begin, row.edtf)
    found = curation.find(Anchor(key, row.lemma, row.kind, row.sentence), [held.stored for held in there])
    return [held for held in there if found and held.stored.key == found.key]


def _value(session: Session, edit: Edit) -> Value:
    match Op(edit.op):
        case Op.REDATE:
            return calendar.parse(edit.value["date"])
        case Op.RETITLE:
            return str(edit.value["title"])
        case Op.CHANGE_KIND:
            return str(edit.value["kind"])
        case Op.CHANGE_STATUS:
            return Status(edit.value["status"])
        case Op.CHANGE_ACTORS:
            return _actors(session, edit.value["actors"])
        case _:
            return None


def _actors(session: Session, wanted: Sequence[dict[str, str]]) -> tuple[EventActor, ...]:
    known = actors.standing(session, [one["id"] for one in wanted])
    found = [(known[one["id"]], Role(one["role"])) for one in wanted if one["id"] in known]
    return tuple(EventActor(actor.id, actor.name, actor.kind, actor.state, role) for actor, role in found)
