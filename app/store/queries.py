"""Which events a list holds, and the one statement that finds a page of them.

A statement is built once for each shape of query (which conditions it has, not their values) and kept. Its walks each follow
one index in the list's order and stop after a page: along the events' days, an actor's history, or an outlet's. Of several actors
who must all take part the one with the shortest history is walked, and the others are looked up for each event of it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Any, cast

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Date,
    Integer,
    Select,
    Subquery,
    and_,
    bindparam,
    exists,
    func,
    literal_column,
    or_,
    select,
    tuple_,
    union,
    union_all,
)
from sqlalchemy.orm import InstrumentedAttribute

from app.core.calendar import DateSpan, Precision
from app.core.model import Role, Status
from app.formats.wire import dumps
from app.store import days, fulltext
from app.store.fulltext import Term
from app.store.rows import EventActorRow, EventOutletRow, EventRow


class Match(StrEnum):
    """How an event's date must agree with the days asked for: share one, lie among them, or surely have one of them.

    An event of December 2021 shares December 15, but is not surely of it; talks that lasted over that day are.
    """

    INTERSECTS = "intersects"
    WITHIN = "within"
    CERTAIN = "certain"


class Mode(StrEnum):
    """Whether all the actors asked for must take part, or any of them."""

    ALL = "all"
    ANY = "any"


class Sort(StrEnum):
    """The order of a list: by first day, last day and id, or the other way round; or by how well a search finds it."""

    DATE = "date"
    LATEST = "-date"
    RELEVANCE = "relevance"


@dataclass(frozen=True, slots=True)
class EventQuery:
    """Which events a list holds; None or nothing is no condition.

    `span` finds what agrees with it as `match` says. `actors` are ids of whom all or any (`actor_mode`) take part, in the `role`
    if one is given; `counterparts` are ids of whom all take part beside them. With `affiliates`, a state takes part where its
    people and organisations do. `kinds`, `statuses`, `precisions` and `outlets` find any of theirs. `q` is a search (see
    `fulltext`). `as_of` gives the events as they were known on that day (see `app.store.asof`).
    """

    span: DateSpan | None = None
    match: Match = Match.INTERSECTS
    actors: tuple[str, ...] = ()
    actor_mode: Mode = Mode.ALL
    counterparts: tuple[str, ...] = ()
    role: Role | None = None
    affiliates: bool = True
    kinds: tuple[str, ...] = ()
    statuses: tuple[Status, ...] = ()
    precisions: tuple[Precision, ...] = ()
    outlets: tuple[str, ...] = ()
    min_sources: int = 1
    conflict: bool | None = None
    q: tuple[Term, ...] = ()
    as_of: date | None = None
    sort: Sort = Sort.DATE
    limit: int = 50
    cursor: str | None = None

    def __str__(self) -> str:
        """The conditions and the order as text: what a cursor is sealed with."""
        days = [self.span.first_day.isoformat(), self.span.last_day.isoformat(), self.match] if self.span else None
        who = [self.actors, self.actor_mode, self.counterparts, self.role, self.affiliates]
        searched = [[one.words, one.is_prefix, one.is_excluded] for one in self.q]
        what = [self.kinds, self.statuses, self.precisions, self.outlets, self.min_sources, self.conflict, searched]
        as_of = self.as_of.isoformat() if self.as_of else None
        return f"events {dumps([days, who, what, as_of, self.sort])}"

    @property
    def wanted(self) -> tuple[tuple[str, bool], ...]:
        """The actors who must all take part, each with whether the role is asked of it; none for `Mode.ANY`."""
        asked = self.actors if self.actor_mode is Mode.ALL or len(self.actors) == 1 else ()
        return (*((one, self.role is not None) for one in asked), *((one, False) for one in self.counterparts))

    @property
    def any_of(self) -> tuple[str, ...]:
        """The actors of whom any must take part."""
        return self.actors if self.actor_mode is Mode.ANY and len(self.actors) > 1 else ()


@dataclass(frozen=True, slots=True)
class Shape:
    """What a statement depends on beside its values.

    `walked` has for each actor whose history is walked whether the role is asked of it; `probed` the same of the others. `coarse`
    leaves out what is of one day. `by_rowid` says that a walk along the events' own index gives the place of each row as well.
    """

    walked: tuple[bool, ...]
    probed: tuple[bool, ...]
    by_outlet: bool
    days: Match | None
    own: bool
    conditions: frozenset[str]
    search: str | None
    latest: bool
    after: bool
    coarse: bool = False
    by_rowid: bool = False


Row = type[EventRow] | type[EventActorRow] | type[EventOutletRow]
_SEVERAL = 2
_ROWID: ColumnElement[int] = literal_column(
    "event.rowid", BigInteger()
)  # which SQLite's indexes hold beside their columns
_CLASSES = (*days.WIDTHS, days.WIDEST)
_LISTED = ("kinds", "statuses", "precisions")


# ---------------------------------------------------------------- shapes and values
def shape(query: EventQuery, dialect: str, order: tuple[int, ...] = ()) -> tuple[Shape, dict[str, Any]]:
    """The query's shape on a database of that dialect, and the values of its statement's parameters but for limit and place.

    `order` are the places of `query.wanted` by how short their histories are; as they stand without it.
    """
    wanted = [query.wanted[place] for place in order or range(len(query.wanted))]
    any_of = [(one, query.role is not None) for one in query.any_of]
    walked = any_of or wanted[:1]
    probed = wanted if any_of else wanted[1:]
    given = {
        "kinds": query.kinds,
        "statuses": query.statuses,
        "precisions": query.precisions,
        "outlets": query.outlets,
        "min_sources": query.min_sources if query.min_sources > 1 else None,
    }
    conditions = {name: value for name, value in given.items() if value is not None and value != ()}
    values: dict[str, Any] = {
        name: list(value) if isinstance(value, tuple) else value for name, value in conditions.items()
    }
    values |= {f"walked_{place}": actor for place, (actor, _) in enumerate(walked)}
    values |= {f"probed_{place}": actor for place, (actor, _) in enumerate(probed)}
    if query.q:
        values["q"] = fulltext.expression(query.q, dialect)
    if query.role is not None:
        values["role"] = query.role.value
    if query.span is not None:
        values |= {"begin": query.span.first_day, "end": query.span.last_day}
        values |= {f"reach_{class_}": day for class_, day in days.reach(query.span.first_day)}
    disputed = {True: ["conflict"], False: ["agreement"], None: []}[query.conflict]
    found = Shape(
        walked=tuple(asked for _, asked in walked),
        probed=tuple(asked for _, asked in probed),
        by_outlet=not walked and bool(query.outlets),
        days=query.match if query.span is not None else None,
        own=not query.affiliates,
        conditions=frozenset((*conditions, *disputed)),
        search=dialect if query.q else None,
        latest=query.sort is Sort.LATEST,
        after=query.cursor is not None,
        by_rowid=dialect == "sqlite" and not walked and not query.outlets,
    )
    return found, values


def is_bounded(query: EventQuery) -> bool:
    """Whether a page is found in a time that hangs on its length alone: by walks in which nothing is passed over."""
    return (
        len(query.actors) < _SEVERAL
        and query.match is Match.INTERSECTS
        and query.affiliates
        and query.as_of is None
        and query.conflict is None
        and query.role is None
        and query.min_sources == 1
        and query.sort is not Sort.RELEVANCE
        and not (query.counterparts or query.kinds or query.statuses or query.precisions or query.outlets or query.q)
    )


# ---------------------------------------------------------------- statements
@lru_cache(maxsize=512)
def page(shape: Shape) -> Select[Any]:
    """The statement of a page: first day, last day, id, document. Takes the shape's values, `limit`, a place to go on from."""
    limit = bindparam("limit", type_=BigInteger())
    walks = [select(_ordered(walk, shape).limit(limit).subquery()) for walk in _walks(shape)]
    together = _together(walks, shape).subquery()
    # cut before the documents are fetched, and so that SQLite doesn't join each walk with them by itself
    found = select(together).order_by(*_order(together, shape)).limit(limit).subquery()
    same = found.c.place == _ROWID if shape.by_rowid else EventRow.id == found.c[2]
    statement = select(*list(found.c)[:3], EventRow.document).join(EventRow, same)
    return statement.order_by(*_order(found, shape))


