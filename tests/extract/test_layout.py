import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.extract import layout
from app.extract.layout import Block, Part

BODY = "Russia sent the United States a note about the security of Europe on Friday."


def parts(*lines: str, boilerplate: frozenset[str] = frozenset()) -> list[Part]:
    """The part that each line of a page is."""
    return [block.part for block in layout.lay_out("\n".join(lines), lambda line: line in boilerplate)]


def sentences(text: str) -> list[str]:
    [block] = layout.lay_out(text, lambda line: False)
    return [text[begin:end] for begin, end in layout.sentences(text, block)]


# ---------------------------------------------------------------- what a line is
@pytest.mark.parametrize(
    ("line", "part"),
    [
        (BODY, Part.BODY),
        ('"We sent a note," the minister said.', Part.BODY),
        ("Russia waits:", Part.BODY),
        ("Moscow waits for an answer", Part.HEADING),
        ("All news", Part.HEADING),
        ("By Anna Example", Part.BYLINE),
        ("By Anna Example and Ben Sample", Part.BYLINE),
        ("World | By Anna Example", Part.BYLINE),
        ("Russia, President, Putin, Talks, Hungary", Part.TAGS),
        ("Rome, Friday, May 1, 1998", Part.HEADING),
        ("Envoys, ministers, generals, they all met.", Part.BODY),
        ("© Anna Example", Part.CAPTION),
        ("The minister (left) greets his guest.", Part.CAPTION),
        ("The minister greets his guest. AP Photo/Anna Example", Part.CAPTION),
        ("A ship leaves port on Monday. Navy Press Service", Part.CAPTION),
        ("Photo: Anna Example", Part.CAPTION),
        ("The palace is pictured at dawn.", Part.CAPTION),
    ],
)
def test_a_line_is_told_by_its_shape(line, part):
    assert parts(line) == [part]


def test_a_byline_needs_a_capital_name_behind_its_by():
    assert parts("by the time news") == [Part.HEADING]


def test_what_follows_a_row_of_tags_is_its_caption():
    assert parts("Ship, harbour, navy, north", "A ship leaves the harbour.", BODY) == [
        Part.TAGS, Part.CAPTION, Part.BODY,
    ]  # fmt: skip


def test_furniture_is_told_by_the_lexicon_first():
    assert parts("Leave a comment", BODY, boilerplate=frozenset({"Leave a comment"})) == [Part.BOILERPLATE, Part.BODY]


def test_a_long_line_is_body_whatever_it_looks_like():
    line = "We sent a note. " * 60 + "The Press Service"
    assert parts(line) == [Part.BODY]


# ---------------------------------------------------------------- lines and blocks
def test_a_block_has_no_white_space_around_it():
    text = "\n  Moscow waits \n\n\t" + BODY + " \n"
    assert layout.lay_out(text, lambda line: False) == [
        Block(3, 15, Part.HEADING),
        Block(19, 19 + len(BODY), Part.BODY),
    ]


def test_the_lines_of_a_hard_wrapped_paragraph_are_one_block():
    wrapped = "Russia sent the United States a note about the security\nof the whole of Europe on Friday, and that it was\nread."
    [block] = layout.lay_out(wrapped, lambda line: False)
    assert wrapped[block.begin : block.end] == wrapped


@pytest.mark.xfail(strict=True, reason="a wrapped line that begins with a capital is taken for a new paragraph")
def test_a_wrapped_line_may_begin_with_a_name():
    assert parts(
        "The envoys of both sides met late on Friday and then told", "Russia and NATO what they had agreed."
    ) == [Part.BODY]


def test_a_line_that_ends_a_sentence_ends_its_block_and_so_does_an_empty_line():
    assert len(parts(BODY, "but nobody answered it before the end of the week.")) == 2
    assert len(parts("Russia sent the United States a note about the security", "", "of Europe on Friday.")) == 2


def test_a_short_line_is_not_wrapped():
    assert len(parts("Moscow waits", "for an answer it may never get from anyone.")) == 2


def test_nothing_gives_no_block():
    assert layout.lay_out("", lambda line: False) == []
    assert layout.lay_out(" \n\t\r \u2003", lambda line: False) == []


# ---------------------------------------------------------------- sentences
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They met. They left.", ["They met. ", "They left."]),
        ('He said: "Never." "Why?" she asked.', ['He said: "Never." ', '"Why?" she asked.']),
        ("The Senate met on Jan. 5 in Rome.", ["The Senate met on Jan. 5 in Rome."]),
        ("Mr. Smith met Gen. Jones. Both left.", ["Mr. Smith met Gen. Jones. ", "Both left."]),
        ("They met at 5 p.m. They left.", ["They met at 5 p.m. They left."]),
        ("Is it over? Yes! 2021 is past.", ["Is it over? ", "Yes! ", "2021 is past."]),
        ("They met. and left.", ["They met. and left."]),
    ],
)
def test_sentences_end_at_a_stop_before_a_capital_but_not_behind_an_abbreviation(text, expected):
    assert sentences(text) == expected


@pytest.mark.parametrize("text", ["The U.S. Senate met.", "The U.N. Security Council met in Washington, D.C. Friday."])
def test_no_sentence_ends_behind_initials(text):
    assert sentences(text) == [text]


LINES = st.text('aBc .!?"”,:;()1|©é\n\t\r', max_size=120)


@given(LINES)
def test_every_letter_lies_in_exactly_one_block(text):
    blocks = layout.lay_out(text, lambda line: False)
    covered = [offset for block in blocks for offset in range(block.begin, block.end)]
    assert len(covered) == len(set(covered))
    assert {i for i, letter in enumerate(text) if not letter.isspace()} <= set(covered)


@given(LINES)
def test_the_sentences_of_a_block_cover_it_without_a_gap(text):
    for block in layout.lay_out(text, lambda line: False):
        spans = list(layout.sentences(text, block))
        assert spans[0][0] == block.begin and spans[-1][1] == block.end
        assert all(one[1] == other[0] for one, other in zip(spans, spans[1:], strict=False))
