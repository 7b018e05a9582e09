from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.model import ArticleDate, Step
from app.extract import layout, narrative
from app.extract.layout import Part
from tests.extract.conftest import Desk


def spans(desk: Desk, text: str, dct: ArticleDate | None = None) -> list[str | None]:
    return [timex.span.edtf if timex.span else None for timex in desk.timexes(text, dct)]


# ---------------------------------------------------------------- counting on
def test_the_same_day_is_the_day_told_before(desk):
    text = "The envoys met on January 14. On the same day, the minister spoke."
    assert spans(desk, text) == ["2022-01-14", "2022-01-14"]


def test_the_story_counts_on_in_the_next_paragraph(desk):
    text = "The envoys met on January 14.\n\nTwo days later they left, and the next day they wrote."
    assert spans(desk, text) == ["2022-01-14", "2022-01-16", "2022-01-17"]


def test_without_a_date_told_before_the_story_counts_from_the_article(desk):
    assert spans(desk, "The day before, the minister spoke.") == ["2022-02-01"]


def test_each_story_date_moves_the_story(desk):
    text = "They met on January 10. The next day they wrote. The next day they left."
    assert spans(desk, text) == ["2022-01-10", "2022-01-11", "2022-01-12"]


def test_a_vague_word_does_not_move_the_story(desk):
    assert spans(desk, "They met on January 10. Recently they wrote. The next day they left.") == [
        "2022-01-10", None, "2022-01-11",
    ]  # fmt: skip


# ---------------------------------------------------------------- a day beside it
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They answered the previous week - on January 26.", ["[2022-01-24..2022-01-30]", "2022-01-26"]),
        ("They answered the previous week\N{EM DASH}on January 26.", ["[2022-01-24..2022-01-30]", "2022-01-26"]),
        ("They answered last week, on January 20.", ["[2022-01-17..2022-01-23]", "2022-01-20"]),
        ("The day before, on January 14, they met.", ["2022-01-14", "2022-01-14"]),
        ("The next day, January 27, they met.", ["2022-01-27", "2022-01-27"]),
    ],
)
def test_a_day_beside_a_relative_date_tells_what_it_means(desk, text, expected):
    assert spans(desk, text) == expected


def test_a_day_beside_a_relative_date_is_told_as_the_reason(desk):
    before, _ = desk.timexes("The day before, on January 14, they met.")
    assert (before.anchor, before.value, before.steps) == (
        "2022-01-14",
        "2022-01-14",
        (Step("beside-explicit", "'The day before' stands beside 'January 14', which tells the day"),),
    )


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The day before they met, on January 14, nobody spoke.", "The day before"),
        ("They met on January 10. Two days after the election the minister left.", "Two days"),
    ],
)
def test_a_day_before_or_after_something_else_is_not_counted_from_the_story(desk, text, words):
    [counted] = [timex for timex in desk.timexes(text) if timex.text == words]
    assert counted.span is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They met two days before January 14.", ["2022-01-12", "2022-01-14"]),
        ("Two days after the 26th of January he left.", ["2022-01-28", "2022-01-26"]),
        ("They met the day before January 14.", ["2022-01-13", "2022-01-14"]),
        ("They met a month after March 14, 2020.", ["2020-04", "2020-03-14"]),
    ],
)
def test_days_before_a_date_count_from_the_one_right_behind_them(desk, text, expected):
    assert spans(desk, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "They met two weeks ago, on January 3.",
        "They met the previous month, on January 3.",
        "They met for two days, on January 3.",
        "They met last week. On January 3 they left.",
    ],
)
def test_a_day_beside_what_it_cannot_be_tells_nothing_of_it(desk, text):
    before, _ = desk.timexes(text)
    assert all(step.rule != "beside-explicit" for step in before.steps)


def test_a_week_told_by_the_day_beside_it_has_no_second_reading(desk):
    friday, _ = desk.timexes("Friday (January 21) was calm.")
    assert (friday.value, friday.runner_up) == ("2022-01-21", None)


