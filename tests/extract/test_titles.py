import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.extract import titles
from app.extract.titles import LONGEST
from tests.extract.conftest import Desk


def title(desk: Desk, text: str) -> str:
    return desk.mention(text).title


# ---------------------------------------------------------------- what it says
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Russia sent China a letter on January 20.", "Russia sends China a letter"),
        ("On January 20, Russia presented its plan to NATO.", "Russia presents its plan to NATO"),
        ("Russia and China signed a treaty on January 20.", "Russia and China sign a treaty"),
        (
            "The United States imposed sanctions on Russia on January 20.",
            "The United States imposes sanctions on Russia",
        ),
        ("Russia held talks with China on January 20.", "Russia and China hold talks"),
        ("Russia gave an interview on January 20.", "Russia gives an interview"),
        ("Russia and China held a summit in Samarkand on January 20.", "Russia and China hold a summit"),
        ('"We sent our plan to China on January 20," Sergei Lavrov said.', "Russia sends its plan to China"),
        ("Sergei Lavrov said on Friday that Russia would answer.", "Sergey Lavrov says that Russia would answer"),
        ("The letter was published by Russia on January 20.", "The letter is published"),
    ],
)
def test_a_title_tells_who_does_what_in_the_present_tense_without_its_date(desk, text, expected):
    assert title(desk, text) == expected


@pytest.mark.parametrize(
    "text", ["Russia did not sign the treaty on January 20.", "Russia refused to sign the treaty on January 20."]
)
def test_the_title_of_a_denied_act_does_not_tell_it_as_done(desk, text):
    assert title(desk, text) != "Russia signs the treaty"


@pytest.mark.parametrize(
    ("text", "invented"),
    [
        ("Russia dismissed the letter of January 20.", "Russia sends a message"),
        ("Talks ran from January 10 to 13, and Russia will sign a treaty with China.", "Russia and China hold talks"),
    ],
)
def test_who_is_only_named_beside_an_act_did_not_do_it(desk, text, invented):
    assert title(desk, text) != invented


@pytest.mark.parametrize("text", ["They met China on January 20."])
def test_a_title_does_not_begin_with_its_verb(desk, text):
    assert not title(desk, text).startswith("Meets")


def test_the_speaker_stands_in_the_title_once(desk):
    assert title(desk, "The talks would go on, Russia said on January 20.") == "Russia says the talks would go on"


def test_a_title_ends_before_a_clause_that_its_date_opened(desk):
    first = desk.mentions("Russia met China on Friday, two days before it met India.")[0]
    assert first.title == "Russia meets China"


# ---------------------------------------------------------------- its form
@pytest.mark.parametrize(
    ("lemma", "present"),
    [("meet", "meets"), ("publish", "publishes"), ("reply", "replies"), ("say", "says"), ("be", "is"), ("go", "goes")],
)  # fmt: skip
def test_the_present_tense_of_the_third_person(lemma, present):
    assert titles.present(lemma) == present


def test_a_long_title_is_cut_at_a_word_with_an_ellipsis():
    line = "Russia presents its plan on " + "legally binding security guarantees and " * 4
    cut = titles.cut(line)
    assert cut == "Russia presents its plan on legally binding security guarantees and legally binding…"


def test_a_title_begins_with_a_capital_and_ends_without_a_loose_word():
    assert titles.cut("  the  talks of the ") == "The talks"
    assert titles.cut("") == ""


@given(
    st.lists(
        st.sampled_from(("talks", "security,", "guarantees", "Ukraine.", "agreement", "x" * 40)),
        min_size=1,
        max_size=30,
    )
)
def test_a_title_is_never_longer_than_it_may_be_nor_cut_inside_a_word(words):
    cut = titles.cut(" ".join(words))
    whole = [word.strip(",.").lower() for word in words]
    kept = [word.strip(",.…").lower() for word in cut.split()]
    assert len(cut) <= LONGEST
    assert kept == whole[: len(kept)]
    assert len(kept) == len(whole) or cut.endswith("…")


LONG = "Russia presented {} to the United States and NATO on January 20."


@given(
    st.lists(
        st.sampled_from(("binding", "plans", "for", "security,", "guarantees", "and", "treaties")),
        min_size=5,
        max_size=30,
    )
)
def test_titles_of_long_clauses_are_short_and_whole(desk, words):
    text = LONG.format(" ".join(["proposals", *words]))
    for one in desk.mentions(text):
        assert len(one.title) <= LONGEST
        assert re.fullmatch(r"[A-Z].*[\w…]", one.title)
