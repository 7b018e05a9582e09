"""Pages of the timeline against a plain reading of the same events, and how the database finds them."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from app.api.parameters import MAX_VALUES
from app.core import calendar
from app.core.calendar import DateSpan, Precision
from app.core.model import Role, Status, StoredMention
from app.errors import CursorError
from app.store import articles, events, mentions, pages
from app.store.days import WIDTHS
from app.store.engine import connect, reading, writing
from app.store.events import EventQuery
from app.store.queries import Match, Mode, Sort
from tests.conftest import NewDatabase
from tests.factories import NATO, RUSSIA, USA, article, mention
from tests.factories import reading as read
from tests.store.clustering import cluster
from tests.store.statements import statements

NOW = datetime(2022, 2, 3, 12, tzinfo=UTC)
FIRST = date(2022, 1, 1)
SPANS = [
    "2022-01-05",
    "2022-01-06",
    "2022-01",
    "2021-12",
    "2022",
    "202X",
    "2022-01-04/2022-01-06",
    "../2022-01-05",
    "2022-01-06/..",
]
WHO = [RUSSIA, USA, NATO]


@pytest.fixture(scope="module")
def news(new_database: NewDatabase) -> Iterator[Engine]:
    """A store of events of every width, actor, kind and status, none of which is merged with another."""
    engine = connect(new_database())
    with writing(engine) as session:
        mentions = [
            mention(
                edtf,
                WHO[place % 3],
                WHO[place % 2],
                begin=100 * place,
                kind=("deliver", "respond")[place % 2],
                status=list(Status)[place % 4],
            )
            for place, edtf in enumerate(SPANS * 3)
        ]
        for place, outlet in enumerate(("One", "Two", None)):  # a third of the events each
            found = read(*mentions[place::3])
            saved = articles.save(session, article(f"{place}.txt", text=str(place), outlet=outlet), found, now=NOW)
            events.merge(session, saved, cluster=cluster, candidates=lambda one, other: False)
    yield engine
    engine.dispose()


def documents(session: Session, query: EventQuery) -> list[str]:
    """The ids on all pages, each page as long as asked but the last."""
    found: list[str] = []
    while True:
        page = events.page(session, query)
        found += [json.loads(document)["id"] for document in page.documents]
        if page.next_cursor is None:
            return found
        assert len(page.documents) == query.limit
        query = replace(query, cursor=page.next_cursor)


def fits(event: dict[str, Any], query: EventQuery) -> bool:
    first = date.fromisoformat(event["first_day"] or "0001-01-01")
    last = date.fromisoformat(event["last_day"] or "9999-12-31")
    roles = {actor["id"]: actor["role"] for actor in event["actors"]}
    named = [actor in roles and query.role in (None, roles[actor]) for actor in query.actors]
    return (
        (query.span is None or agrees(event["date"], first, last, query.span, query.match))
        and (not named or (any if query.actor_mode is Mode.ANY else all)(named))
        and all(actor in roles for actor in query.counterparts)
        and (not query.kinds or event["kind"] in query.kinds)
        and (not query.statuses or event["status"] in query.statuses)
        and (not query.precisions or event["precision"] in query.precisions)
        and (not query.outlets or event["sources"][0]["outlet"] in query.outlets)
        and event["source_count"] >= query.min_sources
        and query.conflict in (None, event["conflict"])
    )


def agrees(edtf: str, first: date, last: date, span: DateSpan, match: Match) -> bool:
    shares, inside = (
        first <= span.last_day and span.first_day <= last,
        span.first_day <= first and last <= span.last_day,
    )
    lasted = "/" in edtf and ".." not in edtf
    return {Match.INTERSECTS: shares, Match.WITHIN: inside, Match.CERTAIN: inside or (lasted and shares)}[match]


def spans() -> st.SearchStrategy[DateSpan]:
    days = st.integers(-40, 40).map(lambda days: FIRST + timedelta(days=days))
    return st.tuples(days, st.integers(0, 30)).map(
        lambda drawn: calendar.lasting(drawn[0], drawn[0] + timedelta(days=drawn[1]))
    )


@settings(max_examples=150, deadline=None)
@given(
    query=st.builds(
        EventQuery,
        span=st.none() | spans(),
        match=st.sampled_from(Match),
        actors=st.lists(st.sampled_from(["RUS", "USA", "NATO", "nobody"]), max_size=3, unique=True).map(tuple),
        actor_mode=st.sampled_from(Mode),
        counterparts=st.sampled_from([(), ("RUS",), ("USA", "NATO")]),
        role=st.sampled_from([None, Role.SOURCE, Role.TARGET]),
        affiliates=st.booleans(),
        kinds=st.sampled_from([(), ("deliver",), ("deliver", "respond")]),
        statuses=st.sampled_from([(), (Status.DENIED,), (Status.OCCURRED, Status.SCHEDULED)]),
        precisions=st.sampled_from([(), (Precision.DAY,), (Precision.MONTH, Precision.YEAR)]),
        outlets=st.sampled_from([(), ("One",), ("One", "Two"), ("None",)]),
        min_sources=st.integers(1, 2),
        conflict=st.sampled_from([None, True, False]),
        sort=st.sampled_from(Sort),
        limit=st.integers(1, 30),
    )
)
def test_pages_hold_what_a_plain_reading_finds_in_the_order_of_days(news: Engine, query: EventQuery) -> None:
    with reading(news) as session:
        everything = [json.loads(document) for document in events.page(session, EventQuery(limit=100)).documents]
        assert len(everything) == len(SPANS * 3)
        expected = [event["id"] for event in everything if fits(event, query)]
        assert documents(session, query) == (expected[::-1] if query.sort is Sort.LATEST else expected)
        assert events.count(session, query) == len(expected)
        assert events.count(session, query, limit=3) == min(3, len(expected))


def test_events_are_sorted_by_first_day_then_last_day(news: Engine) -> None:
    with reading(news) as session:
        shown = [json.loads(one) for one in events.page(session, EventQuery(limit=100)).documents]
    keys = [(one["first_day"] or "0001-01-01", one["last_day"] or "9999-12-31", one["id"]) for one in shown]
    assert keys == sorted(keys)


def test_an_open_end_is_null_on_the_wire(news: Engine) -> None:
    with reading(news) as session:
        shown = [json.loads(one) for one in events.page(session, EventQuery(limit=100)).documents]
    ends = {one["date"]: (one["first_day"], one["last_day"]) for one in shown}
    assert ends["../2022-01-05"] == (None, "2022-01-05")
    assert ends["2022-01-06/.."] == ("2022-01-06", None)


def test_a_page_is_one_statement(news: Engine) -> None:
    with reading(news) as session, statements() as sent:
        events.page(session, EventQuery(span=calendar.parse("2022"), actors=("RUS",), kinds=("deliver",)))
    assert len(sent) == 1


def test_the_whole_timeline_takes_two_statements_a_page(news: Engine) -> None:
    with reading(news) as session, statements() as sent:
        assert len(list(events.timeline(session, EventQuery(limit=5)))) == len(SPANS * 3)
    assert len(sent) == 2


@pytest.mark.parametrize(
    "place", [("2022-01-01",), ("no day", "2022-01-01", "e1"), ("2022-01-01", "2022-01-01", "\x00")]
)
def test_a_forged_cursor_is_refused(news: Engine, place: tuple[str, ...]) -> None:
    query = EventQuery()
    with reading(news) as session, pytest.raises(CursorError):
        events.page(session, replace(query, cursor=pages.seal(place, str(query))))


def test_a_cursor_serves_every_page_length(news: Engine) -> None:
    with reading(news) as session:
        cursor = events.page(session, EventQuery(limit=2)).next_cursor
        assert len(events.page(session, EventQuery(limit=7, cursor=cursor)).documents) == 7


def plan(new_sqlite: NewDatabase, query: EventQuery) -> list[str]:
    """How SQLite finds a page."""
    engine = connect(new_sqlite())
    plans: list[str] = []
    with reading(engine) as session:
        with statements() as sent:
            events.page(session, query)
        cursor = session.connection().connection.cursor()
        for statement in sent:
            marks = [None] * statement.count("?")
            plans += [str(row[3]) for row in cursor.execute(f"EXPLAIN QUERY PLAN {statement}", marks)]
        cursor.close()
    engine.dispose()
    return plans


@pytest.mark.parametrize(
    "query",
    [
        EventQuery(),
        EventQuery(span=calendar.parse("2022-01")),
        EventQuery(actors=("RUS",)),
        EventQuery(actors=("RUS",), span=calendar.parse("2022-01")),
        EventQuery(kinds=("deliver",), span=calendar.parse("2022-01")),
        EventQuery(statuses=(Status.SCHEDULED,), span=calendar.parse("2022-01")),
        EventQuery(span=calendar.parse("2022-01"), match=Match.CERTAIN, sort=Sort.LATEST),
        EventQuery(actors=("RUS", "USA"), counterparts=("NATO",), role=Role.SOURCE),
        EventQuery(actors=("RUS", "USA"), actor_mode=Mode.ANY, outlets=("One",)),
        EventQuery(outlets=("One",)),
        EventQuery(conflict=True, precisions=(Precision.MONTH,)),
    ],
    ids=str,
)
def test_no_page_scans_a_whole_table(new_sqlite: NewDatabase, query: EventQuery) -> None:
    """SQLite's plan: every table is searched along an index; the only scans are of the branches' own few rows."""
    plans = plan(new_sqlite, query)
    assert any("USING" in step for step in plans)
    whole = [step for step in plans if step.startswith("SCAN event") and "USING" not in step]
    assert whole == []
    if query.span or query.actors or query.outlets:
        assert not [step for step in plans if step.startswith("SCAN event")], plans


def test_as_many_actors_as_a_request_may_name_are_found_in_one_statement(news: Engine) -> None:
    nobody = [f"nobody-{number}" for number in range(MAX_VALUES - 1)]
    query = EventQuery(actors=("RUS", *nobody), actor_mode=Mode.ANY, span=calendar.parse("2022"))
    with reading(news) as session:
        assert events.count(session, query) == events.count(session, replace(query, actors=("RUS",))) > 0
        assert len(events.page(session, query).documents) > 0


@pytest.mark.parametrize(
    "query", [EventQuery(), EventQuery(actors=("RUS",)), EventQuery(outlets=("One",))], ids=["all", "actor", "outlet"]
)
def test_a_range_is_found_from_where_what_reaches_it_can_begin(new_sqlite: NewDatabase, query: EventQuery) -> None:
    """No walk begins at the store's first day, so that a range late in time takes no longer than an early one."""
    steps = [step for step in plan(new_sqlite, replace(query, span=calendar.parse("2022-01"))) if "first_day" in step]
    assert sum("coarse" in step for step in steps) == len(WIDTHS) + 1 == len(steps) - 1
    assert all("first_day>?" in step for step in steps)


def test_no_merge_walks_the_whole_history_of_an_actor(new_sqlite: NewDatabase) -> None:
    """What began before an act is looked for among the coarse dates alone, of actors and of states."""
    engine = connect(new_sqlite())
    with reading(engine) as session:
        with statements() as sent:
            mentions.near(session, [StoredMention("a.txt", None, mention())])
        cursor = session.connection().connection.cursor()
        [statement] = sent
        marks = [None] * statement.count("?")
        plan = [str(row[3]) for row in cursor.execute(f"EXPLAIN QUERY PLAN {statement}", marks)]
        cursor.close()
    engine.dispose()
    before = [step for step in plan if step.endswith("first_day<?)") and "first_day>?" not in step]
    assert len(before) == 2
    assert all("coarse" in step for step in before)
