"""Mentions in the store: core values to rows and back, and the mentions that may tell the same act."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby, islice
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select, union, update
from sqlalchemy.orm import Session

from app.core import likeness
from app.core.calendar import DateSpan, Precision
from app.core.model import (
    Actor,
    ActorKind,
    ActorRef,
    Basis,
    Extent,
    Key,
    Mention,
    Reporter,
    Role,
    Status,
    Step,
    StoredMention,
    Trigger,
    Zone,
)
from app.formats.wire import dumps
from app.store import actors
from app.store.days import intersecting
from app.store.rows import ArticleRow, MentionActorRow, MentionRow

IDS_PER_STATEMENT = 500  # far below SQLite's limit on bound parameters
_LOOKUPS_PER_STATEMENT = 100  # SQLite takes 500 in one compound


T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Held:
    """A mention as the store holds it: its row's id, the event it belongs to (None until it was merged), and its article's id.

    `retracted` is true where its article was, so that it makes no event.
    """

    id: int
    event_id: str | None
    stored: StoredMention
    article_id: str = ""
    retracted: bool = False


# ---------------------------------------------------------------- writing
def insert(session: Session, article_id: str, mentions: Iterable[Mention]) -> tuple[int, ...]:
    """Ids of the new rows. Mentions without a date are left out: they can't enter a timeline.

    Actors whom a person has joined or renamed are written as they are now; the store must know them all.
    """
    dated = [(mention, mention.span) for mention in mentions if mention.span]
    edited = actors.edited(session, {ref.id for mention, _ in dated for ref in mention.actors})
    rows = [_row(article_id, number, mention, span) for number, (mention, span) in enumerate(dated)]
    session.add_all(rows)
    session.flush()
    for row, (mention, span) in zip(rows, dated, strict=True):
        session.add_all(
            _actor_row(row.id, number, ref, edited.get(ref.id), span) for number, ref in enumerate(mention.actors)
        )
    session.flush()
    return tuple(row.id for row in rows)


def _row(article_id: str, number: int, mention: Mention, span: DateSpan) -> MentionRow:
    told = mention.reported_by
    return MentionRow(
        article_id=article_id,
        number=number,
        edtf=span.edtf,
        first_day=span.first_day,
        last_day=span.last_day,
        precision=span.precision.value,
        open_start=span.open_start,
        open_end=span.open_end,
        basis=mention.basis.value,
        kind=mention.kind,
        status=mention.status.value,
        zone=mention.zone.value,
        title=mention.title,
        sentence_begin=mention.sentence.begin,
        sentence_end=mention.sentence.end,
        sentence=mention.sentence.text,
        clause_begin=mention.clause.begin,
        clause_end=mention.clause.end,
        clause=mention.clause.text,
        trigger_begin=mention.trigger.begin,
        trigger_end=mention.trigger.end,
        trigger_lemma=mention.trigger.lemma,
        objects=dumps(mention.objects),
        derivation=dumps([[step.rule, step.says] for step in mention.derivation]),
        reporter_name=told.name if told else None,
        reporter_id=told.id if told else None,
        reporter_begin=told.begin if told else None,
        reporter_end=told.end if told else None,
    )


def _actor_row(mention_id: int, number: int, ref: ActorRef, edited: Actor | None, span: DateSpan) -> MentionActorRow:
    actor = edited or ref
    return MentionActorRow(
        mention_id=mention_id,
        number=number,
        actor_id=actor.id,
        name=actor.name,
        kind=actor.kind.value,
        state=actor.state,
        role=ref.role.value,
        via=ref.via,
        begin_cp=ref.begin,
        end_cp=ref.end,
        first_day=span.first_day,
        last_day=span.last_day,
        as_read=ref.id if edited else None,
        name_as_read=ref.name if edited else None,
        state_as_read=ref.state if edited else None,
    )


def naming(session: Session, as_read: Iterable[str]) -> list[Held]:
    """The mentions in which one of these actors was read, as they are written now."""
    row = MentionActorRow
    ids = sorted(set(as_read))
    found = set(session.scalars(select(MentionRow.id).where(MentionRow.reporter_id.in_(ids))))
    found.update(session.scalars(select(row.mention_id).where(or_(*(_was_read(id_) for id_ in ids)))))
    return load(session, sorted(found))


def recast(session: Session, as_read: Iterable[str]) -> None:
    """Writes these actors as people's edits have them, in every mention in which they were read; else as they were read."""
    row = MentionActorRow
    for id_ in sorted(set(as_read)):
        unread = row.as_read.is_(None)
        values: dict[str, Any] = {"actor_id": id_, "name": row.name_as_read, "state": row.state_as_read}
        values |= {"as_read": None, "name_as_read": None, "state_as_read": None}
        changes = update(row).where(row.as_read == id_)
        if actor := actors.edited(session, [id_]).get(id_):
            values = {"actor_id": actor.id, "name": actor.name, "state": actor.state, "as_read": id_}
            values["name_as_read"] = case((unread, row.name), else_=row.name_as_read)
            values["state_as_read"] = case((unread, row.state), else_=row.state_as_read)
            changes = update(row).where(_was_read(id_))
        kind = (actor or actors.standing(session, [id_])[id_]).kind.value
        session.execute(changes.values(kind=kind, **values).execution_options(synchronize_session=False))
    session.expire_all()


