"""Reading stored articles again: a trial, then applied, on both databases."""

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime

import pytest

from app.core import calendar
from app.core.model import Article, ArticleDate, Mention, Reading
from app.errors import SourceError, StoreError
from app.lexicon import DATA
from app.lexicon.boilerplate import load_boilerplate
from app.reextract import Job, Report, reextract
from app.store import articles, changes, engine, events
from app.store.events import EventQuery
from tests import texts
from tests.factories import article, mention, reading

NOW = datetime(2022, 2, 3, 12, tzinfo=UTC)
DAY = date(2022, 1, 30)
RULES = load_boilerplate(DATA)
Readings = dict[str, tuple[Mention, ...] | SourceError]


def stored(url: str, readings: dict[str, tuple[Mention, ...]]) -> None:
    """Articles as an older version read them."""
    database = engine.connect(url)
    for key, mentions in readings.items():
        with engine.writing(database) as session:
            saved = articles.save(session, article(key, text=key), reading(*mentions), now=NOW)
            events.merge(session, saved)
            events.merge(session, articles.reread(session, article(key, text=key), reading(*mentions), rules="older"))
    database.dispose()


def job(url: str, readings: Readings, seen: list[str] | None = None) -> Job:
    """A job whose reader finds these mentions; it notes whom it was asked to read."""

    def read(items: Iterable[Article]) -> Iterator[tuple[Article, Reading | SourceError | None]]:
        for one in items:
            if seen is not None:
                seen.append(one.key)
            found = readings[one.key]
            dated = ArticleDate(DAY, DAY, DAY)
            yield one, found if isinstance(found, SourceError) else reading(*found, date=dated)

    return Job(url, read, RULES, NOW)


def dates(url: str) -> dict[str, str]:
    """The stored events: id to date."""
    database = engine.connect(url)
    with engine.reading(database) as session:
        found = {event["id"]: event["date"] for event in events.timeline(session, EventQuery())}
    database.dispose()
    return found


BEFORE = {"a.txt": (mention("2022-01-26"),), "b.txt": (mention("2022-01-10", kind="meeting", lemma="meet"),)}
AFTER: Readings = {
    "a.txt": (mention("2022-01-28"),),
    "b.txt": (mention("2022-01-12", begin=50, kind="visit", lemma="go"),),
}


def told(report: Report) -> tuple[int, int, int, int]:
    return len(report.added), len(report.gone), len(report.redated), report.unchanged


def test_a_trial_tells_what_would_change_and_changes_nothing(database_url: str) -> None:
    stored(database_url, BEFORE)
    before = dates(database_url)
    report = reextract(job(database_url, AFTER), apply=False)
    assert (report.read, report.applied, told(report)) == (2, False, (1, 1, 1, 0))
    assert (report.redated[0].before, report.redated[0].date) == ("2022-01-26", "2022-01-28")
    assert dates(database_url) == before


def test_applied_it_keeps_the_ids_of_events_that_only_moved(database_url: str) -> None:
    stored(database_url, BEFORE)
    before = dates(database_url)
    report = reextract(job(database_url, AFTER), apply=True)
    after = dates(database_url)
    assert report.applied and told(report) == (1, 1, 1, 0)
    [moved] = [id_ for id_ in before if id_ in after]
    assert (before[moved], after[moved]) == ("2022-01-26", "2022-01-28")


def test_what_the_present_rules_have_read_is_read_again_only_when_everything_is_asked_for(database_url: str) -> None:
    stored(database_url, BEFORE)
    reextract(job(database_url, dict(BEFORE)), apply=True)
    seen: list[str] = []
    assert reextract(job(database_url, dict(BEFORE), seen), apply=True).read == 0
    assert reextract(job(database_url, dict(BEFORE), seen), apply=False, everything=True).read == 2
    assert seen == ["a.txt", "b.txt"]


