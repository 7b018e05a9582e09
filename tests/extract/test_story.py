from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core import calendar
from app.core.calendar import DateSpan
from app.extract.story import Story
from tests.extract.expressions import WRITTEN, known, placed, read, spans

FULL_DAYS = (
    "The war began on September 1, 1939. The town fell on June 14, 1940. The attack came on June 22, 1941. "
    "The fleet was hit on December 7, 1941. They landed on June 6, 1944. "
)
"""Enough to make a history of whatever stands behind it; the story has reached June 1944."""


def after(text: str) -> list[str | None]:
    """What the expressions of a text span that goes on from that history."""
    return spans(FULL_DAYS + text)[5:]


def told(text: str) -> Story:
    """The state of the story of a text when it has been read to its end."""
    items = placed(text)
    story = Story(text, known(WRITTEN), history=False, day_first=False)
    for item, timex in zip(items, read(text), strict=True):
        story.enter(item.block, item.sentence)
        story.tell(timex, item)
    return story


def reached(text: str) -> tuple[DateSpan | None, DateSpan | None, tuple[DateSpan, ...]]:
    """What the next expression counts from: the date told before, the one told last, and those with a year."""
    context = told(text).context(placed(text)[-1].block, 0, None)
    return context.told, context.last, context.frames


# ---------------------------------------------------------------- what a story has told
def test_a_date_told_is_what_the_next_counts_from():
    day = calendar.day(date(2022, 1, 10))
    assert reached("They met on January 10.") == (day, day, ())


def test_a_date_told_with_its_year_is_one_to_take_a_year_from():
    day = calendar.day(date(2014, 5, 2))
    assert reached("They met on May 2, 2014.") == (day, day, (day,))


def test_a_year_alone_is_none_to_take_a_year_from():
    year = calendar.year(2014)
    assert reached("They met in 2014.") == (year, year, ())


def test_background_is_told_last_and_the_story_does_not_move_there():
    before, aside = calendar.day(date(2022, 1, 10)), calendar.day(date(2022, 1, 3))
    assert reached("They met on January 10. They had left on January 3.") == (before, aside, ())


@pytest.mark.parametrize(
    "text", ["They met daily.", "They met for two weeks.", "They met recently.", "They fell in 480 BC."]
)
def test_what_has_no_span_moves_no_story(text):
    assert reached(text) == (None, None, ())


# ---------------------------------------------------------------- background in news
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They met on January 10. They had left on January 3. The next day they slept.", "2022-01-11"),
        ("They met on January 10. They left on January 3. The next day they slept.", "2022-01-04"),
        ("They met on January 10. They had left on January 3; that day they ate.", "2022-01-03"),
        ("They met on January 10. He had slept; on January 3 they left. The next day they ate.", "2022-01-04"),
        ("They met on January 10. The accord of January 3 held. The next day they slept.", "2022-01-11"),
        ("They met on January 10. The night of January 3 was long. The next day they slept.", "2022-01-04"),
        ("They met on January 10, more than a year earlier. The next day they slept.", "2022-01-11"),
        ("They met on January 10, more often than a year ago. The next day they slept.", "2022-01-11"),
    ],
)
def test_a_past_perfect_a_comparison_and_the_date_of_an_accord_are_background(text, expected):
    assert spans(text)[-1] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They met on January 10.\n\nNobody spoke.\n\nThe next day they slept.", "2022-01-11"),
        ("They met on January 10.\n\n" + "Nobody spoke of it. " * 30 + "\n\nThe next day they slept.", "2022-02-03"),
    ],
)
def test_a_paragraph_counts_on_only_from_one_right_before_it(text, expected):
    assert spans(text)[-1] == expected


def test_the_year_of_a_sentence_reaches_the_next_sentence_and_no_further():
    first = "They signed on May 2, 2014. On June 3 they met."
    assert spans(f"{first} On July 4 they left.")[-1] == "2014-07-04"
    assert spans(f"{first}\n\nOn October 4 they left.")[-1] == "2021-10-04"


def test_a_caption_neither_moves_the_story_nor_knows_it():
    text = "They met on January 14, 2020.\n\nThe guard parades the day before. AP Photo/Anna Example\n\nThe next day they ate."
    assert spans(text) == ["2020-01-14", "2022-02-01", "2020-01-15"]