# ---------------------------------------------------------------- joined expressions
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They met in September and October 1950.", ["1950-09", "1950-10"]),
        ("They met in September or in October 1950.", ["1950-09", "1950-10"]),
        ("They met from September to early October 1950.", ["1950-09", "[1950-10-01..1950-10-10]"]),
        ("They met on September 30 and October 2, 2015.", ["2015-09-30", "2015-10-02"]),
        ("They met in December and January 1950.", ["1949-12", "1950-01"]),
        ("They met in January and December 1950.", ["1950-01", "1950-12"]),
        ("They met in December 1949 and January.", ["1949-12", "1950-01"]),
        ("They met from December 29, 1949 to January 3.", ["1949-12-29", "1950-01-03"]),
        ("They met on May 3, 1950, June 4 and July 5.", ["1950-05-03", "1950-06-04", "1950-07-05"]),
        ("They met on January 10 and 12, 1950.", ["1950-01-10", "1950-01-12"]),
        ("They spent Christmas 2007 and Easter 2008 there.", ["2007-12-25", "2008-03-23"]),
    ],
)
def test_joined_expressions_share_a_year(desk, text, expected):
    assert spans(desk, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They met in September. October 1950 was cold.", ["2021-09", "1950-10"]),
        ("They met in September, and the war of October 1950 began.", ["2021-09", "1950-10"]),
        ("They met in September last year and October 1950.", ["2021-09", "1950-10"]),
        ("They met on December 5 and in 1950.", ["2021-12-05", "1950"]),
    ],
)
def test_what_is_not_joined_does_not(desk, text, expected):
    assert spans(desk, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They met in August, September and October 1950.", ["1950-08", "1950-09", "1950-10"]),
        ("They met on May 3, June 4 and July 5, 1950.", ["1950-05-03", "1950-06-04", "1950-07-05"]),
    ],
)
def test_three_joined_expressions_share_a_year(desk, text, expected):
    assert spans(desk, text) == expected


# ---------------------------------------------------------------- captions
def test_a_caption_is_read_and_the_story_never_counts_from_it(desk):
    text = (
        "The envoys met on January 14 and then went home.\n\n"
        "The guard parades on January 20. AP Photo/Anna Example\n\n"
        "The next day the minister spoke of what they had said."
    )
    assert spans(desk, text) == ["2022-01-14", "2022-01-20", "2022-01-15"]


def test_a_caption_counts_from_the_article_and_not_from_the_story(desk):
    text = "The envoys met on January 14.\n\nThe guard parades the day before. AP Photo/Anna Example"
    assert spans(desk, text) == ["2022-01-14", "2022-02-01"]


def test_bylines_tags_and_furniture_give_no_dates(desk):
    text = (
        "By Anna Example on January 3\n\nRussia, Friday, March, May\n\nLeave a Comment\n\nThe envoys met on January 14."
    )
    assert spans(desk, text) == ["2022-01-14"]


# ---------------------------------------------------------------- histories
HISTORY = (
    "The war began on September 1, 1939. France fell on June 22, 1940. The invasion came on June 22, 1941. "
    "On December 7, 1941 the fleet was hit. The landing was on June 6, 1944."
)


def test_many_full_dates_and_no_news_make_a_history_in_which_the_year_carries_over(desk):
    more = "On August 25 the city was free. It was over in May 1945, and on June 5 it was signed."
    assert spans(desk, f"{HISTORY}\n\n{more}")[5:] == ["1944-08-25", "1945-05", "1945-06-05"]


def test_news_with_a_few_old_dates_is_no_history(desk):
    text = "The pact of August 23, 1939 and that of May 22, 1939 came up on Friday. On January 14 they met."
    assert spans(desk, text) == ["1939-08-23", "1939-05-22", "2022-01-28", "2022-01-14"]