def _was_read(actor_id: str) -> ColumnElement[bool]:
    row = MentionActorRow
    return or_(row.as_read == actor_id, and_(row.actor_id == actor_id, row.as_read.is_(None)))


# ---------------------------------------------------------------- reading
def load(session: Session, ids: Iterable[int]) -> list[Held]:
    """These mentions, in canonical order (by their keys); ids that aren't there are passed over."""
    return _sorted(_held(session, chunk) for chunk in chunks(ids, IDS_PER_STATEMENT))


def of_article(session: Session, article_id: str) -> list[Held]:
    """The mentions of an article's present revision."""
    return load(session, session.scalars(select(MentionRow.id).where(MentionRow.article_id == article_id)))


def of_articles(session: Session, keys: Iterable[str], *, known_by: date | None = None) -> list[Held]:
    """The mentions of the present revisions of these articles, or of those of them that were written by that day."""
    found: list[int] = []
    for chunk in chunks(sorted(set(keys)), IDS_PER_STATEMENT):
        query = select(MentionRow.id).join(ArticleRow, ArticleRow.id == MentionRow.article_id)
        query = query.where(ArticleRow.key.in_(chunk))
        found += session.scalars(query if known_by is None else query.where(is_known_by(known_by)))
    return load(session, found)


def event_at(session: Session, key: Key) -> str | None:
    """The event of the mention with that key (see `StoredMention.key`)."""
    article_key, sentence, trigger, edtf = key
    query = (
        select(MentionRow.event_id)
        .join(ArticleRow, ArticleRow.id == MentionRow.article_id)
        .where(ArticleRow.key == article_key, MentionRow.sentence_begin == sentence)
        .where(MentionRow.trigger_begin == trigger, MentionRow.edtf == edtf)
    )
    return session.scalars(query).first()


def of_events(session: Session, event_ids: Iterable[str]) -> list[Held]:
    """The mentions that these events consist of."""
    found: list[int] = []
    for chunk in chunks(event_ids, IDS_PER_STATEMENT):
        found += session.scalars(select(MentionRow.id).where(MentionRow.event_id.in_(chunk)))
    return load(session, found)


def is_known_by(day: date) -> ColumnElement[bool]:
    """Whether an article was written on that day at the latest; not where its date is not bounded from above."""
    return func.coalesce(ArticleRow.latest_day, ArticleRow.best_day) <= day


def near(session: Session, mentions: Iterable[StoredMention], *, known_by: date | None = None) -> set[int]:
    """Ids of all mentions whose days touch those of one of `mentions` and that share an actor or a state with it.

    Every pair that `matching.candidates` accepts is among them; it decides over the rest. `known_by` leaves out those of
    articles that were not yet written on that day.
    """
    lookups = (lookup for stored in mentions for lookup in _lookups(stored.mention))
    found: set[int] = set()
    for chunk in chunks(lookups, _LOOKUPS_PER_STATEMENT):
        found.update(session.scalars(union(*chunk)))
    if known_by is None:
        return found
    written = (
        select(MentionRow.id).join(ArticleRow, ArticleRow.id == MentionRow.article_id).where(is_known_by(known_by))
    )
    return {
        id_
        for some in chunks(sorted(found), IDS_PER_STATEMENT)
        for id_ in session.scalars(written.where(MentionRow.id.in_(some)))
    }


