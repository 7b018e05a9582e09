from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core import calendar
from app.core.model import Step
from app.extract import feasts
from app.extract.units import FUTURE, PAST, UNKNOWN
from tests.extract.expressions import DIRECTIONS, LEXICON, SHIFT, WRITTEN, bounds, edtf, on, spans, timex, timexes

NAMES = ("Christmas", "Easter", "Good Friday", "Passover", "Ramadan", "Hanukkah", "Thanksgiving", "May Day")
YEARS = st.dates(date(1950, 1, 1), date(2040, 12, 31))


# ---------------------------------------------------------------- the year that is named
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Christmas 2007", "2007-12-25"),
        ("CHRISTMAS DAY 2007", "2007-12-25"),
        ("Xmas 2007", "2007-12-25"),
        ("Easter Sunday 1916", "1916-04-23"),
        ("Good Friday, 2000", "2000-04-21"),
        ("Ramadan 2000", "2000-11-27/2000-12-26"),
        ("Thanksgiving 2021", "2021-11-25"),
        ("New Year’s Eve 1999", "1999-12-31"),
        ("the Fourth of July 1976", "1976-07-04"),
    ],
)
def test_a_feast_with_its_year_is_told_whatever_the_article_s_date_is(text, expected):
    for context in (on(), on(None), on(narrative=True)):
        named = timex(text, context)
        assert (named.span and named.span.edtf, named.anchor, named.runner_up) == (expected, None, None)


@given(st.sampled_from(NAMES), st.integers(1950, 2040))
def test_a_feast_of_a_year_is_what_the_table_of_feasts_says(name, year):
    feast = LEXICON.feasts.names[name.lower()]
    assert timex(f"{name} {year}").span == feasts.span(feast, year)


def test_a_feast_that_a_year_holds_twice_or_not_at_all_has_only_its_year():
    twice = timex("Ramadan 2030")
    assert (twice.value, twice.span) == ("2030-XX-XX", None)


# ---------------------------------------------------------------- the year that is meant
@pytest.mark.parametrize(
    ("text", "direction", "expected", "second"),
    [
        ("Christmas", PAST, "2021-12-25", "2022-12-25"),
        ("Christmas", FUTURE, "2022-12-25", "2021-12-25"),
        ("Christmas", UNKNOWN, "2021-12-25", "2022-12-25"),
        ("Christmas Eve", PAST, "2021-12-24", "2022-12-24"),
        ("New Year's Day", PAST, "2022-01-01", "2023-01-01"),
        ("Easter", PAST, "2021-04-04", "2022-04-17"),
        ("Easter", FUTURE, "2022-04-17", "2021-04-04"),
        ("Easter Monday", UNKNOWN, "2022-04-18", "2021-04-05"),
        ("Orthodox Christmas", PAST, "2022-01-07", "2023-01-07"),
        ("Ramadan", FUTURE, "2022-04-02/2022-05-01", "2021-04-13/2021-05-12"),
        ("last Christmas", PAST, "2021-12-25", None),
        ("last Thanksgiving", UNKNOWN, "2021-11-25", None),
        ("this Christmas", UNKNOWN, "2022-12-25", None),
    ],
)
def test_a_feast_without_its_year_is_the_nearest_on_the_side_of_the_verb(text, direction, expected, second):
    named = timex(text, on(direction=direction))
    assert (named.span and named.span.edtf, named.runner_up, named.anchor) == (expected, second, "2022-02-02")


def test_the_year_of_a_feast_is_explained():
    assert timex("Xmas", on(direction=PAST)).steps == (
        Step(
            "feast",
            "Christmas Day counts from the article's day, Wednesday, February 2, 2022, told in the past → 2021-12-25",
        ),
        Step("runner-up", "2022-12-25 was weighed too: the year that comes second"),
    )


@pytest.mark.parametrize(
    ("context", "expected"),
    [
        (on(narrative=True, frames=(calendar.parse("1944-06-06"),)), "1943-12-25"),
        (on(narrative=True, frames=(calendar.parse("1944-11-06"),)), "1944-12-25"),
        (on(narrative=True, last=calendar.parse("1914")), "1913-12-25"),
        (on(said=calendar.parse("2019-11-03"), direction=FUTURE), "2019-12-25"),
        (on(year=1988), "1988-12-25"),
        (on(narrative=True), None),
        (on(None), None),
    ],
)
def test_a_feast_counts_from_the_story_of_a_history_and_from_the_day_it_was_spoken_of(context, expected):
    assert edtf("Christmas", context) == expected


