from dataclasses import fields

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.extract import grammar, parts
from app.extract.document import Word
from app.extract.layout import Block, Part
from app.lexicon.kinds import OTHER
from tests.extract.conftest import Desk

NAMES = tuple(field.name for field in fields(parts.Parts))


def words_of(found: parts.Parts, name: str) -> list[Word]:
    """The words of one part; of the places, which stand beside their verb, the place."""
    return [one if isinstance(one, Word) else one[1] for one in getattr(found, name)]


def told(desk: Desk, text: str, verb: str) -> dict[str, list[str]]:
    """The nouns of each part of a sentence's verb that are not empty, as the text writes them."""
    kinds = desk.lexicon.kinds
    sentence = desk.sentence(text)
    word = next(word for word in sentence.words if word.text == verb)
    lemmas = grammar.verb_lemmas(sentence, word)
    kind = next((kinds.verbs[lemma] for lemma in lemmas if lemma in kinds.verbs), OTHER)
    found = parts.of_verb(sentence, word, kinds, kind)
    nouns = {name: words_of(found, name) for name in NAMES}
    return {name: [one.text for one in words] for name, words in nouns.items() if words}


def part(desk: Desk, text: str, verb: str, name: str) -> list[str]:
    return told(desk, text, verb).get(name, [])


# ---------------------------------------------------------------- the verb's own clause
@pytest.mark.parametrize(
    ("text", "verb", "source", "target"),
    [
        ("Egypt sent Norway a note.", "sent", ["Egypt"], ["Norway", "note"]),
        ("Egypt sent a note to Norway.", "sent", ["Egypt"], ["note", "Norway"]),
        ("A note was sent to Norway by Egypt.", "sent", ["Egypt"], ["note", "Norway"]),
        ("Norway was handed a note by Egypt.", "handed", ["Egypt"], ["Norway", "note"]),
        ("Egypt was attacked by Norway.", "attacked", ["Norway"], ["Egypt"]),
        ("Egypt spoke against Norway.", "spoke", ["Egypt"], ["Norway"]),
        ("Rebels kidnapped up to ten advisers.", "kidnapped", ["Rebels"], ["advisers"]),
        ("Norway received a note from Egypt.", "received", ["Egypt"], ["Norway"]),
        ("Egypt got a note from Norway.", "got", ["Norway"], ["Egypt"]),
        ("Egypt bought ships from Norway.", "bought", ["Egypt"], ["ships", "Norway"]),
        ("The king received Vladimir Putin.", "received", ["king"], ["Putin"]),
    ],
)
def test_a_verb_s_nouns_are_told_by_what_they_are_to_it(desk, text, verb, source, target):
    assert (part(desk, text, verb, "source"), part(desk, text, verb, "target")) == (source, target)


@pytest.mark.parametrize("text", ["It rained.", "It has rained.", "Nobody slept."])
def test_a_verb_that_is_done_to_nobody_has_a_source_alone(desk, text):
    verb = "slept" if "slept" in text else "rained"
    assert told(desk, text, verb) == {"source": [text.split()[0]]}


@pytest.mark.parametrize(
    ("text", "guest"),
    [
        ("The king received Vladimir Putin.", True),
        ("Vladimir Putin was received by the king.", True),
        ("Norway received a note from Vladimir Putin.", False),
        ("Norway greeted Vladimir Putin.", False),
    ],
)
def test_a_guest_is_received_and_a_note_only_arrives(desk, text, guest):
    sentence = desk.sentence(text)
    verb = next(word for word in sentence.words if word.text in ("received", "greeted"))
    assert parts.receives_guest(sentence, verb) is guest


# ---------------------------------------------------------------- what it leads to
@pytest.mark.parametrize(
    ("text", "verb", "reached", "deeds"),
    [
        ("Egypt threatened to ban Norway.", "threatened", ["Norway"], ["ban"]),
        ("Egypt declined to speak with Norway.", "declined", ["Norway"], ["speak"]),
        ("Egypt said it would boycott Norway.", "said", ["Norway"], ["boycott"]),
        ("Egypt said it would boycott contact with Norway.", "said", ["contact"], ["boycott"]),
        ("Egypt threatened that it would bomb Norway.", "threatened", ["Norway"], ["bomb"]),
        ("Egypt was accused of attacking Norway.", "accused", ["Norway"], ["attacking"]),
        ("Egypt said Norway must leave.", "said", ["Norway"], ["leave"]),
        ("Egypt said that Norway should leave Chad.", "said", ["Chad", "Norway"], ["leave"]),
        ("Egypt asked Norway to pay Chad.", "asked", ["Chad"], ["pay"]),
        ("Egypt said that it was attacked by Norway.", "said", ["Norway", "it"], ["attacked"]),
    ],
)
def test_an_act_reaches_those_at_whom_what_it_leads_to_is_aimed(desk, text, verb, reached, deeds):
    found = told(desk, text, verb)
    assert found["target" if "was accused" in text else "source"] == ["Egypt"]
    assert (found["reached"], found["deeds"]) == (reached, deeds)