@lru_cache(maxsize=512)
def count(shape: Shape) -> Select[Any]:
    """The statement that counts events, up to `limit` of them; takes the shape's values."""
    limit = bindparam("limit", type_=BigInteger())
    walks = [select(walk.columns.limit(limit).subquery()) for walk in _walks(shape)]
    found = select(_together(walks, shape).subquery()).limit(limit).subquery()
    return select(func.count()).select_from(found)


@lru_cache(maxsize=512)
def ranked_page(shape: Shape) -> Select[Any]:
    """The statement of a page by relevance: rank, id and document. Takes the shape's values, `limit` and `offset`."""
    assert shape.search is not None
    ranks = fulltext.ranked(shape.search).subquery()
    minted, rank = ranks.c
    rows = found(shape)
    statement = select(rank, EventRow.id, EventRow.document).join(EventRow, EventRow.minted == minted)
    statement = statement.where(EventRow.id.in_(select(rows.c[2])))
    limit, offset = (bindparam(name, type_=BigInteger()) for name in ("limit", "offset"))
    return statement.order_by(rank.desc(), EventRow.id).limit(limit).offset(offset)


@lru_cache(maxsize=512)
def found(shape: Shape) -> Subquery:
    """First day, last day and id of every event of that shape, to be counted by what it is."""
    return cast(Subquery, _together([select(walk.columns.subquery()) for walk in _walks(shape)], shape).subquery())


