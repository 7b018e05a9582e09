"""Texts that no newsroom writes: reading them must end, raise nothing and stay inside the text. Its time is for the bench."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.model import Article, Reading
from app.extract.pipeline import Extractor
from tests.bench.hostile import SORTS, Sort
from tests.bench.path import Dated, DatingPath

LENGTH = 20_000
PIECES = (
    *("January", "May", "Monday", "Friday's", "5", "31st", "1987", "2022-02-30", "5/4/22", "19", "1990-91", "12:30", "p.m."),
    *("the", "last", "day", "of", "before", "week", "three", "hundred", "ago", "late 1990s", "44 BC", "Christmas", "quarter"),
    *("President", "Putin", "Sergei Lavrov", "Kim", "US", "U.S.", "in Moscow", "former", "Foreign Minister", "had", "will"),
    *(".", ",", "-", "–", "(", ")", "“", "”", '"', "'s", ";", ":", "|", "/", "©", "By Anna", "Photo:", "(AP)", "\n", "\n\n"),
    *("\r\n", "\t", " ", "\u2028", "\0", "\x1c", "\ud800", "\u0301", "\u0327", "e\u0301", "\u200f", "שלום", "三", "٣", "²", "½"),
    *("İ", "ſ", "ﬁ", "K", "Ⅳ", "𝟙", "9" * 5000),
)  # fmt: skip
TEXTS = st.one_of(
    st.lists(st.sampled_from(PIECES), max_size=25).map(" ".join),
    st.lists(st.sampled_from(PIECES), max_size=25).map("".join),
    st.text(st.characters(exclude_categories=()), max_size=60),
)
FUZZ = settings(derandomize=True, deadline=None, max_examples=200)


@pytest.fixture(scope="module")
def path(loaded) -> DatingPath:
    return DatingPath(loaded)


def assert_inside(read: Dated) -> None:
    """Every span lies inside the text, and the expressions stand in order and apart."""
    length = len(read.text)
    spans = [(one.begin, one.end) for one in (*read.blocks, *read.actors, *read.timexes, *read.dct.evidence)]
    assert all(0 <= begin <= end <= length for begin, end in spans)
    assert all(one.text == read.text[one.begin : one.end] for one in read.timexes)
    assert all(one.end <= other.begin for one, other in zip(read.timexes, read.timexes[1:], strict=False))


def assert_as_given(text: str, reading: Reading) -> None:
    """Every span of the reading lies inside the text as given, and quotes it."""
    extents = [one.sentence for one in reading.mentions] + [one.extent for one in reading.rejected]
    for one in (*reading.timexes, *extents):
        assert 0 <= one.begin <= one.end <= len(text)
        assert one.text == text[one.begin : one.end]


@pytest.mark.parametrize("sort", SORTS, ids=lambda sort: sort.name)
def test_a_hostile_text_is_dated_and_every_span_lies_inside_it(path: DatingPath, sort: Sort):
    assert_inside(path.read(sort.text(LENGTH)))


@given(TEXTS)
@FUZZ
def test_whatever_the_text_the_dating_path_ends_and_stays_inside_it(path: DatingPath, text: str):
    assert_inside(path.read(text))


@given(TEXTS)
@FUZZ
def test_whatever_the_text_a_reading_without_the_parser_quotes_the_text_as_given(
    extractor: Extractor, path: DatingPath, text: str
):
    read = path.read(text)
    if read.actors or any(one.span for one in read.timexes):
        return  # the pipeline would parse it, which is slow and for other tests
    assert_as_given(text, extractor.read(Article("a", text)))


@pytest.mark.parametrize("text", ["", " ", "\n", "\0", "\ud800", "\u0301", ".", "5", "May", "\r", '"', "“"])
def test_the_least_of_texts_is_read(extractor: Extractor, text: str):
    assert_as_given(text, extractor.read(Article("a", text)))
