"""Counts of events that are kept: raised and lowered in the transaction that writes the events, to be read without counting.

A row tells how many of the events that are shown have a value of a facet (without one: all) and lie wholly in a bucket of a
unit of time. What is wider than the unit is counted under the bucket `WIDER`.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import Select, Text, bindparam, cast, delete, func, literal_column, select, text
from sqlalchemy.orm import Session

from app.store.engine import QuickReader
from app.store.mentions import IDS_PER_STATEMENT, chunks
from app.store.rows import EventActorRow, EventOutletRow, EventRow, TallyRow

WIDER = ""
ALL = ""
"""The facet, and the value of it, under which every event is counted."""


class Unit(StrEnum):
    """How wide the buckets of a histogram are."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


class Facet(StrEnum):
    """What events can be counted by. An event of several actors or outlets counts for each.

    A state counts where its people and organisations act, unless the query leaves those out: as the filter of that name finds it.
    """

    KIND = "kind"
    STATUS = "status"
    PRECISION = "precision"
    ACTOR = "actor"
    OUTLET = "outlet"


EVER = "ever"
"""The unit whose one bucket is `WIDER`: all of time."""
LETTERS = {Unit.DAY: 10, Unit.MONTH: 7, Unit.YEAR: 4}  # of an ISO date
Key = tuple[str, str, str, str]  # facet, unit, value, bucket


def bucket(first: date, last: date, unit: Unit) -> str:
    """The bucket that holds the closed interval from the first day to the last, or `WIDER`.

    >>> bucket(date(2021, 12, 1), date(2021, 12, 31), Unit.MONTH), bucket(date(2021, 12, 31), date(2022, 1, 1), Unit.MONTH)
    ('2021-12', '')
    """
    begin, end = (day.isoformat()[: LETTERS[unit]] for day in (first, last))
    return begin if begin == end else WIDER


def is_kept(facet: Facet | None, unit: Unit) -> bool:
    """Whether there are counts by that facet and unit: those by day are kept of all events together alone."""
    return facet is None or unit is not Unit.DAY


# ---------------------------------------------------------------- writing
def of(session: Session, event_ids: Iterable[str]) -> Counter[Key]:
    """What these events are counted under, as they stand in the store; hidden and unknown ones under nothing."""
    found: Counter[Key] = Counter()
    for chunk in chunks(sorted(set(event_ids)), IDS_PER_STATEMENT):
        found.update(_keys(session, chunk))
    return found


def _keys(session: Session, event_ids: Sequence[str]) -> Iterator[Key]:
    event = EventRow
    columns = (event.first_day, event.last_day, event.kind, event.status, event.precision)
    shown = select(*columns).where(event.id.in_(event_ids), event.hidden.is_(False))
    for first, last, *values in session.execute(shown):
        yield from _under(None, ALL, first, last)
        for facet, value in zip((Facet.KIND, Facet.STATUS, Facet.PRECISION), values, strict=True):
            yield from _under(facet, value, first, last)
    for facet, row, of_facet in (
        (Facet.ACTOR, EventActorRow, EventActorRow.actor_id),
        (Facet.OUTLET, EventOutletRow, EventOutletRow.outlet),
    ):
        members = select(of_facet, row.first_day, row.last_day).where(row.event_id.in_(event_ids))
        for value, first, last in session.execute(members):
            yield from _under(facet, value, first, last)


def _under(facet: Facet | None, value: str, first: date, last: date) -> Iterator[Key]:
    name = facet or ALL
    yield name, EVER, value, WIDER
    for unit in Unit:
        if is_kept(facet, unit):
            yield name, unit, value, bucket(first, last, unit)


_RAISE = text(
    "INSERT INTO event_tally (facet, unit, value, bucket, number) VALUES (:facet, :unit, :value, :bucket, :number) "
    "ON CONFLICT (facet, unit, value, bucket) DO UPDATE SET number = event_tally.number + excluded.number"
)
_EMPTIED = delete(TallyRow).where(
    TallyRow.facet == bindparam("of_facet"),
    TallyRow.unit == bindparam("of_unit"),
    TallyRow.value == bindparam("of_value"),
    TallyRow.bucket == bindparam("of_bucket"),
    TallyRow.number == 0,
)


