import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as some

from app.core import calendar
from app.core.model import Article
from app.lexicon import DATA
from app.lexicon.boilerplate import load_boilerplate
from app.sources import view

RULES = load_boilerplate(DATA)
ARTICLE = Article("a.txt", "Orb\u00e1n met Putin.\n\nThey talked.\n")


def hashed(article: Article) -> str:
    return view.content_hash(article, boilerplate=RULES)


@pytest.mark.parametrize(
    "text",
    [
        "Orb\u00e1n met Putin.\r\n\r\nThey talked.\r\n",
        unicodedata.normalize("NFD", ARTICLE.text),
        "Orb\u00e1n  met Putin. \n\n\n They talked.",
        "Share this:\nOrb\u00e1n met Putin.\nThey talked.\nLeave a Reply\nYour e-mail address will not be published.\n",
    ],
)
def test_what_a_reader_calls_the_same_text_has_one_hash(text):
    assert hashed(replace(ARTICLE, text=text)) == hashed(ARTICLE)


@pytest.mark.parametrize(
    "changed",
    [
        replace(ARTICLE, text="Orb\u00e1n met Putin.\n\nThey talked again.\n"),
        replace(ARTICLE, stated_date=calendar.parse("2022-02-01")),
        replace(ARTICLE, stated_month_day=(2, 1)),
    ],
)
def test_another_text_or_another_stated_date_has_another_hash(changed):
    assert hashed(changed) != hashed(ARTICLE)


def test_title_outlet_and_key_have_no_part_in_it():
    assert hashed(replace(ARTICLE, key="b.txt", title="T", outlet="O", address="https://a.example/")) == hashed(ARTICLE)


@given(some.text())
def test_the_view_of_a_view_is_the_view(text):
    once = view.normalised(text, boilerplate=RULES)
    assert view.normalised(once, boilerplate=RULES) == once
