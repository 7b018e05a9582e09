"""Whoever follows the change log under a query's filters holds what the query finds, whatever news and editors bring."""

import json
from dataclasses import dataclass, replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from app.core import calendar
from app.core.calendar import Precision
from app.core.model import Mention, Role, Status
from app.store import articles, changes, events, feed, fulltext
from app.store.changes import What
from app.store.engine import reading
from app.store.queries import EventQuery, Match, Mode
from tests.conftest import NewDatabase
from tests.factories import article, mention
from tests.factories import reading as told
from tests.store.test_merging import NOW
from tests.test_curating_properties import NEWS, STEPS, Action, Desk, Texts

DAY = calendar.parse("2022-01-26")
QUERIES = [
    EventQuery(span=DAY),
    EventQuery(span=DAY, match=Match.CERTAIN),
    EventQuery(span=calendar.parse("2022-02/.."), match=Match.WITHIN),
    EventQuery(actors=("RUS",)),
    EventQuery(actors=("RUS",), affiliates=False, role=Role.SOURCE),
    EventQuery(actors=("NATO", "sergei-lavrov"), actor_mode=Mode.ANY),
    EventQuery(actors=("RUS", "USA"), counterparts=("NATO",)),
    EventQuery(kinds=("visit", "delivery")),
    EventQuery(statuses=(Status.DENIED,)),
    EventQuery(precisions=(Precision.DAY,)),
    EventQuery(min_sources=2),
    EventQuery(conflict=True),
    EventQuery(conflict=False, kinds=("delivery",)),
    EventQuery(span=DAY, kinds=("meeting",)),
    EventQuery(q=fulltext.parse("one")),
    EventQuery(q=fulltext.parse("deliver* -two"), min_sources=2),
    EventQuery(),
]
OUT_OF_THE_COPY = (feed.LEFT, What.MERGED.value, What.DELETED.value)


@dataclass
class Follower:
    """A copy of what a query finds: documents by the ids of their events; and the line of the log up to which it is true."""

    query: EventQuery
    copy: dict[str, str]
    seq: int

    @classmethod
    def of(cls, session: Session, query: EventQuery) -> "Follower":
        seq = changes.last(session)
        return cls(query, listed(session, query), seq)

    def follow(self, session: Session, limit: int) -> None:
        more = True
        while more:
            part = feed.read(session, self.query, self.seq, limit=limit, documents=True)
            assert len(part.told) <= limit and part.seq >= self.seq
            for one in part.told:
                if one.what in OUT_OF_THE_COPY:
                    assert one.document is None
                    self.copy.pop(one.change.event, None)
                else:
                    assert one.document
                    self.copy[one.change.event] = one.document
            self.seq, more = part.seq, part.more


def tell(session: Session, key: str, *mentions: Mention) -> None:
    text = str([one.span for one in mentions])
    events.merge(session, articles.save(session, article(key, text=text), told(*mentions), now=NOW))


def listed(session: Session, query: EventQuery) -> dict[str, str]:
    """All that the query finds, page by page: documents by the ids of their events."""
    found: dict[str, str] = {}
    cursor = None
    while True:
        page = events.page(session, replace(query, limit=3, cursor=cursor))
        found |= {json.loads(document)["id"]: document for document in page.documents}
        if page.next_cursor is None:
            return found
        cursor = page.next_cursor


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(data=st.data(), news=NEWS, steps=STEPS)
def test_a_copy_that_follows_the_log_is_what_the_query_finds(
    new_database: NewDatabase, data: st.DataObject, news: Texts, steps: list[Action]
) -> None:
    desk = Desk.at(new_database(), news)
    try:
        _follow(desk, data, steps)
    finally:  # also where an example is given up
        desk.world.engine.dispose()


def _follow(desk: Desk, data: st.DataObject, steps: list[Action]) -> None:
    followers: list[Follower] = []
    limits, some = st.sampled_from([1, 2, 50]), st.lists(st.sampled_from(QUERIES), max_size=3)
    for number, step in enumerate([*steps, None]):
        with reading(desk.world.engine) as session:
            begun = [*(QUERIES if number in (0, len(steps) // 2) else ()), *data.draw(some)]
            followers += [Follower.of(session, query) for query in begun]
            chosen = data.draw(some)
            for follower in followers:
                if step is None or follower.query in chosen:
                    follower.follow(session, data.draw(limits))
                    assert follower.copy == listed(session, follower.query)
        if step is not None:
            desk.take(step)


def test_a_part_of_the_log_is_bounded_and_says_that_there_is_more(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(7):
        tell(session, f"{number}.txt", mention(f"2022-01-{10 + number}"))
    monkeypatch.setattr(feed, "MOST_LOOKED_AT", 3)
    query = EventQuery(span=calendar.parse("2022-01-14"))
    first = feed.read(session, query, 0, limit=2)
    assert (first.told, first.seq, first.more) == ((), 3, True)
    second = feed.read(session, query, first.seq, limit=2)
    assert [one.change.seq for one in second.told] == [5]
    third = feed.read(session, query, second.seq, limit=2)
    assert (third.told, third.seq, third.more) == ((), 7, False)


def test_without_a_query_the_log_is_told_as_it_is(session: Session) -> None:
    tell(session, "a.txt", mention("2022-01-10"))
    tell(session, "a.txt", mention("2022-01-11"))
    lines = changes.since(session, 0, limit=99)
    assert len(lines) > 1
    assert [one.change for one in feed.read(session, None, 0, limit=99).told] == lines
    assert not any(one.left for one in feed.read(session, None, 0, limit=99).told)
