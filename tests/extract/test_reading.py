from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core import calendar
from app.core.model import Step
from app.extract import reading
from app.extract.units import FUTURE, PAST, UNKNOWN, Meaning
from tests.extract.expressions import WORDS, WRITTEN, on

TOLD, FRAME, LAST = (calendar.day(date(2022, 1, number)) for number in (10, 11, 12))


# ---------------------------------------------------------------- numbers
@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("a", 1),
        ("an", 1),
        ("7", 7),
        ("seven", 7),
        ("twenty-five", 25),
        ("twenty five", 25),
        ("a couple of", 2),
        ("a dozen", 12),
        ("three dozen", 36),
        ("a hundred", 100),
        ("two hundred fifty", 250),
        ("two thousand", 2000),
        ("2 1/2", 2.5),
        ("three and a half", 3.5),
        ("3/4", 0.75),
    ],
)
def test_a_number_is_as_many_as_its_words_add_up_to(words, expected):
    assert WORDS.number(words) == expected


@pytest.mark.parametrize(
    "words", ["several", "a few", "many", "some", "dozens of", "a few dozen", "half a", "half an", "3/0", "odd"]
)
def test_a_vague_number_is_none(words):
    assert WORDS.number(words) is None


def test_the_hundreds_behind_a_thousand_are_added_to_it():
    assert WORDS.number("one thousand five hundred") == 1500


def test_a_range_of_figures_is_neither_of_them_alone():
    assert WORDS.number("10-15") is None


@given(st.integers(1, 9999))
def test_figures_are_the_number_they_write(number):
    assert WORDS.number(str(number)) == number


@pytest.mark.parametrize(("words", "expected"), [("third", 3), ("3rd", 3), ("3", 3), ("twentieth", 20), ("31st", 31)])
def test_an_ordinal_is_read_in_words_and_figures(words, expected):
    assert WORDS.ordinal(words) == expected


# ---------------------------------------------------------------- years in words
@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("nineteen ninety-six", 1996),
        ("nineteen ninety six", 1996),
        ("eighteen twelve", 1812),
        ("nineteen hundred", 1900),
        ("twenty twenty-two", 2022),
        ("two thousand", 2000),
        ("two thousand four", 2004),
        ("two thousand and four", 2004),
        ("the year two thousand", 2000),
    ],
)
def test_a_year_in_words_is_the_year_a_transcript_means(words, expected):
    assert WORDS.year_in_words(words) == expected


# ---------------------------------------------------------------- words of the vocabulary
def test_every_class_of_words_has_its_values():
    assert (WORDS.month("january"), WORDS.month("may"), WORDS.weekday("sunday"), WORDS.weekday("mon")) == (1, 5, 7, 1)
    assert (WORDS.season("autumn"), WORDS.season("fall")) == (23, 23)
    assert (WORDS.unit("fortnight"), WORDS.unit("minutes"), WORDS.set_word("biweekly")) == ("F", "TM", "P2W")
    assert (WORDS.clock_word("noon"), WORDS.zone_hours("ist")) == ("12:00", 5.5)


@pytest.mark.parametrize(("word", "part"), [("dawn", "MO"), ("evening", "EV"), ("overnight", "NI"), (None, "")])
def test_a_part_of_the_day_has_its_letters_and_none_has_none(word, part):
    assert WORDS.part_of_day(word) == part


def test_a_word_is_only_of_the_classes_that_hold_it():
    assert WORDS.has("deictic", "today") and not WORDS.has("deictic", "friday")
    with pytest.raises(KeyError):
        WORDS.value("deictic", "friday")


@pytest.mark.parametrize(
    ("fields", "sign"),
    [
        ({"mod": "last"}, -1),
        ({"mod": "past"}, -1),
        ({"mod": "this"}, 0),
        ({"mod": "next"}, 1),
        ({"tale": "previous"}, -1),
        ({"tale": "same"}, 0),
        ({"tale": "following"}, 1),
        ({"unit": "week"}, None),
    ],
)
def test_the_words_say_which_one_is_meant_or_leave_it_open(fields, sign):
    assert WORDS.sign(fields) == sign


