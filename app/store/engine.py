"""Connections: one engine per process, sessions that read and sessions that write."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from sqlite3 import Connection as SQLiteConnection
from typing import Any, Self, cast

from cachetools import LRUCache
from sqlalchemy import Connection, Engine, Select, create_engine, event, func, make_url, select, text
from sqlalchemy.exc import ArgumentError, OperationalError, ProgrammingError
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry

from app.errors import StoreError

__all__ = ["Engine", "QuickReader", "Session", "altering", "connect", "noting", "reading", "translated", "writing"]

BUSY_TIMEOUT_MS = 30_000
CONNECT_TIMEOUT_S = 10
MAPPED_BYTES = 2**36
_KEPT_TEXTS = 512
_WRITES = "demarche_writes"
_ALONE = {"isolation_level": "AUTOCOMMIT"}
_COUNTED = text("UPDATE commit_count SET number = number + 1")
_WRITE_LOCK = 0x64656D61  # "dema": the key of the advisory lock that PostgreSQL's writers queue for


def connect(url: str) -> Engine:
    """An engine for that database; opens no connection yet. Raises StoreError where the URL names none that we use."""
    try:
        parsed = make_url(url)
        backend = parsed.get_backend_name()
    except ArgumentError as error:
        raise StoreError(f"{url!r} is not a database URL: use sqlite:///file.db or postgresql://...") from error
    if backend == "sqlite":
        return _sqlite(url)
    if backend == "postgresql":
        parsed = parsed.set(drivername="postgresql+psycopg")
        return create_engine(parsed, pool_pre_ping=True, connect_args={"connect_timeout": CONNECT_TIMEOUT_S})
    raise StoreError(f"{backend} is not a database that can be used: use sqlite:///file.db or postgresql://...")


def _sqlite(url: str) -> Engine:
    engine = create_engine(url)
    event.listen(engine, "connect", _configure)
    event.listen(engine, "begin", _begin)
    return engine


class QuickReader:
    """Reads on one connection of the driver that is kept, without transactions: for statements of bounded cost, on one thread.

    Every statement sees what is committed when it begins, so that several may see several states. It writes nothing.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._texts: LRUCache[Select[Any], tuple[str, list[str], dict[str, Any]]] = LRUCache(_KEPT_TEXTS)
        with translated(engine):
            self._connection = engine.raw_connection()

    @classmethod
    def on(cls, engine: Engine) -> Self | None:
        """A reader of the same store; None unless that is a file of this machine."""
        if engine.dialect.name != "sqlite":
            return None
        own = create_engine(engine.url)
        event.listen(own, "connect", _configure)
        return cls(own)

    def rows(self, statement: Select[Any], values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        """The statement's rows as the driver has them: days are ISO text. Raises StoreError where the database fails.

        Takes no lists of values: their number would be part of the text, which is made once for each statement.
        """
        text_, names, fixed = self._texts.get(statement) or self._compile(statement)
        given = {**fixed, **values}
        try:
            cursor = self._connection.driver_connection.execute(  # type: ignore[union-attr]
                text_, [_as_text(given[name]) for name in names]
            )
            return cast(list[tuple[Any, ...]], cursor.fetchall())
        except self._engine.dialect.loaded_dbapi.Error as error:
            raise StoreError(f"the database cannot be read: {error}") from error

    def close(self) -> None:
        """Gives the connection back."""
        self._connection.close()
        self._engine.dispose()

    def _compile(self, statement: Select[Any]) -> tuple[str, list[str], dict[str, Any]]:
        compiled = statement.compile(dialect=self._engine.dialect)
        made = (str(compiled), list(compiled.positiontup or ()), dict(compiled.params))
        self._texts[statement] = made
        return made


def _as_text(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def _configure(connection: SQLiteConnection, entry: ConnectionPoolEntry) -> None:
    """Hands the transactions to SQLAlchemy: sqlite3 itself would begin only before the first write."""
    connection.isolation_level = None
    for pragma in (
        f"busy_timeout={BUSY_TIMEOUT_MS}",
        "journal_mode=WAL",
        "synchronous=NORMAL",
        "foreign_keys=ON",
        # the file is read through the system's memory: what a query needs lies scattered over many pages of it
        f"mmap_size={MAPPED_BYTES}",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    """A writer takes the lock at once, so that it waits for the others instead of failing half-way."""
    writes = connection.get_execution_options().get(_WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def reading(engine: Engine) -> Iterator[Session]:
    """A session for reading; nothing is written with it. Raises StoreError where the database fails.

    On PostgreSQL each statement is a transaction of its own, which sees no other than READ COMMITTED shows it, and takes two
    trips to the server less.
    """
    alone = engine.dialect.name == "postgresql"
    with translated(engine), Session(engine.execution_options(**_ALONE) if alone else engine) as session:
        yield session


@contextmanager
def writing(engine: Engine) -> Iterator[Session]:
    """A session in one transaction that commits at the end, or is rolled back by any exception; it raises the count of commits.

    Writers queue: SQLite locks the file, PostgreSQL takes one store-wide advisory lock until the transaction ends.
    """
    with noting(engine) as session:
        session.execute(_COUNTED)
        yield session


@contextmanager
def noting(engine: Engine) -> Iterator[Session]:
    """Like `writing`, for what no read of events, actors and articles shows: the count of commits stays, and with it every
    answer that was given.
    """
    with translated(engine), Session(_locking(engine)) as session, session.begin():
        _take_lock(session.connection())
        yield session


@contextmanager
def altering(engine: Engine) -> Iterator[Connection]:
    """A connection in one transaction under the writers' lock, for migrations."""
    with translated(engine), _locking(engine).begin() as connection:
        _take_lock(connection)
        yield connection


def _locking(engine: Engine) -> Engine:
    return engine.execution_options(**{_WRITES: True})


def _take_lock(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(_WRITE_LOCK)))


@contextmanager
def translated(engine: Engine) -> Iterator[None]:
    """Turns a database that fails or lacks our tables into a StoreError; other errors pass."""
    try:
        yield
    except (OperationalError, ProgrammingError) as error:
        raise _unusable(engine, error) from error


def _unusable(engine: Engine, error: OperationalError | ProgrammingError) -> StoreError:
    """The StoreError for a failed statement or connection: the database without its password, and the first reason."""
    where = engine.url.render_as_string(hide_password=True)
    reason = (str(error.orig).strip().splitlines() or ["no reason given"])[0]
    unmigrated, unreachable = "run `demarche db upgrade`", "check DATABASE_URL and that the database is running"
    advice = unmigrated if _lacks_tables(error) else unreachable
    return StoreError(f"the database {where} cannot be used: {reason}; {advice}")


def _lacks_tables(error: OperationalError | ProgrammingError) -> bool:
    return "no such" in str(error.orig) or getattr(error.orig, "sqlstate", None) in {"42P01", "42703"}
