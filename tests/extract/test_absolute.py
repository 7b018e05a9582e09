from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core import calendar
from app.core.calendar import DateSpan
from app.core.model import Step
from app.extract import absolute
from app.extract.reading import Context
from app.extract.units import FUTURE, PAST, UNKNOWN
from tests.extract.expressions import ALIKE, DIRECTIONS, SHIFT, bounds, edtf, on, spans, timex

MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November"),
    "December",
)
BOTH_ORDERS = st.tuples(st.integers(1, 12), st.integers(1, 12), st.integers(1950, 2049)).filter(lambda d: d[0] != d[1])


def story(*days: str) -> Context:
    """A history that has told these days, newest first."""
    frames = tuple(calendar.parse(day) for day in days)
    return on(narrative=True, told=frames[0], frames=frames, last=frames[0])


# ---------------------------------------------------------------- a day that is written in full
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("January 26, 2022", "2022-01-26"),
        ("Wednesday, Jan. 26, 2022", "2022-01-26"),
        ("26 January 2022", "2022-01-26"),
        ("the 26th of January, 2022", "2022-01-26"),
        ("26-Jan-2022", "2022-01-26"),
        ("January the 26th 2022", "2022-01-26"),
        ("the third of May 1950", "1950-05-03"),
        ("March 5, '92", "1992-03-05"),
        ("March 5, '21", "2021-03-05"),
        ("March 5, '23", "1923-03-05"),
        ("April 5 last year", "2021-04-05"),
        ("the 4th of May next year", "2023-05-04"),
        ("2022-01-26", "2022-01-26"),
        ("2022/01/26", "2022-01-26"),
        ("2022.01.26", "2022-01-26"),
    ],
)
def test_a_day_written_in_full_is_that_day_whatever_the_article_s_is(text, expected):
    assert edtf(text) == expected


def test_a_moment_in_figures_keeps_its_time_and_spans_its_day():
    moment = timex("2022-01-28T10:30Z")
    assert (moment.type, moment.value, moment.span) == ("TIME", "2022-01-28T10:30Z", calendar.day(date(2022, 1, 28)))


@pytest.mark.parametrize("text", ["the night of June 20, 1791", "the night of 20 June 1791"])
def test_a_part_of_a_day_spans_the_day(text):
    night = timex(text)
    assert (night.type, night.value, night.span) == ("TIME", "1791-06-20TNI", calendar.day(date(1791, 6, 20)))


@pytest.mark.parametrize(
    "text", ["on February 30", "on 31 June 2021", "on Friday, February 29", "2022-02-30", "on June 31, 1950"]
)
def test_a_day_that_no_calendar_has_gets_no_span(text):
    assert timex(text).span is None


# ---------------------------------------------------------------- figures
@pytest.mark.parametrize(
    ("text", "context", "expected"),
    [
        ("5/4/2022", on(), "2022-05-04"),
        ("5/4/2022", on(day_first=True), "2022-04-05"),
        ("5.4.2022", on(), "2022-04-05"),
        ("5-4-2022", on(), "2022-05-04"),
        ("26/1/2022", on(), "2022-01-26"),
        ("1/26/2022", on(day_first=True), "2022-01-26"),
        ("5/4/22", on(), "2022-05-04"),
        ("5/4/89", on(), "1989-05-04"),
        ("5/4/2022", on(date(2022, 4, 8)), "2022-04-05"),
        ("5/4/2022", on(date(2022, 4, 20)), "2022-05-04"),
    ],
)
def test_figures_are_read_by_what_they_allow_the_text_the_full_stops_and_the_article_s_day(text, context, expected):
    assert edtf(text, context) == expected


@pytest.mark.parametrize(
    ("text", "context", "step"),
    [
        ("5/4/2022", on(), "5/4/2022 read with the month first: as nothing speaks for the other order"),
        ("5.4.2022", on(), "5.4.2022 read with the day first: with full stops, the day leads"),
        ("5/4/2022", on(date(2022, 4, 8)), "5/4/2022 read with the day first: so it lies near the article's day"),
        (
            "5/4/2022",
            on(day_first=True),
            "5/4/2022 read with the day first: as the other dates of the text are written",
        ),
    ],
)
def test_the_order_of_figures_is_told_with_its_reason(text, context, step):
    assert timex(text, context).steps[0].says == step


