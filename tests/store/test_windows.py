"""Views of the timeline: every event of a lane is in it once, as itself or in a number, and no view holds more than it may."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from app.core import calendar
from app.core.calendar import DateSpan
from app.core.model import ArticleDate, Status
from app.store import articles, events, windows
from app.store.engine import connect, reading, writing
from app.store.events import EventQuery
from app.store.tallies import Facet
from tests.conftest import NewDatabase
from tests.factories import LAVROV, NATO, RUSSIA, USA, article, mention
from tests.factories import reading as read

NOW = datetime(2022, 2, 3, 12, tzinfo=UTC)
FIRST = date(2019, 11, 20)
WIDE = ["2020", "2020-02", "202X", "2020-01-25/2020-02-03", "19XX", "2019-12-31/2020-01-01"]
KINDS = ("meeting", "delivery", "visit", "call")


@pytest.fixture(scope="module")
def news(new_database: NewDatabase) -> Iterator[Engine]:
    """Some four hundred events of three years, most of one day."""
    engine = connect(new_database())
    days = [(FIRST + timedelta(days=at * 37 % 1100)).isoformat() for at in range(360)]
    with writing(engine) as session:
        for place, edtf in enumerate([*days, *WIDE * 6]):
            told = mention(
                edtf,
                (RUSSIA, RUSSIA, LAVROV, NATO)[place % 4],
                USA,
                kind=KINDS[place % 3 if place % 40 else 3],
                status=(Status.OCCURRED, Status.SCHEDULED)[place % 7 == 0],
                begin=place,
            )
            one = article(f"{place}.txt", outlet=("One", "Two", None)[place % 3])
            dated = read(told, date=ArticleDate(best=date(2022, 12, 30), latest=date(2022, 12, 30)))
            saved = articles.save(session, one, dated, now=NOW)
            events.merge(session, saved)
    yield engine
    engine.dispose()


def spans() -> st.SearchStrategy[DateSpan]:
    starts = st.integers(-400, 1300).map(lambda days: FIRST + timedelta(days=days))
    return st.tuples(starts, st.sampled_from([0, 5, 40, 200, 900, 12_000])).map(
        lambda pair: calendar.parse(f"{pair[0]}/{pair[0] + timedelta(days=pair[1])}")
    )


@settings(deadline=None, max_examples=60)
@given(
    span=st.none() | spans(),
    by=st.sampled_from(Facet),
    condition=st.sampled_from([{}, {"actors": ("RUS",)}, {"kinds": ("meeting", "call")}, {"outlets": ("One",)}]),
    lanes=st.integers(1, 6),
    items=st.sampled_from([30, 100, 500]),
)
def test_a_lane_tells_of_every_event_that_it_has(news, span, by, condition, lanes, items) -> None:
    query = EventQuery(span=span, **condition)
    with reading(news) as session:
        found = windows.window(session, query, by, (), most_lanes=lanes, most_items=items)
        assert found.span is not None and len(found.lanes) <= lanes
        for lane in found.lanes:
            own = lane_query(query, by, lane.value)
            if lane.unit is None:
                shown = [json.loads(one)["id"] for one in lane.events]
                [*expected] = (json.loads(one)["id"] for one in events.documents(session, own))
                assert shown == expected and lane.count == len(shown)
                continue
            assert not lane.events and lane.count == lane.wider + sum(number for _, number in lane.buckets)
            assert lane.count >= events.count(session, own)
            for name, number in lane.buckets:
                inside = EventQuery(**{**fields(own), "span": calendar.parse(name), "match": "within"})
                yearly = lane.unit in ("decade", "century")  # which hold what their years hold
                assert number <= events.count(session, inside) if yearly else number == events.count(session, inside)
        assert sum(len(lane.events) + len(lane.buckets) for lane in found.lanes) <= items


def lane_query(query: EventQuery, by: Facet, value: str) -> EventQuery:
    given_ = fields(query)
    match by:
        case Facet.ACTOR:
            given_["counterparts"] = (value,)
        case Facet.KIND:
            given_["kinds"] = (value,)
        case Facet.STATUS:
            given_["statuses"] = (Status(value),)
        case Facet.PRECISION:
            given_["precisions"] = (calendar.Precision(value),)
        case Facet.OUTLET:
            given_["outlets"] = (value,)
    return EventQuery(**given_)


def fields(query: EventQuery) -> dict[str, object]:
    return {name: getattr(query, name) for name in EventQuery.__dataclass_fields__}


@pytest.mark.parametrize("span", [None, "2020-01-15/2020-03-10", "2020/..", "2015/2024"])
@pytest.mark.parametrize(("by", "lanes"), [(Facet.ACTOR, ("RUS", "NATO", "ESP")), (Facet.KIND, KINDS)])
def test_a_view_as_of_a_day_on_which_all_was_known_is_the_view_of_today(
    news: Engine, span: str | None, by: Facet, lanes: tuple[str, ...]
) -> None:
    query = EventQuery(span=calendar.parse(span) if span else None)
    known = EventQuery(span=query.span, as_of=date(2022, 12, 31))
    with reading(news) as session:
        now, then = (windows.window(session, one, by, lanes, most_lanes=4, most_items=200) for one in (query, known))
    assert now.span == then.span
    for one, other in zip(now.lanes, then.lanes, strict=True):
        assert (one.value, one.unit, one.buckets, one.wider) == (other.value, other.unit, other.buckets, other.wider)
        assert [json.loads(shown)["id"] for shown in one.events] == [json.loads(shown)["id"] for shown in other.events]


def test_a_far_view_shows_decades_and_a_near_one_days(news: Engine) -> None:
    with reading(news) as session:
        units = [
            windows.window(
                session, EventQuery(span=calendar.parse(span)), Facet.ACTOR, ["USA"], most_lanes=1, most_items=items
            )
            .lanes[0]
            .unit
            for span, items in [
                ("1000/2999", 30),
                ("1900/2030", 30),
                ("2019/2030", 30),
                ("2019/2022", 100),
                ("2020-01/2020-03", 30),
            ]
        ]
        day = windows.window(
            session,
            EventQuery(span=calendar.parse("2020-01/2020-02")),
            Facet.ACTOR,
            ["USA"],
            most_lanes=1,
            most_items=62,
        )
    assert units == ["century", "decade", "year", "month", "month"]
    assert day.lanes[0].unit in ("day", None)


def test_a_lane_against_the_query_is_empty(news: Engine) -> None:
    query = EventQuery(kinds=("visit",), statuses=(Status.SCHEDULED,), outlets=("One",))
    with reading(news) as session:
        for by, value in [(Facet.KIND, "call"), (Facet.STATUS, "occurred"), (Facet.OUTLET, "Two"), (Facet.STATUS, "x")]:
            [lane] = windows.window(session, query, by, [value], most_lanes=3, most_items=100).lanes
            assert (lane.count, lane.events, lane.buckets) == (0, (), ())


def test_a_store_without_events_has_no_days(engine: Engine) -> None:
    with reading(engine) as session:
        found = windows.window(session, EventQuery(), Facet.ACTOR, (), most_lanes=3, most_items=100)
        assert (found.span, found.lanes) == (None, ())
        asked = EventQuery(span=calendar.parse("2020"))
        assert windows.window(session, asked, Facet.ACTOR, (), most_lanes=3, most_items=100).lanes == ()
