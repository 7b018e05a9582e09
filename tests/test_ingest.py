import json
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest

from app import lexicon, workers
from app.core.calendar import parse
from app.core.model import Article, ArticleDate, Reading
from app.errors import LexiconError, Malformed, SourceError, StoreError
from app.extract.pipeline import Extractor
from app.ingest import Database, Job, Outcome, Report, Summary, attempt, ingest
from app.lexicon import DATA
from app.lexicon.boilerplate import load_boilerplate
from app.store import engine, events
from tests import factories, texts
from tests.readers import IsoReader

NOW = datetime(2022, 2, 3, tzinfo=UTC)
RULES = load_boilerplate(DATA)
MET = "The ministers met on {}."


@pytest.fixture
def database(database_url):
    opened = Database(database_url)
    yield opened
    opened.close()


@pytest.fixture
def reader() -> IsoReader:
    return IsoReader()


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor(lexicon=lexicon.load(), today=NOW.date())


@pytest.fixture
def run(database, reader, tmp_path):
    """Ingests the folder `news` with the reader; returns the summary."""
    (tmp_path / "news").mkdir()

    def run(*paths: str, extractor=reader) -> Summary:
        job = Job(database, partial(workers.one_by_one, extractor=extractor), RULES, NOW)
        return ingest(map(Path, paths or ["news"]), job, base=tmp_path)

    return run


def write(folder: Path, name: str, text: str | bytes) -> None:
    (folder / "news" / name).write_bytes(text if isinstance(text, bytes) else text.encode())


def stored(url: str) -> list[tuple[str, list[str]]]:
    """The timeline: each event's date with the articles that report it."""
    opened = engine.connect(url)
    try:
        with engine.reading(opened) as session:
            found = list(events.timeline(session, events.EventQuery()))
    finally:
        opened.dispose()
    return [(event["date"], [source["article"] for source in event["sources"]]) for event in found]


def test_each_article_lands_with_what_was_found_in_it(run, tmp_path, database_url):
    write(tmp_path, "a.txt", MET.format("2022-01-26"))
    write(tmp_path, "b.txt", MET.format("2022-01-28"))
    assert run().reports == (
        Report("news/a.txt", Outcome.NEW, timexes=1, mentions=1, events=1),
        Report("news/b.txt", Outcome.NEW, timexes=1, mentions=1, events=1),
    )
    assert stored(database_url) == [("2022-01-26", ["news/a.txt"]), ("2022-01-28", ["news/b.txt"])]


def test_ingesting_twice_equals_once_and_loads_no_extractor(run, reader, tmp_path, database_url):
    write(tmp_path, "a.txt", MET.format("2022-01-26"))
    run()
    once = stored(database_url)
    again = run(extractor=lambda: pytest.fail("the extractor was loaded"))
    assert again.reports == (Report("news/a.txt", Outcome.UNCHANGED),)
    assert again.complete
    assert stored(database_url) == once


def test_a_changed_comment_form_is_no_new_revision(run, tmp_path):
    write(tmp_path, "a.txt", MET.format("2022-01-26"))
    run()
    write(tmp_path, "a.txt", MET.format("2022-01-26") + "\r\n\r\nLeave a Reply\r\n")
    assert run().counts["unchanged"] == 1


def test_a_changed_text_is_a_revision_and_its_old_mentions_go(run, tmp_path, database_url):
    write(tmp_path, "a.txt", MET.format("2022-01-26"))
    run()
    write(tmp_path, "a.txt", MET.format("2022-01-27"))
    assert [report.outcome for report in run().reports] == [Outcome.REVISED]
    assert stored(database_url) == [("2022-01-27", ["news/a.txt"])]


def test_a_changed_stated_date_is_a_revision(run, tmp_path):
    for date in ("2022-01-27", "2022-01-28"):
        write(tmp_path, "a.txt", f'+++\ndate = "{date}"\n+++\nNothing.')
        outcome = run().reports[0].outcome
    assert outcome is Outcome.REVISED