@given(BOTH_ORDERS, st.sampled_from("/-."), st.booleans(), st.dates())
def test_figures_that_allow_both_orders_are_read_in_one_and_keep_the_other(figures, mark, day_first, day):
    first, second, year = figures
    read = timex(f"{first}{mark}{second}{mark}{year}", on(day, day_first=day_first))
    assert read.span
    assert {read.span.edtf, read.runner_up} == {f"{year}-{first:02d}-{second:02d}", f"{year}-{second:02d}-{first:02d}"}
    assert read.steps[1].rule == "runner-up"


@given(st.integers(13, 28), st.integers(1, 12), st.integers(1000, 2099), st.booleans())
def test_figures_that_allow_one_order_leave_no_other(day, month, year, day_first):
    for text in (f"{day}/{month}/{year}", f"{month}/{day}/{year}"):
        read = timex(text, on(day_first=day_first))
        assert (read.span, read.runner_up) == (calendar.day(date(year, month, day)), None)


@pytest.mark.parametrize("text", ["13/13/2022", "0/5/2022", "31/6/2022", "5/0/2022"])
def test_figures_that_are_no_day_in_either_order_get_no_span(text):
    assert timex(text).span is None


# ---------------------------------------------------------------- a day without its year
@pytest.mark.parametrize(
    ("text", "direction", "expected", "second"),
    [
        ("December 15", PAST, "2021-12-15", "2020-12-15"),
        ("December 15", UNKNOWN, "2021-12-15", "2022-12-15"),
        ("February 10", FUTURE, "2022-02-10", "2023-02-10"),
        ("October 1", FUTURE, "2022-10-01", "2021-10-01"),
        ("January 26", PAST, "2022-01-26", "2021-01-26"),
        ("Saturday, January 15", PAST, "2022-01-15", None),
        ("Friday, January 15", PAST, "2021-01-15", None),
        ("the 3rd of January", PAST, "2022-01-03", "2021-01-03"),
    ],
)
def test_a_day_without_its_year_is_the_nearest_that_fits_and_the_next_is_kept(text, direction, expected, second):
    read = timex(text, on(direction=direction))
    assert (read.span and read.span.edtf, read.runner_up, read.anchor) == (expected, second, "2022-02-02")


@pytest.mark.parametrize("text", ["Wednesday, January 15", "Monday, February 29"])
def test_a_weekday_that_no_near_year_has_leaves_the_day_without_a_span(text):
    assert timex(text).span is None


@given(st.dates(*ALIKE), st.integers(1, 12), st.integers(1, 28), st.sampled_from(DIRECTIONS))
def test_a_day_without_its_year_lies_within_a_year_of_the_article_and_moves_with_it(day, month, number, direction):
    text = f"{MONTHS[month - 1]} {number}"
    here, there = (timex(text, on(anchor, direction=direction)) for anchor in (day, day + SHIFT))
    assert here.span and abs(here.span.first_day - day) <= timedelta(366)
    assert bounds(there.span) == bounds(here.span, SHIFT)
    assert bounds(there.runner_up) == bounds(here.runner_up, SHIFT)


# ---------------------------------------------------------------- news that goes on from a date with its year
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They signed on May 2, 2014. On June 3 they met.", ["2014-05-02", "2014-06-03"]),
        ("They signed in May 2014. On June 3 they met.", ["2014-05", "2014-06-03"]),
        ("They signed on October 2, 2014. On April 3 they met.", ["2014-10-02", "2015-04-03"]),
        (
            "They signed on May 2, 2014. On June 3 they met. On July 4 they left.",
            ["2014-05-02", "2014-06-03", "2014-07-04"],
        ),
    ],
)
def test_news_goes_on_from_a_date_told_with_its_year(text, expected):
    assert spans(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They signed on May 2, 2014. On January 20 they met.", ["2014-05-02", "2022-01-20"]),
        ("They signed on May 2, 2014. On December 20 they met.", ["2014-05-02", "2021-12-20"]),
        ("They signed on May 2, 2014. On June 3 they will meet.", ["2014-05-02", "2022-06-03"]),
        ("They signed on October 2, 2014. On October 1 they met.", ["2014-10-02", "2021-10-01"]),
        ("They signed in 2014. On November 3 they met.", ["2014", "2021-11-03"]),
        ("They signed on May 2, 2014.\n\nOn November 3 they met.", ["2014-05-02", "2021-11-03"]),
    ],
)
def test_news_of_the_last_weeks_or_to_come_or_far_on_in_the_story_does_not(text, expected):
    assert spans(text) == expected