def move(session: Session, before: Counter[Key], after: Counter[Key]) -> None:
    """Lowers the counts by what was, and raises them by what is."""
    moved = {key: after[key] - before[key] for key in sorted({*before, *after}) if after[key] != before[key]}
    names = ("facet", "unit", "value", "bucket")
    if moved:
        session.execute(_RAISE, [{**dict(zip(names, key, strict=True)), "number": by} for key, by in moved.items()])
    lowered = [key for key, by in moved.items() if by < 0]
    if lowered:
        connection = session.connection()  # rows that are deleted one by one, not objects of the session
        connection.execute(
            _EMPTIED, [{f"of_{name}": part for name, part in zip(names, key, strict=True)} for key in lowered]
        )


# ---------------------------------------------------------------- reading
def totals(session: Session, facet: Facet, *, most: int) -> list[tuple[str, int]]:
    """The values of a facet with how many events each has, the most frequent first, `most` at most."""
    row = TallyRow
    query = select(row.value, row.number).where(row.facet == facet.value, row.unit == EVER)
    return [
        (value, number) for value, number in session.execute(query.order_by(row.number.desc(), row.value).limit(most))
    ]


def within(session: Session, facet: Facet, unit: Unit, first: str, last: str, *, most: int) -> list[tuple[str, int]]:
    """As `totals`, of events that lie wholly in the buckets of a kept unit from the first to the last."""
    row, number = TallyRow, func.sum(TallyRow.number)
    query = select(row.value, number).where(
        row.facet == facet.value, row.unit == unit.value, row.bucket >= first, row.bucket <= last
    )
    found = query.group_by(row.value).order_by(number.desc(), row.value).limit(most)
    return [(value, int(count)) for value, count in session.execute(found)]


def counts(
    session: Session, facet: Facet | None, unit: Unit, values: Sequence[str] | None = None
) -> list[tuple[str, str, int]]:
    """Value, bucket (`WIDER` among them) and number of each count of that facet and unit; of some of its values, or of all."""
    row = TallyRow
    query = select(row.value, row.bucket, row.number).where(row.facet == (facet or ALL), row.unit == unit.value)
    if values is not None:
        query = query.where(row.value.in_(values))
    return [(value, bucket_, number) for value, bucket_, number in session.execute(query)]


def extent(session: Session) -> tuple[str, str] | None:
    """The first and the last month that hold events wholly, else the years; None where neither does."""
    row = TallyRow
    for unit in (Unit.MONTH, Unit.YEAR):
        of_all = (row.facet == ALL, row.unit == unit.value, row.value == ALL, row.bucket > WIDER)
        first, last = session.execute(select(func.min(row.bucket), func.max(row.bucket)).where(*of_all)).one()
        if first is not None:
            return first, last
    return None


def joined(
    reader: QuickReader, facet: Facet | None, unit: Unit, value: str, around: tuple[str, str, str]
) -> tuple[str, int]:
    """The buckets of one value in the order of time as one text, joined by commas, and how many events are wider.

    `around` is what stands before each bucket, between it and its number, and after that.
    """
    given = {"facet": facet or ALL, "unit": unit.value, "value": value}
    before, between, after = around
    [(text_,)] = reader.rows(_JOINED, {**given, "between": between, "beside": f"{after},{before}"})
    wider = reader.rows(_WIDER, given)
    return f"{before}{text_}{after}" if text_ else "", wider[0][0] if wider else 0


def _of_value(*columns: Any) -> Select[Any]:
    row = TallyRow
    same = (getattr(row, name) == bindparam(name) for name in ("facet", "unit", "value"))
    return select(*columns).where(*same)


def _joined() -> Select[Any]:
    rows = (
        _of_value(TallyRow.bucket, TallyRow.number).where(TallyRow.bucket > WIDER).order_by(TallyRow.bucket).subquery()
    )
    one = rows.c.bucket.concat(bindparam("between", type_=Text())).concat(cast(rows.c.number, Text))
    return select(func.group_concat(one, bindparam("beside", type_=Text())))


_JOINED = _joined()
_WIDER = _of_value(TallyRow.number).where(TallyRow.bucket == literal_column("''"))
