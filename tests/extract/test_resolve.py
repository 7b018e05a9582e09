from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core import calendar
from app.core.model import ArticleDate, Step, Timex
from app.extract.resolve import Context, foreign_day
from app.extract.units import FUTURE, PAST, UNKNOWN
from tests.extract.expressions import (
    ALIKE,
    DIRECTIONS,
    FINDER,
    RESOLVER,
    SHIFT,
    WRITTEN,
    bounds,
    edtf,
    on,
    read,
    timex,
    timexes,
)

TEXTS = st.sampled_from((
    "on December 15", "on Saturday, January 15", "in March", "in late April", "last summer", "the third quarter", "Christmas",
    "on Friday", "two days later", "two weeks ago", "over the weekend", "the week of March 7", "at noon on Friday", "5/4/2022",
    "on the 3rd.", "two or three days ago", "daily", "the 1990s", "in 480 BC", "the first Monday of March", "last night",
))  # fmt: skip


# ---------------------------------------------------------------- the answer
def test_an_expression_is_typed_valued_spanned_and_explained():
    assert timex("on December 15", on(WRITTEN, direction=PAST)) == Timex(
        3, 14, "December 15", "DATE", "2021-12-15", calendar.day(date(2021, 12, 15)), "month-day", "2022-02-02",
        (
            Step(
                "nearest-year",
                "the year counts from the article's day, Wednesday, February 2, 2022, told in the past → 2021-12-15",
            ),
            Step("runner-up", "2020-12-15 was weighed too: the year that comes second"),
        ),
        "2020-12-15",
    )  # fmt: skip


def test_an_expression_that_needs_no_anchor_has_none():
    full = timex("on December 15, 2021")
    assert (full.anchor, full.steps) == (None, (Step("month-day-year", "'December 15, 2021' names 2021-12-15"),))


def test_an_expression_that_cannot_be_read_has_neither_span_nor_anchor_nor_steps():
    assert timex("on June 31, 2021") == Timex(3, 16, "June 31, 2021", "DATE", "XXXX-XX-XX", None, "month-day-year")


def test_an_expression_is_counted_from_the_date_beside_it():
    text = "two days before Christmas"
    before, feast = FINDER.find(text)
    start = RESOLVER.resolve(feast, text, on(direction=PAST))
    counted = RESOLVER.counted_from(before, text, start)
    assert (counted.text, counted.value, counted.anchor, counted.steps) == (
        "two days before",
        "2021-12-23",
        "2021-12-25",
        (Step("beside", "two days before counts from the date told before, 2021-12-25 → 2021-12-23"),),
    )


def test_a_weekday_has_its_number():
    assert [RESOLVER.weekday_number(word) for word in ("monday", "sun", "thurs")] == [1, 7, 4]


# ---------------------------------------------------------------- the reading that came second
@given(TEXTS, st.dates(), st.sampled_from(DIRECTIONS), st.booleans(), st.booleans())
def test_the_second_reading_is_a_date_and_never_the_first(text, day, direction, narrative, told):
    context = on(day, direction=direction, narrative=narrative, told=calendar.day(day) if told else None)
    for one in timexes(text, context):
        if one.runner_up is not None:
            assert one.span and one.span.edtf != one.runner_up
            assert calendar.parse(one.runner_up).edtf == one.runner_up


@pytest.mark.parametrize(
    "text", ["on December 15", "in March", "on Friday", "Christmas", "5/4/2022", "over the weekend"]
)
def test_the_second_reading_is_told_in_a_step(text):
    found = timex(text)
    assert found.runner_up and found.steps[-1].rule == "runner-up"
    assert found.steps[-1].says.startswith(f"{found.runner_up} was weighed too: ")


@pytest.mark.parametrize("text", ["the week of March 7", "the first Monday of March", "the last week of March"])
def test_what_has_no_second_reading_tells_of_none(text):
    found = timex(text)
    assert (found.runner_up is None) == all(step.rule != "runner-up" for step in found.steps)


# ---------------------------------------------------------------- an article whose own day is open
def open_between(earliest: str, latest: str) -> Context:
    return Context(ArticleDate(None, date.fromisoformat(earliest), date.fromisoformat(latest)), direction=PAST)


@pytest.mark.parametrize(
    ("text", "earliest", "latest", "expected"),
    [
        ("on Friday", "2022-01-31", "2022-02-03", "2022-01-28"),
        ("on Friday", "2022-02-02", "2022-02-05", "[2022-01-28..2022-02-04]"),
        ("yesterday", "2022-02-02", "2022-02-04", "[2022-02-01..2022-02-03]"),
        ("yesterday", "2022-02-02", "2022-02-20", None),
        ("on Friday", "2022-02-02", "2022-03-20", None),
        ("on December 15", "2022-01-02", "2022-02-20", "2021-12-15"),
        ("on December 15, 2021", "1990-01-02", "2022-02-20", "2021-12-15"),
    ],
)
def test_readings_within_a_week_of_each_other_are_one_of_a_set_and_others_are_none(text, earliest, latest, expected):
    assert edtf(text, open_between(earliest, latest)) == expected


