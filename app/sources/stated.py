"""What metadata says of an article's date."""

import re
from dataclasses import dataclass

from app.core import calendar
from app.core.calendar import DateSpan
from app.errors import DateError

ACCEPTED = "use EDTF (2022-01-28, 2022-01, 2022), or XXXX-01-28 where the year is not known"

PATTERN = f"{calendar.PATTERN}|XXXX-{calendar.MONTH_DAY}|{calendar.DAY}[T ][0-9]{{2}}:?[0-9]{{2}}\\S*"
"""What `read` takes, but for blanks around it, as a regular expression of JSON Schema's dialect."""

_YEAR_UNKNOWN = re.compile(r"XXXX-(\d\d)-(\d\d)")
_TIMESTAMP = re.compile(r"(\d{4}-\d\d-\d\d)[T ]\d\d:?\d\d\S*")
_LEAP_YEAR = 2000


@dataclass(frozen=True, slots=True)
class Stated:
    """A span, or the day and month alone where the year is unknown, or neither."""

    span: DateSpan | None = None
    month_day: tuple[int, int] | None = None


def read(value: str) -> Stated:
    """The date that `value` states: EDTF, `XXXX-MM-DD`, or the day of an ISO 8601 timestamp as its own zone counts it.

    Raises DateError for anything else.
    """
    value = value.strip()
    if found := _YEAR_UNKNOWN.fullmatch(value):
        month, day = int(found[1]), int(found[2])
        if calendar.valid_day(_LEAP_YEAR, month, day) is None:
            raise DateError(value, ACCEPTED)
        return Stated(month_day=(month, day))
    stamp = _TIMESTAMP.fullmatch(value)
    try:
        return Stated(span=calendar.parse(stamp[1] if stamp else value))
    except DateError as error:
        raise DateError(value, ACCEPTED) from error
