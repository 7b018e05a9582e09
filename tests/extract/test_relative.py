from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core import calendar
from app.core.model import ArticleDate, Step
from app.extract.reading import Context
from app.extract.units import FUTURE, PAST, UNKNOWN
from tests.extract.expressions import ALIKE, DIRECTIONS, SHIFT, bounds, edtf, known, on, read, spans, timex, timexes

TOLD = calendar.day(date(2022, 1, 10))  # a Monday
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


# ---------------------------------------------------------------- the day of writing
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("today", "2022-02-02"),
        ("yesterday", "2022-02-01"),
        ("tomorrow morning", "2022-02-03"),
        ("tonight", "2022-02-02"),
        ("last night", "2022-02-01"),
        ("this evening", "2022-02-02"),
        ("in the morning", "2022-02-02"),
        ("the day before yesterday", "2022-01-31"),
        ("the day after tomorrow", "2022-02-04"),
        ("two days ago", "2022-01-31"),
        ("a year ago today", "2021-02-02"),
        ("two weeks ago yesterday", "2022-01-18"),
        ("ten years ago on March 3", "2012-03-03"),
        ("three days from today", "2022-02-05"),
        ("three days from tomorrow", "2022-02-06"),
        ("Friday week", "2022-02-11"),
        ("Wednesday week", "2022-02-16"),
    ],
)
def test_a_day_is_counted_from_the_article_s_own(text, expected):
    assert edtf(text) == expected


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("tonight", "2022-02-02TNI"),
        ("tomorrow morning", "2022-02-03TMO"),
        ("last night", "2022-02-01TNI"),
        ("late Tuesday night", "2022-02-01TNI"),
    ],
)
def test_a_part_of_the_day_stands_behind_its_day(text, value):
    found = timex(text, on(direction=PAST))
    assert (found.type, found.value) == ("TIME", value)


@pytest.mark.parametrize(
    "text", ["yesterday", "the day after tomorrow", "two weeks from now", "Friday week", "last night", "last week"]
)
def test_in_a_history_nothing_is_counted_from_the_article_s_day_but_from_what_was_told(text):
    context = on(None, narrative=True)
    assert timex(text, context).span is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("tomorrow", "2019-03-21"),
        ("the day after tomorrow", "2019-03-22"),
        ("on Friday", "2019-03-15"),
        ("last week", "[2019-03-11..2019-03-17]"),
        ("last night", "2019-03-19"),
        ("two days ago", "2019-03-18"),
        ("a year ago today", "2018-03-20"),
        ("two weeks from now", "[2019-04-01..2019-04-07]"),
        ("Friday week", "2019-03-29"),
        ("over the weekend", "[2019-03-23..2019-03-24]"),
        ("last month", "2019-02"),
    ],
)
def test_what_was_said_on_a_day_is_counted_from_that_day(text, expected):
    said = calendar.parse("2019-03-20")  # a Wednesday
    for context in (on(said=said), on(said=said, told=TOLD)):
        assert edtf(text, context) == expected


# ---------------------------------------------------------------- weekdays
@pytest.mark.parametrize(
    ("text", "direction", "expected", "second"),
    [
        ("on Friday", PAST, "2022-01-28", "2022-02-04"),
        ("on Friday", UNKNOWN, "2022-01-28", "2022-02-04"),
        ("on Friday", FUTURE, "2022-02-04", "2022-01-28"),
        ("on Wednesday", PAST, "2022-02-02", None),
        ("on Wednesday", FUTURE, "2022-02-02", None),
        ("last Wednesday", PAST, "2022-01-26", None),
        ("next Wednesday", FUTURE, "2022-02-09", None),
        ("past Friday", PAST, "2022-01-28", None),
        ("this Friday", FUTURE, "2022-02-04", "2022-01-28"),
        ("Monday last week", PAST, "2022-01-24", None),
        ("Sunday next week", FUTURE, "2022-02-13", None),
        ("Monday of this week", PAST, "2022-01-31", None),
    ],
)
def test_a_weekday_lies_on_the_side_of_the_verb_and_the_other_side_is_weighed(text, direction, expected, second):
    found = timex(text, on(direction=direction))
    assert (found.span and found.span.edtf, found.runner_up) == (expected, second)