def _lookups(mention: Mention) -> Iterator[Select[int]]:
    """One walk along one index each: by actor and by state, of those that begin inside and those that last into it."""
    row = MentionActorRow
    names = [row.actor_id.in_(sorted({ref.id for ref in mention.actors}))]
    if states := {ref.state for ref in mention.actors if ref.state}:
        names.append(row.state.in_(sorted(states)))
    if mention.span and mention.actors:
        for name in names:
            first, last = likeness.reach(mention.span)
            for days in intersecting(row.first_day, row.last_day, first, last):
                yield select(row.mention_id).where(name, *days)


def _held(session: Session, ids: Sequence[int]) -> list[Held]:
    actors_of = _actors(session, ids)
    query = (
        select(MentionRow, ArticleRow.key, ArticleRow.outlet, ArticleRow.sketch, ArticleRow.retracted)
        .join(ArticleRow, ArticleRow.id == MentionRow.article_id)
        .where(MentionRow.id.in_(ids))
    )
    rows = session.execute(query).all()
    reporters = {row.reporter_id for row, *_ in rows if row.reporter_id}
    edited = actors.edited(session, reporters) if reporters else {}
    return [
        Held(
            row.id,
            row.event_id,
            StoredMention(key, outlet, _mention(row, actors_of.get(row.id, ()), edited), sketch),
            row.article_id,
            retracted,
        )
        for row, key, outlet, sketch, retracted in rows
    ]


def _actors(session: Session, ids: Sequence[int]) -> dict[int, tuple[ActorRef, ...]]:
    query = (
        select(MentionActorRow)
        .where(MentionActorRow.mention_id.in_(ids))
        .order_by(MentionActorRow.mention_id, MentionActorRow.number)
    )
    rows = session.scalars(query)
    return {
        mention_id: tuple(_ref(row) for row in group) for mention_id, group in groupby(rows, lambda row: row.mention_id)
    }


def _ref(row: MentionActorRow) -> ActorRef:
    kind, role = ActorKind(row.kind), Role(row.role)
    return ActorRef(row.actor_id, row.name, kind, row.state, role, row.via, row.begin_cp, row.end_cp)


def _mention(row: MentionRow, named: tuple[ActorRef, ...], edited: Mapping[str, Actor]) -> Mention:
    precision = Precision(row.precision)
    return Mention(
        span=DateSpan(row.first_day, row.last_day, precision, row.edtf, row.open_start, row.open_end),
        basis=Basis(row.basis),
        sentence=Extent(row.sentence_begin, row.sentence_end, row.sentence),
        clause=Extent(row.clause_begin, row.clause_end, row.clause),
        trigger=Trigger(row.trigger_begin, row.trigger_end, row.trigger_lemma),
        kind=row.kind,
        status=Status(row.status),
        actors=named,
        derivation=tuple(Step(rule, says) for rule, says in json.loads(row.derivation)),
        title=row.title,
        objects=tuple(json.loads(row.objects)),
        zone=Zone(row.zone),
        reported_by=_reporter(row, edited),
    )


def _reporter(row: MentionRow, edited: Mapping[str, Actor]) -> Reporter | None:
    """Whose claim it is; a reporter whom a person joined or renamed (`edited`) as it is now."""
    if row.reporter_name is None or row.reporter_begin is None or row.reporter_end is None:
        return None
    now = edited.get(row.reporter_id or "")
    id_, name = (now.id, now.name) if now else (row.reporter_id, row.reporter_name)
    return Reporter(id_, name, row.reporter_begin, row.reporter_end)


def _sorted(groups: Iterable[list[Held]]) -> list[Held]:
    return sorted((held for group in groups for held in group), key=lambda held: (held.stored.key, held.id))


def chunks(values: Iterable[T], size: int) -> Iterator[list[T]]:
    """The values by so many at a time, as statements take them."""
    remaining = iter(values)
    while chunk := list(islice(remaining, size)):
        yield chunk
