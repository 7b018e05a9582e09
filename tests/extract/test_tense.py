import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.extract import tense
from app.extract.units import FUTURE, PAST, UNKNOWN


def direction(text: str, at: str) -> int:
    """Which way the words around the expression `at` point; the text is one sentence."""
    begin = text.index(at)
    return tense.direction(text, (0, len(text)), begin, begin + len(at))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They met on Friday.", PAST),
        ("They have arrived on Friday.", PAST),
        ("They were told of it on Friday.", PAST),
        ("They will meet on Friday.", FUTURE),
        ("They'll meet on Friday.", FUTURE),
        ("They are due to meet on Friday.", FUTURE),
        ("They were expected to meet on Friday.", FUTURE),
        ("They plan to meet on Friday.", FUTURE),
        ("A meeting scheduled for Friday.", FUTURE),
        ("The deadline is Friday.", FUTURE),
        ("They would meet on Friday.", FUTURE),
        ("They would have met on Friday.", PAST),
        ("On Friday they met.", PAST),
        ("On Friday they will meet.", FUTURE),
        ("Talks on Friday.", UNKNOWN),
    ],
)
def test_the_nearest_verb_says_whether_a_date_is_past_or_to_come(text, expected):
    assert direction(text, "Friday") == expected


def test_the_verb_before_a_date_counts_more_than_the_one_after_it():
    assert direction("He said that on Friday they will meet.", "Friday") == PAST


def test_each_date_has_the_verb_nearest_before_it():
    text = "He said on Monday that they will meet on Friday."
    assert (direction(text, "Monday"), direction(text, "Friday")) == (PAST, FUTURE)


def test_a_verb_of_another_sentence_says_nothing():
    text = "They will meet. Talks on Friday. They will leave."
    begin = text.index("Friday")
    assert tense.direction(text, (16, 32), begin, begin + 6) == UNKNOWN


@pytest.mark.parametrize("words", ["by ", "until ", "before the ", "by the end of ", "through the middle of "])
def test_a_deadline_leans_ahead(words):
    text = f"They must answer {words}May."
    assert tense.leans_ahead(text, text.index("May"))


@pytest.mark.parametrize("words", ["on ", "in ", "since ", ""])
def test_a_plain_date_does_not_lean_ahead(words):
    text = f"They answered {words}May."
    assert not tense.leans_ahead(text, text.index("May"))


@given(st.text("wil met said to byed' ", max_size=60), st.data())
def test_any_words_point_somewhere_or_nowhere(text, data):
    begin = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(begin, len(text)))
    assert tense.direction(text, (0, len(text)), begin, end) in (PAST, UNKNOWN, FUTURE)
