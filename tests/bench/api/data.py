"""The invented events in databases that are kept between runs, by their number, what they are made of, and the newest revision.

Rows are written as they were at the revision `MADE_AT` and then migrated, so that what later revisions derive from them is there
too; a revision that drops or renames what is written here calls for a newer `MADE_AT`. Not written: articles, mentions and full
texts, which no measured request reads.
"""

import os
import shutil
import sqlite3
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from hashlib import blake2s
from itertools import islice
from pathlib import Path
from typing import Any

from alembic import command
from sqlalchemy import Connection, Engine, Table, insert, select, text

from app.formats.wire import dumps
from app.store import migrate
from app.store.engine import altering, connect
from app.store.rows import (
    ActorAliasRow,
    ActorRow,
    Base,
    EventActorRow,
    EventChangeRow,
    EventOutletRow,
    EventRow,
)
from app.store.texts import fold
from tests.bench.api import invented
from tests.bench.api.invented import Row

MADE_AT = "0007"
FOLDER = Path(os.environ.get("BENCH_FOLDER") or Path(tempfile.gettempdir()) / "demarche-bench")
_AT_ONCE = 10_000
_FILLED = (ActorRow, ActorAliasRow, EventRow, EventActorRow, EventOutletRow, EventChangeRow)


def sqlite_as_made(count: int) -> Path:
    """A SQLite file with so many events at the revision `MADE_AT`; it is made where there is none."""
    made = _file(count, MADE_AT)
    if not made.exists():
        _once(made, lambda path: _fill(path, count))
    return made


def sqlite(count: int) -> Path:
    """As `sqlite_as_made`, at the newest revision."""
    made = sqlite_as_made(count)
    wanted = _file(count, migrate.newest())
    if not wanted.exists():
        _once(wanted, lambda path: _migrated(made, path))
    return wanted


def postgresql(url: str, count: int) -> None:
    """Fills an empty PostgreSQL database with the rows of the SQLite file, and migrates it to the newest revision."""
    source = connect(f"sqlite:///{sqlite_as_made(count)}")
    target = connect(url)
    _upgrade(target, MADE_AT)
    with source.connect() as given, target.connect() as connection:
        with _without_indexes(connection):
            for row in _FILLED:
                _copy(given, connection, _table(row))
        connection.execute(text("UPDATE commit_count SET number = 1"))
        connection.commit()
    migrate.upgrade(url)
    with target.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE"))  # as the server would by and by
    source.dispose()
    target.dispose()


def key(count: int, revision: str) -> str:
    """What the databases of so many events at a revision are called: it changes with what is invented and how it is rendered."""
    sample = repr(list(invented.events(100))).encode()
    return f"{count}-{blake2s(sample, digest_size=4).hexdigest()}-{revision}"


def _file(count: int, revision: str) -> Path:
    return FOLDER / f"{key(count, revision)}.db"


def _once(path: Path, make: Any) -> None:
    """Makes a file under another name, so that one which was cut off is never taken for whole."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(".part")
    for one in FOLDER.glob(f"{unfinished.name}*"):
        one.unlink()
    begun = time.monotonic()
    print(f"making {path} ...", flush=True)
    make(unfinished)
    unfinished.rename(path)
    print(f"  {path.stat().st_size / 1e9:.2f} GB in {time.monotonic() - begun:.0f} s", flush=True)


def _migrated(made: Path, path: Path) -> None:
    shutil.copyfile(made, path)
    migrate.upgrade(f"sqlite:///{path}")
    _settle(path)


def _settle(path: Path) -> None:
    """Takes what stands in the write-ahead log into the file."""
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


# ---------------------------------------------------------------- filling
def _fill(path: Path, count: int) -> None:
    engine = connect(f"sqlite:///{path}")
    _upgrade(engine, MADE_AT)
    with engine.connect() as connection:
        raw: Any = connection.connection.driver_connection
        connection.rollback()
        for pragma in ("journal_mode=OFF", "foreign_keys=OFF", "synchronous=OFF", "cache_size=-1000000"):
            raw.execute(f"PRAGMA {pragma}")
        with _without_indexes(connection):
            for table, rows in _batches(count):
                if rows:
                    connection.execute(insert(table), rows)
        connection.execute(text("UPDATE commit_count SET number = 1"))
        connection.commit()
    engine.dispose()
    _settle(path)


def _batches(count: int) -> Iterator[tuple[Table, list[Row]]]:
    """The rows of each table, in batches."""
    counted: Counter[object] = Counter()
    events = invented.events(count)
    version = 0
    while batch := list(islice(events, _AT_ONCE)):
        version += 1
        actors = [row for one in batch for row in one.actors]
        counted.update(row["actor_id"] for row in actors)
        yield _table(EventRow), [one.event for one in batch]
        yield _table(EventActorRow), actors
        yield _table(EventOutletRow), [row for one in batch for row in one.outlets]
        yield (
            _table(EventChangeRow),
            [
                {"seq": one.event["minted"], "version": version, "event_id": one.event["id"], "what": "created"}
                for one in batch
            ],
        )
    everybody = invented.cast()
    yield (
        _table(ActorRow),
        [
            {
                "id": one.id,
                "name": one.name,
                "kind": one.kind.value,
                "state": one.state,
                "source": "invented",
                "tenures": dumps([]),
                "digest": "invented",
                "event_count": counted[one.id],
            }
            for one in everybody
        ],
    )
    yield (
        _table(ActorAliasRow),
        [{"actor_id": one.id, "number": 0, "alias": one.name, "folded": fold(one.name)} for one in everybody],
    )


def _table(row: type[Base]) -> Table:
    table = row.__table__
    assert isinstance(table, Table)
    return table


def _copy(given: Connection, connection: Connection, table: Table) -> None:
    """Copies a table's rows by COPY; columns of later revisions are left out."""
    present = {name for (name,) in given.execute(text(f"SELECT name FROM pragma_table_info('{table.name}')"))}
    columns = [column for column in table.columns if column.name in present]
    names = ", ".join(f'"{column.name}"' for column in columns)
    rows: Iterable[Any] = given.execution_options(yield_per=_AT_ONCE).execute(select(*columns))
    raw: Any = connection.connection.driver_connection
    with raw.cursor() as cursor, cursor.copy(f'COPY "{table.name}" ({names}) FROM STDIN') as copy:
        for row in rows:
            copy.write_row(tuple(row))


def _upgrade(engine: Engine, revision: str) -> None:
    with altering(engine) as connection:
        configuration = migrate.configuration()
        configuration.attributes["connection"] = connection
        command.upgrade(configuration, revision)


_INDEXES = {
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL",
    "postgresql": (
        "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' AND NOT EXISTS"
        " (SELECT FROM pg_constraint WHERE conname = indexname)"
    ),
}


@contextmanager
def _without_indexes(connection: Connection) -> Iterator[None]:
    """Fills tables first and makes their indexes afterwards, which is quicker. Foreign keys are not looked at meanwhile."""
    indexes = [tuple(row) for row in connection.execute(text(_INDEXES[connection.dialect.name]))]
    for name, _ in indexes:
        connection.execute(text(f'DROP INDEX "{name}"'))
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET session_replication_role = replica"))
    yield
    for _, made in indexes:
        connection.exec_driver_sql(made)
