"""Dates of every precision as closed intervals of days, written as EDTF (ISO 8601-2:2019, Library of Congress levels 0 to 2).

A `DateSpan` is either a *point* (one day somewhere in it: ``2022-01-28``, ``2021-12``, ``[2022-04-01..2022-04-10]``) or a
*period* (it lasted: ``2022-01-10/2022-01-13``). Years 0001 to 9999; an open end is the first or last of these days and a flag.

Not handled: calendars other than the proleptic Gregorian one, years beyond four digits, level-2 masks inside a day.
"""

import calendar as _month_table
import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from app.errors import DateError

FIRST_DAY = date.min
LAST_DAY = date.max

ACCEPTED = (
    "use EDTF: a day 2022-01-28, month 2022-01, year 2022, decade 202X, season 2022-21, "
    "interval 2022-01-10/2022-01-13 or with an open end ../2022-01-13"
)


class Precision(StrEnum):
    """How much of the calendar a span names; RANGE is every span that is no whole unit."""

    DAY = "day"
    MONTH = "month"
    SEASON = "season"
    YEAR = "year"
    DECADE = "decade"
    CENTURY = "century"
    RANGE = "range"


@dataclass(frozen=True, slots=True)
class DateSpan:
    """A closed interval of days with the EDTF text that says the same.

    `first_day` and `last_day` are both inside. `open_start` and `open_end` mark ends that are not known: the day is then
    `FIRST_DAY` or `LAST_DAY`.
    """

    first_day: date
    last_day: date
    precision: Precision
    edtf: str
    open_start: bool = False
    open_end: bool = False

    def __post_init__(self) -> None:
        if self.first_day > self.last_day:
            raise DateError(self.edtf, "the first day must not lie after the last")

    @property
    def is_period(self) -> bool:
        """True where it lasted from end to end; False where it is one day somewhere inside."""
        return "/" in self.edtf

    @property
    def days(self) -> int:
        """How many days the closed interval holds."""
        return (self.last_day - self.first_day).days + 1

    def holds(self, other: "DateSpan") -> bool:
        """Whether every day of `other` lies inside."""
        return self.first_day <= other.first_day and other.last_day <= self.last_day

    def overlaps(self, other: "DateSpan") -> bool:
        """Whether the two share at least one day."""
        return self.first_day <= other.last_day and other.first_day <= self.last_day

    def __str__(self) -> str:
        return self.edtf


# ---------------------------------------------------------------- building spans
def day(value: date) -> DateSpan:
    """One known day."""
    return DateSpan(value, value, Precision.DAY, value.isoformat())


def month(year_: int, month_: int) -> DateSpan:
    """A calendar month; `month_` 1 to 12."""
    return DateSpan(date(year_, month_, 1), month_end(year_, month_), Precision.MONTH, f"{year_:04d}-{month_:02d}")


def year(year_: int) -> DateSpan:
    """A calendar year."""
    return DateSpan(date(year_, 1, 1), date(year_, 12, 31), Precision.YEAR, f"{year_:04d}")


def decade(first_year: int) -> DateSpan:
    """Ten years from `first_year`, which ends in 0."""
    start = max(1, first_year)
    return DateSpan(date(start, 1, 1), date(first_year + 9, 12, 31), Precision.DECADE, f"{first_year // 10:03d}X")


def century(number: int) -> DateSpan:
    """The hundred years with that prefix as EDTF counts them: 19 is 1900 to 1999."""
    start = max(1, number * 100)
    return DateSpan(date(start, 1, 1), date(number * 100 + 99, 12, 31), Precision.CENTURY, f"{number:02d}XX")


_SEASONS = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 2)}  # EDTF codes; months as in northern usage
_PARTS = {33: (1, 3), 34: (4, 6), 35: (7, 9), 36: (10, 12), 40: (1, 6), 41: (7, 12)}  # quarters and halves


def season(year_: int, code: int) -> DateSpan:
    """A season (21 spring, 22 summer, 23 autumn, 24 winter), quarter (33 to 36) or half (40, 41) of a year.

    Winter runs from December of `year_` to the next February; EDTF leaves that open, and news says "the winter of 2021".
    """
    first, last = (_SEASONS | _PARTS)[code]
    end_year = year_ + (last < first)
    if end_year > LAST_DAY.year:
        raise DateError(f"{year_:04d}-{code}", ACCEPTED)
    precision = Precision.SEASON if code in _SEASONS else Precision.RANGE
    return DateSpan(date(year_, first, 1), month_end(end_year, last), precision, f"{year_:04d}-{code}")


