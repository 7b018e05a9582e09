"""Conditions on days that an index can answer."""

from collections.abc import Iterator
from datetime import date, timedelta

from sqlalchemy import ColumnElement
from sqlalchemy.orm import InstrumentedAttribute

Day = InstrumentedAttribute[date]
Conditions = tuple[ColumnElement[bool], ...]


def intersecting(first: Day, last: Day, begin: date, end: date) -> tuple[Conditions, Conditions]:
    """The two ways in which the closed interval [first, last] can share a day with [begin, end]: it began before, or in it.

    Nothing does both, and whatever does the former sorts before the latter. Only what is wider than a day can have
    begun before, and that has its own small index: a plain ``first <= :to and last >= :from`` would scan every day
    before the range.
    """
    began_before = (first < last, first < begin, last >= begin)
    begins_inside = (first >= begin, first <= end)
    return began_before, begins_inside


# ---------------------------------------------------------------- widths
WIDTHS = {1: 31, 2: 366, 3: 3653}
"""The most days of each class of width: up to a month, a year, a decade. Class 0 is one day, 4 whatever is wider."""
WIDEST = 4


def width(first: date, last: date) -> int:
    """The class of width of the closed interval from the first day to the last.

    >>> width(date(2021, 12, 15), date(2021, 12, 15)), width(date(2021, 12, 1), date(2021, 12, 31))
    (0, 1)
    >>> width(date(2021, 1, 1), date(2021, 12, 31)), width(date(2020, 1, 1), date(2029, 12, 31)), width(date.min, date.max)
    (2, 3, 4)
    """
    days = (last - first).days + 1
    return 0 if days == 1 else next((class_ for class_, most in WIDTHS.items() if days <= most), WIDEST)


def reach(begin: date) -> Iterator[tuple[int, date]]:
    """Each class of width with the first day on which one of it that lasts to `begin` can have begun.

    So a walk along what began before is as long as the class is wide, however late in time it stands.
    """
    room = begin.toordinal() - 1
    for class_, most in WIDTHS.items():
        yield class_, begin - timedelta(days=min(most - 1, room))
    yield WIDEST, date.min