@pytest.mark.parametrize(
    ("name", "other", "outlets"),
    [("copy", texts.COPY, 1), ("own-words", texts.OWN_WORDS, 2), ("quoting", texts.QUOTING, 2)],
)
def test_copies_of_one_text_are_two_sources_and_one_outlet(
    run, tmp_path, database_url, extractor, name, other, outlets
):
    write(tmp_path, "agency.txt", f'+++\noutlet = "Common Wire"\n+++\n{texts.AGENCY}')
    write(tmp_path, f"{name}.txt", f'+++\noutlet = "Another"\n+++\n{other}')
    run(extractor=lambda: extractor)
    opened = engine.connect(database_url)
    with engine.reading(opened) as session:
        page = events.page(session, events.EventQuery(span=parse("2022-01-26")))
    opened.dispose()
    [shown] = [event for event in map(json.loads, page.documents) if event["kind"] == "delivery"]
    assert (shown["date"], shown["source_count"], shown["outlet_count"]) == ("2022-01-26", 2, outlets)


def test_a_plan_that_came_to_nothing_is_one_event_that_says_so(run, tmp_path, database_url, extractor):
    told = {
        "2022-01-18": "The foreign ministers of Russia and the United States will meet in Geneva on Friday.",
        "2022-01-20": "Russia and the United States will not meet in Geneva on Friday.",
        "2022-01-22": "The foreign ministers of Russia and the United States did not meet in Geneva on Friday.",
    }
    for day, sentence in told.items():
        write(tmp_path, f"{day}.txt", f'+++\ndate = "{day}"\n+++\n{sentence}')
    run(extractor=lambda: extractor)
    opened = engine.connect(database_url)
    with engine.reading(opened) as session:
        [event_id] = [event["id"] for event in events.timeline(session, events.EventQuery())]
        shown = events.get(session, event_id)
    opened.dispose()
    assert (shown["date"], shown["status"], shown["source_count"]) == ("2022-01-21", "denied", 3)
    assert [(one["status"], one["date"]) for one in shown["history"]] == [
        ("scheduled", "2022-01-18"),
        ("denied", "2022-01-20"),
    ]
    assert " not meet" in shown["title"]


BROKEN = {
    "b-empty.txt": (b"", "is empty"),
    "c-binary.txt": (b"\x89PNG\r\n\x00", "binary content: a NUL byte at offset 6"),
    "d-encoding.txt": (b"Orb\xe1n met", "byte 0xe1 at offset 3 is not valid UTF-8"),
    "e-front.txt": (b"+++\nwhen = 1\n+++\nText", "front matter key 'when' (value 1) is not known"),
    "f-large.txt": (None, "50,000,000 bytes: an article may have up to 10,000,000 bytes"),
    "g-page.html": (b"<html></html>", "no article text was found on the page"),
    "h-bug.txt": (b"explode", "could not be read: RuntimeError: a bug"),
}


def test_broken_files_are_named_and_counted_and_all_others_land(run, tmp_path, database_url):
    write(tmp_path, "a.txt", MET.format("2022-01-26"))
    for name, (data, _) in BROKEN.items():
        if data is None:
            with (tmp_path / "news" / name).open("wb") as stream:
                stream.truncate(50_000_000)
        else:
            write(tmp_path, name, data)
    lines = '{"id": 1, "text": "They met on 2022-01-27."}\nnope\n{"id": 3, "text": "They met on 2022-01-28."}'
    write(tmp_path, "y.jsonl", lines)
    write(tmp_path, "z.txt", MET.format("2022-01-29"))
    summary = run()
    failed = {report.article: report.reason for report in summary.reports if report.outcome is Outcome.FAILED}
    assert list(failed) == [*(f"news/{name}" for name in BROKEN), "news/y.jsonl:2"]
    for name, (_, reason) in BROKEN.items():
        assert reason in (failed[f"news/{name}"] or "")
    assert summary.counts == {"new": 4, "unchanged": 0, "revised": 0, "failed": 8}
    assert not summary.complete
    assert [date for date, _ in stored(database_url)] == ["2022-01-26", "2022-01-27", "2022-01-28", "2022-01-29"]


def test_a_path_that_cannot_be_read_is_a_failed_report(run):
    [missing, pdf] = run("none.txt", "news.pdf").reports
    assert (missing.article, missing.reason) == ("none.txt", "does not exist")
    assert (pdf.article, pdf.reason) == ("news.pdf", "does not exist")