@pytest.mark.parametrize(
    "text",
    [
        "Egypt said that Norway left Chad.",
        "Egypt said that Norway would leave Chad.",
        "Egypt said that Norway attacked Chad.",
    ],
)
def test_what_another_did_by_itself_is_not_what_the_act_leads_to(desk, text):
    assert told(desk, text, "said") == {"source": ["Egypt"]}


@pytest.mark.parametrize("depth", [1, 2, 3])
def test_an_act_leads_on_through_three_verbs(desk, depth):
    chain = ["try", "begin", "learn"][3 - depth :]
    found = told(desk, f"Egypt wanted to {' to '.join(chain)} to love Norway.", "wanted")
    assert found["deeds"] == [*chain, "love"][:3]
    assert ("reached" in found) is (depth < 3)


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("Egypt demanded that Norway withdraw.", ["Norway"]),
        ("Egypt said that Norway withdrew.", []),
        ("Egypt announced that Norway withdrew.", []),
    ],
)
def test_only_a_kind_that_is_aimed_at_somebody_is_aimed_at_who_does_what_it_asks(desk, text, target):
    assert part(desk, text, text.split()[1], "target") == target


@pytest.mark.parametrize(
    ("text", "reached"),
    [
        ("Egypt will leave unless France pays.", ["France"]),
        ("Egypt will leave if France pays Chad.", ["France", "Chad"]),
        ("Egypt will leave when France pays Chad.", []),
        ("Egypt will leave because France pays Chad.", []),
        ("Egypt will leave to punish France.", ["France"]),
    ],
)
def test_a_condition_and_a_purpose_reach_those_named_in_them(desk, text, reached):
    assert part(desk, text, "leave", "reached") == reached


# ---------------------------------------------------------------- places
@pytest.mark.parametrize(
    ("text", "verb", "places"),
    [
        ("Egypt withdrew its troops from Lebanon.", "withdrew", ["Lebanon"]),
        ("Egypt began to withdraw its troops from Lebanon.", "began", ["Lebanon"]),
        ("Egypt was ready to withdraw its troops from Lebanon.", "was", ["Lebanon"]),
        ("Egypt spoke in Chad.", "spoke", ["Chad"]),
        ("Police detained a man off Norway.", "detained", ["Norway"]),
        ("Police arrested a man in a village near Cairo.", "arrested", ["village"]),
        ("Egypt spoke with Norway.", "spoke", []),
        ("Rebels in Chad attacked a village.", "attacked", []),  # where they are is not where they attacked
    ],
)
def test_the_places_are_those_of_the_verb_its_object_and_what_it_leads_to(desk, text, verb, places):
    assert part(desk, text, verb, "places") == places


def test_a_place_stands_with_the_verb_that_was_done_there(desk):
    sentence = desk.sentence("Egypt said in Chad that it would arrest rebels in Norway.")
    said = next(word for word in sentence.words if word.text == "said")
    found = parts.of_verb(sentence, said, desk.lexicon.kinds, "statement")
    assert [(verb.text, noun.text) for verb, noun in found.places] == [("said", "Chad"), ("arrest", "Norway")]


# ---------------------------------------------------------------- any sentence
WORDS = (
    "Egypt", "Norway", "Chad", "troops", "a note", "rebels", "it", "who", "said", "threatened", "to ban", "received",
    "demanded", "was sent", "must leave", "withdrew", "by", "to", "from", "in", "up to", "with", "that", "unless", "if",
    "and", ",", "of attacking", "would", "given", "not",
)  # fmt: skip


@settings(max_examples=60, deadline=None)  # the first sentence may wait for the parser
@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=16).map(" ".join))
def test_the_parts_of_any_verb_are_words_of_its_sentence(desk, text):
    kinds = desk.lexicon.kinds
    for sentence in desk.parser.parse(text, [(0, Block(0, len(text), Part.BODY))]):
        for verb in filter(grammar.is_verb, sentence.words):
            for kind in (OTHER, "request", "assault"):
                found = parts.of_verb(sentence, verb, kinds, kind)
                nouns = {word for name in NAMES for word in words_of(found, name)}
                assert nouns <= set(sentence.words)
                assert verb not in found.deeds and len(found.deeds) == len({deed.i for deed in found.deeds})
