"""Conditions on days that an index can answer."""

from datetime import date

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
