"""Actors: what the lexicon says of them, and those that only mentions name."""

import json
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2s
from typing import Any, Protocol

from sqlalchemy import ColumnElement, Select, Subquery, case, delete, func, insert, literal, or_, select, tuple_, update
from sqlalchemy.orm import Session

from app.core import calendar
from app.core.model import Actor, ActorKind, Tenure
from app.errors import CursorError, NotFound
from app.formats import wire
from app.formats.shapes import ActorDetailOut
from app.formats.wire import dumps
from app.store import pages
from app.store.pages import Page
from app.store.rows import ActorAliasRow, ActorRow, EditRow
from app.store.texts import beginning, ending, like, plain, storable, wording


class Named(Protocol):
    """What every actor has, wherever it is named."""

    @property
    def id(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def kind(self) -> ActorKind: ...
    @property
    def state(self) -> str | None: ...


@dataclass(frozen=True, slots=True)
class ActorQuery:
    """Which actors a list holds: `q` is their id or a part of any of their names, `active` asks for those with events."""

    q: str | None = None
    kind: ActorKind | None = None
    state: str | None = None
    active: bool = False
    limit: int = 50
    cursor: str | None = None

    def __str__(self) -> str:
        return f"actors {dumps([self.q, self.kind, self.state, self.active])}"


# ---------------------------------------------------------------- writing
def put(session: Session, actors: Iterable[Actor]) -> int:
    """How many actors were new or changed: they are written as the lexicon has them, all their aliases replaced."""
    known = {id_: digest for id_, digest in session.execute(select(ActorRow.id, ActorRow.digest))}
    digests = {actor: blake2s(repr(actor).encode(), digest_size=8).hexdigest() for actor in actors}
    changed = [(actor, digest) for actor, digest in digests.items() if known.get(actor.id) != digest]
    _write(session, changed, present=known.keys())
    return len(changed)


def ensure(session: Session, named: Iterable[Named]) -> None:
    """Adds those actors that the store doesn't have, by their names alone."""
    wanted = {one.id: one for one in named}
    present = set(session.scalars(select(ActorRow.id).where(ActorRow.id.in_(sorted(wanted)))))
    missing = [
        (Actor(one.id, one.name, one.kind, one.state), "") for id_, one in sorted(wanted.items()) if id_ not in present
    ]
    _write(session, missing, present=present)


def join(session: Session, actor_id: str, joined_id: str | None) -> None:
    """Holds an actor to be another one, or with None to be itself again; its mentions are to be recast."""
    session.execute(update(ActorRow).where(ActorRow.id == actor_id).values(joined_id=joined_id))
    session.expire_all()


def rename(session: Session, actor_id: str, name: str, aliases: Sequence[str]) -> None:
    """Gives an actor another name, and these to be found by; its mentions are to be recast."""
    session.execute(update(ActorRow).where(ActorRow.id == actor_id).values(name=name))
    session.execute(delete(ActorAliasRow).where(ActorAliasRow.actor_id == actor_id))
    _write_aliases(session, [(actor_id, tuple(dict.fromkeys((name, *aliases))))])
    session.expire_all()


def count(session: Session, changes: Counter[str]) -> None:
    """Adds to the number of events in each actor's history."""
    for actor_id, change in sorted(changes.items()):
        if change:
            session.execute(
                update(ActorRow).where(ActorRow.id == actor_id).values(event_count=ActorRow.event_count + change)
            )


def _write(session: Session, actors: Sequence[tuple[Actor, str]], *, present: Collection[str]) -> None:
    """Writes actors with their digests in a few statements: the lexicon brings thousands at once."""
    rows = [_row(actor, digest) for actor, digest in actors]
    if added := [{**row, "event_count": 0} for row in rows if row["id"] not in present]:
        session.execute(insert(ActorRow), added)
    if altered := [row for row in rows if row["id"] in present]:
        session.execute(update(ActorRow), altered)
        session.execute(delete(ActorAliasRow).where(ActorAliasRow.actor_id.in_([row["id"] for row in altered])))
    _write_aliases(session, [(actor.id, tuple(dict.fromkeys((actor.name, *actor.aliases)))) for actor, _ in actors])
    session.expire_all()


def _write_aliases(session: Session, named: Iterable[tuple[str, Sequence[str]]]) -> None:
    aliases = [
        {"actor_id": actor_id, "number": number, "alias": name, "folded": plain(name)}
        for actor_id, names in named
        for number, name in enumerate(names)
    ]
    if aliases:
        session.execute(insert(ActorAliasRow), aliases)


def _row(actor: Actor, digest: str) -> dict[str, object]:
    return {
        "id": actor.id,
        "name": actor.name,
        "kind": actor.kind.value,
        "state": actor.state,
        "qid": actor.qid,
        "source": actor.source,
        "digest": digest,
        "tenures": dumps([_tenure_document(tenure) for tenure in actor.tenures]),
    }


# ---------------------------------------------------------------- reading
def find(session: Session, name: str) -> tuple[str, ...]:
    """Ids of the actors that `name` may mean: the one of that id, else those of that name, else those of that alias.

    A surname alone will do where only one actor of the timeline has it. One that was joined to another gives that.
    """
    if not storable(name):
        return ()
    if of_that_id := session.get(ActorRow, name):
        return (_final(session, of_that_id).id,)
    row = ActorAliasRow
    query = select(row.number, ActorRow).join(ActorRow, ActorRow.id == row.actor_id).where(row.folded == plain(name))
    found = [(number, _final(session, actor).id) for number, actor in session.execute(query.order_by(row.actor_id))]
    own = tuple(dict.fromkeys(actor_id for number, actor_id in found if number == 0))
    return own or tuple(dict.fromkeys(actor_id for _, actor_id in found)) or _by_surname(session, name)


def _by_surname(session: Session, name: str) -> tuple[str, ...]:
    last_word = ActorAliasRow.folded.like(ending(plain(name)), escape="\\")
    query = select(ActorRow.id).join(ActorAliasRow, ActorAliasRow.actor_id == ActorRow.id)
    known = session.scalars(
        query.where(last_word, ActorRow.event_count > 0, ActorRow.kind == ActorKind.PERSON.value).distinct()
    )
    ids = tuple(known)
    return ids if len(ids) == 1 else ()


def standing(session: Session, ids: Iterable[str]) -> dict[str, Actor]:
    """For each id the actor that it stands for now, without aliases: itself, or the one it was joined to.

    Ids that the store does not know are left out.
    """
    wanted = sorted({id_ for id_ in ids if storable(id_)})
    rows = session.scalars(select(ActorRow).where(ActorRow.id.in_(wanted)))
    return {row.id: _actor(_final(session, row)) for row in rows}


def _final(session: Session, row: ActorRow) -> ActorRow:
    while row.joined_id is not None:
        row = session.get_one(ActorRow, row.joined_id)
    return row


def edited(session: Session, ids: Iterable[str]) -> dict[str, Actor]:
    """For those of the ids that a person has joined or renamed: the actor that each stands for now."""
    row = EditRow
    query = select(row.subject).where(row.about == "actor", row.undone_at.is_(None), row.subject.in_(sorted(set(ids))))
    found = session.scalars(query.distinct()).all()
    return standing(session, found) if found else {}


def standing_for(session: Session, actor_id: str) -> list[str]:
    """The ids of the actors that were joined to this one, directly or through another."""
    found: list[str] = []
    waiting = [actor_id]
    while waiting:
        joined = session.scalars(select(ActorRow.id).where(ActorRow.joined_id == waiting.pop()).order_by(ActorRow.id))
        fresh = [id_ for id_ in joined if id_ not in found]
        found += fresh
        waiting += fresh
    return found


def counts(session: Session, ids: Iterable[str]) -> dict[str, int]:
    """The number of events in each actor's history; unknown ids are left out."""
    query = select(ActorRow.id, ActorRow.event_count).where(ActorRow.id.in_(sorted(set(ids))))
    return {id_: events for id_, events in session.execute(query)}


def is_known(session: Session, actor_id: str) -> bool:
    """Whether the lexicon has the actor; raises NotFound where not even the store does."""
    row = session.get(ActorRow, actor_id) if storable(actor_id) else None
    if row is None:
        raise NotFound("actor", actor_id)
    return bool(row.digest)


def get(session: Session, actor_id: str) -> ActorDetailOut:
    """The whole actor; raises NotFound."""
    row = session.get(ActorRow, actor_id) if storable(actor_id) else None
    if row is None:
        raise NotFound("actor", actor_id)
    aliases = session.scalars(
        select(ActorAliasRow.alias)
        .where(ActorAliasRow.actor_id == actor_id, ActorAliasRow.number > 0)
        .order_by(ActorAliasRow.number)
    )
    return wire.actor_detail(_actor(row, tuple(aliases)), event_count=row.event_count)


def page(session: Session, query: ActorQuery) -> Page:
    """One page of actors; raises CursorError where the cursor belongs to another query.

    They stand in the order of their names. In a search those come first whose name or alias is what was asked for, then those
    with a word that begins so, then the rest; among each of these those with the most events.
    """
    statement, rank = _searched(query.q) if query.q is not None else (select(ActorRow), ())
    order: tuple[Any, ...] = (*rank, ActorRow.name, ActorRow.id)
    if query.kind:
        statement = statement.where(ActorRow.kind == query.kind.value)
    if query.state:
        statement = statement.where(ActorRow.state == query.state)
    statement = statement.where(ActorRow.joined_id.is_(None))
    if query.active:
        statement = statement.where(ActorRow.event_count > 0)
    if query.cursor is not None:
        statement = statement.where(tuple_(*order) > tuple_(*_place(query.cursor, query, len(order))))
    rows = session.execute(
        statement.add_columns(*(one.label(f"place_{at}") for at, one in enumerate(order)))
        .order_by(*order)
        .limit(query.limit + 1)
    ).all()
    shown = rows[: query.limit]
    documents = tuple(dumps(wire.actor(_actor(row), event_count=row.event_count)) for row, *_ in shown)
    last = tuple(str(one) for one in shown[-1][1:]) if len(rows) > query.limit else None
    return Page(documents, pages.seal(last, str(query)) if last else None)


def _searched(name: str) -> tuple[Select[Any], tuple[ColumnElement[int], ...]]:
    """The actors of whom that is a name, or a part of one, and what they are ordered by: how well it fits, and their events."""
    fits = _fits(plain(name) or name)
    by_id = ActorRow.id == name
    statement = select(ActorRow).outerjoin(fits, fits.c.actor_id == ActorRow.id)
    statement = statement.where(or_(fits.c.fit.is_not(None), by_id))
    return statement, (case((by_id, 0), else_=fits.c.fit), -ActorRow.event_count)


def _fits(name: str) -> Subquery:
    """How well a name fits the best of an actor's: 0 is the same, 1 begins one of its words, 2 is anywhere in it."""
    folded = ActorAliasRow.folded
    starts = or_(*(folded.like(way(name), escape="\\") for way in (beginning, wording)))
    fit = func.min(case((folded == name, 0), (starts, 1), else_=2)).label("fit")
    held = folded.like(like(name), escape="\\")
    return select(ActorAliasRow.actor_id, fit).where(held).group_by(ActorAliasRow.actor_id).subquery()


def _place(cursor: str, query: ActorQuery, fields: int) -> Sequence[ColumnElement[int] | str]:
    """Where the page begins: whole numbers but for the name and the id at the end."""
    place = pages.unseal(cursor, str(query), fields=fields)
    try:
        return [*(literal(int(one)) for one in place[:-2]), *place[-2:]]
    except ValueError as error:
        raise CursorError(cursor) from error


def states(session: Session, codes: Iterable[str]) -> dict[str, str]:
    """Ids of the states with these ISO 3166 alpha-3 codes, by code; states that the store doesn't know are left out.

    Where several states of history had one code, the one whose id it is stands for it, else the first by id.
    """
    row = ActorRow
    query = select(row.state, row.id).where(row.kind == ActorKind.STATE.value, row.state.in_(sorted(set(codes))))
    found = session.execute(query.order_by(row.id == row.state, row.id.desc()))
    return {state: id_ for state, id_ in found if state}


def _actor(row: ActorRow, aliases: tuple[str, ...] = ()) -> Actor:
    tenures = tuple(_tenure(*fields) for fields in json.loads(row.tenures))
    return Actor(row.id, row.name, ActorKind(row.kind), row.state, aliases, row.qid, tenures, row.source)


def _tenure_document(tenure: Tenure) -> list[str | None]:
    start = tenure.start.edtf if tenure.start else None
    end = tenure.end.edtf if tenure.end else None
    return [tenure.office, start, end, tenure.source]


def _tenure(office: str, start: str | None, end: str | None, source: str) -> Tenure:
    return Tenure(office, calendar.parse(start) if start else None, calendar.parse(end) if end else None, source)
