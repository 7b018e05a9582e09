import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.extract.timex import Found, TimexFinder, name_key
from app.lexicon import DATA
from app.lexicon.timex import load_timex

LEXICON = load_timex(DATA)
FINDER = TimexFinder(LEXICON)


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
        "The Sun and the Wed are papers.",
        "They won 2-0 and 3:11:04:05.",
        "Version 3.11.4, page 12, room 2010",
        "Resolution 1973 and Article 5",
        "$2000, 2000 troops, 2000%",
        "The P5+1 and the G20 sat in F-35s.",
        "1,997 people and 12.5 degrees",
        "192.168.1.1 and 20220126",
        "Resolution 2202 was read.",
        "Some 1,997 people came.",
        "The 9/11 attacks and the 7-10 split.",
        "The October Revolution and the December Accords.",
        "It stands at 1600 Pennsylvania Avenue.",
        "Call 555-0143, 202-555-0143 or 1-800-555-0199.",
        "Dial +1 202 555 1999 or (202) 555-2015.",
        "Call 555 2015.",
        "Python 3.12.1 and v1.2.3 are out.",
        "A six-year-old boy and a 52-year-old man waved.",
        "A second attempt and the second of them failed.",
        "Flight 1549, Route 1950 and Chapter 2011.",
        "The 1st Infantry, the 5th Corps and the 38th parallel.",
        "The Prague Spring and the Arab Spring.",
        "They work 24/7, and the vote was 14-1.",
        "The 2020-strong force and a 1,500-strong one.",
        "Troops may spring on them and march.",
        "The March of Dimes met.",
        "A quarter of them won the second half.",
    ],
)
def test_what_only_looks_like_a_date_is_left_alone(text):
    assert words(text) == []


def test_a_number_behind_an_abbreviated_word_for_it_is_no_year():
    assert words("Boeing No. 1998 burned.") == []


@pytest.mark.parametrize("text", ["April Smith and June Jones spoke.", "President Jan Example spoke."])
def test_a_first_name_that_is_a_month_is_left_alone(text):
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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The revolt (499-493 BC) failed.", [("499", {"year": "499"}), ("493 BC", {"year": "493"})]),
        ("The war (264 to 241 BC) was long.", [("264", {"year": "264"}), ("241 BC", {"year": "241"})]),
    ],
)
def test_both_ends_of_a_range_before_christ_are_years_before_christ(text, expected):
    founds = FINDER.find(text)
    assert [(text[one.begin : one.end], one.fields) for one in founds] == expected
    assert {one.means for one in founds} == {"before-christ"}


def test_of_three_days_each_is_an_expression():
    assert words("They met on 10, 11 and 12 January.") == ["10", "11", "12 January"]


# ---------------------------------------------------------------- feasts
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They rested on Christmas Day and New Year’s Eve.", ["Christmas Day", "New Year’s Eve"]),
        ("They rested on CHRISTMAS EVE.", ["CHRISTMAS EVE"]),
        ("They left on the Fourth of July, 1976.", ["the Fourth of July, 1976"]),
        ("They rested on Orthodox Christmas.", ["Orthodox Christmas"]),
        ("They met on Christmas morning.", ["Christmas morning"]),
        ("The Easter Rising and the Yom Kippur War.", []),
        ("Her christmas was calm.", []),
    ],
)
def test_the_name_of_a_feast_is_one_word(text, expected):
    assert words(text) == expected


def test_the_name_of_a_feast_in_capitals_is_one_word_with_an_s_too():
    assert words("THEY RESTED ON NEW YEAR'S DAY.") == ["NEW YEAR'S DAY"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("New Year's Day", "new year’s day"),
        ("St. Patrick's Day", "st. patrick's day"),
        ("Christmas  Eve", "Christmas Eve"),
    ],
)
def test_spellings_of_one_name_share_a_key(one, other):
    assert name_key(one) == name_key(other)


# ---------------------------------------------------------------- fields
def test_an_expression_hands_over_its_words_in_lower_case():
    text = "On Friday, Jan. 28 they met."
    assert FINDER.find(text) == [
        Found(3, 18, "month-day", "day", {"weekday": "friday", "month": "jan", "day": "28"}),
    ]


def test_a_rule_may_need_words_around_the_expression_it_finds():
    assert FINDER.find("They met on the 26th.") == [Found(12, 20, "the-nth", "nth", {"day": "26th"})]


def test_an_expression_of_one_genre_carries_it():
    assert [(found.rule, found.genre) for found in FINDER.find("They leave soon, led by former officers.")] == [
        ("soon", "news"), ("former", "history"),
    ]  # fmt: skip


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


@given(TEXTS)
def test_what_a_finder_has_read_before_changes_nothing(text):
    assert TimexFinder(LEXICON).find(text) == FINDER.find(text)
