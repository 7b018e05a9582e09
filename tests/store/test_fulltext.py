"""Both databases find what a plain reading finds."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from app.core.model import ArticleDate
from app.errors import SearchError
from app.store import articles, events, fulltext
from app.store.engine import connect, reading, writing
from app.store.events import EventQuery
from app.store.fulltext import Term
from app.store.queries import Sort
from tests.conftest import NewDatabase
from tests.factories import NATO, RUSSIA, USA, article, mention
from tests.factories import reading as read
from tests.store.clustering import cluster

NOW = datetime(2022, 2, 3, 12, tzinfo=UTC)
WRITTEN = date(2022, 2, 2)
TEXTS = [
    ("Russia publishes draft treaties", "The ministry's drafts were published on Friday: legally-binding guarantees."),
    ("United States replies", "Its written reply, handed over in Moscow, told of a treaty that binds legally."),
    ("Talks in Genève", "The ministers met for the talks in Geneva; nothing was signed."),
    ("NATO meets", "Ministers meet. Meeting minutes of 1999 and 2-0 were not published."),
    ("Ça va: Ødegård's visit", "Straße, İstanbul and the U.S. were named: naïve, co-operation, 3.5 per cent."),
]


@pytest.fixture(scope="module")
def news(new_database: NewDatabase) -> Iterator[Engine]:
    """An event for each of the texts, on days of their own."""
    engine = connect(new_database())
    with writing(engine) as session:
        for place, (title, sentence) in enumerate(TEXTS):
            who = (RUSSIA, USA, NATO)[place % 3]
            told = mention(f"2022-01-{place + 10}", who, sentence=sentence, title=title)
            dated = ArticleDate(WRITTEN, WRITTEN, WRITTEN)
            saved = articles.save(session, article(f"{place}.txt", text=title), read(told, date=dated), now=NOW)
            events.merge(session, saved, cluster=cluster, candidates=lambda one, other: False)
    yield engine
    engine.dispose()


def found(session: Session, search: str, **conditions: object) -> list[str]:
    query = EventQuery(q=fulltext.parse(search), **conditions)  # type: ignore[arg-type]
    return [event["title"] for event in events.timeline(session, query)]


@pytest.mark.parametrize(
    ("search", "expected"),
    [
        ("treaty", [0, 1]),
        ("PUBLISHED draft", [0]),
        ("publish", [0, 3]),
        ("meeting", [3]),
        ("meets", [3]),
        ('"legally binding"', [0]),
        ('"binds legally"', [1]),
        ('"legally binds"', [0]),
        ('"treaties the ministry"', []),
        ("geneva", [2]),
        ("geneve", [2]),
        ("Genev*", [2]),
        ("minist* -geneva", [0, 3]),
        ('ministers -"ministers met"', [3]),
        ("2-0", [3]),
        ("1999", [3]),
        ("istanbul strasse", [4]),
        ("odegard", []),
        ("ça", [4]),
        ("co-operation", [4]),
        ("u.s.", [4]),
        ("3.5", [4]),
        ("russia", [0, 3]),
        ("nato", [2, 3]),
        ("nowhere", []),
        ("AND OR NOT", []),
        ("title:russia", []),
        ("it's", []),
        ("reply'", [1]),
    ],
)
def test_a_search_finds_titles_evidence_and_actors(news: Engine, search: str, expected: list[int]) -> None:
    with reading(news) as session:
        assert found(session, search) == [TEXTS[place][0] for place in expected]
        assert found(session, search, as_of=WRITTEN) == [TEXTS[place][0] for place in expected]


VOCABULARY = [
    "treaty",
    "treaties",
    "meet",
    "meeting",
    "ministers",
    "ministry",
    "published",
    "legally",
    "bind",
    "nothing",
]
VOCABULARY += ["u", "s", "2", "0", "geneva", "reply", "the", "of"]


@settings(max_examples=80, deadline=None)
@given(
    terms=st.lists(
        st.builds(
            Term,
            st.lists(st.sampled_from(VOCABULARY), min_size=1, max_size=3).map(
                lambda given: tuple(word.stem for one in given for word in fulltext.words(one))
            ),
            is_excluded=st.booleans(),
        ),
        min_size=1,
        max_size=3,
    ).filter(lambda terms: any(not term.is_excluded for term in terms))
)
def test_the_database_and_a_plain_reading_agree(news: Engine, terms: list[Term]) -> None:
    with reading(news) as session:
        live = [event["title"] for event in events.timeline(session, EventQuery(q=tuple(terms)))]
        known = [event["title"] for event in events.timeline(session, EventQuery(q=tuple(terms), as_of=WRITTEN))]
    assert live == known


def test_what_stands_in_a_title_comes_first_by_relevance(news: Engine) -> None:
    with reading(news) as session:
        assert found(session, "treaty", sort=Sort.RELEVANCE) == [TEXTS[0][0], TEXTS[1][0]]
        assert found(session, "nato", sort=Sort.RELEVANCE) == [TEXTS[3][0], TEXTS[2][0]]
        query = EventQuery(q=fulltext.parse("the"), sort=Sort.RELEVANCE, limit=2)
        pages = [events.page(session, query)]
        while (cursor := pages[-1].next_cursor) is not None:
            pages.append(events.page(session, replace(query, cursor=cursor)))
        assert [len(page.documents) for page in pages] == [2, 1]
        assert len({document for page in pages for document in page.documents}) == 3


def test_a_search_joins_with_the_other_conditions(news: Engine) -> None:
    with reading(news) as session:
        assert found(session, "published", actors=("RUS",)) == [TEXTS[0][0], TEXTS[3][0]]
        assert events.count(session, EventQuery(q=fulltext.parse("published"))) == 2


@pytest.mark.parametrize("search", ["", "  ", "-treaty", '""', "***", "- -", '"'])
def test_a_search_for_nothing_is_refused(search: str) -> None:
    with pytest.raises(SearchError, match="names nothing to be found: use words"):
        fulltext.parse(search)


def test_words_are_marked_where_they_stand() -> None:
    text = "Treaties bind; the treaty's binding force."
    found_at = fulltext.marks(fulltext.parse('treaty "binding force" -the'), text)
    assert [text[begin:end] for begin, end in found_at] == ["Treaties", "treaty", "binding force"]
    assert fulltext.marks(fulltext.parse("bind*"), text) == [(9, 13), (28, 35)]


@given(st.text(max_size=40), st.text(max_size=200))
def test_whatever_is_searched_in_whatever_is_no_error(search: str, text: str) -> None:
    try:
        terms = fulltext.parse(search)
    except SearchError:
        return
    for begin, end in fulltext.marks(terms, text):
        assert 0 <= begin < end <= len(text)
    assert fulltext.expression(terms, "sqlite") and fulltext.expression(terms, "postgresql")
