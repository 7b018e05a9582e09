import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import CursorError
from app.store import pages

TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"))


@given(st.tuples(TEXTS, TEXTS), TEXTS)
def test_a_cursor_names_the_place_it_was_made_from(place: tuple[str, str], query: str) -> None:
    cursor = pages.seal(place, query)
    assert cursor.replace("-", "").replace("_", "").isalnum()
    assert pages.unseal(cursor, query, fields=2) == place


@given(st.text(), TEXTS)
def test_anything_else_is_refused(cursor: str, query: str) -> None:
    with pytest.raises(CursorError):
        pages.unseal(cursor, query, fields=2)


@given(TEXTS, TEXTS)
def test_a_cursor_of_another_query_is_refused(one: str, other: str) -> None:
    cursor = pages.seal(("a",), one)
    if one != other:
        with pytest.raises(CursorError, match="follow the `next` link"):
            pages.unseal(cursor, other, fields=1)
