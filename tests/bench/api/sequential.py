"""Requests one after the other, each after a commit, so that no answer that was kept can be given."""

import http.client
import itertools
import sqlite3
import time
from collections.abc import Sequence
from pathlib import Path

from tests.bench.api.load import Loaded
from tests.bench.api.servers import Server

_LEAST = 3  # requests, however long they take


class Committed:
    """Asks a server over a SQLite file, and raises the file's count of commits before each request."""

    def __init__(self, server: Server, database: Path) -> None:
        self._server = server
        self._commits = sqlite3.connect(database, isolation_level=None)
        self._commits.execute("PRAGMA synchronous=OFF")
        self._connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=120)

    def ask(self, paths: Sequence[str], *, seconds: float) -> Loaded:
        """Asks for the paths in turn for so long. Raises RuntimeError for any answer but 200, and for one given before."""
        tags: set[str | None] = set()
        taken: list[float] = []
        size = 0
        before = self._server.cpu_s()
        until = time.monotonic() + seconds
        for path in itertools.cycle(paths):
            self._commits.execute("UPDATE commit_count SET number = number + 1")
            begun = time.perf_counter()
            self._connection.request("GET", path)
            answer = self._connection.getresponse()
            size += len(answer.read())
            taken.append(time.perf_counter() - begun)
            tag = answer.headers["ETag"]
            if answer.status != 200 or tag in tags:
                raise RuntimeError(f"{path}: {answer.status}, {tag}{' again' if tag in tags else ''}")
            tags.add(tag)
            if time.monotonic() > until and len(taken) >= _LEAST:
                break
        cpu_s = self._server.cpu_s() - before
        number = len(taken)
        return Loaded(
            requests=number,
            rate=number / sum(taken),
            bytes_each=size / number,
            latency_ms=sorted(taken)[number // 2] * 1000,
            cpu_ms=cpu_s / number * 1000,
            database_cpu_ms=0.0,
        )

    def close(self) -> None:
        """Ends both connections."""
        self._connection.close()
        self._commits.close()
