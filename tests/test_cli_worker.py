"""`demarche worker` reads what was sent to the API."""

import json
import signal
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from app import console
from app.intake import Worker
from app.store import engine, jobs
from tests.test_cli import news, reader, run, small_lexicon

__all__ = ["news", "reader", "small_lexicon"]  # fixtures

NOW = datetime(2022, 2, 3, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def store(news) -> None:
    """A migrated database, which DATABASE_URL names, with a job of two articles."""
    payloads = [json.dumps({"id": number, "text": f"They met on 2022-01-2{number}."}) for number in (1, 2)]
    with console.database() as database, engine.noting(database) as session:
        jobs.create(session, "j1", "anna", payloads, now=NOW)


def state() -> jobs.State:
    with console.database() as database, engine.reading(database) as session:
        return jobs.get(session, "j1").state


def test_a_worker_reads_what_waits_and_ends():
    assert run("worker", "--once") == (0, "2 read\n", "")
    assert state() is jobs.State.DONE
    assert run("worker", "--once") == (0, "0 read\n", "")
    assert "They met" not in run("timeline")[1] and "2022-01-21" in run("timeline")[1]


def test_a_worker_goes_on_until_it_is_told_to_end(monkeypatch: pytest.MonkeyPatch):
    handlers: dict[int, Callable[..., object]] = {}
    original = Worker.step

    def step(self: Worker) -> bool:
        worked = original(self)
        if not worked:
            handlers[signal.SIGTERM](signal.SIGTERM, None)
        return worked

    monkeypatch.setattr(signal, "signal", lambda number, handler: handlers.update({number: handler}))
    monkeypatch.setattr(Worker, "step", step)
    assert run("worker") == (0, "waiting for articles; Ctrl+C ends it\n", "")
    assert handlers.keys() == {signal.SIGINT, signal.SIGTERM}
    assert state() is jobs.State.DONE
