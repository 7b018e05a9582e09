"""Counts of events: by day, month or year, by what they are, by whom an actor dealt with; under the conditions of lists.

An event is counted in the bucket that holds its whole date. What is wider than a bucket is counted apart, as wider: an event of
2021 is in no month of it.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, Text, case, cast, func, null, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from app.core.calendar import DateSpan
from app.core.model import Actor, ActorKind, EventDraft
from app.errors import NotFound
from app.store import actors, asof, events, tallies
from app.store.asof import Known
from app.store.merging import memberships
from app.store.queries import EventQuery
from app.store.rows import EventActorRow, EventOutletRow, EventRow
from app.store.tallies import Facet, Unit


@dataclass(frozen=True, slots=True)
class Bucket:
    """How many events have that date (EDTF; None for what is wider than a bucket), and how many of them each value."""

    date: str | None
    count: int
    by: dict[str, int]


_Counts = tuple[Counter[str | None], Counter[tuple[str | None, str]]]  # by bucket; by bucket and value


# ---------------------------------------------------------------- histograms
def histogram(session: Session, query: EventQuery, unit: Unit, by: Facet | None, *, most: int) -> list[Bucket]:
    """The buckets that hold events, in the order of time, and the wider last if there are any.

    With `by` each tells how many of its events have each value: the `most` frequent of the whole range.
    """
    if query.as_of is not None:
        counted, split = _known_histogram(session, query, unit, by)
    elif (kept := _kept(query, unit, by)) is not None:
        counted, split = _kept_histogram(session, *kept, unit, by)
    else:
        counted, split = _live_histogram(session, query, unit, by)
    return list(_buckets(counted, split, most))


def _known_histogram(session: Session, query: EventQuery, unit: Unit, by: Facet | None) -> _Counts:
    drafts = [one.draft for one in asof.known(session, query)]
    counted = Counter(_bucket_of(draft, unit) for draft in drafts)
    told = _values(session, query, drafts, by) if by is not None else ()
    return counted, Counter((_bucket_of(draft, unit), value) for draft, values in told for value in values)


def _live_histogram(session: Session, query: EventQuery, unit: Unit, by: Facet | None) -> _Counts:
    found, given = events.found(session, query)
    counted = Counter({bucket: number for bucket, number in session.execute(_histogram(found, unit), given)})
    return counted, split(session, query, unit, by) if by is not None else Counter()


# ---------------------------------------------------------------- counts that are kept
_EVERY = EventQuery()
_KEPT_BY = {"kinds": Facet.KIND, "statuses": Facet.STATUS, "precisions": Facet.PRECISION}
_KEPT_BY_ONE = {"actors": Facet.ACTOR, "outlets": Facet.OUTLET}  # several of these may share an event


def conditions(query: EventQuery) -> set[str]:
    """The names of the fields by which the query leaves events out."""
    names = {one.name for one in fields(query)} - {"sort", "limit", "cursor"}
    return {name for name in names if getattr(query, name) != getattr(_EVERY, name)}


def kept_under(query: EventQuery) -> tuple[Facet | None, tuple[str, ...]] | None:
    """The facet and values under which exactly the query's events are counted; None where no counts of them are kept."""
    asked = conditions(query) - ({"actor_mode"} if len(query.actors) < 2 else set())
    if not asked:
        return None, (tallies.ALL,)
    [name] = asked if len(asked) == 1 else [""]
    if name in _KEPT_BY or (name in _KEPT_BY_ONE and len(getattr(query, name)) == 1):
        return {**_KEPT_BY, **_KEPT_BY_ONE}[name], tuple(str(value) for value in getattr(query, name))
    return None


def _kept(query: EventQuery, unit: Unit, by: Facet | None) -> tuple[Facet | None, tuple[str, ...]] | None:
    """As `kept_under`, where the counts of that unit are kept, and split as asked."""
    found = kept_under(query)
    if found is None or not tallies.is_kept(found[0], unit) or (by and (found[0] or not tallies.is_kept(by, unit))):
        return None
    return found


def _kept_histogram(
    session: Session, facet: Facet | None, values: tuple[str, ...], unit: Unit, by: Facet | None
) -> _Counts:
    counted: Counter[str | None] = Counter()
    for _, bucket, number in tallies.counts(session, facet, unit, values):
        counted[bucket or None] += number
    rows = tallies.counts(session, by, unit) if by is not None else ()
    return counted, Counter({(bucket or None, value): number for value, bucket, number in rows})