@given(st.dates(*ALIKE), st.integers(1, 7), st.sampled_from(DIRECTIONS))
def test_a_weekday_is_that_weekday_within_a_week_on_the_side_of_the_verb(day, number, direction):
    found = timex(f"on {WEEKDAYS[number - 1]}", on(day, direction=direction))
    assert found.span
    chosen = found.span.first_day
    assert chosen.isoweekday() == number
    assert timedelta() <= (chosen - day) * (1 if direction == FUTURE else -1) < timedelta(7)
    assert (found.runner_up is None) == (chosen == day)


@given(st.dates(*ALIKE), st.integers(1, 7))
def test_the_two_readings_of_a_weekday_are_a_week_apart(day, number):
    found = timex(f"on {WEEKDAYS[number - 1]}", on(day))
    if found.runner_up:
        assert found.span and bounds(found.runner_up) == bounds(found.span, timedelta(7))


@given(st.dates(*ALIKE), st.integers(1, 7))
def test_the_last_weekday_is_over_and_the_next_has_not_come(day, number):
    last, following = (timex(f"{which} {WEEKDAYS[number - 1]}", on(day)).span for which in ("last", "next"))
    assert last and timedelta(0) < day - last.first_day <= timedelta(7)
    assert following and timedelta(0) < following.first_day - day <= timedelta(7)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They met on January 10, 2020. That Friday they left.", ["2020-01-10", "2020-01-10"]),
        ("They met in the spring of 2015. That summer they left.", ["2015-21", "2015-22"]),
    ],
)
def test_that_weekday_and_that_season_are_of_the_story(text, expected):
    assert spans(text) == expected


# ---------------------------------------------------------------- weekends
@pytest.mark.parametrize(
    ("day", "direction", "expected", "second"),
    [
        ("2022-02-02", PAST, "[2022-01-29..2022-01-30]", "[2022-02-05..2022-02-06]"),
        ("2022-02-02", UNKNOWN, "[2022-02-05..2022-02-06]", "[2022-01-29..2022-01-30]"),
        ("2022-02-02", FUTURE, "[2022-02-05..2022-02-06]", "[2022-01-29..2022-01-30]"),
        ("2022-02-05", PAST, "[2022-02-05..2022-02-06]", "[2022-01-29..2022-01-30]"),
    ],
)
def test_the_weekend_is_the_last_where_told_in_the_past_and_else_of_the_week(day, direction, expected, second):
    found = timex("over the weekend", on(date.fromisoformat(day), direction=direction))
    assert (found.span and found.span.edtf, found.runner_up) == (expected, second)


# ---------------------------------------------------------------- this, last and next
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("last week", "[2022-01-24..2022-01-30]"),
        ("this week", "[2022-01-31..2022-02-06]"),
        ("later this week", "[2022-01-31..2022-02-06]"),
        ("last month", "2022-01"),
        ("late last month", "[2022-01-21..2022-01-31]"),
        ("early this month", "[2022-02-01..2022-02-10]"),
        ("earlier this month", "2022-02"),
        ("last quarter", "2021-36"),
        ("last year", "2021"),
        ("late last year", "[2021-09-01..2021-12-31]"),
        ("next year", "2023"),
        ("this weekend", "[2022-02-05..2022-02-06]"),
        ("last decade", "201X"),
        ("last century", "19XX"),
        ("the previous week", "[2022-01-24..2022-01-30]"),
        ("the end of the year", "[2022-09-01..2022-12-31]"),
        ("the end of the month", "[2022-02-21..2022-02-28]"),
        ("month's end", "[2022-02-21..2022-02-28]"),
        ("the full year", "2022"),
        ("the latest fiscal year", "2021"),
        ("earlier in the week", "[2022-01-31..2022-02-06]"),
    ],
)
def test_a_unit_is_the_whole_one_or_the_third_that_is_named(text, expected):
    assert edtf(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("the end of last year", "[2021-09-01..2021-12-31]"), ("the end of this month", "[2022-02-21..2022-02-28]")],
)
def test_the_end_of_a_unit_is_the_last_third_of_it(text, expected):
    assert edtf(f"They met at {text}.") == expected


# ---------------------------------------------------------------- so long ago
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("two weeks ago", "[2022-01-17..2022-01-23]"),
        ("a fortnight ago", "[2022-01-17..2022-01-23]"),
        ("three months ago", "2021-11"),
        ("a year ago", "2021"),
        ("twenty-five years ago", "1997"),
        ("two decades ago", "[2001-01-01..2003-12-31]"),
        ("two years ago this week", "[2020-01-27..2020-02-02]"),
        ("two years ago this month", "2020-02"),
        ("two months from now", "2022-04"),
        ("a year from now", "2023"),
    ],
)
def test_a_distance_is_as_precise_as_its_unit(text, expected):
    assert edtf(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "three and a half years ago",
        "two or three days ago",
        "several days ago",
        "years ago",
        "two hours ago",
        "two hours from now",
    ],
)
def test_a_distance_that_is_not_told_exactly_has_no_span(text):
    assert timex(text).span is None


