"""Articles that are sent, read at once or by workers: what lands, what is refused, and that nothing is read twice."""

import json
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from threading import Barrier

import pytest
from sqlalchemy import Engine

from app import workers
from app.core.model import Article, Reading
from app.errors import Malformed, StoreError
from app.ingest import Database, Job, Outcome, ingest
from app.intake import ATTEMPTS, Came, Intake, Result, Sent, Worker, sent
from app.lexicon import DATA
from app.lexicon.boilerplate import load_boilerplate
from app.store import articles, changes, events, jobs
from app.store.engine import noting, reading
from app.store.jobs import State
from tests.readers import IsoReader

NOW = datetime(2022, 2, 3, 12, tzinfo=UTC)
RULES = load_boilerplate(DATA)
MET = "The ministers met on {}."
Send = Callable[..., list[Result]]


def one(id_: object = 1, day: str = "2022-01-26", **fields: object) -> dict[str, object]:
    return {"id": id_, "text": MET.format(day), **fields}


@pytest.fixture
def reader() -> IsoReader:
    return IsoReader()


@pytest.fixture
def intake(engine: Engine, reader: IsoReader) -> Intake:
    return Intake(engine, partial(workers.one_by_one, extractor=reader), boilerplate=RULES, known=lambda: ())


@pytest.fixture
def send(intake: Intake) -> Send:
    """Takes records in at once."""

    def send(*values: dict[str, object]) -> list[Result]:
        return [
            each.refused or intake.take(each.draft, number=each.number, now=NOW)  # type: ignore[arg-type]
            for each in sent(values, owner="anna")
        ]

    return send


def job(engine: Engine, *values: dict[str, object], id_: str = "j1") -> None:
    found = sent(values, owner="anna")
    with noting(engine) as session:
        given = [each.refused.document() if each.refused else each.payload for each in found]
        jobs.create(session, id_, "anna", given, now=NOW)


def worker(engine: Engine, intake: Intake, holder: str = "one", now: datetime = NOW) -> Worker:
    return Worker(engine, intake, holder, lambda: now)


def shown(engine: Engine, id_: str = "j1") -> tuple[State, list[str]]:
    with reading(engine) as session:
        found = jobs.get(session, id_)
        return found.state, [one["outcome"] for one in jobs.results(session, id_, after=0, limit=99)]


def timeline(engine: Engine) -> list[tuple[str, int]]:
    with reading(engine) as session:
        found = events.timeline(session, events.EventQuery())
        return [(event["date"], len(event["sources"])) for event in found]


# ---------------------------------------------------------------- what was sent
def refusals(*values: dict[str, object]) -> list[str | None]:
    return [one.refused.reason if one.refused else None for one in sent(values, owner="anna")]


def test_each_record_is_checked_and_named_by_its_place() -> None:
    found = list(sent([one(), {"id": 2}, Malformed("article 3", "is odd")], owner="anna"))
    assert [each.number for each in found] == [1, 2, 3]
    assert json.loads(found[0].payload) == one()
    assert str(found[1].draft) == 'article 2: "text" is missing: accepted is a text'
    assert str(found[2].draft) == "article 3: is odd"


def test_what_comes_twice_or_has_no_name_is_refused() -> None:
    address = "https://a.example/x"
    assert refusals(one(), one(2, url=address), one(1), one(3, url=address + "#y"), {"text": "a"}) == [
        None,
        None,
        "comes twice: '#1' was sent before it",
        f"comes twice: {address!r} was sent before it",
        'has neither "id" nor "url": one of them must tell its records apart',
    ]


# ---------------------------------------------------------------- at once
def test_an_article_is_created_unchanged_and_revised_like_one_of_a_file(
    send: Send, engine: Engine, reader: IsoReader
) -> None:
    [created] = send(one())
    assert (created.outcome, created.key, created.reason) == (Came.CREATED, "anna#1", None)
    assert [event["date"] for event in created.events] == ["2022-01-26"]
    [unchanged] = send(one(title="Another title"))
    assert unchanged == Result(Came.UNCHANGED, "anna#1", created.article, created.events)
    assert len(reader.articles) == 1
    [revised] = send(one(day="2022-01-27"))
    assert (revised.outcome, revised.article) == (Came.REVISED, created.article)
    assert [event["date"] for event in revised.events] == ["2022-01-27"]
    assert timeline(engine) == [("2022-01-27", 1)]


