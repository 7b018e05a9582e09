"""Pages of 50 that no cache answers, and pages and 304s that it does: ours on SQLite and PostgreSQL beside the peers."""

import json
import urllib.request
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass

from tests.bench.api import data, load, ours, peers, postgis, postgres, rounds
from tests.bench.api.load import Loaded
from tests.bench.api.rounds import compare
from tests.bench.api.servers import Server

Measure = Callable[[int], Loaded]
ON_SQLITE, ON_POSTGRESQL = "ours on SQLite", "ours on PostgreSQL"
DATASETTE, STARLETTE = "Datasette on SQLite", "Starlette, constant 10 kB"
_AGAINST_DATASETTE = "at least 3, aim 5"
_AGAINST_OTHERS = "at least 10"


@dataclass(frozen=True, slots=True)
class Asked:
    """One sort of request to one server, by the addresses that are asked one after the other."""

    server: Server
    paths: Sequence[str]
    headers: tuple[str, ...] = ()

    def measure(self, seconds: float) -> Measure:
        """Loads it in each round where the round before ended, so that no address is asked twice before all were."""
        place = 0

        def once(number: int) -> Loaded:
            nonlocal place
            found = load.load(self.server, self.paths, seconds=seconds, begin=place, headers=self.headers)
            place = (place + found.requests + load.CONNECTIONS) % len(self.paths)
            return found

        return once


def report(count: int, seconds: float) -> None:
    """Sections a, b and c: uncached pages, then cached ones, each by all contestants in turns."""
    with ExitStack() as running:
        database = data.sqlite(count)
        sqlite = running.enter_context(ours.serving(ON_SQLITE, f"sqlite:///{database}"))
        as_made = data.sqlite_as_made(count)
        datasette = running.enter_context(peers.datasette(as_made))
        ours_too = {ON_SQLITE: sqlite}
        if server := postgres.serving(running, count):
            ours_too[ON_POSTGRESQL] = server
        others = postgis.serving(running, count)
        ranges, places = ours.ranges(), ours.places()
        asked: dict[str, Asked] = {name: Asked(one, ours.range_paths(ranges)) for name, one in ours_too.items()}
        asked[DATASETTE] = Asked(datasette, peers.datasette_ranges(as_made, ranges))
        asked |= {name: Asked(one, paths) for name, one, paths in postgis.ranges(others, ranges)}
        _uncached("date-range pages of 50", asked, seconds)
        asked = {name: Asked(one, ours.history_paths(places)) for name, one in ours_too.items()}
        asked[DATASETTE] = Asked(datasette, peers.datasette_histories(as_made, places))
        asked |= {name: Asked(one, paths) for name, one, paths in postgis.histories(others, places)}
        _uncached("actor-history pages of 50", asked, seconds)
        constant = running.enter_context(peers.constant())
        _cached(ours_too, datasette, constant, peers.datasette_ranges(as_made, ranges[:1]), ranges[0], seconds)


# ---------------------------------------------------------------- what no cache answers
def _uncached(title: str, asked: Mapping[str, Asked], seconds: float) -> None:
    for name, one in asked.items():
        _check(name, one)
    found = rounds.measured({name: one.measure(seconds) for name, one in asked.items()})
    rounds.show(f"{title}, uncached", found)
    for name, one in asked.items():
        if name in (ON_SQLITE, ON_POSTGRESQL):
            number = rounds.answers(found[name])
            again = "none was asked twice" if number < len(one.paths) else "SOME WERE ASKED TWICE"
            print(f"  {name}: {number} answers to {len(one.paths)} addresses in turn, {again}")
    for mine in (ON_SQLITE, ON_POSTGRESQL):
        if mine in found:
            for other in (name for name in found if name not in (ON_SQLITE, ON_POSTGRESQL)):
                demand = _AGAINST_DATASETTE if other == DATASETTE else _AGAINST_OTHERS
                _compare_cpu(mine, found[mine], other, found[other], demand)


def _compare_cpu(mine: str, own: list[Loaded], other: str, theirs: list[Loaded], demand: str) -> None:
    compare(f"CPU of {other}'s server / {mine}'s", rounds.ratio(theirs, own, rounds.cpu), demand)
    if own[0].database_cpu_ms or theirs[0].database_cpu_ms:
        ratio = rounds.ratio(theirs, own, rounds.whole_cpu)
        compare(f"  with their databases' CPU, {other} / {mine}", ratio, "none")


def _check(name: str, one: Asked) -> None:
    """Says so where pages are not full: a page of fewer events is cheaper."""
    counts = [_events_of(one.server, path) for path in one.paths[:: len(one.paths) // 20]]
    if min(counts) < ours.PAGE:
        print(f"  {name}: of {len(counts)} pages looked at, the shortest has {min(counts)} events")


def _events_of(server: Server, path: str) -> int:
    with urllib.request.urlopen(server.address + path, timeout=60) as answer:
        found = json.load(answer)
    listed: Iterable[object] = found if isinstance(found, list) else found.get("events", found.get("features", ()))
    return len(list(listed))


# ---------------------------------------------------------------- what the cache answers
def _cached(
    mine: Mapping[str, Server],
    datasette: Server,
    constant: Server,
    theirs: Sequence[str],
    range_: ours.Range,
    seconds: float,
) -> None:
    [path] = ours.range_paths([range_])
    contestants: dict[str, Asked] = {}
    for name, server in mine.items():
        tag, size = _tag(server, path)
        small = f"{path}&limit={max(1, round(ours.PAGE * peers.CONSTANT_BYTES / size))}"
        contestants[f"{name}: page of 50"] = Asked(server, [path])
        contestants[f"{name}: page of about 10 kB"] = Asked(server, [small])
        contestants[f"{name}: 304"] = Asked(server, [path], (f"If-None-Match: {tag}",))
    contestants[DATASETTE] = Asked(datasette, theirs)
    contestants[STARLETTE] = Asked(constant, ["/"])
    found = rounds.measured({name: one.measure(seconds) for name, one in contestants.items()})
    rounds.show("one page again and again, and 304s, cached", found)
    print("  Datasette has no cache and answers 200; Starlette writes no log")
    for name in mine:
        for sort in ("page of 50", "page of about 10 kB", "304"):
            own = found[f"{name}: {sort}"]
            for other, demand in ((DATASETTE, "at least 10, aim 20"), (STARLETTE, "aim 0.9")):
                compare(f"requests/s of {name}, {sort} / {other}", rounds.ratio(own, found[other], rounds.rate), demand)
                compare("  the same by answers a second of CPU", rounds.ratio(found[other], own, rounds.cpu), "none")


def _tag(server: Server, path: str) -> tuple[str, int]:
    """The entity tag of a page without compression, and its size in bytes."""
    with urllib.request.urlopen(server.address + path, timeout=60) as answer:
        return answer.headers["ETag"], len(answer.read())