def test_a_range_of_days_ago_is_no_day():
    assert edtf("10-15 days ago") is None


# ---------------------------------------------------------------- the story
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the same day", "2022-01-10"),
        ("that day", "2022-01-10"),
        ("that night", "2022-01-10"),
        ("the next day", "2022-01-11"),
        ("the following day", "2022-01-11"),
        ("the day before.", "2022-01-09"),
        ("two days later", "2022-01-12"),
        ("a week later", "[2022-01-17..2022-01-23]"),
        ("a month earlier", "2021-12"),
        ("five years previously", "2017"),
        ("a decade later", "[2031-01-01..2033-12-31]"),
        ("the following year", "2023"),
        ("that year", "2022"),
        ("late that month", "[2022-01-21..2022-01-31]"),
        ("the following Friday", "2022-01-14"),
        ("the same Monday", "2022-01-10"),
        ("the previous Monday", "2022-01-03"),
        ("in the evening", "2022-01-10"),
    ],
)
def test_the_story_counts_from_the_date_it_told_before(text, expected):
    assert edtf(text, on(told=TOLD)) == expected


def test_what_is_counted_from_the_story_is_weighed_from_the_article_s_day_too():
    assert timex("two days later", on(told=TOLD)).steps == (
        Step("beside", "two days later counts from the date told before, 2022-01-10 → 2022-01-12"),
        Step("runner-up", "2022-02-04 was weighed too: counted from the article's day"),
    )


def test_that_unit_is_of_the_date_told_last_background_included():
    context = on(told=TOLD, last=calendar.parse("1999-05-04"))
    assert (edtf("that day", context), edtf("the same day", context)) == ("1999-05-04", "2022-01-10")


@pytest.mark.parametrize("text", ["two days later", "a week earlier", "that evening"])
def test_a_day_counted_from_a_whole_month_is_no_day(text):
    assert edtf(text, on(told=calendar.month(2019, 1))) is None


def test_months_and_years_are_counted_from_a_whole_month():
    context = on(told=calendar.month(2019, 1))
    assert [edtf(text, context) for text in ("three months later", "the following year")] == ["2019-04", "2020"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("the next day", "2019-01"),
        ("the same day", "2019-01"),
        ("that day", "2019-01"),
        ("the following week", "2019-01"),
        ("the following Friday", "2019-01"),
        ("the following month", "2019"),
        ("three months later", "2019"),
        ("the following year", "199X"),
        ("two years later", "199X"),
    ],
)
def test_nothing_narrower_is_counted_from_a_wider_date(text, told):
    assert edtf(text, on(told=calendar.parse(told))) is None


@pytest.mark.parametrize(
    "text", ["The day before the vote they left.", "They met two days before the second of two votes."]
)
def test_a_day_before_an_event_is_not_counted_from_the_story(text):
    assert all(one.span is None for one in timexes(text, on(told=TOLD)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They met two days before March 3, 2020.", ["2020-03-01", "2020-03-03"]),
        ("They met a month after 3 March 2020.", ["2020-04", "2020-03-03"]),
    ],
)
def test_days_before_a_date_are_counted_from_it(text, expected):
    assert spans(text) == expected


def test_the_week_of_a_day_holds_it():
    assert (edtf("the week of March 7, 2016"), edtf("the week of January 10")) == (
        "[2016-03-07..2016-03-13]",
        "[2022-01-10..2022-01-16]",
    )


# ---------------------------------------------------------------- quarters
@pytest.mark.parametrize(
    ("text", "quarter", "expected"),
    [
        ("the quarter", None, "2021-36"),
        ("the quarter", "2020-33", "2020-33"),
        ("the year-earlier quarter", "2020-33", "2019-33"),
        ("the year-ago period", "2020-33", "2019-33"),
        ("the 2018 period", "2020-33", "2018-33"),
        ("a year ago", "2020-33", "2019-33"),
        ("a year earlier", "2020-33", "2019-33"),
        ("two years ago", "2020-33", "2020"),
    ],
)
def test_a_report_on_a_quarter_counts_from_it(text, quarter, expected):
    context = on(quarter=calendar.parse(quarter) if quarter else None)
    assert edtf(text, context) == expected


