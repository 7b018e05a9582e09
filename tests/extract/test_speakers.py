from datetime import date

import pytest

from app.extract import layout, quotation
from app.extract.speakers import Speakers
from tests.extract.conftest import WRITTEN, Desk


def voices(desk: Desk, text: str) -> Speakers:
    blocks = layout.lay_out(text, lambda line: False)
    sentences = desk.parser.parse(text, list(enumerate(blocks)))
    quoted = quotation.quotations(text, blocks)
    return Speakers(sentences, desk.named(text), quoted, text, desk.lexicon.kinds, desk.lexicon.actors)


def speaker(desk: Desk, text: str, at: str) -> str | None:
    """Whose words `at` are, which stands in a quotation of the text."""
    blocks = layout.lay_out(text, lambda line: False)
    sentences = desk.parser.parse(text, list(enumerate(blocks)))
    offset = text.index(at)
    [(number, sentence)] = [(n, one) for n, one in enumerate(sentences) if one.begin <= offset < one.end]
    named = voices(desk, text).of_quotation(number, sentence, offset)
    return named and named.actor_id


# ---------------------------------------------------------------- who is quoted
def test_both_marks_of_a_quotation_lie_inside_it(desk):
    text = 'He said "yes" twice.'
    heard = voices(desk, text)
    assert [heard.quoted(offset) for offset in (7, 8, 12, 13)] == [False, True, True, False]


# ---------------------------------------------------------------- who speaks
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"We agree," Sergei Lavrov said.', "sergey-lavrov"),
        ('Sergei Lavrov said: "We agree."', "sergey-lavrov"),
        ('"We agree," said Russian Foreign Minister Sergei Lavrov.', "sergey-lavrov"),
        ('Antony Blinken left. "We agree," Sergei Lavrov told reporters.', "sergey-lavrov"),
        ('Sergei Lavrov told Antony Blinken: "We agree."', "sergey-lavrov"),
        ('According to Sergei Lavrov, "We agree."', "sergey-lavrov"),
        ('Sergei Lavrov said no. "We agree," he added.', "sergey-lavrov"),
        ('Sergei Lavrov said no.\n\n"We agree," it was added.', "sergey-lavrov"),
        ('Sergei Lavrov said no. "That is so. We agree."', "sergey-lavrov"),
        ('"We agree," somebody said.', None),
    ],
)
def test_a_quotation_is_of_the_nearest_who_is_heard(desk, text, expected):
    assert speaker(desk, text, "We agree") == expected


def test_a_verb_of_speech_inside_a_quotation_makes_nobody_speak(desk):
    text = '"Antony Blinken said no, and we agree," Sergei Lavrov noted.'
    assert speaker(desk, text, "we agree") == "sergey-lavrov"


def test_two_speakers_of_one_text_keep_their_own_words(desk):
    text = '"We agree," Sergei Lavrov said.\n\n"We refuse," Antony Blinken replied.'
    assert (speaker(desk, text, "We agree"), speaker(desk, text, "We refuse")) == ("sergey-lavrov", "antony-blinken")


def test_he_is_the_last_person_heard_before(desk):
    text = "Sergei Lavrov said no. Antony Blinken said yes. He left."
    named = voices(desk, text).before(text.index("He left"))
    assert named and named.actor_id == "antony-blinken"
    assert voices(desk, text).before(0) is None


# ---------------------------------------------------------------- whom "we" stands for
@pytest.mark.parametrize(
    ("name", "day", "expected"),
    [
        ("Sergei Lavrov", WRITTEN, "RUS"),
        ("Jens Stoltenberg", WRITTEN, "nato"),
        ("Jens Stoltenberg", date(2012, 1, 1), "NOR"),
        ("Sergei Lavrov", None, "RUS"),
    ],
)
def test_we_is_the_state_or_organisation_of_the_office_held_on_that_day(desk, name, day, expected):
    [named] = desk.named(f"{name} spoke.")
    assert voices(desk, "Nobody spoke.").side(named, day) == expected


def test_a_text_in_which_nobody_speaks_has_no_speaker(desk):
    assert voices(desk, "Russia waits.").before(5) is None
