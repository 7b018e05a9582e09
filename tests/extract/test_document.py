import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.model import Zone
from app.extract.document import Parser, Sentence
from app.extract.layout import Block, Part


def parse(parser: Parser, text: str, *parts: tuple[int, int, Part]) -> list[Sentence]:
    blocks = [Block(*part) for part in parts or [(0, len(text), Part.BODY)]]
    return parser.parse(text, list(enumerate(blocks)))


def test_a_sentence_knows_its_words_and_their_places_in_the_text(parser):
    text = "Moscow waits. Russia sent China a letter."
    _, second = parse(parser, text)
    assert text[second.begin : second.end] == "Russia sent China a letter."
    assert [(word.i, word.text, text[word.begin : word.end]) for word in second.words][:2] == [
        (0, "Russia", "Russia"), (1, "sent", "sent"),
    ]  # fmt: skip
    assert second.words[1].lemma == "send"


def test_the_tree_of_a_sentence_has_one_root_above_everything(desk):
    sentence = desk.sentence("Russia sent China a letter on January 20.")
    roots = [word for word in sentence.words if word.head == word.i]
    assert [root.text for root in roots] == ["sent"]
    assert sorted(sentence.subtree(roots[0].i)) == [word.i for word in sentence.words]
    for word in sentence.words:
        assert word.head == word.i or word.i in sentence.children[word.head]


def test_the_word_at_an_offset_is_the_one_that_covers_it(desk):
    sentence = desk.sentence("Russia sent China a letter.")
    assert [word and word.text for word in map(sentence.word_at, (0, 5, 6, 7, 99))] == [
        "Russia", "Russia", None, "sent", None,
    ]  # fmt: skip


def test_a_caption_is_a_zone_of_its_own_and_paragraphs_are_numbered(parser):
    text = "Russia sent a letter.\n\nA ship leaves port."
    first, second = parse(parser, text, (0, 21, Part.BODY), (23, 42, Part.CAPTION))
    assert [(one.zone, one.paragraph) for one in (first, second)] == [(Zone.BODY, 0), (Zone.CAPTION, 1)]


def test_a_long_paragraph_is_cut_at_sentences_and_keeps_its_offsets(parser):
    text = "Russia sent China a letter. " * 400 + "NATO answered it."
    sentences = parse(parser, text)
    assert len(sentences) == 401
    assert all(text[word.begin : word.end] == word.text for one in sentences for word in one.words)
    assert text[sentences[-1].begin : sentences[-1].end] == "NATO answered it."


@pytest.mark.parametrize("text", ["x" * 200_000, "1" * 200_000, "", "中" * 50_000])
def test_what_has_no_white_space_for_long_is_no_language(parser, text):
    assert parse(parser, text) == []


def test_a_long_sentence_that_is_language_is_read_from_its_start(parser):
    text = "Russia and " * 3000 + "China met."
    sentences = parse(parser, text)
    assert sentences and sentences[0].begin == 0
    assert all(0 <= one.begin < one.end <= len(text) for one in sentences)


@pytest.mark.parametrize("text", [" ", "\n\n", "\u0301", "\u200b", '"""', "((((", "😀 😀", "a\u0301 b\u0301"])
def test_odd_text_gives_sentences_inside_it(parser, text):
    assert all(0 <= one.begin <= one.end <= len(text) for one in parse(parser, text))


# ---------------------------------------------------------------- names
def entities(parser: Parser, text: str, *parts: tuple[int, int, Part]) -> list[tuple[str, str]]:
    """The names in all sentences of a text, as the text writes them, with their labels."""
    found = [one for sentence in parse(parser, text, *parts) for one in parser.entities(text, sentence)]
    assert [one.text for one in found] == [text[one.begin : one.end] for one in found]
    return [(one.text, one.label) for one in found]


def test_the_names_of_a_sentence_have_labels_and_lie_where_the_text_has_them(parser):
    text = "It rained. Angela Merkel flew to Norway."
    assert entities(parser, text) == [("Angela Merkel", "PERSON"), ("Norway", "GPE")]


def test_only_the_names_of_the_sentence_asked_for_are_found(parser):
    text = "Angela Merkel flew to Norway. Vladimir Putin stayed in Russia."
    first, second = parse(parser, text)
    assert [one.text for one in parser.entities(text, first)] == ["Angela Merkel", "Norway"]
    assert [(one.begin, one.end) for one in parser.entities(text, second)] == [(30, 44), (55, 61)]


@pytest.mark.parametrize("before", ["", "é中😀. ", "Nobody came.\n\n", "Nobody came.\r\n\r\n", "It rained. " * 400])
def test_what_stands_before_a_sentence_moves_its_names_and_changes_none(parser, before):
    assert entities(parser, before + "Angela Merkel flew to Norway.")[-2:] == [
        ("Angela Merkel", "PERSON"), ("Norway", "GPE"),
    ]  # fmt: skip


def test_a_block_that_begins_after_its_dateline_has_names_at_their_places_in_the_text(parser):
    text = "OSLO, May 4 - Angela Merkel flew to Norway."
    assert entities(parser, text, (14, len(text), Part.BODY)) == [("Angela Merkel", "PERSON"), ("Norway", "GPE")]


def test_asking_again_gives_the_same_names(parser):
    text = "Angela Merkel flew to Norway."
    [sentence] = parse(parser, text)
    assert parser.entities(text, sentence) == parser.entities(text, sentence)


WORDS = (
    "Angela Merkel", "Tobias Wendelmann", "Norway", "President", "met", "'s", "’", "é", "e\u0301", "😀", "中国", "\n\n",
    "\r\n", "\u200b", "\u00a0", "  ", ".", ",", "(", '"', "on January 20", "the Blue Lantern Group", "and",
)  # fmt: skip


@settings(max_examples=60, deadline=None)  # the first text may wait for the parser
@given(st.lists(st.sampled_from(WORDS), max_size=20).map(" ".join))
def test_the_names_of_any_words_lie_inside_their_sentence(parser, text):
    for sentence in parse(parser, text):
        last = sentence.begin
        for one in parser.entities(text, sentence):
            assert last <= one.begin < one.end <= sentence.end
            assert text[one.begin : one.end] == one.text
            last = one.end