@dataclass(frozen=True, slots=True)
class _Walk:
    """One walk along an index: what it gives, and its days and id to order by."""

    columns: Select[Any]
    order: tuple[ColumnElement[Any] | InstrumentedAttribute[Any], ...]


def _together(walks: list[Select[Any]], shape: Shape) -> Any:
    """All that the walks find; those of several actors or outlets may meet, those of one cannot."""
    meet = len(shape.walked) > 1 or shape.by_outlet
    return (union if meet else union_all)(*walks)


def _order(found: Subquery, shape: Shape) -> Iterator[ColumnElement[Any]]:
    return (one.desc() if shape.latest else one for one in list(found.c)[:3])


def _ordered(walk: _Walk, shape: Shape) -> Select[Any]:
    return walk.columns.order_by(*(one.desc() if shape.latest else one for one in walk.order))


def _walks(shape: Shape) -> Iterator[_Walk]:
    rows: tuple[tuple[Row, tuple[ColumnElement[bool], ...]], ...]
    if shape.walked:
        rows = tuple((EventActorRow, _history(f"walked_{at}", asked, shape)) for at, asked in enumerate(shape.walked))
    elif shape.by_outlet:
        rows = ((EventOutletRow, (EventOutletRow.outlet.in_(bindparam("outlets", expanding=True)),)),)
    else:
        rows = ((EventRow, (EventRow.hidden.is_(False),)),)
    for row, conditions in rows:
        for way in _days(row, shape):
            yield _walk(row, (*conditions, *way), shape)