@pytest.mark.parametrize(
    ("fields", "third"),
    [
        ({"third": "early"}, 0),
        ({"third2": "mid"}, 1),
        ({"third": "late"}, 2),
        ({"phase": "end"}, 2),
        ({"phase": "beginning"}, 0),
        ({"phase": "latter part"}, 2),
        ({"phase": "nowhere"}, None),
        ({}, None),
    ],
)
def test_the_words_say_which_third_is_meant_or_leave_it_open(fields, third):
    assert WORDS.third(fields) == third


# ---------------------------------------------------------------- what is counted from
def test_today_is_the_article_s_day_or_the_day_on_which_it_was_said():
    assert reading.writing_day(on(), WRITTEN) == (WRITTEN, "the article's day")
    assert reading.writing_day(on(said=TOLD), WRITTEN) == (TOLD.first_day, "the day on which it was said")


def test_what_was_said_in_some_month_was_said_on_no_known_day():
    assert reading.writing_day(on(said=calendar.month(2021, 12)), WRITTEN) == (WRITTEN, "the article's day")


@pytest.mark.parametrize(
    ("context", "expected"),
    [
        (on(told=TOLD, frames=(FRAME,), last=LAST), (TOLD, "the date told before")),
        (on(frames=(FRAME,), last=LAST), (calendar.day(WRITTEN), "the article's day")),
        (on(narrative=True, told=TOLD, frames=(FRAME,), last=LAST), (TOLD, "the date told before")),
        (on(narrative=True, frames=(FRAME,), last=LAST), (FRAME, "the last date told")),
        (on(narrative=True, last=LAST), (LAST, "the last date told")),
        (on(narrative=True), (calendar.day(WRITTEN), "the article's day")),
    ],
)
def test_a_story_counts_from_what_it_told_last_and_only_then_from_the_article(context, expected):
    assert reading.tale(context, WRITTEN) == expected


def test_a_story_of_an_article_without_a_date_counts_from_nothing():
    assert reading.tale(on(None), None) == (None, "the article's day")


# ---------------------------------------------------------------- how it is told
def test_a_step_tells_what_was_counted_from_which_date_to_which():
    assert reading.counted("ago", "two days ago", WRITTEN, "the article's day", TOLD, ", so") == (
        Step("ago", "two days ago counts from the article's day, Wednesday, February 2, 2022, so → 2022-01-10"),
    )
    assert reading.counted("unit", "that day", calendar.month(2022, 1), "the story", TOLD) == (
        Step("unit", "that day counts from the story, 2022-01 → 2022-01-10"),
    )


@pytest.mark.parametrize(
    ("direction", "words"), [(PAST, ", told in the past"), (FUTURE, ", told of the future"), (UNKNOWN, ", the nearest")]
)
def test_a_direction_is_told_in_words(direction, words):
    assert reading.told_words(direction) == words


# ---------------------------------------------------------------- the reading that came second
def test_a_runner_up_is_kept_with_the_reason_it_was_weighed_for():
    meaning = Meaning(TOLD.edtf, TOLD, steps=(Step("nearest-year", "so"),))
    assert reading.with_runner_up(meaning, LAST, "the year that comes second") == Meaning(
        TOLD.edtf,
        TOLD,
        steps=(Step("nearest-year", "so"), Step("runner-up", "2022-01-12 was weighed too: the year that comes second")),
        runner_up="2022-01-12",
    )


@pytest.mark.parametrize("other", [None, TOLD])
def test_no_other_reading_or_the_same_one_is_no_runner_up(other):
    meaning = Meaning(TOLD.edtf, TOLD)
    assert reading.with_runner_up(meaning, other, "why") is meaning


def test_what_has_no_span_has_no_runner_up():
    meaning = Meaning("XXXX-XX-XX")
    assert reading.with_runner_up(meaning, LAST, "why") is meaning
