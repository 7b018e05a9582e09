import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.extract import view
from app.extract.view import View

LETTERS = "aeioуйеO áéñÅйé가각ไทยक़\r\n 1.\u0301\u0308\u0327\u0306\u1100\u1161\u11a8\u0e33\u093c\u05b4\u20dd"
TEXTS = st.one_of(st.text(LETTERS, max_size=40), st.text(max_size=40))
LONE = re.compile(r"\r(?!\n)[^\x00-\x7f]")  # see the failing example below


def test_a_text_that_is_normalised_already_is_its_own_view():
    text = "Viktor Orbán spoke.\nIt was Friday."
    assert view.of(text) == View(text)
    assert view.of(text).original(7) == 7


@pytest.mark.parametrize(
    ("given_text", "seen"),
    [
        ("one\r\ntwo\rthree\nfour", "one\ntwo\nthree\nfour"),
        ("Orba\u0301n", "Orbán"),
        ("\r\r\n\n", "\n\n\n"),
        ("\u1112\u1161\u11ab", "한"),
        ("5 \u212b", "5 \u00e5".upper()),
        ("\u0958", "\u0915\u093c"),
        ("[\u2126]^\u212a-\u212b", "[\u03a9]^K-\u00c5"),
        ("", ""),
    ],
)
def test_line_ends_become_plain_and_letters_composed(given_text, seen):
    assert view.of(given_text).text == seen


def test_an_offset_of_the_view_is_where_its_letter_begins_in_the_text_as_given():
    text = "Orba\u0301n\r\nspoke"
    seen = view.of(text)
    assert [seen.original(i) for i in range(len(seen.text) + 1)] == [0, 1, 2, 3, 5, 6, 8, 9, 10, 11, 12, 13]


def test_the_end_of_the_view_is_the_end_of_the_text():
    seen = view.of("e\u0301\r\n")
    assert seen.original(len(seen.text)) == 4


def test_offsets_stand_behind_a_letter_that_is_written_in_more_or_fewer_code_points():
    seen = view.of("\u0958a e\u0301b")
    assert seen.text == "\u0915\u093ca \u00e9b"
    assert [seen.original(i) for i in range(len(seen.text) + 1)] == [0, 0, 1, 2, 3, 5, 6]


def test_a_heap_of_marks_is_composed_piece_by_piece():
    text = "e" + "\u0301\u0327" * 100
    seen = view.of(text)
    assert seen.text[0] == "\u0229"  # with its cedilla, which comes first
    assert seen.original(len(seen.text)) == len(text)


@pytest.mark.parametrize("mark", ["\u0301", "\u0e33", "\u1161"])
def test_a_line_end_before_a_lone_mark_is_plain_too(mark):
    assert view.of(f"one\r{mark}").text == f"one\n{mark}"


@given(TEXTS.filter(lambda text: not LONE.search(text)))
def test_a_view_is_composed_and_has_plain_line_ends(text):
    seen = view.of(text).text
    assert "\r" not in seen
    assert unicodedata.normalize("NFC", seen) == unicodedata.normalize(
        "NFC", text.replace("\r\n", "\n").replace("\r", "\n")
    )


@given(TEXTS)
def test_offsets_rise_from_the_start_of_the_text_to_its_end(text):
    seen = view.of(text)
    offsets = [seen.original(i) for i in range(len(seen.text) + 1)]
    assert offsets == sorted(offsets)
    assert offsets[0] == 0 or not seen.text
    assert offsets[-1] == len(text)


@given(TEXTS, st.data())
def test_every_stretch_of_the_view_is_in_the_text_as_given_but_for_composition(text, data):
    seen = view.of(text)
    begin = data.draw(st.integers(0, len(seen.text)))
    end = data.draw(st.integers(begin, len(seen.text)))
    if any(_inside_a_letter(seen, offset) for offset in (begin, end)):
        return
    assert view.of(text[seen.original(begin) : seen.original(end)]).text == seen.text[begin:end]


def _inside_a_letter(seen: View, offset: int) -> bool:
    """Whether an offset parts what is one letter with its marks in the text as given."""
    return 0 < offset < len(seen.text) and seen.original(offset) == seen.original(offset - 1)
