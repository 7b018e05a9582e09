"""Counts that are kept: the same as those that are counted, after every write and for what was there before they were kept."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from alembic import command
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from app.core import calendar
from app.core.model import Status
from app.store import aggregates, articles, events, migrate, tallies
from app.store.engine import connect, reading, writing
from app.store.events import EventQuery
from app.store.rows import EventRow, TallyRow
from app.store.tallies import Facet, Unit
from tests.conftest import NewDatabase
from tests.factories import LAVROV, NATO, RUSSIA, USA, article, mention
from tests.factories import reading as read
from tests.store.clustering import cluster
from tests.store.statements import statements

NOW = datetime(2022, 2, 3, 12, tzinfo=UTC)
SPANS = ["2022-01-05", "2022-01-31", "2022-01", "2021-12", "2022", "202X", "2022-01-31/2022-02-02", "../2022-01-05"]
KINDS = ("meeting", "delivery", "visit")
KEPT = [
    EventQuery(),
    EventQuery(actors=("RUS",)),
    EventQuery(kinds=("meeting", "visit")),
    EventQuery(statuses=(Status.SCHEDULED,)),
    EventQuery(precisions=(calendar.Precision.MONTH, calendar.Precision.DAY)),
    EventQuery(outlets=("One",)),
]


@pytest.fixture(scope="module")
def news(new_database: NewDatabase) -> Iterator[Engine]:
    engine = connect(new_database())
    with writing(engine) as session:
        for place, edtf in enumerate(SPANS * 2):
            told = mention(
                edtf,
                (RUSSIA, LAVROV, NATO)[place % 3],
                USA,
                kind=KINDS[place % 3],
                status=list(Status)[place % 4],
            )
            one = article(f"{place}.txt", outlet=("One", "Two", None)[place % 3])
            events.merge(session, articles.save(session, one, read(told), now=NOW), cluster=cluster)
    yield engine
    engine.dispose()


def kept(session: Session) -> dict[tuple[str, str, str, str], int]:
    return {(row.facet, row.unit, row.value, row.bucket): row.number for row in session.scalars(select(TallyRow))}


@pytest.mark.parametrize("unit", Unit)
@pytest.mark.parametrize("query", KEPT, ids=lambda query: ",".join(aggregates.conditions(query)) or "every")
def test_a_histogram_is_the_same_whether_it_is_kept_or_counted(news: Engine, query: EventQuery, unit: Unit) -> None:
    with reading(news) as session:
        shown = aggregates.histogram(session, query, unit, None, most=10)
        with statements() as sent:
            aggregates.histogram(session, query, unit, None, most=10)
        counted = aggregates.histogram(session, counting(query), unit, None, most=10)
    assert shown == counted and sum(bucket.count for bucket in shown) > 1
    assert ("event_tally" in sent[0]) == (unit is not Unit.DAY or query == EventQuery())


def counting(query: EventQuery) -> EventQuery:
    """The same events, asked for in a way for which nothing is kept."""
    ever = calendar.parse("0001/9999")
    return EventQuery(**{name: getattr(query, name) for name in aggregates.conditions(query)}, span=ever)


@pytest.mark.parametrize("by", Facet)
def test_buckets_are_split_alike_whether_they_are_kept_or_counted(news: Engine, by: Facet) -> None:
    with reading(news) as session:
        for unit in Unit:
            shown = aggregates.histogram(session, EventQuery(), unit, by, most=2)
            assert shown == aggregates.histogram(session, counting(EventQuery()), unit, by, most=2)
            assert any(bucket.by for bucket in shown)


def test_facets_are_the_same_whether_they_are_kept_or_counted(news: Engine) -> None:
    with reading(news) as session:
        shown = aggregates.facets(session, EventQuery(), Facet, most=3)
        assert shown == aggregates.facets(session, counting(EventQuery()), Facet, most=3)
        assert all(len(values) > 1 for values in shown.values())


@pytest.mark.parametrize(
    "query",
    [
        EventQuery(actors=("RUS",), affiliates=False),
        EventQuery(actors=("RUS",), kinds=("meeting",)),
        EventQuery(actors=("RUS", "USA")),
        EventQuery(outlets=("One", "Two")),
        EventQuery(min_sources=2),
        EventQuery(conflict=False),
    ],
    ids=str,
)
def test_what_is_not_kept_is_not_taken_from_there(query: EventQuery) -> None:
    assert aggregates.kept_under(query) is None


def test_counts_follow_what_is_revised_and_leave_no_empty_rows(engine: Engine) -> None:
    with writing(engine) as session:
        for version, told in enumerate([(mention("2022-01-05"),), (mention("2022-02", NATO),), ()]):
            saved = articles.save(session, article(text=str(version)), read(*told), now=NOW)
            events.merge(session, saved)
            assert kept(session) == tallies.of(session, session.scalars(select(EventRow.id)))
            assert bool(kept(session)) == bool(told)


def test_what_was_there_before_is_counted_when_the_counts_begin(news: Engine) -> None:
    def at(revision: str, *, down: bool = False) -> None:
        with news.begin() as connection:
            configuration = migrate.configuration()
            configuration.attributes["connection"] = connection
            (command.downgrade if down else command.upgrade)(configuration, revision)

    with reading(news) as session:
        before = kept(session)
    at("0010", down=True)
    at("head")
    with reading(news) as session:
        assert kept(session) == before != {}
