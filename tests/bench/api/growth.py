"""What must not grow: a page by its depth, a range by the size of the store and its place in time, the whole histogram."""

import sqlite3
from collections.abc import Sequence
from contextlib import ExitStack, closing
from datetime import date
from pathlib import Path

from app.store import pages
from app.store.events import EventQuery
from tests.bench.api import data, invented, load, ours, rounds
from tests.bench.api.rounds import compare
from tests.bench.api.sequential import Committed
from tests.bench.api.servers import Server

SMALL, LARGE = 10, 3  # a tenth of the events asked for, and three times as many
_NEAR = 5_000  # pages around a depth


# ---------------------------------------------------------------- depth
def depth(count: int, seconds: float) -> None:
    """Section d: pages at nine tenths of the timeline beside its first, one request at a time."""
    database = data.sqlite(count)
    deep = count * 9 // 10
    with ExitStack() as running:
        server = running.enter_context(ours.serving("ours on SQLite", f"sqlite:///{database}"))
        asking = running.enter_context(closing(Committed(server, database)))
        near, far = (_pages_at(database, place) for place in (0, deep - _NEAR))
        found = rounds.measured(
            {
                "the first page": lambda number: asking.ask(["/v1/events"], seconds=seconds),
                f"pages 1 to {_NEAR:,} events deep": lambda number: asking.ask(near[number::3], seconds=seconds),
                f"pages to {deep:,} events deep": lambda number: asking.ask(far[number::3], seconds=seconds),
            }
        )
    rounds.show("pages by depth, one request at a time, each after a commit", found)
    first, _, last = found.values()
    compare(f"CPU at {deep:,} / of the first page", rounds.ratio(last, first, rounds.cpu), "at most 1.5")
    compare(f"latency at {deep:,} / of the first page", rounds.ratio(last, first, rounds.latency), "at most 1.5")


def _pages_at(database: Path, offset: int) -> list[str]:
    """The addresses of the pages that begin behind each of the events from that place on."""
    query = "SELECT first_day, last_day, id FROM event ORDER BY first_day, last_day, id LIMIT ? OFFSET ?"
    with closing(sqlite3.connect(database)) as connection:
        rows = connection.execute(query, (_NEAR, max(0, offset))).fetchall()
    return [f"/v1/events?cursor={pages.seal(tuple(row), str(EventQuery()))}" for row in rows]


# ---------------------------------------------------------------- size
def size(count: int, seconds: float) -> None:
    """Section e: the same ranges, from one decade and from the last, in a small store and in a large one."""
    small, large = count // SMALL, count * LARGE
    decades = {"1990 to 1999": (1990, 1999), "2016 to 2025": (2016, 2025)}
    with ExitStack() as running:
        stores = {
            number: running.enter_context(ours.serving(f"ours of {number}", f"sqlite:///{data.sqlite(number)}"))
            for number in (small, large)
        }
        wanted = {name: _ranges(*years) for name, years in decades.items()}
        contestants = {
            f"{number:,} events, {name}": _Ranges(server, ours.range_paths(ranges), seconds)
            for name, ranges in wanted.items()
            for number, server in stores.items()
        }
        found = rounds.measured(contestants)
    rounds.show("date-range pages of 50 by size, uncached, one request at a time", found)
    for name in decades:
        less, more = (found[f"{number:,} events, {name}"] for number in (small, large))
        compare(f"CPU at {large:,} / at {small:,}, {name}", rounds.ratio(more, less, rounds.cpu), "at most 1.3")
    early, late = (found[f"{large:,} events, {name}"] for name in decades)
    compare(f"CPU of the late ranges / of the early, at {large:,}", rounds.ratio(late, early, rounds.cpu), "none")


class _Ranges:
    """Pages of ranges, none of which is asked for twice."""

    def __init__(self, server: Server, paths: Sequence[str], seconds: float) -> None:
        self._server, self._paths, self._seconds = server, paths, seconds

    def __call__(self, number: int) -> load.Loaded:
        begin = number * len(self._paths) // rounds.ROUNDS
        return load.load(self._server, self._paths, seconds=self._seconds, begin=begin, connections=1)


def _ranges(first_year: int, last_year: int) -> list[ours.Range]:
    since, until = (date(first_year, 1, 1) - invented.FIRST).days, (date(last_year, 9, 1) - invented.FIRST).days
    return ours.ranges(50_000, since=since, until=until)


# ---------------------------------------------------------------- the histogram
def histogram(count: int, seconds: float) -> None:
    """Section f: the whole-range histogram, made anew after each commit."""
    database = data.sqlite(count)
    with ExitStack() as running:
        server = running.enter_context(ours.serving("ours on SQLite", f"sqlite:///{database}"))
        asking = running.enter_context(closing(Committed(server, database)))

        found = rounds.measured(
            {
                f"by {unit}": lambda number, unit=unit: asking.ask([f"/v1/histogram?unit={unit}"], seconds=seconds)  # type: ignore[misc]
                for unit in ("year", "month", "day")
            }
        )
    rounds.show("the histogram of everything, one request at a time, each after a commit", found)
    for name, one in found.items():
        compare(
            f"CPU ms of the histogram {name}", rounds.median(one, rounds.cpu), "below 1" if name != "by day" else "none"
        )
