from datetime import date

import pytest

from app.core import calendar
from app.extract.units import FUTURE, PAST, UNKNOWN
from tests.extract.expressions import edtf, on, timex

TOLD = calendar.day(date(1942, 6, 4))


# ---------------------------------------------------------------- wider dates keep their precision
@pytest.mark.parametrize(
    ("text", "direction", "expected"),
    [
        ("in December 2021", PAST, "2021-12"),
        ("in December", PAST, "2021-12"),
        ("in December", FUTURE, "2022-12"),
        ("last December", PAST, "2021-12"),
        ("last February", PAST, "2021-02"),
        ("next February", FUTURE, "2023-02"),
        ("in June last year", UNKNOWN, "2021-06"),
        ("in early April", PAST, "[2021-04-01..2021-04-10]"),
        ("in late April 2020", PAST, "[2020-04-21..2020-04-30]"),
        ("at the end of May 2014", PAST, "[2014-05-21..2014-05-31]"),
        ("the last week of January", PAST, "[2022-01-25..2022-01-31]"),
        ("the first days of December", PAST, "[2021-12-01..2021-12-07]"),
        ("the first Monday of January", PAST, "2022-01-03"),
        ("the last Friday in January 2021", PAST, "2021-01-29"),
        ("the fifth Monday of February 2021", PAST, None),
        ("in mid-2015", PAST, "[2015-05-01..2015-08-31]"),
        ("in 2015", PAST, "2015"),
        ("in '92", PAST, "1992"),
        ("nineteen ninety-one", PAST, "1991"),
        ("last summer", PAST, "2021-22"),
        ("the winter of 2020", PAST, "2020-24"),
        ("the winter of 2020-21", PAST, "2020-24"),
        ("in the autumn", FUTURE, "2022-23"),
        ("the third quarter of 2021", PAST, "2021-35"),
        ("the second half of last year", PAST, "2021-41"),
        ("in Q3", PAST, "2021-35"),
        ("in H1 of 2020", PAST, "2020-40"),
        ("the 1990s", PAST, "199X"),
        ("the late 1990s", PAST, "[1996-01-01..1999-12-31]"),
        ("the nineties", PAST, "199X"),
        ("the 19th century", PAST, "18XX"),
        ("at the turn of the year", PAST, "[2021-12-16..2022-01-15]"),
    ],
)
def test_a_date_keeps_the_precision_it_was_told_with(text, direction, expected):
    assert edtf(text, on(direction=direction)) == expected


@pytest.mark.parametrize(
    ("text", "direction", "second"),
    [
        ("in December", PAST, "2022-12"),
        ("in December", FUTURE, "2021-12"),
        ("in January", FUTURE, "2022-01"),
        ("in late April", PAST, "[2022-04-21..2022-04-30]"),
        ("last December", PAST, None),
        ("in December 2021", PAST, None),
        ("in June last year", PAST, None),
    ],
)
def test_a_month_without_its_year_keeps_the_year_that_comes_second(text, direction, second):
    assert timex(text, on(direction=direction)).runner_up == second


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("in August", "1942-08"),
        ("in November", "1942-11"),
        ("in the autumn", "1942-23"),
        ("in June of that year", "1942-06"),
    ],
)
def test_in_a_history_the_year_carries_over_from_the_date_before(text, expected):
    context = on(narrative=True, told=TOLD, frames=(TOLD,), last=TOLD)
    assert edtf(text, context) == expected


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("478 BC", "BC0478"),
        ("April 480 BC", "BC0480-04"),
        ("the spring of 480 BC", "BC0480-SP"),
        ("the 9th century BC", "BC08"),
    ],
)
def test_a_date_before_christ_has_a_value_and_no_span(text, value):
    found = timex(text)
    assert (found.value, found.span) == (value, None)