def one_of(first_day: date, last_day: date) -> DateSpan:
    """One unknown day from `first_day` to `last_day`; a single day is simply that day."""
    if first_day == last_day:
        return day(first_day)
    return DateSpan(first_day, last_day, Precision.RANGE, f"[{first_day.isoformat()}..{last_day.isoformat()}]")


def lasting(first_day: date, last_day: date) -> DateSpan:
    """It lasted from `first_day` to `last_day`, both inside; a single day is simply that day."""
    if first_day == last_day:
        return day(first_day)
    return DateSpan(first_day, last_day, Precision.RANGE, f"{first_day.isoformat()}/{last_day.isoformat()}")


def between(first: DateSpan | None, last: DateSpan | None) -> DateSpan:
    """From the first day of `first` to the last day of `last`; None is an open end. Not both may be None."""
    if first is None and last is None:
        raise DateError("../..", "at least one end must be a date")
    return DateSpan(
        first.first_day if first else FIRST_DAY,
        last.last_day if last else LAST_DAY,
        Precision.RANGE,
        f"{first.edtf if first else '..'}/{last.edtf if last else '..'}",
        open_start=first is None,
        open_end=last is None,
    )


# ---------------------------------------------------------------- thirds
def third_of_month(year_: int, month_: int, third: int) -> DateSpan:
    """Early (0), mid (1) or late (2) in a month: days 1 to 10, 11 to 20, 21 to the end; one unknown day of them."""
    last = month_end(year_, month_).day if third == 2 else 10 * (third + 1)
    return one_of(date(year_, month_, 10 * third + 1), date(year_, month_, last))


def third_of_year(year_: int, third: int) -> DateSpan:
    """Early (0), mid (1) or late (2) in a year: January to April, May to August, September to December."""
    return one_of(date(year_, 4 * third + 1, 1), month_end(year_, 4 * third + 4))


# ---------------------------------------------------------------- days
def month_end(year_: int, month_: int) -> date:
    """The last day of that month."""
    return date(year_, month_, _month_table.monthrange(year_, month_)[1])


def valid_day(year_: int, month_: int, day_: int) -> date | None:
    """That day, or None where the calendar has no such day."""
    try:
        return date(year_, month_, day_)
    except ValueError:
        return None


def shift_days(day_: date, days: int) -> date | None:
    """That many days later (earlier when negative), or None beyond the years 0001 to 9999."""
    try:
        return day_ + timedelta(days=days)
    except OverflowError:
        return None


def shift_months(day_: date, months: int) -> date | None:
    """That many months later, on the last day of the month where it has no such day; None beyond 0001 to 9999."""
    total = day_.year * 12 + day_.month - 1 + months
    year_, month_ = divmod(total, 12)
    if not 1 <= year_ <= 9999:
        return None
    last = _month_table.monthrange(year_, month_ + 1)[1]
    return date(year_, month_ + 1, min(day_.day, last))


def week_of(day_: date) -> tuple[date, date]:
    """Monday and Sunday of the ISO week that holds the day (cut at the ends of the calendar)."""
    monday = shift_days(day_, -day_.weekday()) or FIRST_DAY
    return monday, shift_days(day_, 6 - day_.weekday()) or LAST_DAY


# ---------------------------------------------------------------- reading EDTF
_SINGLE = re.compile(
    r"(?P<y>\d{4}|\d{3}X|\d{2}XX)(?:-(?P<m>\d\d|XX)(?:-(?P<d>\d\d|XX))?)?(?P<t>T[0-9:Z+-]+)?[~?%]?", re.ASCII
)
_TIME = re.compile(r"T(?:[01]\d|2[0-3]):[0-5]\d:(?:[0-5]\d|60)(?:Z|[+-](?:0\d|1[0-4])(?::[0-5]\d)?)?", re.ASCII)
_ONE_OF = re.compile(r"\[([^.\[\]]+)\.\.([^.\[\]]+)\]")

