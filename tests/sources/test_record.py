"""The fields of a record, wherever it comes from."""

import pytest

from app.core import calendar
from app.core.model import Article
from app.errors import Malformed, SourceError
from app.sources import record

PAGE = (
    "<html><head><title>Of the page</title><meta property='og:site_name' content='Page Outlet'>"
    "<meta property='article:published_time' content='2022-01-20'><link rel='canonical' href='https://page.example/x'>"
    "</head><body><article><p>Moscow said that it would answer soon, in writing.</p></article></body></html>"
)
TEXT = "Moscow said that it would answer soon, in writing."


def read(**values: object) -> Article:
    found = record.draft(record.known(values, where="here"), name="anna", where="here")
    return record.article(found, where="here")


def test_a_record_is_known_by_its_address_else_by_its_id_and_its_source():
    assert read(text="a", id=1).key == "anna#1"
    assert read(text="a", id=1, address="https://A.example/x#y").key == "https://a.example/x"


def test_what_a_record_says_counts_over_what_its_page_says():
    page = read(html=PAGE, id=1)
    assert page == Article(
        "https://page.example/x",
        TEXT,
        outlet="Page Outlet",
        title="Of the page",
        address="https://page.example/x",
        stated_date=calendar.parse("2022-01-20"),
    )
    own = {"url": "https://own.example/", "outlet": "Own", "title": "Mine", "date": "XXXX-01-21"}
    assert read(html=PAGE, **own) == Article(
        "https://own.example/", TEXT, "Own", "Mine", "https://own.example/", stated_month_day=(1, 21)
    )


def test_what_tells_a_record_apart_are_its_id_and_its_address():
    found = record.draft({"text": "a", "id": 1, "url": "https://a.example/x"}, name="anna", where="here")
    assert found.names == {"#1", "https://a.example/x"}
    assert record.draft({"html": PAGE}, name="anna", where="here").names == set()


@pytest.mark.parametrize(
    ("values", "says"),
    [
        (
            {"text": "a", "txt": 1},
            'here: "txt" is no field of an article: accepted are id, text, html, date, url, outlet',
        ),
        (
            {"url": "https://a.example", "address": "https://a.example"},
            'here: "url" comes twice, once as "address": give one',
        ),
        ({"text": "a", "html": PAGE}, 'here: has both "text" and "html": give one of them'),
        ({"html": ["a"]}, 'here: "html" is a list: accepted is a text'),
        ({"html": "<html></html>"}, "here: no article text was found on the page"),
    ],
)
def test_a_record_that_cannot_be_right_is_refused_by_field(values: dict[str, object], says: str):
    with pytest.raises(SourceError) as raised:
        read(**values)
    assert str(raised.value).startswith(says)


def test_an_article_that_nothing_tells_apart_is_refused():
    found = record.draft({"text": "a"}, name="anna", where="here")
    with pytest.raises(Malformed, match='has neither "id" nor "url"'):
        record.required_name(found, record.article(found, where="here"), where="here")