def test_what_an_open_anchor_leaves_unsure_says_so():
    assert timex("on Friday", open_between("2022-02-02", "2022-03-20")).steps == (
        Step("open-anchor", "the article's own date leaves several readings"),
    )
    assert timex("on Friday", open_between("2022-02-02", "2022-02-05")).steps[-1] == Step(
        "open-anchor", "the article's own day is not certain, so it is one day from 2022-01-28 to 2022-02-04"
    )


def test_one_of_a_set_has_no_second_reading():
    assert timex("on Friday", open_between("2022-02-02", "2022-02-05")).runner_up is None


def test_one_of_a_set_tells_of_no_second_reading():
    steps = timex("on Friday", open_between("2022-02-02", "2022-02-05")).steps
    assert [step.rule for step in steps] == ["weekday", "open-anchor"]


def test_the_best_day_of_an_open_date_is_what_is_counted_from():
    dct = ArticleDate(date(2022, 2, 2), date(2022, 1, 2), date(2022, 3, 2))
    assert edtf("yesterday", Context(dct)) == "2022-02-01"


@given(TEXTS, st.dates(*ALIKE), st.integers(0, 400), st.sampled_from(DIRECTIONS))
def test_an_open_date_gives_what_its_first_and_last_day_give_or_nothing(text, day, width, direction):
    last_day = calendar.shift_days(day, width) or day
    whole = timexes(text, Context(ArticleDate(None, day, last_day), direction=direction))
    for number, one in enumerate(whole):
        if one.span is None:
            continue
        for anchor in (day, last_day):
            at_end = timexes(text, on(anchor, direction=direction))[number].span
            assert at_end and one.span.first_day <= at_end.first_day and at_end.last_day <= one.span.last_day


@pytest.mark.parametrize(
    "text", ["on Friday", "yesterday", "in December", "on December 15", "two days ago", "last year"]
)
def test_without_any_date_of_the_article_a_relative_expression_has_no_span(text):
    assert timex(text, Context(ArticleDate())).span is None


def test_without_any_date_of_the_article_the_day_and_month_are_still_its_value():
    assert timex("on December 15", Context(ArticleDate())).value == "XXXX-12-15"


# ---------------------------------------------------------------- the ends of the calendar
@pytest.mark.parametrize(
    ("text", "day"),
    [
        *((text, day) for day in (date.min, date.max) for text in (
            "on Friday", "last Friday", "next Friday", "last week", "next week", "last year", "next year", "two centuries ago",
            "three decades ago", "last month", "next month", "last summer", "over the weekend", "on December 31", "in January",
            "the third quarter", "last night", "Christmas", "the nineties", "next quarter", "next decade", "two weeks later",
            "10 days ago", "on the 30th.",
        )),
        ("tomorrow", date.min),
        ("yesterday", date.max),
        ("yesterday", date.min),
        ("tomorrow", date.max),
        ("next winter", date.max),
        ("in the winter", date.max),
        ("the first half of next year", date.max),
    ],
)  # fmt: skip
def test_at_the_ends_of_the_calendar_an_expression_still_gets_an_answer(text, day):
    for direction in (PAST, UNKNOWN, FUTURE):
        for one in timexes(text, on(day, direction=direction)):
            assert one.span is None or one.span.first_day <= one.span.last_day


# ---------------------------------------------------------------- properties
@given(st.dates(*ALIKE), st.sampled_from(DIRECTIONS))
def test_days_and_months_move_with_the_article_where_28_years_are_10227_days(day, direction):
    for text in (
        "on December 15",
        "in March",
        "on Saturday, January 15",
        "last summer",
        "the third quarter",
        "in late April",
    ):
        here, there = (timex(text, on(anchor, direction=direction)) for anchor in (day, day + SHIFT))
        assert bounds(there.span) == bounds(here.span, SHIFT)
        assert bounds(there.runner_up) == bounds(here.runner_up, SHIFT)


@given(st.lists(TEXTS, max_size=6).map(", ".join), st.dates(), st.sampled_from(DIRECTIONS))
def test_every_reading_lies_inside_the_text_and_is_the_same_each_time(text, day, direction):
    once, again = (timexes(text, on(day, direction=direction)) for _ in range(2))
    assert once == again
    assert all(text[one.begin : one.end] == one.text for one in once)
    assert all(text[one.begin : one.end] == one.text for one in read(text))


@given(
    st.text("0123456789-/.:, ", max_size=12),
    st.sampled_from(
        ("January {}", "{} May", "the {}th century", "{} years ago", "in {}", "{}", "the {}s", "on the {}th.")
    ),
    st.dates(),
)
def test_any_figures_in_an_expression_get_an_answer(figures, pattern, day):
    for one in timexes(pattern.format(figures), on(day)):
        assert one.span is None or calendar.parse(one.span.edtf).first_day == one.span.first_day


# ---------------------------------------------------------------- other languages
def test_a_date_line_of_another_language_names_a_day_when_it_names_all_of_it():
    assert foreign_day("26 января 2022") == date(2022, 1, 26)
    assert foreign_day("26 janvier 2022") == date(2022, 1, 26)
    assert foreign_day("5/4/2022") == date(2022, 4, 5)
    assert foreign_day("5/4/2022", day_first=False) == date(2022, 5, 4)
    assert foreign_day("janvier 2022") is None
    assert foreign_day("hier") is None
