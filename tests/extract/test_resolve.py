from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core import calendar
from app.core.model import ArticleDate, Step, Timex
from app.extract.resolve import Context, Resolver, foreign_day
from app.extract.timex import TimexFinder
from app.extract.units import FUTURE, PAST, UNKNOWN
from app.lexicon import DATA
from app.lexicon.timex import load_timex

LEXICON = load_timex(DATA)
FINDER, RESOLVER = TimexFinder(LEXICON), Resolver(LEXICON)
WRITTEN = date(2022, 2, 2)  # a Wednesday
SHIFT = timedelta(10_227)  # 28 years: the same weekdays, months and leap years fall alike


def on(day: date | None, **context: object) -> Context:
    return Context(ArticleDate(day, day, day), **context)  # type: ignore[arg-type]


def timexes(text: str, context: Context | None = None) -> Sequence[Timex]:
    return [RESOLVER.resolve(found, text, context or on(WRITTEN)) for found in FINDER.find(text)]


def timex(text: str, context: Context | None = None) -> Timex:
    """The one expression of a text."""
    [one] = timexes(text, context)
    return one


def edtf(text: str, context: Context | None = None) -> str | None:
    span = timex(text, context).span
    return span.edtf if span else None


# ---------------------------------------------------------------- the answer
def test_an_expression_is_typed_valued_spanned_and_explained():
    assert timex("on December 15", on(WRITTEN, direction=PAST)) == Timex(
        3, 14, "December 15", "DATE", "2021-12-15", calendar.day(date(2021, 12, 15)), "month-day", "2022-02-02",
        (Step(
            "nearest-year",
            "the year counts from the article's day, Wednesday, February 2, 2022, told in the past → 2021-12-15",
        ),),
    )  # fmt: skip


def test_an_expression_that_needs_no_anchor_has_none():
    full = timex("on December 15, 2021")
    assert (full.anchor, full.steps) == (None, (Step("month-day-year", "'December 15, 2021' names 2021-12-15"),))


@pytest.mark.parametrize(
    ("text", "type_", "value"),
    [
        ("two weeks", "DURATION", "P2W"),
        ("a fortnight", "DURATION", "P2W"),
        ("three decades", "DURATION", "P30Y"),
        ("several months", "DURATION", "PXM"),
        ("a dozen years", "DURATION", "P12Y"),
        ("twenty-five years", "DURATION", "P25Y"),
        ("two hours", "DURATION", "PT2H"),
        ("every Monday", "SET", "XXXX-WXX-1"),
        ("every year", "SET", "P1Y"),
        ("monthly", "SET", "P1M"),
        ("recently", "DATE", "PAST_REF"),
        ("in the coming days", "DATE", "FUTURE_REF"),
        ("about two hours ago", "DATE", "PAST_REF"),
    ],
)
def test_durations_sets_and_vague_references_have_a_value_and_no_span(text, type_, value):
    found = timex(text)
    assert (found.type, found.value, found.span) == (type_, value, None)


# ---------------------------------------------------------------- days
@pytest.mark.parametrize(
    ("text", "direction", "expected"),
    [
        ("on Friday", PAST, "2022-01-28"),
        ("on Friday", UNKNOWN, "2022-01-28"),
        ("on Friday", FUTURE, "2022-02-04"),
        ("on Wednesday", PAST, "2022-02-02"),
        ("on Wednesday", FUTURE, "2022-02-02"),
        ("last Wednesday", PAST, "2022-01-26"),
        ("next Wednesday", FUTURE, "2022-02-09"),
        ("Monday last week", PAST, "2022-01-24"),
        ("today", UNKNOWN, "2022-02-02"),
        ("yesterday", PAST, "2022-02-01"),
        ("tomorrow morning", FUTURE, "2022-02-03"),
        ("last night", PAST, "2022-02-01"),
        ("two days ago", PAST, "2022-01-31"),
        ("on December 15", PAST, "2021-12-15"),
        ("on February 10", FUTURE, "2022-02-10"),
        ("on Saturday, January 15", PAST, "2022-01-15"),
        ("on Friday, January 15", PAST, "2021-01-15"),
        ("on the 26th.", PAST, "2022-01-26"),
        ("on the 1st.", PAST, "2022-02-01"),
        ("on the 26th.", FUTURE, "2022-02-26"),
        ("Christmas", PAST, "2021-12-25"),
        ("Christmas Eve", PAST, "2021-12-24"),
        ("New Year's Eve", PAST, "2021-12-31"),
        ("over the weekend", PAST, "[2022-01-29..2022-01-30]"),
    ],
)
def test_a_day_is_counted_from_the_article_s_own_in_the_direction_of_the_verb(text, direction, expected):
    assert edtf(text, on(WRITTEN, direction=direction)) == expected


@pytest.mark.parametrize("text", ["February 30", "31 June 2021", "Friday, February 29"])
def test_a_day_that_no_calendar_has_gets_no_span(text):
    assert timex(f"on {text}").span is None


def test_the_31st_of_a_shorter_month_gets_no_span():
    assert timex("on the 31st.", on(WRITTEN, direction=FUTURE)).span is None


