"""One holder at a time: the check of an office that has a single seat."""

from collections.abc import Iterable
from datetime import date

from app.core.calendar import LAST_DAY
from app.core.model import Tenure
from app.lexicon.tables import Row


def check_seats(terms: Iterable[tuple[Row, Tenure]]) -> None:
    """Refuses a tenure that shares more than the day of handover with that of another person in the same office.

    Only days on which both held it for certain count: those after an imprecise start and before an imprecise end.
    An open end lasts on, so a successor to it is refused too.
    """
    certain = sorted(((*_certain_days(tenure), row) for row, tenure in terms), key=lambda term: term[:2])
    latest: tuple[date, Row] | None = None
    for first, last, row in certain:
        if first > last:
            continue
        if latest and first < latest[0] and row.text("person") != latest[1].text("person"):
            raise row.refuse(
                "start",
                f"{row.text('person')} has the single seat of {row.text('office')} from {first}, "
                f"but {latest[1].text('person')} (row {latest[1].number}) until {_until(latest[0])}",
            )
        if latest is None or last > latest[0]:
            latest = (last, row)


def _certain_days(tenure: Tenure) -> tuple[date, date]:
    first = tenure.start.last_day if tenure.start else (tenure.end.first_day if tenure.end else LAST_DAY)
    return first, tenure.end.first_day if tenure.end else LAST_DAY


def _until(day: date) -> str:
    return "an open end" if day == LAST_DAY else day.isoformat()
