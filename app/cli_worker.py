"""`demarche worker`: reads the articles that were sent to the API, beside it or in its place."""

import signal
from datetime import UTC, datetime
from functools import partial
from threading import Event
from typing import TYPE_CHECKING, Annotated
from uuid import uuid4

import typer

from app import console
from app.console import OwnActors

if TYPE_CHECKING:
    from app.intake import Worker

IDLE_S = 1.0


def worker(
    once: Annotated[bool, typer.Option("--once", help="End as soon as nothing waits.")] = False,
    actors: OwnActors = None,
) -> None:
    """Read the articles that wait, as the server does itself unless WORKERS_IN_API=false. Ctrl+C ends it after the present one.

    Any number may run at once, on any number of machines: each article is read by one of them.
    """
    from app.intake import Intake, Worker

    with console.database() as database:
        intake = Intake(
            database,
            console.reader(actors),
            boilerplate=console.lexicon(actors).boilerplate,
            known=partial(console.actors, actors),
            quote_chars=console.settings().quote_chars,
        )
        found = Worker(database, intake, f"worker {uuid4().hex}", partial(datetime.now, UTC))
        if once:
            typer.echo(f"{_count(found)} read")
        else:
            typer.echo("waiting for articles; Ctrl+C ends it")
            _run(found)


def _count(found: "Worker") -> int:
    count = 0
    while found.step():
        count += 1
    return count


def _run(found: "Worker") -> None:
    stopped = Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopped.set())
    found.run(stopped.is_set, lambda: stopped.wait(IDLE_S))
