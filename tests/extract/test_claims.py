"""Whose claim an act is: read through the whole extraction."""

import pytest

from app.core.model import Reporter
from tests.extract.conftest import Desk


def claimed(desk: Desk, text: str, *, at: int = -1) -> Reporter | None:
    return desk.mentions(text)[at].reported_by


def by(desk: Desk, text: str, *, at: int = -1) -> tuple[str | None, str] | None:
    found = claimed(desk, text, at=at)
    return (found.id, found.name) if found else None


LAVROV = ("sergey-lavrov", "Sergey Lavrov")


@pytest.mark.parametrize(
    "text",
    [
        "Sergey Lavrov said that Egypt attacked Chad on January 20.",
        "Sergey Lavrov said Egypt attacked Chad on January 20.",
        "Egypt attacked Chad on January 20, Sergey Lavrov said.",
        "Egypt attacked Chad on January 20, said Sergey Lavrov.",
        "According to Sergey Lavrov, Egypt attacked Chad on January 20.",
        "Egypt attacked Chad on January 20, according to Sergey Lavrov.",
        '"Egypt attacked Chad on January 20," Sergey Lavrov said.',
        'Sergey Lavrov was angry. "Egypt attacked Chad on January 20," he said.',
        "Sergey Lavrov claimed that Egypt praised Norway and attacked Chad on January 20.",
        "Sergey Lavrov said Egypt began to attack Chad on January 20.",
        "Sergey Lavrov said the attack of January 20 by Egypt was shameful.",
    ],
)
def test_what_somebody_says_is_their_claim(desk, text):
    assert by(desk, text) == LAVROV


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Egypt attacked Chad on January 20, officials said.", "officials"),
        ("Two diplomats said that Egypt attacked Chad on January 20.", "Two diplomats"),
    ],
)
def test_somebody_unnamed_is_told_in_the_words_of_the_text(desk, text, name):
    found = claimed(desk, text)
    assert found == Reporter(None, name, text.index(name), text.index(name) + len(name))


def test_a_ministry_a_state_and_a_stranger_claim_too(desk):
    assert by(desk, "Norway said that Egypt attacked Chad on January 20.") == ("NOR", "Norway")
    assert by(desk, "Tobias Wendelmann said that Egypt attacked Chad on January 20.") == (
        "new-person-tobias-wendelmann",
        "Tobias Wendelmann",
    )


@pytest.mark.parametrize(
    "text",
    [
        "Egypt attacked Chad on January 20.",
        "Sergey Lavrov said on January 20 that he was glad.",
        "Sergey Lavrov, who met Antony Blinken on January 20, said nothing.",
        "After Egypt attacked Chad on January 20, Sergey Lavrov said that he was sorry.",
        "Egypt met Chad on January 20 to hear what Sergey Lavrov said.",
    ],
)
def test_what_the_narrator_tells_is_no_claim(desk, text):
    assert claimed(desk, text, at=0) is None


def test_a_saying_and_what_it_says_are_told_apart(desk):
    text = "Sergey Lavrov said on January 21 that Egypt attacked Chad on January 20."
    found = {one.trigger.lemma: one.reported_by and one.reported_by.id for one in desk.mentions(text)}
    assert found == {"say": None, "attack": "sergey-lavrov"}


def test_a_quotation_of_nobody_is_a_claim_of_somebody_unnamed(desk):
    found = claimed(desk, '"Egypt attacked Chad on January 20."')
    assert found and found.id is None and found.begin == found.end


@pytest.mark.parametrize(
    "text",
    [
        "\r\n\u2028Sergey Lavrov said Egypt attacked Chad on January 20.",
        "\r\n\t Officials said Egypt hit Chad on May 5.",
    ],
)
def test_the_reporter_s_offsets_are_those_of_the_text_as_given(desk, text):
    found = claimed(desk, text)
    assert found and text[found.begin : found.end] in ("Sergey Lavrov", "Officials")


def test_what_stands_before_a_semicolon_is_not_said_behind_it(desk):
    text = "Egypt attacked Chad on January 20; officials later said it was late."
    assert claimed(desk, text, at=0) is None