def test_a_run_that_was_cut_off_goes_on_where_it_stopped(database_url: str) -> None:
    stored(database_url, BEFORE)

    class Cut(Exception):
        pass

    def cut(items: Iterable[Article]) -> Iterator[tuple[Article, Reading]]:
        for number, one in enumerate(items):
            if number:
                raise Cut
            yield one, reading(*BEFORE[one.key])

    with pytest.raises(Cut):
        reextract(Job(database_url, cut, RULES, NOW), apply=True)
    seen: list[str] = []
    reextract(job(database_url, dict(BEFORE), seen), apply=True)
    assert seen == ["b.txt"]


def test_an_article_that_cannot_be_read_keeps_what_it_has_and_is_named(database_url: str) -> None:
    stored(database_url, BEFORE)
    broken: Readings = {**BEFORE, "b.txt": SourceError("b.txt", "broke")}
    report = reextract(job(database_url, broken), apply=True)
    assert report.failed == ("b.txt: broke",)
    assert told(report) == (0, 0, 0, 2)


def test_the_article_s_date_is_that_of_the_new_reading(database_url: str) -> None:
    stored(database_url, BEFORE)
    reextract(job(database_url, dict(BEFORE)), apply=True)
    database = engine.connect(database_url)
    with engine.reading(database) as session:
        assert [event["date"] for event in events.timeline(session, EventQuery(as_of=DAY))] == [
            "2022-01-10",
            "2022-01-26",
        ]
        assert changes.data_version(session) > 0
    database.dispose()


def test_copies_that_were_stored_before_sketches_count_once_when_they_are_read_again(database_url: str) -> None:
    told: dict[str, tuple[Mention, ...]] = {
        "agency.txt": (mention(sentence="Moscow received a note on January 26."),),
        "copy.txt": (mention(sentence="Washington's note was handed over in Moscow."),),
    }
    database = engine.connect(database_url)

    def outlets() -> list[int | None]:
        with engine.reading(database) as session:
            return [json.loads(shown)["outlet_count"] for shown in events.page(session, EventQuery()).documents]

    for key, text in (("agency.txt", texts.AGENCY), ("copy.txt", texts.COPY)):
        with engine.writing(database) as session:
            saved = articles.save(session, article(key, text, outlet=key), reading(*told[key]), now=NOW)
            events.merge(session, saved)
    assert outlets() == [2]
    before = dates(database_url)
    reextract(job(database_url, dict(told)), apply=True, everything=True)
    assert outlets() == [1]
    assert dates(database_url) == before
    database.dispose()


def test_a_store_that_was_never_migrated_is_refused(tmp_path) -> None:
    with pytest.raises(StoreError, match="demarche db upgrade"):
        reextract(job(f"sqlite:///{tmp_path / 'none.db'}", {}), apply=False)


def test_the_report_for_programs_names_every_change(database_url: str) -> None:
    stored(database_url, BEFORE)
    shown = reextract(job(database_url, AFTER), apply=False).document()
    assert (shown["read"], shown["applied"], shown["failed"], shown["unchanged"]) == (2, False, [], 0)
    assert shown["redated"][0] | {"id": ""} == {
        "id": "", "title": "Russia receives a note", "date": "2022-01-28", "before": "2022-01-26",
    }  # fmt: skip


@pytest.mark.parametrize("apply", [False, True])
def test_a_date_that_is_corrected_while_articles_are_read_stands(database_url: str, apply: bool) -> None:
    stored(database_url, BEFORE)
    before = dates(database_url)
    given = job(database_url, AFTER)

    def read(items: Iterable[Article]) -> Iterator[tuple[Article, Reading | SourceError | None]]:
        for one, found in given.read(items):
            if one.key == "a.txt":
                database = engine.connect(database_url)
                with engine.writing(database) as session:
                    corrected = articles.find(session, "a.txt")
                    assert corrected is not None
                    articles.correct(session, corrected, calendar.parse("2022-03-05"))
                database.dispose()
            yield one, found

    report = reextract(Job(database_url, read, RULES, NOW), apply=apply)
    assert report.failed == ("the article 'a.txt' was changed while it was read: try again",)
    assert set(before.items()) & set(dates(database_url).items()) == set(
        one for one in before.items() if one[1] == "2022-01-26" or not apply
    )
