"""The number of commits: what tells whether an answer that was given before still holds.

Every writing transaction raises it, under the writers' lock (see `engine.writing`). It is read on a connection of its own, which
never writes and never lasts into a transaction: about 10 microseconds on SQLite.
"""

import threading
from typing import Any

from app.errors import StoreError
from app.store.engine import Engine, translated

_QUERY = "SELECT number FROM commit_count"


class CommitCount:
    """Reads the number of commits, again and again; usable from any thread."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._lock = threading.Lock()
        self._connection: Any = None
        self._failure: type[Exception] = engine.dialect.loaded_dbapi.Error
        self.is_quick = engine.dialect.name == "sqlite"  # so that it need not leave an event loop

    def current(self) -> int:
        """The number of commits; raises StoreError where the database fails, and connects anew the next time."""
        with self._lock:
            try:
                return self._read()
            except self._failure as error:
                self.close()
                raise StoreError(f"the count of commits cannot be read: {error}") from error

    def close(self) -> None:
        """Gives the connection back."""
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.invalidate()

    def _read(self) -> int:
        if self._connection is None:
            with translated(self._engine):
                self._connection = self._engine.raw_connection()
            if not self.is_quick:
                self._connection.driver_connection.autocommit = True  # SQLite's are so already
        row = self._connection.driver_connection.execute(_QUERY).fetchone()
        return int(row[0])