def test_a_reader_of_files_that_breaks_off_is_reported_once(run, tmp_path, monkeypatch):
    def explode(*_: object, **__: object) -> None:
        raise RuntimeError("a bug")

    write(tmp_path, "a.txt", "Text")
    monkeypatch.setattr("app.sources.text.article", explode)
    [report] = run().reports
    assert (report.outcome, report.reason) == (Outcome.FAILED, "could not be read: RuntimeError: a bug")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Nothing happened.", "no date expression"),
        ("The year began on 2022-01-01.", "dated, but no act: the verb tells no act"),
    ],
)
def test_an_article_without_acts_lands_and_says_why(run, tmp_path, text, reason):
    write(tmp_path, "a.txt", text)
    [report] = run().reports
    assert (report.outcome, report.mentions, report.reason) == (Outcome.NEW, 0, reason)


def test_undated_mentions_are_not_counted(run, tmp_path):
    class Undated:
        def read(self, article: Article, *, undated: bool = False) -> Reading:
            return Reading(ArticleDate(), mentions=(factories.mention(None),))

    write(tmp_path, "a.txt", "They met.")
    [report] = run(extractor=Undated).reports
    assert (report.mentions, report.reason) == (0, "no date expression")


def test_nothing_of_an_article_stays_when_its_merge_fails(run, reader, tmp_path, database_url, monkeypatch):
    def explode(*_: object) -> None:
        raise RuntimeError("a bug")

    write(tmp_path, "a.txt", MET.format("2022-01-26"))
    with monkeypatch.context() as patched:
        patched.setattr(events, "merge", explode)
        assert run().counts["failed"] == 1
    assert stored(database_url) == []
    assert run().counts["new"] == 1


def test_files_can_be_tracked(run, database, reader, tmp_path):
    for name in ("a.txt", "b.txt"):
        write(tmp_path, name, "Text")
    seen: list[str] = []

    def track(files):
        assert len(files) == 2
        for file in files:
            yield file
            seen.append(file.name)

    ingest(
        [Path("news")],
        Job(database, partial(workers.one_by_one, extractor=reader), RULES, NOW),
        base=tmp_path,
        track=track,
    )
    assert seen == ["a.txt", "b.txt"]


def test_the_summary_for_programs_names_every_outcome():
    summary = Summary((Report("a.txt", Outcome.NEW, 3, 2, 1), Report("b.txt", Outcome.FAILED, reason="is empty")))
    assert summary.document() == {
        "articles": [
            {"article": "a.txt", "outcome": "new", "timexes": 3, "mentions": 2, "events": 1},
            {"article": "b.txt", "outcome": "failed", "timexes": 0, "mentions": 0, "events": 0, "reason": "is empty"},
        ],
        "counts": {"new": 1, "unchanged": 0, "revised": 0, "failed": 1},
    }


def test_an_attempt_turns_whatever_fails_into_a_reason():
    assert attempt(lambda: 3, name="a") == 3
    refused = Malformed("a", "is odd")
    assert attempt(lambda: _raise(refused), name="a") is refused
    found = attempt(lambda: _raise(RecursionError("too deep")), name="a")
    assert isinstance(found, SourceError)
    assert str(found) == "a: could not be read: RecursionError: too deep"


@pytest.mark.parametrize("error", [StoreError("gone"), LexiconError("actors.toml", 1, "id", "is missing")])
def test_what_every_article_would_meet_ends_the_job(error):
    with pytest.raises(type(error)):
        attempt(lambda: _raise(error), name="a")


def test_a_database_that_was_never_migrated_is_refused_at_once(tmp_path):
    with pytest.raises(StoreError, match="demarche db upgrade"):
        Database(f"sqlite:///{tmp_path}/new.db")


def test_the_stated_date_reaches_the_extractor(run, reader, tmp_path):
    write(tmp_path, "a.txt", '+++\ndate = "2022-01"\n+++\nText')
    run()
    assert reader.articles[0].stated_date == parse("2022-01")
    assert reader.articles[0].content_hash


def _raise(error: Exception) -> int:
    raise error
