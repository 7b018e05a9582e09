"""Servers of their own processes: started as a user starts them, pinned to a core, and stopped whatever happens."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.bench.api import data

ROOT = Path(__file__).parents[3]
_TICK_S = 1 / os.sysconf("SC_CLK_TCK")
_STARTS_WITHIN_S = 120
_CORES = sorted(os.sched_getaffinity(0)) if sys.platform == "linux" else [0]
SERVER_CORE, CLIENT_CORE = _CORES[0], _CORES[-1]


@dataclass(frozen=True, slots=True)
class Server:
    """A server that listens, and the processes whose CPU time it takes: its own and, apart from these, its database's."""

    name: str
    port: int
    pid: int
    database_pid: int | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def cpu_s(self) -> float:
        """CPU seconds that it and its children have taken so far, user and system."""
        return _cpu_s(self.pid)

    def database_cpu_s(self) -> float:
        """CPU seconds that its database's processes have taken so far; 0 where the database is in the server."""
        return _cpu_s(self.database_pid) if self.database_pid else 0.0

    def rss_mb(self) -> float:
        """What it holds in memory now, shared pages and those of files among it."""
        return _status_mb(self.pid, "VmRSS")

    def own_rss_mb(self) -> float:
        """What it holds in memory now without the pages of files."""
        return _status_mb(self.pid, "RssAnon")


@contextmanager
def running(
    name: str,
    command: Sequence[str],
    environment: Mapping[str, str],
    *,
    port: int,
    ready: str,
    database_pid: int | None = None,
) -> Iterator[Server]:
    """The server while it runs, once `ready` (a path) is answered with 200; what it logs goes into a file."""
    log = data.FOLDER / f"{name.replace(' ', '-')}.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as output:
        process = subprocess.Popen(
            pinned(command, SERVER_CORE),
            env={**os.environ, **environment},
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        _await(process, f"http://127.0.0.1:{port}{ready}", log)
        yield Server(name, port, process.pid, database_pid)
    finally:
        _stop(process)


def pinned(command: Sequence[str], core: int) -> list[str]:
    """The command on that core, where there is more than one and something to pin it with."""
    if len(_CORES) < 2 or shutil.which("taskset") is None:
        return list(command)
    return ["taskset", "-c", str(core), *command]


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _await(process: subprocess.Popen[bytes], address: str, log: Path) -> None:
    until = time.monotonic() + _STARTS_WITHIN_S
    while time.monotonic() < until and process.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=60) as answer:
                answer.read()
                return
        except urllib.error.HTTPError as error:
            if error.code not in (404, 500, 502, 503):
                raise
            time.sleep(0.2)
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.2)
    raise RuntimeError(f"{address} was not answered; the end of {log}:\n{log.read_text(errors='replace')[-2000:]}")


def _stop(process: subprocess.Popen[bytes]) -> None:
    for sign, patience_s in ((signal.SIGTERM, 10), (signal.SIGKILL, 10)):
        if process.poll() is None:
            os.killpg(process.pid, sign)
            try:
                process.wait(patience_s)
            except subprocess.TimeoutExpired:
                continue


# ---------------------------------------------------------------- what processes take
def _cpu_s(pid: int) -> float:
    return sum(_ticks(one) for one in (pid, *_below(pid))) * _TICK_S


def _ticks(pid: int) -> int:
    """User and system time of a process with all its threads, and of its children that have ended."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except FileNotFoundError:
        return 0
    return sum(int(field) for field in fields[11:15])


def _below(pid: int) -> Iterator[int]:
    for children in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            found = [int(child) for child in children.read_text().split()]
        except FileNotFoundError:
            continue
        for child in found:
            yield child
            yield from _below(child)


def _status_mb(pid: int, field: str) -> float:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(f"{field}:")) / 1024
