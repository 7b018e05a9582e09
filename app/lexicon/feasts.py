"""Named holidays and feasts and how their day is found, from feasts.toml.

The table says which names there are and which rule gives the day; `app.extract.feasts` does the arithmetic. Here is refused
what cannot be right: a rule that lacks a field, a day that its calendar has not, a name that stands twice.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any, NoReturn

from app.core import calendar
from app.errors import DateError, LexiconError
from app.lexicon.tables import check_fields, read_toml, tables

FILE = "feasts.toml"
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class Reckoning(StrEnum):
    """What the field `calendar` of a row may say."""

    GREGORIAN = "gregorian"
    WESTERN_EASTER = "western-easter"
    ORTHODOX_EASTER = "orthodox-easter"
    ISLAMIC = "islamic"
    JEWISH = "jewish"
    CHINESE = "chinese"
    LISTED = "listed"


@dataclass(frozen=True, slots=True)
class MonthDay:
    """The same month and day of a calendar every year; `month` counts as that calendar's readers do (see feasts.toml)."""

    calendar: Reckoning
    month: int
    day: int


@dataclass(frozen=True, slots=True)
class WholeMonth:
    """A month of the Islamic calendar from its first day to its last."""

    month: int


@dataclass(frozen=True, slots=True)
class NthWeekday:
    """The nth weekday (1 Monday to 7 Sunday) of a Gregorian month; `nth` is 1 to 4, or -1 for the last."""

    month: int
    weekday: int
    nth: int


@dataclass(frozen=True, slots=True)
class Easter:
    """Easter Sunday of the western churches, or of the Orthodox ones."""

    orthodox: bool


@dataclass(frozen=True, slots=True)
class Listed:
    """Days that the table itself lists, one a year, in order."""

    dates: tuple[date, ...]


Rule = MonthDay | WholeMonth | NthWeekday | Easter | Listed


@dataclass(frozen=True, slots=True)
class Feast:
    """One row. The feast begins `offset_days` after the day of its rule and lasts `days` days.

    `uncertain_days` tells by how many days it may come earlier and later. `first_year` and `last_year` are the years of which
    the rule is true, both inside, but for `except_years`. An example is a name, a year and the EDTF text of the day.
    """

    id: str
    names: tuple[str, ...]
    rule: Rule
    examples: tuple[tuple[str, int, str], ...]
    offset_days: int = 0
    days: int = 1
    uncertain_days: tuple[int, int] = (0, 0)
    first_year: int = calendar.FIRST_DAY.year
    last_year: int = calendar.LAST_DAY.year
    except_years: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class FeastTable:
    """All feasts in the order of the file, and each by its names in lower case."""

    feasts: tuple[Feast, ...]
    names: Mapping[str, Feast]


_REQUIRED = {"id": str, "names": list, "calendar": str, "examples": list}
_OPTIONAL = {
    "month": int, "day": int, "weekday": str, "nth": int, "dates": list, "offset": int, "days": int,
    "uncertain_days": list, "first_year": int, "last_year": int, "except_years": list,
}  # fmt: skip
_RULE_FIELDS: Mapping[Reckoning, tuple[tuple[str, ...], ...]] = {
    Reckoning.GREGORIAN: (("month", "day"), ("month", "weekday", "nth")),
    Reckoning.WESTERN_EASTER: ((),),
    Reckoning.ORTHODOX_EASTER: ((),),
    Reckoning.ISLAMIC: (("month", "day"), ("month",)),
    Reckoning.JEWISH: (("month", "day"),),
    Reckoning.CHINESE: (("month", "day"),),
    Reckoning.LISTED: (("dates",),),
}
_NAME = re.compile(r"(?=[A-Z])[^\W\d_](?:[^\W_]|['.-])*(?: [^\W\d_](?:[^\W_]|['.-])*)*")
_EVERY_MONTH_HAS = 29  # days, in each of the three lunar calendars; the thirtieth fails in some years


def load_feasts(folder: Path) -> FeastTable:
    """The feasts in the folder's file. Raises LexiconError, naming file, row and field, for one that cannot be right."""
    document = read_toml(folder / FILE)
    if unknown := document.keys() - {"feast"}:
        raise LexiconError(FILE, "-", min(unknown), "is unknown: use [[feast]]")
    feasts: dict[str, Feast] = {}
    names: dict[str, Feast] = {}
    for number, table in enumerate(tables(document, "feast", file=FILE), start=1):
        feast = _RowReader(number, table).feast()
        if feast.id in feasts:
            raise LexiconError(FILE, number, "id", f"{feast.id!r} stands twice")
        feasts[feast.id] = feast
        for name in feast.names:
            if names.setdefault(name.lower(), feast) is not feast:
                raise LexiconError(FILE, number, "names", f"{name!r} is already a name of {names[name.lower()].id!r}")
    return FeastTable(tuple(feasts.values()), names)