def test_without_any_date_a_quarter_is_unknown():
    assert timex("the quarter", on(None)).value == "XXXX-QX"


# ---------------------------------------------------------------- before Christ
@pytest.mark.parametrize(("text", "value"), [("the same year", "BC0480"), ("the following year", "BC0479")])
def test_a_story_before_christ_counts_its_years_down(text, value):
    assert timex(text, on(narrative=True, before_christ=480)).value == value


# ---------------------------------------------------------------- properties
RELATIVE = (
    *("today", "yesterday", "tomorrow", "tonight", "tomorrow morning", "the day before yesterday", "the day after tomorrow"),
    *("last night", "this evening", "Tuesday morning", "over the weekend", "this weekend", "Friday week"),
    *(f"{which}{name}" for which in ("", "on ", "last ", "next ", "this ", "past ") for name in WEEKDAYS),
    *("Monday last week", "Sunday next week", "the following Friday", "the previous Monday"),
    *(f"{which} {unit}" for which in ("last", "this", "next") for unit in ("day", "week", "month", "quarter", "year")),
    *("the previous week", "the following year", "the same day", "that day", "the next day", "later this week"),
    *("two days ago", "three weeks ago", "a fortnight ago", "a month ago", "two years ago", "two decades ago"),
    *("a year ago today", "two years ago this month", "two weeks from now", "three days from tomorrow"),
    *("the day before.", "two days later", "a week earlier", "three months later", "a year earlier", "a decade later"),
    *("the end of the month", "late last year", "earlier in the week", "the quarter", "the year-earlier quarter"),
    *("the full year", "the latest fiscal year", "in the evening", "on the 3rd."),
)  # fmt: skip
NEWS = (
    "They met on Friday. The next day they left; two weeks later they wrote.",
    "They will meet on Tuesday and on Thursday. A day earlier, he called.",
    'He left last month. "We leave tomorrow," she said on Monday.',
    "They met over the weekend, on January 10 and in March. That day they left.",
    "They met at noon yesterday. At 5 p.m. they left, on the 3rd, in the summer.",
)


@given(
    st.dates(ALIKE[0], date(2055, 1, 1)),
    st.sampled_from(RELATIVE),
    st.sampled_from(DIRECTIONS),
    st.none() | st.integers(0, 90),
)
def test_what_is_relative_moves_with_the_article_and_the_story(day, text, direction, back):
    """28 years that hold no skipped leap year are 10,227 days: no weekday and no month can tell them apart.

    A decade on from 2055, and its round years, still lie before 2100, which is no leap year.
    """

    def found(anchor: date):
        told = calendar.day(anchor - timedelta(back)) if back is not None else None
        return timex(text, on(anchor, direction=direction, told=told))

    here, there = found(day), found(day + SHIFT)
    assert here.span and there.span
    assert bounds(there.span) == bounds(here.span, SHIFT)
    assert bounds(there.runner_up) == bounds(here.runner_up, SHIFT)
    assert there.span.precision == here.span.precision
    assert [step.rule for step in there.steps] == [step.rule for step in here.steps]


@given(st.dates(*ALIKE), st.sampled_from(NEWS))
def test_a_whole_story_moves_with_its_article(day, text):
    here, there = read(text, known(day)), read(text, known(day + SHIFT))
    assert [bounds(one.span) for one in there] == [bounds(one.span, SHIFT) for one in here]
    assert [bounds(one.runner_up) for one in there] == [bounds(one.runner_up, SHIFT) for one in here]


@given(st.dates(*ALIKE), st.integers(0, 45), st.sampled_from(RELATIVE), st.sampled_from(DIRECTIONS), st.data())
def test_what_an_open_date_of_the_article_gives_holds_what_each_day_in_it_gives(day, width, text, direction, data):
    within = day + timedelta(data.draw(st.integers(0, width)))
    open_date = ArticleDate(None, day, day + timedelta(width))
    whole = timex(text, Context(open_date, direction=direction)).span
    one = timex(text, on(within, direction=direction)).span
    assert one
    assert whole is None or (whole.first_day <= one.first_day and one.last_day <= whole.last_day)


@given(st.dates(), st.sampled_from(RELATIVE), st.sampled_from(DIRECTIONS))
def test_the_second_reading_is_never_the_first(day, text, direction):
    found = timex(text, on(day, direction=direction))
    assert found.runner_up is None or (found.span and found.runner_up != found.span.edtf)