def test_figures_are_read_with_the_month_first_unless_the_text_puts_days_first():
    assert edtf("on 5/4/2022") == "2022-05-04"
    assert edtf("on 5/4/2022", on(WRITTEN, day_first=True)) == "2022-04-05"
    assert edtf("on 5.4.2022") == "2022-04-05"
    assert edtf("on 26/1/2022") == "2022-01-26"
    assert edtf("on 5/4/22") == "2022-05-04"
    assert edtf("on 5/4/89") == "1989-05-04"


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
        ("in early April", PAST, "[2021-04-01..2021-04-10]"),
        ("in late April 2020", PAST, "[2020-04-21..2020-04-30]"),
        ("at the end of May 2014", PAST, "[2014-05-21..2014-05-31]"),
        ("in mid-2015", PAST, "[2015-05-01..2015-08-31]"),
        ("in 2015", PAST, "2015"),
        ("last year", PAST, "2021"),
        ("last month", PAST, "2022-01"),
        ("late last month", PAST, "[2022-01-21..2022-01-31]"),
        ("last week", PAST, "[2022-01-24..2022-01-30]"),
        ("the previous week", PAST, "[2022-01-24..2022-01-30]"),
        ("two weeks ago", PAST, "[2022-01-17..2022-01-23]"),
        ("three months ago", PAST, "2021-11"),
        ("two decades ago", PAST, "[2001-01-01..2003-12-31]"),
        ("the week of January 10", PAST, "[2022-01-10..2022-01-16]"),
        ("last summer", PAST, "2021-22"),
        ("the winter of 2020", PAST, "2020-24"),
        ("the third quarter of 2021", PAST, "2021-35"),
        ("the second half of last year", PAST, "2021-41"),
        ("the 1990s", PAST, "199X"),
        ("the late 1990s", PAST, "[1996-01-01..1999-12-31]"),
        ("the nineties", PAST, "199X"),
        ("the 19th century", PAST, "18XX"),
    ],
)
def test_a_date_keeps_the_precision_it_was_told_with(text, direction, expected):
    assert edtf(text, on(WRITTEN, direction=direction)) == expected


# ---------------------------------------------------------------- the story
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the same day", "2022-01-10"),
        ("that day", "2022-01-10"),
        ("the next day", "2022-01-11"),
        ("the day before", "2022-01-09"),
        ("two days later", "2022-01-12"),
        ("a week later", "[2022-01-17..2022-01-23]"),
        ("a month earlier", "2021-12"),
        ("the following year", "2023"),
        ("that year", "2022"),
        ("the following Friday", "2022-01-14"),
    ],
)
def test_the_story_counts_from_the_date_it_told_before(text, expected):
    told = calendar.day(date(2022, 1, 10))
    assert edtf(text, on(WRITTEN, told=told)) == expected


def test_a_day_counted_from_a_whole_month_is_no_day():
    assert edtf("two days later", on(WRITTEN, told=calendar.month(2022, 1))) is None


def test_in_a_history_the_year_carries_over_from_the_date_before():
    context = on(WRITTEN, told=calendar.day(date(1942, 6, 4)), narrative=True)
    assert edtf("on June 7", context) == "1942-06-07"
    assert edtf("in August", context) == "1942-08"


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
RELATIVE = (
    "yesterday", "today", "tomorrow", "on Friday", "last Monday", "next Sunday", "two days ago", "last week", "next week",
    "this week", "three weeks ago", "the previous week", "last night", "Tuesday morning", "over the weekend", "the same day",
)  # fmt: skip


@given(st.dates(date(1, 2, 1), date(9000, 1, 1)), st.sampled_from(RELATIVE), st.sampled_from((PAST, UNKNOWN, FUTURE)))
def test_what_is_purely_relative_moves_with_the_article(day, text, direction):
    """28 years that hold no skipped leap year are 10,227 days: no weekday and no month can tell them apart."""
    here, there = (timex(text, on(anchor, direction=direction)).span for anchor in (day, day + SHIFT))
    assert here and there
    assert (there.first_day - here.first_day, there.last_day - here.last_day) == (SHIFT, SHIFT)
    assert here.precision == there.precision


@given(st.dates(date(1908, 1, 1), date(2064, 1, 1)), st.sampled_from((PAST, UNKNOWN, FUTURE)))
def test_days_and_months_move_with_the_article_too_where_28_years_are_10227_days(day, direction):
    for text in ("on December 15", "in March", "on Saturday, January 15", "last summer", "the third quarter"):
        here, there = (timex(text, on(anchor, direction=direction)).span for anchor in (day, day + SHIFT))
        assert (there and there.first_day) == (here and here.first_day + SHIFT)


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


@given(st.dates(), st.integers(-1, 1))
def test_a_weekday_is_that_weekday_within_a_week(day, direction):
    for number, name in enumerate(("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"), 1):
        span = timex(f"on {name}", on(day, direction=direction)).span
        assert span
        if calendar.FIRST_DAY + timedelta(7) < day < calendar.LAST_DAY - timedelta(7):
            assert span.first_day.isoweekday() == number
            assert abs(span.first_day - day) < timedelta(7)


# ---------------------------------------------------------------- other languages
def test_a_date_line_of_another_language_names_a_day_when_it_names_all_of_it():
    assert foreign_day("26 января 2022") == date(2022, 1, 26)
    assert foreign_day("26 janvier 2022") == date(2022, 1, 26)
    assert foreign_day("5/4/2022") == date(2022, 4, 5)
    assert foreign_day("5/4/2022", day_first=False) == date(2022, 5, 4)
    assert foreign_day("janvier 2022") is None
    assert foreign_day("hier") is None