# The same as one regular expression of JSON Schema's dialect, for those who read no Python: it has no named groups, and \d is
# written out. What it cannot say is left to `parse`: which years leap, and which of two dates comes first.
MONTH_DAY = "(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9])|(?:0[13-9]|1[0-2])-30|(?:0[13578]|1[02])-31)"
_YEAR_ONLY = "(?:(?!0000)[0-9]{4}|[0-9]{3}X|[0-9]{2}XX)"
_MONTH_OR_PART = "(?!0000)[0-9]{4}-(?:0[1-9]|1[0-2]|2[1-4]|3[3-6]|4[01])"
DAY = f"(?!0000)[0-9]{{4}}-{MONTH_DAY}"
_CLOCK = "T(?:[01][0-9]|2[0-3]):[0-5][0-9]:(?:[0-5][0-9]|60)(?:Z|[+-](?:0[0-9]|1[0-4])(?::[0-5][0-9])?)?"
_DATE = f"(?:{_YEAR_ONLY}(?:-XX)?|{_MONTH_OR_PART}|(?:{DAY}|{_YEAR_ONLY}-XX-XX|{_MONTH_OR_PART}-XX)(?:{_CLOCK})?)[~?%]?"
PATTERN = f"{_DATE}|\\[{_DATE}\\.\\.{_DATE}\\]|{_DATE}/(?:{_DATE}|\\.\\.)?|(?:\\.\\.)?/{_DATE}"
"""What `parse` takes, but for blanks around it; it must match a whole text."""


def parse(text: str) -> DateSpan:
    """The span that an EDTF text names; the result's `edtf` is the text as given.

    Takes days, months, years, decades (``199X``), centuries (``19XX``), unspecified days and months (``2021-12-XX``), seasons,
    quarters and halves, a closing ``~ ? %``, one-of-a-set ``[a..b]``, intervals ``a/b`` with an empty or ``..`` end; of a day
    with a time the day, as its own zone counts it. Raises DateError for anything else.

    >>> parse("2021-12").last_day.isoformat()
    '2021-12-31'
    """
    text = text.strip()
    if "/" in text:
        return _parse_interval(text)
    if found := _ONE_OF.fullmatch(text):
        first, last = (_parse_single(part, text) for part in found.groups())
        return DateSpan(first.first_day, last.last_day, Precision.RANGE, text)
    return _parse_single(text, text)


def _parse_interval(text: str) -> DateSpan:
    ends = text.split("/")
    if len(ends) != 2:
        raise DateError(text, ACCEPTED)
    first, last = (None if end in ("", "..") else _parse_single(end, text) for end in ends)
    if first is None and last is None:
        raise DateError(text, "at least one end of an interval must be a date")
    if first and last and first.first_day > last.last_day:
        raise DateError(text, "an interval must not end before it begins")
    span = between(first, last)
    return DateSpan(span.first_day, span.last_day, span.precision, text, span.open_start, span.open_end)


def _parse_single(text: str, whole: str) -> DateSpan:
    found = _SINGLE.fullmatch(text.strip())
    if not found:
        raise DateError(whole, ACCEPTED)
    if found["t"] and not (_TIME.fullmatch(found["t"]) and found["d"]):
        raise DateError(whole, ACCEPTED)
    try:
        span = _unit(found["y"], found["m"], found["d"])
    except (ValueError, KeyError) as error:
        raise DateError(whole, ACCEPTED) from error
    return DateSpan(span.first_day, span.last_day, span.precision, text)


def _unit(year_text: str, month_text: str | None, day_text: str | None) -> DateSpan:
    if month_text == "XX" or day_text == "XX":
        if month_text == "XX" and day_text not in (None, "XX"):
            raise ValueError("an unspecified month has no day")
        return _unit(year_text, None if month_text == "XX" else month_text, None)
    if "X" in year_text:
        if month_text:
            raise ValueError("an unspecified year has no month")
        prefix = year_text.rstrip("X")
        return decade(int(prefix) * 10) if len(prefix) == 3 else century(int(prefix))
    year_ = int(year_text)
    if day_text:
        return day(date(year_, int(month_text or 0), int(day_text)))
    if not month_text:
        return year(year_)
    return month(year_, int(month_text)) if int(month_text) <= 12 else season(year_, int(month_text))


# ---------------------------------------------------------------- order
def order_key(span: DateSpan) -> tuple[date, date]:
    """Sorts spans as a timeline shows them: by first day, and of these the narrower first."""
    return span.first_day, span.last_day
