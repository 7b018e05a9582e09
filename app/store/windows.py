"""What a view of the timeline shows: in each of its lanes the events themselves where they are few, else how many there are when.

So no view gets more than it can draw, however far it looks. A lane is a value of a facet. Buckets are whole: those at the ends of
the view hold what lies beyond its ends as well.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy.orm import Session

from app.core import calendar
from app.core.calendar import DateSpan, Precision
from app.core.model import Status
from app.store import aggregates, asof, events, tallies
from app.store.asof import Known
from app.store.queries import EventQuery
from app.store.tallies import Facet, Unit

_MONTHS_BY = (
    5  # a view of so many years at most has its lanes chosen by the months that it touches, a wider one by years
)


@dataclass(frozen=True, slots=True)
class Lane:
    """A lane of a view: `events` as the JSON of their list form, or `buckets` (EDTF of a `unit`, number) in the order of time.

    `count` is of both, and of the events that are `wider` than a bucket, which no bucket holds.
    """

    value: str
    count: int
    events: tuple[str, ...] = ()
    unit: str | None = None
    buckets: tuple[tuple[str, int], ...] = ()
    wider: int = 0


@dataclass(frozen=True, slots=True)
class Window:
    """What a view shows: its first and last day, None in a store without events, and its lanes."""

    span: DateSpan | None
    lanes: tuple[Lane, ...]


@dataclass(frozen=True, slots=True)
class _Grain:
    """How buckets are cut: the unit whose counts they are made of, and how many letters of its name a bucket has."""

    name: str
    unit: Unit
    letters: int
    days: float  # about how long one is

    def bucket(self, name: str) -> str:
        """The bucket that holds the unit's bucket of that name."""
        return name[: self.letters] + "X" * (4 - self.letters)


_GRAINS = (
    _Grain("day", Unit.DAY, 10, 1),
    _Grain("month", Unit.MONTH, 7, 30.4),
    _Grain("year", Unit.YEAR, 4, 365.2),
    _Grain("decade", Unit.YEAR, 3, 3652),
    _Grain("century", Unit.YEAR, 2, 36524),
)


def window(
    session: Session, query: EventQuery, by: Facet, values: Sequence[str], *, most_lanes: int, most_items: int
) -> Window:
    """The view of the query's span, or of all events. The days of a view without ends are those of the store's events.

    The lanes are those of `values` in that order, else the fullest, by whole months or years where these are kept; together they
    hold `most_items` at most.
    """
    span = _span(session, query)
    if span is None:
        return Window(None, ())
    query = replace(query, cursor=None)
    reads = _KnownLanes(session, query, by) if query.as_of is not None else _StoredLanes(session, query, by)
    shown = list(dict.fromkeys(values or reads.values(most_lanes)))[:most_lanes]
    room = most_items // max(1, len(shown))
    found = [_lane(reads, value, span, room) for value in shown]
    return Window(span, tuple(found if values else sorted(found, key=lambda lane: (-lane.count, lane.value))))


def _lane(reads: "_Lanes", value: str, span: DateSpan, room: int) -> Lane:
    if (documents := reads.few(value, room)) is not None:
        return Lane(value, len(documents), documents)
    grain = next((one for one in _GRAINS if span.days / one.days + 2 <= room), _GRAINS[-1])
    counted, wider = reads.counted(value, grain)
    buckets: Counter[str] = Counter()
    for name, number in counted.items():
        buckets[grain.bucket(name)] += number
    return Lane(value, wider + buckets.total(), (), grain.name, tuple(sorted(buckets.items())), wider)


# ---------------------------------------------------------------- days
def _span(session: Session, query: EventQuery) -> DateSpan | None:
    """The days of the view: an open end is that of the months, or else of the years, that hold events."""
    asked = query.span
    if asked is not None and not (asked.open_start or asked.open_end):
        return asked
    extent = tallies.extent(session)
    if extent is None:
        return None
    first, last = (calendar.parse(name) for name in extent)
    begin = asked.first_day if asked and not asked.open_start else first.first_day
    end = asked.last_day if asked and not asked.open_end else last.last_day
    return _between(begin, max(begin, end))


def _between(first: date, last: date) -> DateSpan:
    return calendar.between(calendar.day(first), calendar.day(last))


def _whole(span: DateSpan | None, grain: _Grain) -> DateSpan | None:
    """The span widened to whole buckets at both ends; None, which is all of time, stays."""
    if span is None:
        return None
    first, last = (calendar.parse(grain.bucket(day.isoformat())) for day in (span.first_day, span.last_day))
    return _between(first.first_day, last.last_day)


