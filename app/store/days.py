"""Conditions on days that an index can answer."""

from datetime import date

from sqlalchemy import ColumnElement
from sqlalchemy.orm import InstrumentedAttribute

from app.core.calendar import DateSpan

Day = InstrumentedAttribute[date]
Conditions = tuple[ColumnElement[bool], ...]


def intersecting(first: Day, last: Day, span: DateSpan) -> tuple[Conditions, Conditions]:
    """The two ways in which the closed interval [first, last] can share a day with the span: it began before, or in it.

    Nothing does both, and whatever does the former sorts before the latter. Only what is wider than a day can have
    begun before, and that has its own small index: a plain ``first <= :to and last >= :from`` would scan every day
    before the range.
    """
    began_before = (first < last, first < span.first_day, last >= span.first_day)
    begins_inside = (first >= span.first_day, first <= span.last_day)
    return began_before, begins_inside
