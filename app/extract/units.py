"""The arithmetic of relative dates: units around a day, the nearest year of a day or month."""

from dataclasses import dataclass, field
from datetime import date

from app.core import calendar
from app.core.calendar import DateSpan
from app.core.model import Step

PAST, UNKNOWN, FUTURE = -1, 0, 1
# strftime would take ten times as long, and the names of the user's language
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November"),
    "December",
)
_FAR_DAYS = 400  # a weekday and a date further off than this would be told with their year
_UNIT_DAYS = {"D": 1, "W": 7, "F": 14}
_UNIT_MONTHS = {"M": 1, "Q": 3, "Y": 12, "E": 120, "C": 1200}


@dataclass(frozen=True, slots=True)
class Meaning:
    """What one reading of an expression amounts to. `runner_up` is the EDTF of the reading that came second."""

    value: str
    span: DateSpan | None = None
    type: str = "DATE"
    anchor: str | None = None
    steps: tuple[Step, ...] = field(default=())
    runner_up: str | None = None


def in_words(day: date) -> str:
    """A day as a reader says it: Friday, January 28, 2022."""
    return f"{_WEEKDAYS[day.weekday()]}, {_MONTHS[day.month - 1]} {day.day}, {day.year}"


def nearest_days(month: int, number: int, *, anchor: date, direction: int, weekday: int | None) -> list[date]:
    """That day and month in the years near the anchor, the likeliest first: those that agree with direction and weekday.

    The weekday (1 Monday to 7 Sunday) yields to nothing: empty where no year near enough to go unsaid has it. The direction
    only tips the scale, for a writer who means the far year says so: the day on its side may lie up to three times as far away.
    """
    years = range(max(1, anchor.year - 6), min(9999, anchor.year + 6) + 1)
    days = [day for year in years if (day := calendar.valid_day(year, month, number))]
    if weekday is not None:
        days = [day for day in days if day.isoweekday() == weekday]
        days = [day for day in days if abs((day - anchor).days) <= _FAR_DAYS]
    return sorted(days, key=lambda day: abs((day - anchor).days) * (1 if (day - anchor).days * direction >= 0 else 3))


def nearest_month_year(month: int, *, anchor: date, direction: int, strict: bool = False) -> int:
    """The year of that month nearest the anchor in that direction; the anchor's own month counts unless `strict`."""
    if direction == PAST:
        return anchor.year - (month > anchor.month or (strict and month == anchor.month))
    if direction == FUTURE:
        return anchor.year + (month < anchor.month or (strict and month == anchor.month))
    gaps = {
        year: abs((year - anchor.year) * 12 + month - anchor.month)
        for year in (anchor.year - 1, anchor.year, anchor.year + 1)
    }
    return min(gaps, key=lambda year: (gaps[year], year))


def unit_at(unit: str, anchor: date | None, sign: int) -> Meaning:
    """The whole unit that holds the anchor (sign 0), the one before (-1) or after (1)."""
    if anchor is None:
        return Meaning(
            {"D": "XXXX-XX-XX", "W": "XXXX-WXX", "WE": "XXXX-WXX-WE", "M": "XXXX-XX", "Q": "XXXX-QX"}.get(unit, "XXXX")
        )
    if unit == "D":
        day = calendar.shift_days(anchor, sign)
        return Meaning(day.isoformat(), calendar.day(day)) if day else Meaning("XXXX-XX-XX")
    if unit in ("W", "F", "WE"):
        return _week_at(anchor, sign, weekend=unit == "WE")
    if unit == "M":
        start = calendar.shift_months(anchor.replace(day=1), sign)
        return Meaning(f"{start:%Y-%m}", calendar.month(start.year, start.month)) if start else Meaning("XXXX-XX")
    if unit == "Q":
        start = calendar.shift_months(anchor.replace(day=1), 3 * sign) or anchor
        quarter = (start.month - 1) // 3 + 1
        return Meaning(f"{start.year:04d}-Q{quarter}", calendar.season(start.year, 32 + quarter))
    if unit == "E":
        first = anchor.year // 10 * 10 + 10 * sign
        return Meaning(f"{first // 10}", calendar.decade(first))
    if unit == "C":
        return Meaning(f"{anchor.year // 100 + sign:02d}", calendar.century(anchor.year // 100 + sign))
    return Meaning(f"{anchor.year + sign:04d}", calendar.year(anchor.year + sign))


def _week_at(anchor: date, sign: int, *, weekend: bool) -> Meaning:
    day = calendar.shift_days(anchor, 7 * sign) or anchor
    monday, sunday = calendar.week_of(day)
    year, week, _ = day.isocalendar()
    if weekend:
        saturday = calendar.shift_days(sunday, -1) or sunday
        return Meaning(f"{year:04d}-W{week:02d}-WE", calendar.one_of(saturday, sunday))
    return Meaning(f"{year:04d}-W{week:02d}", calendar.one_of(monday, sunday))


def shifted(unit: str, number: int, anchor: date) -> Meaning:
    """`number` units from the anchor, as precisely as the unit: days give a day, weeks a week, months a month, years a year."""
    if unit in _UNIT_DAYS:
        day = calendar.shift_days(anchor, number * _UNIT_DAYS[unit])
        return unit_at("D" if unit == "D" else "W", day, 0)
    if unit not in _UNIT_MONTHS:
        return Meaning("XXXX-XX-XX")
    day = calendar.shift_months(anchor, number * _UNIT_MONTHS[unit])
    if day is None or unit in ("M", "Q", "Y"):
        return unit_at("M" if unit == "Q" else unit, day, 0)
    slack = {"E": 1, "C": 10}[unit]  # "two decades ago" is a round figure
    first, last = calendar.year(max(1, day.year - slack)), calendar.year(min(9999, day.year + slack))
    return Meaning(f"{day.year:04d}", calendar.one_of(first.first_day, last.last_day))
