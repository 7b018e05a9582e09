"""The timeline as it was known on a day."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Event

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from app.core.model import ArticleDate, Mention, Status
from app.store import articles, asof, events
from app.store.events import EventQuery
from tests.factories import LAVROV, NATO, RUSSIA, article, mention, reading
from tests.store.test_merging import NOW


def told(session: Session, key: str, day: date | None, *mentions: Mention) -> None:
    """Stores an article written on that day, or on a day that nobody knows."""
    dated = ArticleDate(day, day, day) if day else ArticleDate(earliest=date(2022, 1, 1))
    saved = articles.save(session, article(key, text=key), reading(*mentions, date=dated), now=NOW)
    events.merge(session, saved)


def as_of(session: Session, day: date, **conditions: object) -> list[tuple[str, str, int]]:
    """Date, status and number of sources of the events known on that day."""
    query = EventQuery(as_of=day, **conditions)  # type: ignore[arg-type]
    return [(one["date"], one["status"], len(one["sources"])) for one in events.timeline(session, query)]


D18, D20, D27, D30 = (date(2022, 1, day) for day in (18, 20, 27, 30))


@pytest.fixture
def news(session: Session) -> Session:
    told(session, "plan.txt", D18, mention("2022-01-26", status=Status.SCHEDULED, kind="delivery"))
    told(session, "done.txt", D27, mention("2022-01-26", kind="delivery"))
    told(session, "late.txt", D30, mention("2022-01-26", kind="delivery"), mention("2022-01-05", NATO, begin=100))
    told(session, "undated.txt", None, mention("2022-01-26", kind="delivery"))
    return session


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2022, 1, 17), []),
        (D18, [("2022-01-26", "scheduled", 1)]),
        (D20, [("2022-01-26", "scheduled", 1)]),
        (D27, [("2022-01-26", "occurred", 2)]),
        (D30, [("2022-01-05", "occurred", 1), ("2022-01-26", "occurred", 3)]),
    ],
)
def test_what_was_known_on_a_day_comes_from_articles_dated_up_to_it(news, day, expected):
    assert as_of(news, day) == expected


def test_an_event_of_then_has_the_id_that_it_has_now(news):
    [then] = events.timeline(news, EventQuery(as_of=D20))
    now = {one["id"]: one for one in events.timeline(news, EventQuery())}
    assert now[then["id"]]["date"] == "2022-01-26"


def test_the_other_conditions_hold_then_too(news):
    assert as_of(news, D30, actors=("NATO",)) == [("2022-01-05", "occurred", 1)]
    assert as_of(news, D30, statuses=(Status.SCHEDULED,)) == []
    assert as_of(news, D20, statuses=(Status.SCHEDULED,)) == [("2022-01-26", "scheduled", 1)]
    assert as_of(news, D30, kinds=("delivery",)) == [("2022-01-26", "occurred", 3)]
    span = mention("2022-01-05").span
    assert as_of(news, D30, span=span) == [("2022-01-05", "occurred", 1)]


def test_a_state_s_history_of_then_holds_its_people_s_acts(session: Session) -> None:
    told(session, "a.txt", D20, mention("2022-01-10", RUSSIA))
    told(session, "b.txt", D20, mention("2022-01-12", LAVROV))
    assert [day for day, *_ in as_of(session, D30, actors=("RUS",))] == ["2022-01-10", "2022-01-12"]
    assert [day for day, *_ in as_of(session, D30, actors=("RUS",), affiliates=False)] == ["2022-01-10"]
    assert [day for day, *_ in as_of(session, D30, actors=("sergei-lavrov",))] == ["2022-01-12"]


def test_events_that_are_one_now_were_two_before_the_report_that_joins_them(session: Session) -> None:
    told(session, "a.txt", D18, mention("2022-01-10", RUSSIA, kind="meeting"))
    told(session, "b.txt", D18, mention("2022-01-10", NATO, kind="meeting"))
    told(session, "c.txt", D27, mention("2022-01-10", RUSSIA, NATO, kind="meeting"))
    assert len(as_of(session, D20)) == 2
    assert len(as_of(session, D30)) == len(list(events.timeline(session, EventQuery())))


def test_pages_of_then_follow_each_other(session: Session) -> None:
    for number in range(5):
        told(session, f"{number}.txt", D18, mention(f"2022-01-{10 + number}", kind="meeting", lemma=f"do{number}"))
    seen: list[str] = []
    cursor: str | None = None
    for _ in range(3):
        found = events.page(session, EventQuery(as_of=D20, limit=2, cursor=cursor))
        seen += found.documents
        cursor = found.next_cursor
    assert cursor is None and len(seen) == len(set(seen)) == 5
    assert events.page(session, EventQuery(as_of=D20, limit=2)).documents == tuple(seen[:2])


def test_what_was_known_is_worked_out_once_until_the_next_commit(news, monkeypatch):
    worked: list[asof.Scope] = []

    def counting(session: Session, scope: asof.Scope, commits: int) -> Sequence[asof.Known]:
        worked.append(scope)
        return events_of(session, scope, commits)

    events_of = asof._events
    monkeypatch.setattr(asof, "_events", counting)
    news.info["as_of"] = asof.keeping()
    first = as_of(news, D30)
    assert as_of(news, D30) == first
    assert as_of(news, D30, kinds=("call",)) == []
    assert events.count(news, EventQuery(as_of=D30)) == len(first) == 2
    assert len(worked) == 1
    assert as_of(news, D27) != first
    assert as_of(news, D30, actors=("NATO",)) == first[:1]
    assert len(worked) == 3

    told(news, "more.txt", D30, mention("2022-01-28"))
    news.execute(text("UPDATE commit_count SET number = number + 1"))
    assert len(as_of(news, D30)) == 3


def test_those_who_ask_at_once_for_the_same_wait_for_one(news, monkeypatch):
    begun, done = Event(), Event()
    worked: list[int] = []

    def slow(session: Session, scope: asof.Scope, commits: int) -> Sequence[asof.Known]:
        worked.append(commits)
        begun.set()
        assert done.wait(timeout=30)
        return ()

    monkeypatch.setattr(asof, "_events", slow)
    work = asof.keeping()
    scope = asof.Scope.of(EventQuery(as_of=D30))
    with ThreadPoolExecutor(2) as pool:
        asked = [pool.submit(work, news, scope, 7)]
        assert begun.wait(timeout=30)
        asked.append(pool.submit(work, news, scope, 7))
        done.set()
        assert [one.result(timeout=30) for one in asked] == [(), ()]
    assert worked == [7]
