"""What the commands share: the settings, the lexicon, the reader of articles, dates given as options, JSON for programs.

Heavy modules (the parser, the database) are imported where they are needed, so that the other commands start at once.
"""

import json
import logging
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.core import calendar
from app.core.calendar import DateSpan
from app.errors import DateError

if TYPE_CHECKING:
    from app.core.model import Actor
    from app.ingest import Reads
    from app.lexicon import Lexicon
    from app.settings import Settings
    from app.sources.stated import Stated
    from app.store.engine import Engine

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]
OwnActors = Annotated[Path | None, typer.Option("--actors", help="A TOML file of your own actors.", metavar="FILE")]


# ---------------------------------------------------------------- what commands work with
def settings() -> "Settings":
    """The operator's settings; with LOG_LEVEL=DEBUG the log goes to standard error."""
    from app.settings import Settings

    found = Settings.read()
    if found.log_level == "DEBUG":
        logging.basicConfig(level=logging.DEBUG)
    return found


@cache
def lexicon(actors: Path | None) -> "Lexicon":
    """The lexicon, with the user's own actors over it."""
    from app import lexicon

    return lexicon.load(actors=actors)


def actors(own: Path | None) -> "Iterable[Actor]":
    """The actors of that lexicon."""
    return lexicon(own).actors.actors.values()


@cache
def extractor(actors: Path | None) -> "Reads":
    """What reads articles with that lexicon, today."""
    from app.extract.pipeline import Extractor

    return Extractor(lexicon=lexicon(actors), today=date.today())


def reader(actors: Path | None, workers: int = 1, *, undated: bool = False) -> Callable[..., Any]:
    """What reads article after article, here or in so many processes."""
    from app import workers as processes

    build = partial(extractor, actors)
    if workers == 1:
        return partial(processes.one_by_one, extractor=build, undated=undated)
    lexicon(actors)  # what cannot be right in it is told here, once, and not by each process
    return partial(processes.at_once, build=build, workers=workers, undated=undated)


@contextmanager
def database() -> "Iterator[Engine]":
    """The operator's database; raises StoreError unless it can be reached and is migrated."""
    from app.store import engine, migrate

    found = engine.connect(settings().database_url)
    try:
        migrate.require(found)
        yield found
    finally:
        found.dispose()


# ---------------------------------------------------------------- what people give
def stated(value: str) -> "Stated":
    """The article's date as `--date` states it."""
    from app.sources import stated

    try:
        return stated.read(value)
    except DateError as error:
        raise typer.BadParameter(str(error), param_hint="--date") from error


def span(value: str, option: str) -> DateSpan:
    """The span that an option's EDTF means."""
    try:
        return calendar.parse(value)
    except DateError as error:
        raise typer.BadParameter(str(error), param_hint=option) from error


def day(value: str, option: str) -> date:
    """The one day that an option means."""
    found = span(value, option)
    if found.days != 1 or found.open_start or found.open_end:
        raise typer.BadParameter(f"{value!r} is not one day, such as 2022-01-20", param_hint=option)
    return found.first_day


# ---------------------------------------------------------------- what programs get
def print_json(value: object) -> None:
    """One line of UTF-8, whatever the terminal's encoding; half a surrogate pair becomes its JSON escape."""
    line = json.dumps(value, ensure_ascii=False) + "\n"
    sys.stdout.buffer.write(line.encode("utf-8", "backslashreplace"))
    sys.stdout.buffer.flush()
