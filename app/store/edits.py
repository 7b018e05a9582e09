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
from app.core.calendar import DateSpan
from app.core.curation import Anchor, Decision, Op, Side, Value
from app.core.model import EventActor, Key, Role, Status, StoredMention
from app.errors import AlreadyUndone, NotFound
from app.formats.shapes import EditOut, EventEditOut, UndoneOut
from app.formats.wire import dumps
from app.store import actors, mentions
from app.store.mentions import IDS_PER_STATEMENT, Held, chunks
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
    def ids(self) -> tuple[int, ...]:
        """The row ids of both sides."""
        return tuple(id_ for side in self.sides for id_ in side)

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
    numbers: set[int] = set()
    for chunk in chunks(article_keys, IDS_PER_STATEMENT):
        query = select(anchor.edit).join(EditRow, EditRow.number == anchor.edit).distinct()
        numbers.update(session.scalars(query.where(anchor.article_key.in_(chunk), EditRow.undone_at.is_(None))))
    rows = _anchors(session, numbers)
    living = _living(session, {row.article_key for some in rows.values() for row in some}, known_by)
    return [_taken(session, get(session, number), rows[number], living) for number in sorted(numbers)]


def beside(session: Session, article_keys: Collection[str]) -> list[int]:
    """Row ids of the mentions on which something was decided together with one of these articles, present or gone."""
    return [id_ for one in touching(session, article_keys) for id_ in one.ids]


def mentions_of(session: Session, numbers: Collection[int]) -> list[int]:
    """Row ids of the mentions that edits are about, whether they stand or not; without those of retracted articles."""
    rows = _anchors(session, numbers)
    living = _living(session, {row.article_key for some in rows.values() for row in some}, None)
    return sorted({held.id for some in rows.values() for _, held in _found(some, living)})


def casting(session: Session, actor_ids: Collection[str]) -> list[int]:
    """Row ids of the mentions whose events were given one of these actors by an edit that stands."""
    cast = _of_op(session, Op.CHANGE_ACTORS)
    named = {edit.number: {one["id"] for one in edit.value["actors"]} for edit in cast}
    return mentions_of(session, [number for number, ids in named.items() if not ids.isdisjoint(actor_ids)])


def giving(session: Session, actor_id: str) -> list[int]:
    """Row ids of the mentions whose events an edit that stands put into the history of this actor, for itself or its state."""
    known = actors.standing(session, [actor_id])
    state = known[actor_id].state if actor_id in known else None
    numbers = [
        edit.number
        for edit in _of_op(session, Op.CHANGE_ACTORS)
        if any(one.id == actor_id or (state and one.state == state) for one in _actors(session, edit.value["actors"]))
    ]
    return mentions_of(session, numbers)


def redating(session: Session, span: DateSpan) -> list[int]:
    """Row ids of the mentions whose events were given a date by an edit that stands, one that shares a day with the span."""
    dated = [(edit.number, calendar.parse(edit.value["date"])) for edit in _of_op(session, Op.REDATE)]
    return mentions_of(session, [number for number, given in dated if given.overlaps(span)])


def _of_op(session: Session, op: Op) -> list[Edit]:
    query = select(EditRow).where(EditRow.about == "event", EditRow.op == op.value, EditRow.undone_at.is_(None))
    return [_edit(row) for row in session.scalars(query.order_by(EditRow.number))]


def _anchors(session: Session, numbers: Collection[int]) -> dict[int, list[EditAnchorRow]]:
    anchor = EditAnchorRow
    found: dict[int, list[EditAnchorRow]] = {number: [] for number in numbers}
    for chunk in chunks(sorted(numbers), IDS_PER_STATEMENT):
        query = select(anchor).where(anchor.edit.in_(chunk)).order_by(anchor.edit, anchor.side, anchor.number)
        for row in session.scalars(query):
            found[row.edit].append(row)
    return found


def _living(session: Session, article_keys: Iterable[str], known_by: date | None) -> dict[str, list[Held]]:
    found: dict[str, list[Held]] = {}
    for held in mentions.of_articles(session, article_keys, known_by=known_by):
        if not held.retracted:
            found.setdefault(held.stored.article_key, []).append(held)
    return found


def _taken(session: Session, edit: Edit, rows: Sequence[EditAnchorRow], living: dict[str, list[Held]]) -> Taken:
    sides: list[Side] = []
    ids: list[tuple[int, ...]] = []
    there = sorted(_found(rows, living), key=lambda one: (one[1].stored.key, one[1].id))
    for number in sorted({row.side for row in rows}):
        found = [(row, held) for row, held in there if row.side == number]
        own = frozenset(held.stored.key for row, held in found if row.own)
        sides.append(Side(tuple(dict.fromkeys(held.stored.key for _, held in found)), own))
        ids.append(tuple(dict.fromkeys(held.id for _, held in found)))
    decision = Decision(edit.number, Op(edit.op), tuple(sides), _value(session, edit), edit.author, edit.reason)
    return Taken(decision, tuple(ids))


def _found(rows: Sequence[EditAnchorRow], living: dict[str, list[Held]]) -> list[tuple[EditAnchorRow, Held]]:
    """The mentions that an edit's anchors mean, with those that are alike; none is taken for one that is another anchor's."""
    anchors = [(row, Anchor(_key(row), row.lemma, row.kind, row.sentence)) for row in rows]
    taken = {anchor.key for _, anchor in anchors}
    found: list[tuple[EditAnchorRow, Held]] = []
    for row, anchor in anchors:
        there = [one for one in living.get(row.article_key, []) if one.stored.key not in taken - {anchor.key}]
        meant = curation.find(anchor, [held.stored for held in there])
        found += [(row, held) for held in there if meant and held.stored.key == meant.key]
    return found


def _key(row: EditAnchorRow) -> Key:
    return row.article_key, row.sentence_begin, row.trigger_begin, row.edtf


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
    found: dict[str, EventActor] = {}
    for one in wanted:
        if actor := known.get(one["id"]):  # of two who are one by now the first counts
            found.setdefault(actor.id, EventActor(actor.id, actor.name, actor.kind, actor.state, Role(one["role"])))
    return tuple(found.values())