def _buckets(counted: Counter[str | None], split: Counter[tuple[str | None, str]], most: int) -> Iterator[Bucket]:
    totals: Counter[str] = Counter()
    for (_, value), number in split.items():
        totals[value] += number
    kept = [value for value, _ in sorted(totals.items(), key=lambda one: (-one[1], one[0]))[:most]]
    for bucket in sorted(counted, key=lambda one: (one is None, one or "")):
        shown = {value: split[bucket, value] for value in kept if split[bucket, value]}
        yield Bucket(bucket, counted[bucket], shown)


def wider(session: Session, query: EventQuery, unit: Unit) -> int:
    """How many of the events that share a day with the query's span no bucket of the unit holds."""
    found, given = events.found(session, query, coarse=True)
    counting = select(func.count()).select_from(found).where(_bucket(found, unit).is_(None))
    return int(session.execute(counting, given).scalar_one())


def split(session: Session, query: EventQuery, unit: Unit, by: Facet) -> Counter[tuple[str | None, str]]:
    """How many of the query's events have each value in each bucket (None for what is wider), counted in one pass."""
    found, given = events.found(session, query)
    rows = session.execute(_histogram_by(found, unit, by, query), given)
    return Counter({(bucket, value): number for bucket, value, number in rows})


def _histogram(found: Subquery, unit: Unit) -> Select[str | None, int]:
    bucket = _bucket(found, unit)
    return select(bucket, func.count()).select_from(found).group_by(bucket)


def _histogram_by(found: Subquery, unit: Unit, by: Facet, query: EventQuery) -> Select[str | None, str, int]:
    bucket = _bucket(found, unit)
    joined, value = _joined(found, by, query)
    return select(bucket, value, func.count()).select_from(joined).group_by(bucket, value)


def _bucket(found: Subquery, unit: Unit) -> ColumnElement[str | None]:
    letters = tallies.LETTERS[unit]
    first, last = (func.substr(cast(day, Text), 1, letters) for day in (found.c.first_day, found.c.last_day))
    return case((first == last, first), else_=null())


def _bucket_of(draft: EventDraft, unit: Unit) -> str | None:
    return tallies.bucket(draft.span.first_day, draft.span.last_day, unit) or None


# ---------------------------------------------------------------- facets
def facets(
    session: Session, query: EventQuery, wanted: Iterable[Facet], *, most: int
) -> dict[Facet, list[tuple[str, int]]]:
    """For each facet its most frequent values with the number of events, `most` at most."""
    if not conditions(query):
        return {facet: tallies.totals(session, facet, most=most) for facet in wanted}
    if query.as_of is None:
        return {facet: _most(counts, most) for facet, counts in _live_facets(session, query, wanted).items()}
    drafts = [one.draft for one in asof.known(session, query)]
    counted: dict[Facet, list[tuple[str, int]]] = {}
    for facet in wanted:
        counts = Counter(value for _, values in _values(session, query, drafts, facet) for value in values)
        counted[facet] = _most(counts, most)
    return counted


def _most(counts: Counter[str], most: int) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda one: (-one[1], one[0]))[:most]


def _live_facets(session: Session, query: EventQuery, wanted: Iterable[Facet]) -> dict[Facet, Counter[str]]:
    """The counts of each facet; those of the event's own columns in one pass over the events."""
    found, given = events.found(session, query)
    counted: dict[Facet, Counter[str]] = {facet: Counter() for facet in wanted}
    own = [facet for facet in counted if facet in _COLUMNS]
    if own:
        columns = [_COLUMNS[facet] for facet in own]
        joined = found.join(EventRow, EventRow.id == found.c[2])
        for *values, number in session.execute(
            select(*columns, func.count()).select_from(joined).group_by(*columns), given
        ):
            for facet, value in zip(own, values, strict=True):
                counted[facet][value] += number
    for facet in counted.keys() - set(own):
        joined, column = _joined(found, facet, query)
        rows = session.execute(select(column, func.count()).select_from(joined).group_by(column), given)
        counted[facet].update({value: number for value, number in rows})
    return counted


def names(session: Session, ids: Sequence[str]) -> dict[str, str]:
    """The names of these actors."""
    return {id_: actor.name for id_, actor in actors.standing(session, ids).items()}


