from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core import calendar
from app.errors import DateError
from app.extract import units
from app.extract.units import FUTURE, PAST, UNKNOWN

DAYS = st.dates()
UNITS = ("D", "W", "F", "WE", "M", "Q", "Y", "E", "C")
WRITTEN = date(2022, 2, 2)  # a Wednesday


def nearest_day(*args, **named):
    """The likeliest of the nearest days; None where there is none."""
    return next(iter(units.nearest_days(*args, **named)), None)


# ---------------------------------------------------------------- the nearest year
@pytest.mark.parametrize(
    ("month", "number", "direction", "expected"),
    [
        (1, 26, PAST, "2022-01-26"),
        (12, 15, PAST, "2021-12-15"),
        (2, 2, PAST, "2022-02-02"),
        (12, 15, FUTURE, "2021-12-15"),
        (10, 1, FUTURE, "2022-10-01"),
        (5, 1, PAST, "2022-05-01"),
        (6, 1, PAST, "2021-06-01"),
        (9, 1, PAST, "2021-09-01"),
        (9, 1, UNKNOWN, "2021-09-01"),
        (7, 1, UNKNOWN, "2022-07-01"),
        (2, 29, PAST, "2020-02-29"),
        (2, 29, UNKNOWN, "2020-02-29"),
    ],
)
def test_a_day_without_a_year_takes_the_nearest_and_the_tense_only_tips_the_scale(month, number, direction, expected):
    found = nearest_day(month, number, anchor=WRITTEN, direction=direction, weekday=None)
    assert found == date.fromisoformat(expected)


@pytest.mark.parametrize(("weekday", "expected"), [(6, "2022-01-15"), (5, "2021-01-15")])
def test_the_year_of_a_day_agrees_with_the_weekday_beside_it(weekday, expected):
    found = nearest_day(1, 15, anchor=WRITTEN, direction=PAST, weekday=weekday)
    assert found == date.fromisoformat(expected)


def test_a_weekday_that_no_near_year_has_gives_no_day():
    assert nearest_day(1, 15, anchor=WRITTEN, direction=PAST, weekday=3) is None  # 2020: nobody would leave that unsaid
    assert nearest_day(2, 29, anchor=WRITTEN, direction=PAST, weekday=5) is None
    assert nearest_day(2, 30, anchor=WRITTEN, direction=PAST, weekday=None) is None


@pytest.mark.parametrize(
    ("month", "direction", "strict", "expected"),
    [
        (12, PAST, False, 2021),
        (2, PAST, False, 2022),
        (2, PAST, True, 2021),
        (1, FUTURE, False, 2023),
        (2, FUTURE, True, 2023),
        (12, UNKNOWN, False, 2021),
        (7, UNKNOWN, False, 2022),
        (8, UNKNOWN, False, 2021),
    ],
)
def test_a_month_without_a_year_takes_the_nearest_in_its_direction(month, direction, strict, expected):
    assert units.nearest_month_year(month, anchor=WRITTEN, direction=direction, strict=strict) == expected


# ---------------------------------------------------------------- units
@pytest.mark.parametrize(
    ("unit", "sign", "value", "edtf"),
    [
        ("D", -1, "2022-02-01", "2022-02-01"),
        ("W", 0, "2022-W05", "[2022-01-31..2022-02-06]"),
        ("W", -1, "2022-W04", "[2022-01-24..2022-01-30]"),
        ("WE", -1, "2022-W04-WE", "[2022-01-29..2022-01-30]"),
        ("M", -1, "2022-01", "2022-01"),
        ("Q", -1, "2021-Q4", "2021-36"),
        ("Y", 1, "2023", "2023"),
        ("E", -1, "201", "201X"),
        ("C", 0, "20", "20XX"),
    ],
)
def test_a_unit_is_the_whole_that_holds_the_day_or_the_one_beside_it(unit, sign, value, edtf):
    meaning = units.unit_at(unit, WRITTEN, sign)
    assert (meaning.value, meaning.span and meaning.span.edtf) == (value, edtf)


@pytest.mark.parametrize(
    ("unit", "value"), [("D", "XXXX-XX-XX"), ("W", "XXXX-WXX"), ("M", "XXXX-XX"), ("Q", "XXXX-QX"), ("Y", "XXXX")]
)
def test_a_unit_without_an_anchor_has_unknown_digits_and_no_span(unit, value):
    assert units.unit_at(unit, None, -1) == units.Meaning(value)


@pytest.mark.parametrize(
    ("unit", "number", "edtf"),
    [
        ("D", -2, "2022-01-31"),
        ("W", -2, "[2022-01-17..2022-01-23]"),
        ("F", 1, "[2022-02-14..2022-02-20]"),
        ("M", -1, "2022-01"),
        ("Q", -1, "2021-11"),
        ("Y", -10, "2012"),
        ("E", -2, "[2001-01-01..2003-12-31]"),
        ("C", -1, "[1912-01-01..1932-12-31]"),
    ],
)
def test_a_distance_is_as_precise_as_its_unit(unit, number, edtf):
    span = units.shifted(unit, number, WRITTEN).span
    assert span and span.edtf == edtf


def test_a_day_in_words_is_told_as_a_reader_says_it():
    assert units.in_words(date(2022, 1, 28)) == "Friday, January 28, 2022"


# ---------------------------------------------------------------- properties
@given(DAYS, st.integers(1, 12), st.integers(1, 31), st.sampled_from((PAST, UNKNOWN, FUTURE)))
def test_the_nearest_day_has_its_month_and_number_and_is_never_two_years_away(anchor, month, number, direction):
    found = nearest_day(month, number, anchor=anchor, direction=direction, weekday=None)
    if found is None:
        assert calendar.valid_day(2000, month, number) is None or (month, number) == (2, 29)
        return
    assert (found.month, found.day) == (month, number)
    assert abs(found - anchor) < timedelta(731) or (month, number) == (2, 29)


@given(DAYS, st.integers(1, 12), st.integers(1, 28), st.integers(1, 7))
def test_the_nearest_day_of_a_weekday_falls_on_it(anchor, month, number, weekday):
    found = nearest_day(month, number, anchor=anchor, direction=UNKNOWN, weekday=weekday)
    assert found is None or (found.month, found.day, found.isoweekday()) == (month, number, weekday)


@given(st.dates(date(200, 1, 1), date(9800, 1, 1)), st.sampled_from(UNITS))
def test_the_unit_of_a_day_holds_it_and_its_neighbours_do_not(anchor, unit):
    spans = [units.unit_at(unit, anchor, sign).span for sign in (-1, 0, 1)]
    before, own, after = spans
    assert before and own and after
    assert before.last_day < own.first_day and own.last_day < after.first_day
    assert unit == "WE" or own.first_day <= anchor <= own.last_day


@given(DAYS, st.sampled_from(UNITS), st.integers(-3, 3))
def test_a_unit_beyond_the_calendar_is_refused_or_unknown_and_never_invented(anchor, unit, sign):
    try:
        span = units.unit_at(unit, anchor, sign).span
    except (ValueError, DateError):
        assert anchor.year < 400 or anchor.year > 9600
    else:
        assert span is None or span.first_day <= span.last_day
