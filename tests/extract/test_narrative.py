from datetime import date

import pytest

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


@pytest.mark.xfail(
    strict=True, reason='"before" and "after" with an event of their own behind them are counted from the story'
)
@pytest.mark.parametrize(
    "text",
    [
        "The day before they met, on January 14, nobody spoke.",
        "They met on January 10. Two days after the election the minister left.",
        "They met on January 10. Two days after the 26th of January the minister left.",
    ],
)
def test_a_day_before_or_after_something_else_is_not_counted_from_the_story(desk, text):
    [counted] = [timex for timex in desk.timexes(text) if timex.rule == "day-before"]
    assert counted.span is None


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


# ---------------------------------------------------------------- figures
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Signed on 5/4/2022 and 26/4/2022.", ["2022-04-05", "2022-04-26"]),
        ("Signed on 5/4/2022 and 4/26/2022.", ["2022-05-04", "2022-04-26"]),
        ("Signed on 5/4/2022, read on 26 April.", ["2022-04-05", "2022-04-26"]),
        ("Signed on 5/4/2022, read on April 26.", ["2022-05-04", "2022-04-26"]),
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