_COLUMNS: Mapping[Facet, InstrumentedAttribute[str]] = {
    Facet.KIND: EventRow.kind,
    Facet.STATUS: EventRow.status,
    Facet.PRECISION: EventRow.precision,
}


def _joined(found: Subquery, facet: Facet, query: EventQuery) -> tuple[Any, Any]:
    """What was found, joined with where the facet's values stand, and their column."""
    id_ = found.c[2]
    match facet:
        case Facet.ACTOR:
            same = EventActorRow.event_id == id_
            return found.join(
                EventActorRow, same if query.affiliates else same & EventActorRow.own
            ), EventActorRow.actor_id
        case Facet.OUTLET:
            return found.join(EventOutletRow, EventOutletRow.event_id == id_), EventOutletRow.outlet
        case Facet.KIND | Facet.STATUS | Facet.PRECISION:
            return found.join(EventRow, EventRow.id == id_), _COLUMNS[facet]


def values_of(
    session: Session, query: EventQuery, known: Sequence[Known], facet: Facet
) -> Iterator[tuple[Known, set[str]]]:
    """Each event as it was known with its values of a facet."""
    told = _values(session, query, [one.draft for one in known], facet)
    return ((one, values) for one, (_, values) in zip(known, told, strict=True))


def _values(
    session: Session, query: EventQuery, drafts: Sequence[EventDraft], facet: Facet
) -> Iterator[tuple[EventDraft, set[str]]]:
    """Each event with its values of a facet."""
    states = actors.states(session, {one.state for draft in drafts for one in draft.actors if one.state})
    for draft in drafts:
        match facet:
            case Facet.KIND:
                yield draft, {draft.kind}
            case Facet.STATUS:
                yield draft, {draft.status.value}
            case Facet.PRECISION:
                yield draft, {draft.span.precision.value}
            case Facet.ACTOR:
                parts = memberships(draft, states)
                yield draft, {actor for actor, part in parts.items() if part[2] or query.affiliates}
            case Facet.OUTLET:
                yield draft, {stored.outlet for stored in draft.mentions if stored.outlet}


# ---------------------------------------------------------------- counterparts
@dataclass(frozen=True, slots=True)
class Counterpart:
    """Somebody whom an actor dealt with: in how many events, the first day of the first and the last of the last."""

    actor: Actor
    count: int
    first_day: date
    last_day: date


def counterparts(
    session: Session, actor_id: str, query: EventQuery, *, kind: ActorKind | None, most: int
) -> list[Counterpart]:
    """Those who take part in the actor's events that the query finds, the most frequent first.

    Nobody is a counterpart of their own state, nor of another of its people. Raises NotFound for an unknown actor.
    """
    own = actors.standing(session, [actor_id]).get(actor_id)
    if own is None:
        raise NotFound("actor", actor_id)
    query = replace(query, actors=(actor_id,))
    rows = _known_counterparts(session, query) if query.as_of is not None else _stored_counterparts(session, query)
    known = actors.standing(session, [id_ for id_, *_ in rows])
    met = [
        Counterpart(known[id_], number, first, last)
        for id_, number, first, last in rows
        if id_ != actor_id and (own.state is None or known[id_].state != own.state) and kind in (None, known[id_].kind)
    ]
    return sorted(met, key=lambda one: (-one.count, one.actor.id))[:most]


def _stored_counterparts(session: Session, query: EventQuery) -> list[tuple[str, int, date, date]]:
    found, given = events.found(session, query)
    joined, actor = _joined(found, Facet.ACTOR, query)
    columns = (actor, func.count(), func.min(found.c.first_day), func.max(found.c.last_day))
    rows = session.execute(select(*columns).select_from(joined).group_by(actor), given)
    return [(id_, number, first, last) for id_, number, first, last in rows]


def _known_counterparts(session: Session, query: EventQuery) -> list[tuple[str, int, date, date]]:
    drafts = [one.draft for one in asof.known(session, query)]
    spans: dict[str, list[DateSpan]] = {}
    for draft, met in _values(session, query, drafts, Facet.ACTOR):
        for id_ in met:
            spans.setdefault(id_, []).append(draft.span)
    return [
        (id_, len(told), min(span.first_day for span in told), max(span.last_day for span in told))
        for id_, told in spans.items()
    ]
