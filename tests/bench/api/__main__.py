"""The API against its peers: `python -m tests.bench.api [SECTION ...] [--events N]`, all sections without an argument.

One worker, logs and limits on, invented events (1,000,000 unless told otherwise), the load by wrk from another core. Nothing here
passes or fails: beside each ratio stands what is asked of it. Databases and the peers' environment are kept in the system's
folder for temporary files, or in that which BENCH_FOLDER names.
"""

import argparse
import os
import platform
import signal
import sqlite3
import sys
from collections.abc import Callable
from importlib.metadata import version

from app.store import migrate
from tests.bench.api import exports, growth, load, pages, peers, rounds
from tests.bench.api.servers import CLIENT_CORE, SERVER_CORE

SECTIONS: dict[str, Callable[[int, float], None]] = {
    "pages": pages.report,
    "depth": growth.depth,
    "size": growth.size,
    "histogram": growth.histogram,
    "sharing": exports.sharing,
    "memory": exports.memory,
}


def _how(events: int, seconds: float) -> str:
    """How it is measured, for whoever reads the figures."""
    servers = ", ".join(
        (*peers.PACKAGES[:3], *(f"{name}=={version(name)}" for name in ("starlette", "fastapi", "uvicorn")))
    )
    return (
        f"{events:,} events of revision {migrate.newest()}, one server process on core {SERVER_CORE}, wrk on core {CLIENT_CORE}:"
        f" {load.CONNECTIONS} connections, loads of {seconds:g} s, medians of {rounds.ROUNDS} rounds in turns, no compression\n"
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {servers}; load average {os.getloadavg()[0]:.1f}\n"
        "CPU is user and system time of the server's processes from /proc, an answer; that of a PostgreSQL stands beside it"
    )


def main() -> None:
    """Prints the sections asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.api", description="Measure the API against its peers.")
    parser.add_argument("section", nargs="*", metavar="|".join(SECTIONS))
    parser.add_argument("--events", type=int, default=1_000_000, help="How many events the store has.")
    parser.add_argument("--seconds", type=float, default=5, help="How long each load lasts.")
    given = parser.parse_args()
    if unknown := [name for name in given.section if name not in SECTIONS]:
        parser.error(f"{unknown[0]!r} is no section: accepted are {', '.join(SECTIONS)}")
    if sys.platform != "linux":
        sys.exit("the API is measured on Linux only: CPU time and memory are read from /proc")
    if not load.installed():
        sys.exit(load.WANTED)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that servers are stopped then too
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell that starts it behind its back has it ignored
    os.sched_setaffinity(0, {CLIENT_CORE})  # servers of ours and of peers have the other; databases stay on this
    print(_how(given.events, given.seconds), flush=True)
    for name, report in SECTIONS.items():
        if name in (given.section or SECTIONS):
            report(given.events, given.seconds)
            print(flush=True)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(130)
