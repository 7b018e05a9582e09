import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.extract.timex import Found, TimexFinder
from app.lexicon import DATA
from app.lexicon.timex import load_timex

FINDER = TimexFinder(load_timex(DATA))


def words(text: str) -> list[str]:
    """The expressions found in a text, as written."""
    return [text[found.begin : found.end] for found in FINDER.find(text)]


# ---------------------------------------------------------------- what is a date and what is not
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They met on January 26.", ["January 26"]),
        ("They met on Wednesday, January 26, 2022.", ["Wednesday, January 26, 2022"]),
        ("They met on 26 January 2022 at 10:30.", ["26 January 2022", "10:30"]),
        ("They met on January 26th and again the next day.", ["January 26th", "the next day"]),
        ("They met last Friday, not on the 26th of January.", ["last Friday", "the 26th of January"]),
        ("It was early in May 2014, or in late May.", ["May 2014", "late May"]),
        ("The 1990s, the nineties and the 19th century", ["The 1990s", "the nineties", "the 19th century"]),
        ("the spring of 2021, last summer, the first quarter of 2020", [
            "the spring of 2021", "last summer", "the first quarter of 2020",
        ]),
        ("In recent weeks, over the past two years, every Monday", ["recent weeks", "the past two years", "every Monday"]),
        ("JANUARY 26 and january 26", ["JANUARY 26", "january 26"]),
    ],
)  # fmt: skip
def test_date_expressions_are_found_as_long_as_they_are(text, expected):
    assert words(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "President May met Mr. March.",
        "They may march on.",
        "It fell in the fall.",
        "The Sun and the Wed are papers.",
        "They won 2-0 and 3:11:04:05.",
        "Version 3.11.4, page 12, room 2010",
        "Resolution 1973 and Article 5",
        "$2000, 2000 troops, 2000%",
        "The P5+1 and the G20 sat in F-35s.",
        "1,997 people and 12.5 degrees",
        "192.168.1.1 and 20220126",
    ],
)
def test_what_only_looks_like_a_date_is_left_alone(text):
    assert words(text) == []


def test_a_month_that_is_a_word_too_is_one_only_behind_a_preposition_or_beside_a_day():
    assert words("In May they met May, and May 5 was warm.") == ["May", "May 5"]


# ---------------------------------------------------------------- ranges
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("from January 10 to 13", ["January 10", "13"]),
        ("January 10-13, 2022", ["January 10", "13, 2022"]),
        ("10-13 January", ["10", "13 January"]),
        ("from 10 to 13 January 2022", ["10", "13 January 2022"]),
        ("2014-2019", ["2014", "2019"]),
        ("2021-22", ["2021", "22"]),
        ("2021/22", ["2021", "22"]),
        ("between May and July", ["May", "July"]),
        ("from December 29, 2021 to January 3, 2022", ["December 29, 2021", "January 3, 2022"]),
    ],
)
def test_a_range_is_two_expressions(text, expected):
    assert words(text) == expected


def test_both_ends_of_a_range_know_the_month_and_the_year_they_share():
    assert FINDER.find("January 10-13, 2022") == [
        Found(0, 10, "month-days", "day", {"month": "january", "year": "2022", "day": "10"}),
        Found(11, 19, "month-days", "day", {"month": "january", "year": "2022", "day": "13"}),
    ]


def test_the_second_year_of_a_range_takes_the_century_of_the_first():
    assert [found.fields for found in FINDER.find("1998-99")] == [{"year": "1998"}, {"year": "1999"}]


def test_years_that_do_not_rise_are_no_range():
    assert [found.fields for found in FINDER.find("2019-14")] == [{"year": "2019"}]


# ---------------------------------------------------------------- fields
def test_an_expression_hands_over_its_words_in_lower_case():
    text = "On Friday, Jan. 28 they met."
    assert FINDER.find(text) == [
        Found(3, 18, "month-day", "day", {"weekday": "friday", "month": "jan", "day": "28"}),
    ]


def test_a_rule_may_need_words_around_the_expression_it_finds():
    assert FINDER.find("They met on the 26th.") == [Found(12, 20, "the-nth", "nth", {"day": "26th"})]


def test_nothing_is_found_in_nothing():
    assert FINDER.find("") == []
    assert FINDER.find(" \n\n ") == []


# ---------------------------------------------------------------- properties
VOCABULARY = (
    "January", "may", "May", "March", "Friday", "Sun", "the", "of", "in", "on", "from", "to", "and", "between", "early", "late",
    "last", "next", "previous", "same", "week", "weeks", "day", "days", "year", "years", "ago", "before", "later", "two",
    "twenty", "first", "26", "1", "31", "99", "2022", "1990s", "19th", "century", "quarter", "half", "summer", "10-13", "2014-19",
    "2022-01-26", "26.01.2022", "10:30", "p.m.", "noon", "every", "few", "a", "past", "end", "that", "Resolution",
)  # fmt: skip
GLUE = (
    " ",
    "  ",
    "\n",
    "\n\n",
    ", ",
    ". ",
    "-",
    "–",
    "—",
    "(",
    ")",
    "/",
    "'s ",
    "",
    "é",
    "\u0301",
    "中",
    "\u200b",
    "٣",
    "²",
    "\r\n",
)
TEXTS = st.one_of(
    st.lists(st.one_of(st.sampled_from(VOCABULARY), st.sampled_from(GLUE)), max_size=40).map("".join),
    st.lists(st.sampled_from(VOCABULARY), max_size=25).map(" ".join),
    st.text("0123456789-/.:, thJanuyMy’'", max_size=40),
    st.text(max_size=40),
)


@given(TEXTS)
def test_expressions_lie_inside_the_text_in_order_and_never_overlap(text):
    found = FINDER.find(text)
    edges = [edge for one in found for edge in (one.begin, one.end)]
    assert edges == sorted(edges)
    assert all(0 <= one.begin < one.end <= len(text) for one in found)


@given(TEXTS)
def test_no_expression_has_white_space_around_it(text):
    assert all(one == one.strip() for one in words(text))


@given(TEXTS)
def test_an_expression_does_not_depend_on_the_paragraphs_around_it(text):
    alone = [(found.rule, text[found.begin : found.end]) for found in FINDER.find(text)]
    framed = f"Nobody knows.\n\n{text}\n\nNobody cares."
    assert [(found.rule, framed[found.begin : found.end]) for found in FINDER.find(framed)] == alone
