"""An export of everything as ndjson: what it leaves to other requests, and what it holds in memory."""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from statistics import median

from tests.bench.api import data, load, ours, rounds
from tests.bench.api.rounds import compare
from tests.bench.api.servers import CLIENT_CORE, Server, pinned

PATH = "/v1/events.ndjson"
_EVERY_S = 0.1
_READER = """
import signal, sys, urllib.request
signal.signal(signal.SIGTERM, lambda *_: sys.exit())
lines = size = 0
try:
    with urllib.request.urlopen(sys.argv[1], timeout=600) as answer:
        while piece := answer.read1(1 << 20):
            lines += piece.count(b"\\n")
            size += len(piece)
finally:
    print(lines, size)
"""


def sharing(count: int, seconds: float) -> None:
    """Section g: uncached ranges and a cached page, alone and while an export streams."""
    with ExitStack() as running:
        server = running.enter_context(ours.serving("ours on SQLite", f"sqlite:///{data.sqlite(count)}"))
        paths = ours.range_paths(ours.ranges())
        asked = {"date-range pages, uncached": paths, "one page, cached": paths[:1]}
        for title, wanted in asked.items():

            def alone(number: int, wanted: list[str] = wanted) -> load.Loaded:
                return load.load(server, wanted, seconds=seconds, begin=number * 20_000)

            exported: list[int] = []

            def beside(number: int, wanted: list[str] = wanted, exported: list[int] = exported) -> load.Loaded:
                with _exporting(server) as export:
                    found = load.load(server, wanted, seconds=seconds, begin=number * 20_000 + 10_000)
                    if export.poll() is not None:
                        print("  the export ended before the load: it is too short at this number of events")
                exported.append(_read(export)[0])
                return found

            found = rounds.measured({"alone": alone, "while an export streams": beside})
            rounds.show(f"{title}, and an ndjson export", found)
            left = rounds.ratio(found["while an export streams"], found["alone"], rounds.rate)
            compare("requests/s while it streams / alone", left, "at least 0.3")
            print(f"  each time the export gave {', '.join(f'{lines:,}' for lines in exported)} events beside them")


def memory(count: int, seconds: float) -> None:
    """Section h: what the server holds while it streams everything once, after a first export of a page."""
    with ExitStack() as running:
        server = running.enter_context(ours.serving("ours on SQLite", f"sqlite:///{data.sqlite(count)}"))
        subprocess.run(
            [sys.executable, "-c", _READER, f"{server.address}{PATH}?limit=1000"], check=True, capture_output=True
        )
        before = server.own_rss_mb()
        held: list[tuple[float, float]] = []
        begun, cpu_before = time.monotonic(), server.cpu_s()
        with _exporting(server) as export:
            while export.poll() is None:
                held.append((server.own_rss_mb(), server.rss_mb()))
                time.sleep(_EVERY_S)
            taken, cpu_s = time.monotonic() - begun, server.cpu_s() - cpu_before
        lines, size = _read(export)
    print(f"\nan ndjson export of {lines:,} lines, {size / 1e6:,.0f} MB, in {taken:.0f} s, {cpu_s:.0f} s of CPU")
    print("  MB held      at first    after 1/4    after 1/2    after 3/4   at the end     the most")
    for name, place in (("without files", 0), ("in all", 1)):
        series = [one[place] for one in held]
        shown = [series[0], *(series[len(series) * part // 4] for part in (1, 2, 3)), series[-1], max(series)]
        print(f"  {name:13}" + "".join(f"{one:9.1f}    " for one in shown))
    own = [one for one, _ in held]
    half = len(own) // 2
    compare("MB held over the second half / the first (medians)", median(own[half:]) / median(own[: half + 1]), "flat")
    compare("the most MB held / before the export", max(own) / before, "flat")


def _read(export: subprocess.Popen[bytes]) -> tuple[int, int]:
    """How many lines and bytes the client of an export that is over has read."""
    assert export.stdout is not None
    lines, size = export.stdout.read().split()
    return int(lines), int(size)


@contextmanager
def _exporting(server: Server) -> Iterator[subprocess.Popen[bytes]]:
    """A client that reads the export while the block lasts; at its end it prints how many lines and bytes it has read."""
    command = pinned([sys.executable, "-c", _READER, server.address + PATH], CLIENT_CORE)
    client = subprocess.Popen(command, stdout=subprocess.PIPE)
    try:
        time.sleep(0.5)  # until it streams
        yield client
    finally:
        client.terminate()
        client.wait()
