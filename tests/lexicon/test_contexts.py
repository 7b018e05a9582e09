import pytest

from app.errors import LexiconError
from app.lexicon import contexts
from app.lexicon.tables import Row

READINGS = {"Mexico": ("MEX", None), "México": ("MEX", None)}


def row(**fields: str) -> Row:
    return Row("contexts.csv", 1, fields)


def votes(*rows: Row, words: str, name: str = "Mexico") -> dict[str | None, int]:
    context = contexts.read(rows, READINGS)[name]
    first = words.split().index(name.lower())
    return context.votes(words.split(), first, first + 1)


def test_every_phrase_near_a_name_counts_once_for_its_reading():
    rows = (
        row(names="Mexico", reading="MEX", words="peso|pesos|mexican president"),
        row(names="Mexico", reading="-", words="gulf"),
    )
    assert votes(*rows, words="peso peso mexico the mexican president gulf") == {"MEX": 2, None: 1}


def test_a_phrase_inside_a_longer_one_does_not_count():
    rows = row(names="Mexico", reading="MEX", words="texas"), row(names="Mexico", reading="-", words="new texas")
    assert votes(*rows, words="mexico and new texas") == {None: 1}


def test_a_phrase_with_the_name_in_it_outweighs_the_words_beside_it_where_it_covers_the_mention():
    rows = row(names="Mexico", reading="MEX", words="peso"), row(names="Mexico", reading="-", words="gulf of mexico")
    told = votes(*rows, words="gulf of mexico peso")
    assert max(told, key=lambda reading: told[reading]) is None
    assert votes(*rows, words="mexico peso gulf of mexico") == {"MEX": 1}


def test_a_row_may_be_for_several_names():
    rows = [row(names="Mexico|México", reading="-", words="gulf")]
    assert set(contexts.read(rows, READINGS)) == {"Mexico", "México"}


def test_a_word_speaks_for_one_reading_of_a_name_alone():
    rows = row(names="Mexico", reading="MEX", words="gulf"), row(names="Mexico", reading="-", words="gulf")
    with pytest.raises(LexiconError, match="'gulf' speaks for 'MEX' too"):
        contexts.read(rows, READINGS)