@given(YEARS, st.sampled_from([name for name in NAMES if name not in ("Ramadan", "Hanukkah")]))
def test_the_last_feast_is_over_and_the_next_has_not_begun(day, name):
    last, following = timex(f"last {name}", on(day)).span, timex(f"next {name}", on(day)).span
    assert last and last.last_day < day
    assert following and following.first_day > day


@pytest.mark.parametrize(
    ("text", "day", "expected"),
    [
        ("last Ramadan", "2000-01-01", "1998-12-19/1999-01-17"),
        ("last Hanukkah", "2006-01-01", "2004-12-08/2004-12-15"),
    ],
)
def test_a_feast_that_runs_over_new_year_is_not_its_own_last(text, day, expected):
    assert edtf(text, on(date.fromisoformat(day))) == expected


def test_a_feast_told_in_the_past_is_not_one_to_come_where_the_table_ends():
    assert edtf("Diwali", on(date(1999, 1, 10), direction=PAST)) is None


@given(YEARS, st.sampled_from(NAMES), st.sampled_from(DIRECTIONS))
def test_a_feast_is_one_of_the_years_about_the_article_s_and_its_runner_up_another(day, name, direction):
    named, feast = timex(name, on(day, direction=direction)), LEXICON.feasts.names[name.lower()]
    held = {span.edtf for year in (day.year - 1, day.year, day.year + 1) for span in feasts.spans(feast, year)}
    assert named.span and named.runner_up
    assert {named.span.edtf, named.runner_up} <= held
    assert named.span.edtf != named.runner_up


@given(YEARS, st.sampled_from(("Christmas", "Thanksgiving", "Halloween")), st.sampled_from(DIRECTIONS))
def test_a_feast_of_the_common_calendar_moves_with_the_article(day, name, direction):
    here, there = (timex(name, on(anchor, direction=direction)) for anchor in (day, day + SHIFT))
    assert bounds(there.span) == bounds(here.span, SHIFT)
    assert bounds(there.runner_up) == bounds(here.runner_up, SHIFT)


# ---------------------------------------------------------------- its value
@pytest.mark.parametrize(
    ("text", "type_", "value"),
    [
        ("Christmas 2007", "DATE", "2007-12-25"),
        ("Christmas morning", "TIME", "2021-12-25TMO"),
        ("Ramadan 2000", "DATE", "2000-XX-XX"),
        ("Eid al-Fitr 2022", "DATE", "2022-05-XX"),
        ("Hanukkah 2024", "DATE", "XXXX-XX-XX"),
    ],
)
def test_a_feast_of_several_days_leaves_the_digits_open_that_they_do_not_share(text, type_, value):
    named = timex(text, on(direction=PAST))
    assert (named.type, named.value) == (type_, value)


# ---------------------------------------------------------------- counted from a feast
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They met two days before Christmas.", ["2021-12-23", "2021-12-25"]),
        ("They met three days after Easter 2016.", ["2016-03-30", "2016-03-27"]),
        ("They met a week after Thanksgiving.", ["[2021-11-29..2021-12-05]", "2021-11-25"]),
        ("They rested between Christmas and New Year's Day.", ["2021-12-25", "2022-01-01"]),
    ],
)
def test_days_are_counted_from_the_feast_beside_them(text, expected):
    assert spans(text) == expected


# ---------------------------------------------------------------- what is no feast
@pytest.mark.parametrize(
    "text",
    [
        "The Good Friday Agreement holds.",
        "The Easter Rising began.",
        "They fought the Yom Kippur War.",
        "It flew over Easter Island.",
        "Christmas trees and Christmas cards sold well.",
        "The Tet Offensive failed.",
        "The christmas of our hopes is over.",
        "A Christmas-style hall stood there.",
    ],
)
def test_what_only_bears_the_name_of_a_feast_is_none(text):
    assert timexes(text, on(WRITTEN)) == []