def test_the_nearest_year_is_weighed_where_the_story_s_is_chosen():
    read = timex("June 3", on(frames=(calendar.parse("2014-05-02"),), direction=PAST))
    assert (read.anchor, read.runner_up, read.steps) == (
        "2014-05-02",
        "2021-06-03",
        (
            Step("carried-year", "the year counts from the date told before, 2014-05-02 → 2014-06-03"),
            Step("runner-up", "2021-06-03 was weighed too: the nearest to the article's day"),
        ),
    )


# ---------------------------------------------------------------- histories
@pytest.mark.parametrize(
    ("text", "told", "expected"),
    [
        ("June 7", ("1942-06-04",), "1942-06-07"),
        ("June 1", ("1942-06-04",), "1942-06-01"),
        ("January 3", ("1942-11-04",), "1943-01-03"),
        ("May 3", ("1942-11-04",), "1942-05-03"),
        ("January 3", ("1942-06-04",), "1942-01-03"),
        ("March 3", ("1945",), "1945-03-03"),
        ("January 3", ("1944-06-06", "1941-12-07"), "1942-01-03"),
        ("July 20", ("1944-06-06", "1941-12-07"), "1944-07-20"),
    ],
)
def test_a_story_goes_on_in_the_year_it_has_reached_and_over_new_year_from_autumn(text, told, expected):
    assert edtf(text, story(*told)) == expected


def test_the_year_of_a_story_is_told_with_the_date_it_was_taken_from():
    read = timex("June 7", story("1942-06-04"))
    assert (read.anchor, read.steps) == (
        "1942-06-04",
        (Step("carried-year", "the year counts from the story, 1942-06-04 → 1942-06-07"),),
    )


def test_a_history_that_has_told_no_date_has_no_year_and_never_the_article_s():
    assert timex("June 7", on(narrative=True)).value == "XXXX-06-07"


def frames() -> st.SearchStrategy[Sequence[DateSpan]]:
    days = st.dates(date(2, 1, 1), date(9998, 12, 31)).map(calendar.day)
    months = st.dates(date(2, 1, 1), date(9998, 12, 31)).map(lambda day: calendar.month(day.year, day.month))
    years = st.integers(2, 9998).map(calendar.year)
    return st.lists(st.one_of(days, months, years), min_size=1, max_size=3)


@given(frames(), st.integers(1, 12), st.integers(1, 28))
def test_a_yearless_date_of_a_history_lies_in_a_year_told_or_in_the_one_after_it(told, month, number):
    span = timex(f"{MONTHS[month - 1]} {number}", on(narrative=True, told=told[0], frames=tuple(told))).span
    assert span and (span.first_day.month, span.first_day.day) == (month, number)
    years = {frame.first_day.year for frame in told}
    assert span.first_day.year in years | {year + 1 for year in years}


@given(frames(), st.integers(1, 12), st.integers(1, 31))
def test_the_year_of_a_story_is_counted_from_a_date_it_told(told, month, number):
    year, frame = absolute.story_year(month, number, told)
    assert frame in told
    assert year - frame.first_day.year in (0, 1)


# ---------------------------------------------------------------- the nth of a month
@pytest.mark.parametrize(
    ("text", "context", "expected"),
    [
        ("on the 26th.", on(direction=PAST), "2022-01-26"),
        ("on the 1st.", on(direction=PAST), "2022-02-01"),
        ("on the 26th.", on(direction=FUTURE), "2022-02-26"),
        ("on the 1st.", on(direction=FUTURE), "2022-03-01"),
        ("on the 26th.", on(told=calendar.day(date(2021, 5, 3))), "2021-05-26"),
        ("on the 26th.", on(told=calendar.month(2021, 5)), "2021-05-26"),
        ("on the 31st.", on(direction=FUTURE), None),
        ("on the 26th.", on(None), None),
    ],
)
def test_the_nth_is_of_the_month_that_the_story_or_the_article_has_reached(text, context, expected):
    assert edtf(text, context) == expected


def test_the_nth_of_a_year_is_no_day():
    assert edtf("on the 26th.", on(told=calendar.year(2019))) is None


# ---------------------------------------------------------------- years in two figures
@given(st.integers(0, 99), st.dates(date(1000, 1, 1)))
def test_a_year_in_two_figures_is_the_latest_that_is_not_ahead_of_the_article(figures, day):
    year = absolute.full_year(f"'{figures:02d}", day)
    assert (year % 100, day.year - 100 < year <= day.year) == (figures, True)