def _walk(row: Row, conditions: tuple[ColumnElement[bool], ...], shape: Shape) -> _Walk:
    id_ = EventRow.id if row is EventRow else row.event_id  # type: ignore[union-attr]
    order = (row.first_day, row.last_day, id_)
    of_event = tuple(_of_event(shape))
    columns = select(*order, _ROWID.label("place")) if shape.by_rowid else select(*order)
    if row is not EventRow and of_event:
        columns = columns.join(EventRow, EventRow.id == id_)
    columns = columns.where(*conditions, *of_event, *_probes(row, id_, shape))
    if shape.after:
        place = tuple_(
            bindparam("after_first", type_=Date()), bindparam("after_last", type_=Date()), bindparam("after_id")
        )
        columns = columns.where(tuple_(*order) < place if shape.latest else tuple_(*order) > place)
    if row is EventOutletRow:
        columns = columns.distinct()  # two of the outlets asked for may tell one event
    return _Walk(columns, order)


def _history(name: str, asked: bool, shape: Shape) -> tuple[ColumnElement[bool], ...]:
    conditions: list[ColumnElement[bool]] = [EventActorRow.actor_id == bindparam(name)]
    if shape.own:
        conditions.append(EventActorRow.own.is_(True))
    if asked:
        conditions.append(EventActorRow.role == bindparam("role"))
    return tuple(conditions)


def _days(row: Row, shape: Shape) -> tuple[tuple[ColumnElement[bool], ...], ...]:
    """The ways in which an event's days can be as asked: it began among them, or before, by classes of width."""
    if shape.days is None:
        return ((),)
    begin, end = bindparam("begin", type_=Date()), bindparam("end", type_=Date())
    before = tuple(
        (
            row.first_day < row.last_day,  # as in the index of these
            row.width == _class(class_),
            row.first_day >= bindparam(f"reach_{class_}", type_=Date()),
            row.first_day < begin,
            row.last_day >= begin,
        )
        for class_ in _CLASSES
    )
    among = (row.first_day >= begin, row.first_day <= end)
    match shape.days:
        case Match.INTERSECTS if shape.coarse:
            return *before, *((row.first_day < row.last_day, row.width == _class(at), *among) for at in _CLASSES)
        case Match.INTERSECTS:
            return *before, among
        case Match.WITHIN:
            return ((*among, row.last_day <= end),)
        case Match.CERTAIN:
            lasted = tuple((*way, EventRow.lasts.is_(True)) for way in before)
            return *lasted, (*among, or_(row.last_day <= end, EventRow.lasts.is_(True)))


def _class(number: int) -> ColumnElement[int]:
    return literal_column(str(number), Integer())


def _of_event(shape: Shape) -> Iterator[ColumnElement[bool]]:
    """The conditions on the event itself; for `Match.CERTAIN` at least one, so that it is joined."""
    for name, column in zip(_LISTED, (EventRow.kind, EventRow.status, EventRow.precision), strict=True):
        if name in shape.conditions:
            yield column.in_(bindparam(name, expanding=True))
    if "min_sources" in shape.conditions:
        yield EventRow.source_count >= bindparam("min_sources")
    if "conflict" in shape.conditions:
        yield EventRow.conflict.is_(True)  # as in the index of these
    if "agreement" in shape.conditions:
        yield EventRow.conflict.is_(False)
    if shape.search:
        yield EventRow.minted.in_(fulltext.matching(shape.search))
    if shape.days is Match.CERTAIN:
        yield EventRow.hidden.is_(False)


def _probes(row: Row, id_: Any, shape: Shape) -> Iterator[ColumnElement[bool]]:
    """Who else must take part, and which outlets tell it, looked up for each event of the walk."""
    for place, asked in enumerate(shape.probed):
        other = EventActorRow.__table__.alias(f"probe_{place}").c
        same = and_(other.first_day == row.first_day, other.last_day == row.last_day, other.event_id == id_)
        found = [other.actor_id == bindparam(f"probed_{place}"), same]
        if shape.own:
            found.append(other.own.is_(True))
        if asked:
            found.append(other.role == bindparam("role"))
        yield exists().where(*found)
    if "outlets" in shape.conditions and not shape.by_outlet:
        told = EventOutletRow
        yield exists().where(told.event_id == id_, told.outlet.in_(bindparam("outlets", expanding=True)))
