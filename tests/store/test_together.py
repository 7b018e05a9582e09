"""Two real processes that ingest the same news at once, on both databases."""

import multiprocessing
from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from app.core.model import ArticleDate
from app.store import articles, changes, events
from app.store.engine import connect, reading, writing
from app.store.events import EventQuery
from app.store.rows import ArticleRow, EventRow, MentionRow
from tests.factories import NATO, RUSSIA, USA, article, mention
from tests.factories import reading as read

NOW = datetime(2022, 2, 3, 12, tzinfo=UTC)
ARTICLES = 12


def ingest(url: str, outlet: str) -> int:
    """Stores articles of an outlet, each of two acts that the other outlet tells too; returns how many were new."""
    engine = connect(url)
    new = 0
    for number in range(ARTICLES):
        day = f"2022-01-{10 + 2 * (number % 4)}"
        told = (mention(day, RUSSIA, USA, kind="delivery"), mention(day, NATO, kind="meeting", begin=100))
        one = article(f"{outlet}/{number}.txt", text=f"{number}", outlet=outlet)
        with writing(engine) as session:
            saved = articles.save(session, one, read(*told, date=ArticleDate()), now=NOW)
            events.merge(session, saved)
        new += saved.outcome is articles.Outcome.NEW
    engine.dispose()
    return new


def at_once(url: str, *outlets: str) -> list[int]:
    """What `ingest` returns in processes that run side by side."""
    with multiprocessing.get_context("spawn").Pool(len(outlets)) as pool:
        return pool.starmap(ingest, [(url, outlet) for outlet in outlets])


def counted(session: Session) -> tuple[int, int, int]:
    return tuple(
        session.scalar(select(func.count()).select_from(row)) or 0 for row in (ArticleRow, MentionRow, EventRow)
    )  # type: ignore[return-value]


@pytest.mark.parametrize("outlets", [("one", "two"), ("one", "one")])
def test_processes_that_read_the_same_news_at_once_make_no_twins(
    database_url: str, engine: Engine, outlets: tuple[str, str]
) -> None:
    new = at_once(database_url, *outlets)
    different = len(set(outlets))
    assert sum(new) == different * ARTICLES
    with reading(engine) as session:
        assert counted(session) == (different * ARTICLES, 2 * different * ARTICLES, 8)
        for event in events.timeline(session, EventQuery()):
            assert len(event["sources"]) == different * ARTICLES // 4
        log = changes.since(session, 0, limit=1000)
        assert [one.version for one in log] == sorted(one.version or 0 for one in log)
        assert changes.data_version(session) == len({one.version for one in log})