def test_what_was_ingested_from_a_file_is_known_by_its_address(
    send: Send, engine: Engine, database_url: str, reader: IsoReader, tmp_path: Path
) -> None:
    address = "https://news.example/met"
    (tmp_path / "a.txt").write_text(f'+++\naddress = "{address}"\n+++\n{MET.format("2022-01-26")}')
    database = Database(database_url)
    files = Job(database, partial(workers.one_by_one, extractor=reader), RULES, NOW)
    [report] = ingest([Path("a.txt")], files, base=tmp_path).reports
    assert report.outcome is Outcome.NEW
    [same] = send(one(address=address + "?utm_source=x"))
    assert (same.outcome, same.key) == (Came.UNCHANGED, address)
    (tmp_path / "b.jsonl").write_text(json.dumps(one("b", url="https://other.example/met")))
    [copy] = send(one("b", url="https://other.example/met"))
    assert copy.outcome is Came.CREATED and copy.events[0]["id"] == same.events[0]["id"]
    assert ingest([Path("b.jsonl")], files, base=tmp_path).reports[0].outcome is Outcome.UNCHANGED
    assert timeline(engine) == [("2022-01-26", 2)]
    database.close()


def test_a_page_is_known_by_the_address_that_it_gives_itself(send: Send) -> None:
    page = (
        "<html><head><link rel='canonical' href='https://news.example/page'></head><body><article>"
        f"<p>{MET.format('2022-01-26')} Nobody said where, or for how long it would last.</p></article></body></html>"
    )
    [named] = send({"html": page})
    assert (named.outcome, named.key) == (Came.CREATED, "https://news.example/page")
    [nameless, empty] = send({"html": page.replace("canonical", "x")}, {"id": 2, "html": "<html></html>"})
    assert nameless.outcome is empty.outcome is Came.REFUSED
    assert nameless.reason == 'has neither "id" nor "url": one of them must tell its records apart'
    assert empty.reason == "no article text was found on the page"


def test_what_fails_is_refused_and_what_tells_nothing_says_why(send: Send, engine: Engine) -> None:
    [failed, empty, landed] = send({"id": 1, "text": "explode"}, {"id": 2, "text": "Nothing."}, one(3))
    assert failed == Result(Came.REFUSED, "anna#1", reason="could not be read: RuntimeError: a bug")
    assert (empty.outcome, empty.events, empty.reason) == (Came.CREATED, (), "no date expression")
    assert landed.outcome is Came.CREATED
    assert timeline(engine) == [("2022-01-26", 1)]


def test_an_id_that_no_database_can_hold_is_refused(send: Send) -> None:
    [found] = send(one("a\0b"))
    assert found.outcome is Came.REFUSED
    assert "NUL characters" in (found.reason or "")


def test_a_result_and_its_document_are_one(send: Send) -> None:
    for found in send(one(), {"id": 2}, {"id": 3, "text": "Nothing."}):
        assert Result.of(json.loads(json.dumps(found.document()))) == found


def test_the_store_learns_the_lexicons_actors_once(engine: Engine, reader: IsoReader) -> None:
    asked: list[int] = []
    read = partial(workers.one_by_one, extractor=reader)
    intake = Intake(engine, read, boilerplate=RULES, known=lambda: asked.append(1) or ())  # type: ignore[func-returns-value]
    for each in sent([one(1), one(2)], owner="anna"):
        intake.take(each.draft, number=each.number, now=NOW)  # type: ignore[arg-type]
    assert asked == [1]


# ---------------------------------------------------------------- by workers
def test_a_worker_reads_what_waits_and_keeps_what_came_of_it(engine: Engine, intake: Intake) -> None:
    job(engine, one(1), {"id": 2, "text": "explode"}, {"id": 3}, one(4, day="2022-01-28"))
    steps = worker(engine, intake)
    assert [steps.step() for _ in range(4)] == [True, True, True, False]
    assert shown(engine) == (State.DONE, ["created", "refused", "refused", "created"])
    assert timeline(engine) == [("2022-01-26", 1), ("2022-01-28", 1)]
    with reading(engine) as session:
        assert {one.what for one in changes.since(session, 0, limit=9)} == {changes.What.CREATED}