# ---------------------------------------------------------------- lanes
class _StoredLanes:
    """The lanes as the store has them now."""

    def __init__(self, session: Session, query: EventQuery, by: Facet) -> None:
        self._session, self._query, self._by = session, query, by
        self._split: dict[Unit, Counter[tuple[str | None, str]]] = {}

    def values(self, most: int) -> list[str]:
        """The most frequent values, by kept counts where there are some of the query's events."""
        found: list[tuple[str, int]] = []
        span = self._query.span
        if aggregates.conditions(self._query) <= {"span"} and span is not None:
            unit = Unit.MONTH if span.days <= _MONTHS_BY * 366 else Unit.YEAR
            ends = (day.isoformat()[: tallies.LETTERS[unit]] for day in (span.first_day, span.last_day))
            found = tallies.within(self._session, self._by, unit, *ends, most=most)
        found = found or aggregates.facets(self._session, self._query, [self._by], most=most)[self._by]
        return [value for value, _ in found]

    def few(self, value: str, most: int) -> tuple[str, ...] | None:
        """The lane's events, None if there are more than so many."""
        query = self._of(value)
        if query is None:
            return ()
        page = events.page(self._session, replace(query, limit=most))
        return page.documents if page.next_cursor is None else None

    def counted(self, value: str, grain: _Grain) -> tuple[dict[str, int], int]:
        """How many events of the lane each bucket of the grain's unit holds, and how many none does because they are wider."""
        query, unit = self._of(value), grain.unit
        assert query is not None
        whole = _whole(query.span, grain)
        query = replace(query, span=whole)
        kept = aggregates.kept_under(replace(query, span=None))
        if kept is None or not tallies.is_kept(kept[0], unit):
            return self._of_split(value, unit, whole)
        if whole is None:
            held = Counter({name: number for _, name, number in tallies.counts(self._session, kept[0], unit, kept[1])})
            wider = held.pop(tallies.WIDER, 0)
            return held, wider
        first, last = (day.isoformat()[: tallies.LETTERS[unit]] for day in (whole.first_day, whole.last_day))
        held = Counter()
        for _, name, number in tallies.counts(self._session, kept[0], unit, kept[1]):
            if name != tallies.WIDER and first <= name <= last:
                held[name] += number
        return held, aggregates.wider(self._session, query, unit)

    def _of_split(self, value: str, unit: Unit, whole: DateSpan | None) -> tuple[dict[str, int], int]:
        """As `counted`, of events that are counted now: those of all lanes at once, as their buckets are alike."""
        if unit not in self._split:
            self._split[unit] = aggregates.split(self._session, replace(self._query, span=whole), unit, self._by)
        own = {bucket: number for (bucket, one), number in self._split[unit].items() if one == value}
        wider = own.pop(None, 0)
        return {bucket: number for bucket, number in own.items() if bucket is not None}, wider

    def _of(self, value: str) -> EventQuery | None:
        """The query of a lane; None where the query's own conditions leave nothing of it."""
        query = self._query
        match self._by:
            case Facet.ACTOR if query.actors:
                return replace(query, counterparts=tuple(dict.fromkeys((*query.counterparts, value))))
            case Facet.ACTOR:
                return replace(query, actors=(value,))
            case Facet.OUTLET:
                return replace(query, outlets=(value,)) if value in (query.outlets or (value,)) else None
            case Facet.KIND:
                return replace(query, kinds=(value,)) if value in (query.kinds or (value,)) else None
            case Facet.STATUS:
                found = tuple(one for one in Status if one == value and one in (query.statuses or (one,)))
                return replace(query, statuses=found) if found else None
            case Facet.PRECISION:
                fine = tuple(one for one in Precision if one == value and one in (query.precisions or (one,)))
                return replace(query, precisions=fine) if fine else None


class _KnownLanes:
    """The lanes as they were known on the query's day: what was known of whole centuries is worked out once."""

    def __init__(self, session: Session, query: EventQuery, by: Facet) -> None:
        self._session, self._span = session, query.span
        known = asof.known(session, replace(query, span=_whole(query.span, _GRAINS[-1])))
        self._told = list(aggregates.values_of(session, query, known, by))

    def values(self, most: int) -> list[str]:
        """The most frequent values."""
        found = Counter(value for one, values in self._told if self._shows(one) for value in values)
        return [value for value, _ in sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))[:most]]

    def few(self, value: str, most: int) -> tuple[str, ...] | None:
        """The lane's events, None if there are more than so many."""
        found = [one for one in self._of(value) if self._shows(one)]
        return events.rendered(self._session, found) if len(found) <= most else None

    def counted(self, value: str, grain: _Grain) -> tuple[dict[str, int], int]:
        """How many events of the lane each bucket of the grain's unit holds, and how many none does because they are wider."""
        whole = _whole(self._span, grain)
        spans = [one.draft.span for one in self._of(value) if whole is None or one.draft.span.overlaps(whole)]
        held = Counter(tallies.bucket(span.first_day, span.last_day, grain.unit) for span in spans)
        wider = held.pop(tallies.WIDER, 0)
        return held, wider

    def _of(self, value: str) -> Iterator[Known]:
        return (one for one, values in self._told if value in values)

    def _shows(self, one: Known) -> bool:
        return self._span is None or one.draft.span.overlaps(self._span)


_Lanes = _StoredLanes | _KnownLanes