# ---------------------------------------------------------------- quarters
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It lost in the first quarter of 2020. The quarter was hard.", "2020-33"),
        ("It lost in the first quarter of 2020. It won in the year-earlier quarter.", "2019-33"),
        ("It lost in the first quarter of 2020.\n\nThe quarter was hard.", "2020-33"),
        ("The quarter was hard.", "2021-36"),
        (f"It lost in the first quarter of 2020.\n\n{'Nobody spoke of it. ' * 90}\n\nThe quarter was hard.", "2021-36"),
    ],
)
def test_a_report_counts_from_the_quarter_it_named_not_long_before(text, expected):
    assert spans(text)[-1] == expected


def test_what_a_quarter_is_compared_with_is_not_the_quarter_reported_on():
    text = "It lost in the first quarter of 2020, and won in the year-earlier quarter. The quarter was hard."
    assert spans(text) == ["2020-33", "2019-33", "2020-33"]


# ---------------------------------------------------------------- histories
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("On August 25 the city was free.", ["1944-08-25"]),
        ("The next day they slept.", ["1944-06-07"]),
        ("Two years ago they slept.", ["1942"]),
        ("At 10:30 they left.", ["1944-06-06"]),
        ("That summer they slept.", ["1944-22"]),
        ("In November they left. In March they came.", ["1944-11", "1945-03"]),
        ("In 1945 it ended. On March 3 they left.", ["1945", "1945-03-03"]),
        ("In the spring of 1946 it ended. In May they left.", ["1946-21", "1946-05"]),
    ],
)
def test_a_history_goes_on_from_the_date_it_has_reached(text, expected):
    assert after(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("In 1962 it was filmed. On August 3 they left.", ["1962", "1944-08-03"]),
        ("In 1962 it was filmed. The next year they left.", ["1962", "1945"]),
        ("They left (as of March 3, 1950). The next day they slept.", ["1950-03-03", "1944-06-07"]),
    ],
)
def test_a_far_year_and_the_state_of_a_figure_are_excursions_from_which_a_history_comes_back(text, expected):
    assert after(text) == expected


def test_an_excursion_is_still_what_that_year_means():
    assert after("In 1962 it was filmed, and that year they sang.") == ["1962", "1962"]


def test_a_heading_with_a_year_moves_a_history():
    assert after("\n\nThe year 1950\n\nOn March 3 they left.") == ["1950", "1950-03-03"]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("In 480 BC they fell. In April they rose.", ["BC0480", "BC0480-04"]),
        ("In 480 BC they fell. In the summer they rose.", ["BC0480", "BC0480-SU"]),
        ("In 480 BC they fell. The following year they rose.", ["BC0480", "BC0479"]),
        ("In 480 BC they fell. By May 1950 they rose. In June they slept.", ["BC0480", "1950-05", "1950-06"]),
    ],
)
def test_a_history_before_christ_goes_on_there_until_a_later_date_is_told(text, values):
    ancient = "They rose in 500 BC, in 499 BC, in 498 BC, in 497 BC and in 490 BC. "
    assert [one.value for one in read(ancient + text)][5:] == values


DAYS = st.lists(st.dates(date(1801, 1, 1), date(1999, 12, 31)), min_size=6, max_size=10)
MONTHS = ("January", "April", "June", "September", "October", "November", "December")


@given(DAYS, st.sampled_from(MONTHS), st.integers(1, 30))
def test_a_yearless_date_of_a_history_lies_in_a_year_told_or_next_to_it(days, month, number):
    told = " ".join(f"They met on {day.day} October {day.year}." for day in days)
    *_, last = read(f"{told} On {month} {number} they left.")
    years = {day.year for day in days}
    assert last.span is not None
    assert last.span.first_day.year in years | {year + 1 for year in years}


SENTENCES = (
    "They met on May 2, 2014.", "It ended in 1945.", "The next day they left.", "On June 3 they ate.", "They had slept in May.",
    "\n\n", "That year they sang.", "The quarter was hard.", "He left.", "In 480 BC they fell.", "Last week they met.",
)  # fmt: skip


@given(st.lists(st.sampled_from(SENTENCES), max_size=12).map(" ".join))
def test_reading_a_text_twice_gives_the_same(text):
    assert read(text) == read(text)