def test_what_was_sent_before_is_unchanged(engine: Engine, intake: Intake, send: Send) -> None:
    send(one())
    job(engine, one())
    assert worker(engine, intake).step()
    assert shown(engine) == (State.DONE, ["unchanged"])


def test_a_worker_goes_on_where_another_came_to_an_end(engine: Engine, intake: Intake, reader: IsoReader) -> None:
    job(engine, one(1), one(2, day="2022-01-28"))
    worker(engine, intake).step()
    with noting(engine) as session:
        jobs.claim(session, holder="dead", now=NOW, lease=lambda _: timedelta(minutes=2))
    assert not worker(engine, intake, "two").step()
    assert worker(engine, intake, "two", NOW + timedelta(minutes=2)).step()
    assert shown(engine) == (State.DONE, ["created", "created"])
    assert len(reader.articles) == 2


def test_an_article_that_ends_every_reader_is_refused(engine: Engine, intake: Intake, reader: IsoReader) -> None:
    job(engine, one())
    for _ in range(ATTEMPTS):
        with noting(engine) as session:
            assert jobs.claim(session, holder="dead", now=NOW, lease=lambda _: timedelta())
    assert worker(engine, intake).step()
    assert shown(engine) == (State.FAILED, ["refused"])
    assert reader.articles == []


def test_what_is_cancelled_while_it_is_read_is_not_stored(engine: Engine, database_url: str) -> None:
    class Cancelling(IsoReader):
        def read(self, article: Article, *, undated: bool = False) -> Reading:
            with noting(engine) as session:
                jobs.cancel(session, "j1", now=NOW)
            return super().read(article, undated=undated)

    reader = Cancelling()
    read = partial(workers.one_by_one, extractor=lambda: reader)
    intake = Intake(engine, read, boilerplate=RULES, known=lambda: ())
    job(engine, one(1), one(2))
    steps = worker(engine, intake)
    assert [steps.step(), steps.step()] == [True, False]
    assert shown(engine) == (State.CANCELLED, ["cancelled", "cancelled"])
    assert timeline(engine) == []
    with reading(engine) as session:
        assert articles.id_of(session, "anna#1") is None


def test_several_workers_read_each_article_once(engine: Engine) -> None:
    count = 12
    job(engine, *(one(number, day=f"2022-01-{number + 10}") for number in range(count)))
    readers = [IsoReader() for _ in range(3)]
    start = Barrier(len(readers))

    def run(number: int) -> None:
        read = partial(workers.one_by_one, extractor=readers[number])
        intake = Intake(engine, read, boilerplate=RULES, known=lambda: ())
        steps = worker(engine, intake, f"worker {number}")
        start.wait()
        while steps.step():
            pass

    with ThreadPoolExecutor(len(readers)) as pool:
        list(pool.map(run, range(len(readers))))
    assert shown(engine) == (State.DONE, ["created"] * count)
    assert sorted(article.key for reader in readers for article in reader.articles) == sorted(
        f"anna#{number}" for number in range(count)
    )


def test_a_worker_runs_until_it_is_stopped_and_outlives_a_store_that_fails(
    engine: Engine, intake: Intake, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    job(engine, one())
    answers: Iterator[bool | Exception] = iter([StoreError("gone"), RuntimeError("a bug"), True, False])
    paused: list[int] = []
    original = jobs.waits

    def waits(*given: object) -> bool:
        answer = next(answers)
        if isinstance(answer, Exception):
            raise answer
        return original(*given) and answer  # type: ignore[arg-type]

    monkeypatch.setattr(jobs, "waits", waits)
    worker(engine, intake).run(lambda: len(paused) == 3, lambda: paused.append(1))
    assert shown(engine) == (State.DONE, ["created"])
    assert [record.getMessage() for record in caplog.records if record.levelname == "ERROR"] == [
        "articles that wait cannot be read now",
        "one: could not be read: RuntimeError: a bug",
    ]


def test_what_is_sent_is_a_value() -> None:
    assert Sent(1, "", Malformed("article 1", "is odd")).refused == Result(Came.REFUSED, reason="is odd")