@pytest.mark.parametrize(
    ("news", "expected"),
    [
        ("", True),
        ("Nobody spoke yesterday.", False),
        ("On Friday nobody spoke.", False),
    ],
)
def test_a_text_tells_history_by_many_full_dates_and_hardly_any_of_news(desk, news, expected):
    text = f"{HISTORY} {news}"
    blocks = layout.lay_out(text, lambda line: False)
    assert narrative.is_history(narrative.place(text, blocks, desk.finder.find(text))) is expected


@pytest.mark.parametrize(
    ("text", "history", "news"),
    [
        ("It was led by former officers.", ["former"], []),
        ("They spent the summer at home.", ["the summer"], []),
        ("Their summer offensive failed.", ["summer"], []),
        ("At the same time, they waited.", ["the same time"], []),
        ("They hope to leave soon.", [], ["soon"]),
    ],
)
def test_some_words_are_a_time_only_in_a_history_and_some_only_in_news(desk, text, history, news):
    assert [one.text for one in desk.timexes(f"{HISTORY} {text}")[5:]] == history
    assert [one.text for one in desk.timexes(text)] == news


# ---------------------------------------------------------------- figures
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Signed on 5/4/2022 and 26/4/2022.", ["2022-04-05", "2022-04-26"]),
        ("Signed on 5/4/2022 and 4/26/2022.", ["2022-05-04", "2022-04-26"]),
        ("Signed on 5/4/2022, read on 26 April.", ["2022-04-05", "2022-04-26"]),
        ("Signed on 5/4/2022, read on April 26.", ["2022-05-04", "2022-04-26"]),
        ("Signed on 5-4-2022, read on 26 April.", ["2022-04-05", "2022-04-26"]),
        ("Signed on 5/4/2022, 13/4/2022 and 4/14/2022.", ["2022-05-04", "2022-04-13", "2022-04-14"]),
    ],
)
def test_the_other_dates_of_a_text_tell_how_its_figures_are_read(desk, text, expected):
    assert spans(desk, text) == expected


# ---------------------------------------------------------------- where an expression stands
def test_each_expression_stands_in_its_block_and_sentence(desk):
    text = "Moscow waits\n\nThe envoys met on Friday. They left on Sunday."
    blocks = layout.lay_out(text, lambda line: False)
    placed = narrative.place(text, blocks, desk.finder.find(text))
    assert [(item.block.part, text[slice(*item.sentence)]) for item in placed] == [
        (Part.BODY, "The envoys met on Friday. "),
        (Part.BODY, "They left on Sunday."),
    ]


def test_an_article_dated_only_to_a_span_leaves_its_story_open(desk):
    dct = ArticleDate(None, date(2022, 2, 1), date(2022, 2, 5))
    assert spans(desk, "They met on Monday. The next day they left.", dct) == ["2022-01-31", "2022-02-01"]
    assert spans(desk, "They met on Friday. They left on January 14.", dct) == [
        "[2022-01-28..2022-02-04]",
        "2022-01-14",
    ]


# ---------------------------------------------------------------- properties
SENTENCES = (
    "They met on Friday.", "The next day they left.", "They signed on May 2, 2014.", "On June 3 they ate.",
    "They had slept in May.", 'He said on Monday: "We leave tomorrow."', "They met in September and October 1950.",
    "It fell 3 percent from a year ago.", "By Anna Example on January 3", "\n\n", "Two days before Christmas they rested.",
    "At noon they ate.", "They met 5/4/2022.",
)  # fmt: skip


@given(st.lists(st.sampled_from(SENTENCES), max_size=10).map(" ".join), st.dates())
def test_every_expression_of_a_text_lies_inside_it_and_has_no_second_reading_that_is_its_first(desk, text, day):
    told = desk.timexes(text, ArticleDate(day, day, day))
    assert [one.begin for one in told] == sorted(one.begin for one in told)
    for one in told:
        assert text[one.begin : one.end] == one.text
        assert one.runner_up is None or (one.span and one.runner_up != one.span.edtf)
