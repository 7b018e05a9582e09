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
        ("They meet on Friday.", FUTURE),
        ("The truce expires on Friday.", FUTURE),
        ("They hope for a deal on Friday.", FUTURE),
        ("They expect a deal on Friday.", FUTURE),
        ("They voted to leave on Friday.", FUTURE),
        ("They are to leave on Friday.", FUTURE),
        ("The upcoming talks of Friday.", FUTURE),
        ("THEY WILL MEET ON Friday.", FUTURE),
        ("They may leave on Friday.", FUTURE),
        ("They might have left on Friday.", PAST),
        ("They did not meet on Friday.", PAST),
        ("They managed to leave on Friday.", PAST),
        ("They went to see him on Friday.", PAST),
        ("They refused to meet on Friday.", PAST),
        ("The United team on Friday.", UNKNOWN),
        ("They need it on Friday.", UNKNOWN),
        ("The two votes on Friday.", UNKNOWN),
        ("Their plans on Friday.", UNKNOWN),
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


def test_a_verb_too_far_off_says_nothing():
    text = f"They will meet, {'and so on, ' * 30}on Friday."
    assert direction(text, "Friday") == UNKNOWN


# ---------------------------------------------------------------- weekdays
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They met Friday.", PAST),
        ("They will meet Friday.", FUTURE),
        ("They may leave Friday.", FUTURE),
        ("They could not be found Friday.", PAST),
        ("They can be seen Friday.", PAST),
        ("Friday's ruling may hold.", PAST),
        ("Friday's ruling would hold.", PAST),
        ("Friday's ruling will hold.", FUTURE),
        ("Talks were suspended until Friday.", FUTURE),
        ("Talks were adjourned till Friday.", FUTURE),
        ("They slept until Friday.", PAST),
        ("Starting Friday they slept.", FUTURE),
        ("As early as Friday they slept.", FUTURE),
    ],
)
def test_a_bare_weekday_has_mostly_been_unless_it_is_plainly_to_come(text, expected):
    begin = text.index("Friday")
    assert tense.of_weekday(text, (0, len(text)), begin, begin + 6) == expected


# ---------------------------------------------------------------- terms
@pytest.mark.parametrize("words", ["since ", "Since ", "since the end of ", "since early ", "since mid-"])
def test_what_something_lasts_since_has_been(words):
    text = f"They slept {words}May."
    assert tense.looks_since(text, text.index("May"))


@pytest.mark.parametrize("words", ["in ", "until ", "since then in ", "sincere ", ""])
def test_and_nothing_else_has(words):
    text = f"They slept {words}May."
    assert not tense.looks_since(text, text.index("May"))


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
    assert tense.of_weekday(text, (0, len(text)), begin, end) in (PAST, UNKNOWN, FUTURE)


@given(st.text("wil met said to byed' ", max_size=60), st.data())
def test_words_outside_the_sentence_change_nothing(text, data):
    begin = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(begin, len(text)))
    framed = f"They will meet. {text}. They met."
    sentence = (16, 16 + len(text))
    alone = tense.direction(text, (0, len(text)), begin, end)
    assert tense.direction(framed, sentence, begin + 16, end + 16) == alone