class _RowReader:
    """Reads one row; every refusal names it and the field."""

    def __init__(self, number: int, table: Mapping[str, Any]) -> None:
        check_fields(FILE, number, table, required=_REQUIRED, optional=_OPTIONAL)
        self._number = number
        self._table = table

    def feast(self) -> Feast:
        """The row as a value."""
        names = self._names()
        rule = self._rule()
        first_year, last_year = self._years()
        return Feast(
            self._table["id"],
            names,
            rule,
            self._examples(names),
            self._table.get("offset", 0),
            self._days(rule),
            self._uncertain_days(rule),
            first_year,
            last_year,
            frozenset(self._integers("except_years")),
        )

    def _refuse(self, field: str, reason: str) -> NoReturn:
        raise LexiconError(FILE, self._number, field, reason)

    def _names(self) -> tuple[str, ...]:
        names: list[object] = self._table["names"]
        if not names:
            self._refuse("names", "every feast has at least one name")
        for name in names:
            if not isinstance(name, str) or not _NAME.fullmatch(name):
                self._refuse("names", f"{name!r} is not words parted by one blank, the first with a capital")
        written = [str(name) for name in names]
        lower = [name.lower() for name in written]
        if twice := [name for place, name in enumerate(written) if lower[place] in lower[:place]]:
            self._refuse("names", f"{twice[0]!r} stands there twice")
        return tuple(written)

    # ------------------------------------------------------------ the rule
    def _rule(self) -> Rule:
        reckoning = self._reckoning()
        match reckoning:
            case Reckoning.WESTERN_EASTER | Reckoning.ORTHODOX_EASTER:
                return Easter(reckoning is Reckoning.ORTHODOX_EASTER)
            case Reckoning.LISTED:
                return Listed(self._dates())
            case Reckoning.GREGORIAN if "nth" in self._table:
                return NthWeekday(self._month(), self._weekday(), self._nth())
            case Reckoning.ISLAMIC if "day" not in self._table:
                return WholeMonth(self._month())
            case _:
                return MonthDay(reckoning, self._month(), self._day(reckoning))

    def _reckoning(self) -> Reckoning:
        """The calendar, once the fields of the row are those that its rule needs."""
        written = self._table["calendar"]
        if written not in list(Reckoning):
            self._refuse("calendar", f"{written!r} is none of: {', '.join(Reckoning)}")
        reckoning = Reckoning(written)
        given = self._table.keys() & {"month", "day", "weekday", "nth", "dates"}
        if given not in [set(fields) for fields in _RULE_FIELDS[reckoning]]:
            needed = ", or ".join(" with ".join(fields) or "none of them" for fields in _RULE_FIELDS[reckoning])
            self._refuse("calendar", f"{written!r} needs of month, day, weekday, nth, dates: {needed}")
        return reckoning

    def _month(self) -> int:
        month: int = self._table["month"]
        if not 1 <= month <= 12:
            self._refuse("month", f"{month} is not one of 1 to 12")
        return month

    def _day(self, reckoning: Reckoning) -> int:
        day: int = self._table["day"]
        last = _EVERY_MONTH_HAS
        if reckoning is Reckoning.GREGORIAN:
            last = calendar.month_end(2023, self._month()).day
        if not 1 <= day <= last:
            self._refuse("day", f"{day} is not one of 1 to {last}, which that month has every year")
        return day

    def _weekday(self) -> int:
        weekday = self._table["weekday"]
        if weekday not in WEEKDAYS:
            self._refuse("weekday", f"{weekday!r} is none of: {', '.join(WEEKDAYS)}")
        return WEEKDAYS.index(weekday) + 1

    def _nth(self) -> int:
        nth: int = self._table["nth"]
        if nth not in (1, 2, 3, 4, -1):
            self._refuse("nth", f"{nth} is neither 1 to 4 nor -1 for the last")
        return nth

    def _dates(self) -> tuple[date, ...]:
        dates = self._table["dates"]
        if not dates or not all(type(one) is date for one in dates):
            self._refuse("dates", "must be days, written 2022-10-24 without quotes")
        years = [one.year for one in dates]
        if years != sorted(set(years)):
            self._refuse("dates", "must be in order, one a year")
        return tuple(dates)

    # ------------------------------------------------------------ how long, how sure, and when
    def _days(self, rule: Rule) -> int:
        days: int = self._table.get("days", 1)
        if days < 1 or ("days" in self._table and isinstance(rule, WholeMonth)):
            self._refuse("days", f"{days} must be 1 or more, and a whole month goes without it")
        return days

    def _uncertain_days(self, rule: Rule) -> tuple[int, int]:
        days = self._integers("uncertain_days") or (0, 0)
        if len(days) != 2 or min(days) < 0:
            self._refuse("uncertain_days", f"{list(days)} is not how many days earlier and how many later")
        if days != (0, 0) and (self._days(rule) > 1 or isinstance(rule, WholeMonth)):
            self._refuse(
                "uncertain_days", "EDTF has no interval between uncertain days: a feast that lasts is told without"
            )
        return days[0], days[1]

    def _years(self) -> tuple[int, int]:
        first = self._table.get("first_year", calendar.FIRST_DAY.year)
        last = self._table.get("last_year", calendar.LAST_DAY.year)
        if not calendar.FIRST_DAY.year <= first <= last <= calendar.LAST_DAY.year:
            self._refuse(
                "first_year" if "first_year" in self._table else "last_year", f"no years from {first} to {last}"
            )
        return first, last

    def _integers(self, field: str) -> tuple[int, ...]:
        numbers = self._table.get(field, [])
        if not all(type(number) is int for number in numbers):
            self._refuse(field, f"{numbers!r} is not a list of whole numbers")
        return tuple(numbers)

    # ------------------------------------------------------------ the examples
    def _examples(self, names: tuple[str, ...]) -> tuple[tuple[str, int, str], ...]:
        if not self._table["examples"]:
            self._refuse("examples", "every feast shows at least one example")
        return tuple(self._example(example, names) for example in self._table["examples"])

    def _example(self, example: object, names: tuple[str, ...]) -> tuple[str, int, str]:
        match example:
            case [str() as name, int() as year, str() as edtf] if name in names:
                try:
                    calendar.parse(edtf)
                except DateError as error:
                    raise LexiconError(FILE, self._number, "examples", str(error)) from error
                return name, year, edtf
        self._refuse("examples", f"{example!r} is not one of the names, a year and its day in EDTF")
