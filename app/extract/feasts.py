"""The days of a named feast in a year: pure arithmetic on the rules of `app.lexicon.feasts`.

Years are Gregorian, from 1583, the first that is Gregorian as a whole. Easter is reckoned to 4099 (dateutil), an Islamic feast
from 1946 to 2076 by the Umm al-Qura calendar of Saudi Arabia (hijridate), a Chinese one from 1901 to 2100 as reckoned for
Beijing (tyme4py), a Jewish one to 9998 (pyluach); a row of the table may narrow that.

A Jewish or Islamic feast begins at sunset on the evening before the first day given here. Jewish feasts last as in Israel.

Not handled: days off that move because a feast falls on a weekend; the Julian calendar of countries that kept it after 1583;
an Islamic feast that a country keeps two days off the reckoned day, since one day on either side is told.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta

from dateutil.easter import EASTER_ORTHODOX, EASTER_WESTERN, easter

from app.core import calendar
from app.core.calendar import DateSpan
from app.lexicon.feasts import Easter, Feast, Listed, MonthDay, NthWeekday, Reckoning, Rule, WholeMonth

_FIRST_YEAR, _LAST_YEAR = 1583, 9998
_EASTER_LAST_YEAR = 4099  # dateutil refuses later ones
# hijridate knows 1924 to 2077; up to 1945 some of its months have 28 or 31 days
_ISLAMIC_YEARS = range(1946, 2077)
_ISLAMIC_LAST = 1500  # AH, the last year that hijridate knows
_CHINESE_YEARS = range(1901, 2101)


def span(feast: Feast, year: int) -> DateSpan | None:
    """When the feast was held in that year: a day, one of several days, or an interval; see `spans`.

    None where the calendar or the row does not reach (the module says how far), where an Islamic feast came round twice in
    the year, so that the year alone does not tell which, and where it did not come round at all.
    """
    found = spans(feast, year)
    return found[0] if len(found) == 1 else None


def spans(feast: Feast, year: int) -> tuple[DateSpan, ...]:
    """Every time that the feast began in that Gregorian year, in order; empty beyond the reach of its calendar.

    A feast that lasts is a closed interval. One whose day hangs on a sighting of the moon, or differs by country, is one of a
    set of days, whose first may lie at the end of the year before.
    """
    if not max(feast.first_year, _FIRST_YEAR) <= year <= min(feast.last_year, _LAST_YEAR):
        return ()
    if year in feast.except_years:
        return ()
    return tuple(_span(feast, start, days) for start, days in _begins(feast.rule, year))


def _span(feast: Feast, start: date, days: int) -> DateSpan:
    first = start + timedelta(feast.offset_days)
    last = first + timedelta(max(days, feast.days) - 1)
    earlier, later = feast.uncertain_days
    if earlier or later:
        return calendar.one_of(first - timedelta(earlier), last + timedelta(later))
    return calendar.lasting(first, last)


def _begins(rule: Rule, year: int) -> Iterator[tuple[date, int]]:
    """The days of a rule in the year, each with the length that the rule itself gives it."""
    match rule:
        case NthWeekday():
            yield _nth_weekday(rule, year), 1
        case Easter():
            if year <= _EASTER_LAST_YEAR:
                yield easter(year, EASTER_ORTHODOX if rule.orthodox else EASTER_WESTERN), 1
        case Listed():
            yield from ((day, 1) for day in rule.dates if day.year == year)
        case WholeMonth():
            yield from _islamic(year, rule.month, None)
        case MonthDay():
            yield from ((day, 1) for day in _DAYS[rule.calendar](year, rule.month, rule.day))


def _nth_weekday(rule: NthWeekday, year: int) -> date:
    if rule.nth == -1:
        last = calendar.month_end(year, rule.month)
        return last - timedelta((last.isoweekday() - rule.weekday) % 7)
    first = date(year, rule.month, 1)
    return first + timedelta((rule.weekday - first.isoweekday()) % 7 + 7 * (rule.nth - 1))


# ---------------------------------------------------------------- calendars
# Their libraries take 20 to 80 ms to import, and few articles name such a feast: each is loaded when first asked for.
def _gregorian_days(year: int, month: int, day: int) -> Iterator[date]:
    yield date(year, month, day)


def _islamic_days(year: int, month: int, day: int) -> Iterator[date]:
    return (found for found, _ in _islamic(year, month, day))


def _islamic(year: int, month: int, day: int | None) -> Iterator[tuple[date, int]]:
    """That day of the Islamic month, or the first of a whole month with the month's length: 0, 1 or 2 in the year."""
    if year not in _ISLAMIC_YEARS:
        return
    from hijridate import Gregorian, Hijri

    current = Gregorian(year, 1, 1).to_hijri().year
    for islamic_year in range(current, min(current + 2, _ISLAMIC_LAST) + 1):
        found = Hijri(islamic_year, month, day or 1)
        start = date.fromisoformat(found.to_gregorian().isoformat())
        if start.year == year:
            yield start, 1 if day else found.month_length()


def _jewish_days(year: int, month: int, day: int) -> Iterator[date]:
    """Months count from Nisan; month 12 is the Adar in which Purim falls, the second of a leap year."""
    from pyluach.dates import HebrewDate
    from pyluach.hebrewcal import Year

    for jewish_year in (year + 3760, year + 3761):  # the year that turns in its autumn
        leap_adar = month == 12 and Year(jewish_year).leap
        found: date = HebrewDate(jewish_year, 13 if leap_adar else month, day).to_pydate()
        if found.year == year:
            yield found


def _chinese_days(year: int, month: int, day: int) -> Iterator[date]:
    """Leap months hold no feast; the last months of a Chinese year run into the next Gregorian one."""
    if year not in _CHINESE_YEARS:
        return
    from tyme4py.lunar import LunarDay

    for chinese_year in (year - 1, year):
        solar = LunarDay.from_ymd(chinese_year, month, day).get_solar_day()
        if solar.get_year() == year:
            yield date(year, solar.get_month(), solar.get_day())


_DAYS: Mapping[Reckoning, Callable[[int, int, int], Iterator[date]]] = {
    Reckoning.GREGORIAN: _gregorian_days,
    Reckoning.ISLAMIC: _islamic_days,
    Reckoning.JEWISH: _jewish_days,
    Reckoning.CHINESE: _chinese_days,
}
