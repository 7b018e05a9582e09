from dataclasses import replace
from itertools import permutations

import pytest

from app.core import copies
from app.core.model import Extent, StoredMention
from app.lexicon import DATA
from app.lexicon.boilerplate import load_boilerplate
from app.sources import sketch
from tests import texts
from tests.factories import mention

RULES = load_boilerplate(DATA)


def told(key: str, outlet: str | None, sentence: str, text: str | None = None) -> StoredMention:
    """A mention told in that sentence, in an article of that text; without one its text has no sketch."""
    made = sketch.of(text, boilerplate=RULES) if text else None
    return StoredMention(key, outlet, replace(mention(), sentence=Extent(0, len(sentence), sentence)), made)


FIRST = "Moscow received a note from Washington on January 26, the ministry told reporters in the evening."
OTHER = "A note of the United States was handed over in Moscow on Wednesday."
THIRD = "Washington's paper has come, and the ministry in Moscow is reading it."
AGENCY = told("agency", "Common Wire", FIRST, texts.AGENCY)


def count(*mentions: StoredMention) -> int:
    """How many tell it independently, which is the same in whatever order they come."""
    [found] = {len(set(copies.tellers(order))) for order in permutations(mentions)}
    return found


def test_who_prints_the_text_of_another_with_small_edits_is_no_further_teller():
    assert count(AGENCY, told("copy", "The Lake Post", OTHER, texts.COPY)) == 1


def test_who_tells_the_act_in_words_of_their_own_is_a_further_teller():
    assert count(AGENCY, told("own", "Evening Review", OTHER, texts.OWN_WORDS)) == 2


@pytest.mark.parametrize(("sentence", "tellers"), [(OTHER, 2), (FIRST, 1)])
def test_of_texts_that_share_a_long_quotation_the_sentence_that_tells_the_act_decides(sentence, tellers):
    assert count(AGENCY, told("quoting", "Morning Ledger", sentence, texts.QUOTING)) == tellers


def test_texts_without_a_sketch_are_compared_by_their_sentences_alone():
    assert count(AGENCY, told("copy", "The Lake Post", OTHER)) == 2
    assert count(AGENCY, told("copy", "The Lake Post", FIRST)) == 1
    assert count(told("a", "One", FIRST), told("b", "Two", OTHER)) == 2


def test_what_is_linked_over_others_is_one_teller():
    links = [
        told("copy", "The Lake Post", OTHER, texts.COPY),  # the agency's text, another sentence
        told("brief", "Brief News", OTHER),  # that sentence
        told("brief-2", "Brief News", THIRD),  # that outlet
    ]
    assert count(AGENCY, *links) == 1
    assert count(AGENCY, *links[1:]) == 2


def test_each_mention_has_the_number_of_its_article():
    mentions = [AGENCY, told("own", None, OTHER), told("agency", "Common Wire", THIRD), told("own", None, FIRST)]
    assert copies.tellers(mentions[:3]) == [0, 1, 0]
    assert copies.tellers(mentions) == [0, 0, 0, 0]


def test_two_articles_are_compared_once_however_often_they_mention_the_act(monkeypatch):
    asked = []
    monkeypatch.setattr(copies, "resemblance", lambda a, b: asked.append((a, b)) or 0.0)
    own = told("own", None, OTHER, texts.OWN_WORDS)
    assert copies.tellers([AGENCY, own, replace(AGENCY), replace(own)]) == [0, 1, 0, 1]
    assert len(asked) == 1


def test_sketches_of_different_makes_resemble_nothing():
    assert copies.resemblance("00ff" * 64, "00ff" * 32) == 0
    assert copies.resemblance("", "") == 0


def test_a_mention_is_the_same_whether_its_article_has_a_sketch_or_not():
    assert {AGENCY, replace(AGENCY, sketch=None)} == {AGENCY}
