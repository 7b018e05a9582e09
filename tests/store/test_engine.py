from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import pytest
from sqlalchemy import Engine, func, select, text

from app.errors import StoreError
from app.store.engine import altering, connect, reading, writing
from app.store.rows import ActorRow


def add_one(engine: Engine) -> None:
    """Reads a number and writes the next: two of these at once would lose one, were writers not to queue."""
    with writing(engine) as session:
        row = session.get_one(ActorRow, "counter")
        session.execute(select(func.count()).select_from(ActorRow))
        row.event_count += 1


def test_writers_queue_so_that_none_is_lost(engine: Engine) -> None:
    with writing(engine) as session:
        session.add(ActorRow(id="counter", name="c", kind="person", source="", tenures="[]", digest="", event_count=0))
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(add_one, [engine] * 20))
    with reading(engine) as session:
        assert session.get_one(ActorRow, "counter").event_count == 20


def test_a_reader_does_not_wait_for_a_writer(engine: Engine) -> None:
    written, read = Event(), Event()

    def write() -> None:
        with writing(engine) as session:
            session.execute(text("UPDATE actor SET event_count = event_count"))
            written.set()
            assert read.wait(10)

    with ThreadPoolExecutor(1) as threads:
        writer = threads.submit(write)
        assert written.wait(10)
        with reading(engine) as session:
            assert session.scalar(select(func.count()).select_from(ActorRow)) == 0
        read.set()
        writer.result()


def test_sqlite_keeps_foreign_keys_and_writes_ahead(tmp_path: Path) -> None:
    engine = connect(f"sqlite:///{tmp_path / 'new.db'}")
    with engine.connect() as connection:
        pragmas = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in ("journal_mode", "foreign_keys")
        }
    engine.dispose()
    assert pragmas == {"journal_mode": "wal", "foreign_keys": 1}


def test_an_unreachable_server_is_named_without_its_password() -> None:
    engine = connect("postgresql://user:secret@127.0.0.1:1/news")
    with pytest.raises(StoreError) as raised, reading(engine) as session:
        session.execute(text("SELECT 1"))
    message = str(raised.value)
    assert "127.0.0.1:1/news cannot be used" in message
    assert message.endswith("check DATABASE_URL and that the database is running")
    assert "secret" not in message


def test_a_folder_that_is_missing_is_a_store_that_cannot_be_used(tmp_path: Path) -> None:
    engine = connect(f"sqlite:///{tmp_path}/missing/news.db")
    with pytest.raises(StoreError, match="unable to open database file"), altering(engine):
        pass


def test_a_table_that_is_missing_asks_for_the_migrations(tmp_path: Path) -> None:
    engine = connect(f"sqlite:///{tmp_path}/news.db")
    with pytest.raises(StoreError, match="no such table: actor; run `demarche db upgrade`"), reading(engine) as session:
        session.execute(select(ActorRow)).all()
    engine.dispose()


@pytest.mark.parametrize("url", ["mysql://db/news", "oracle://db", "nothing", "", "what://x"])
def test_another_sort_of_database_is_refused(url: str) -> None:
    with pytest.raises(StoreError, match="use sqlite:///file.db or postgresql://"):
        connect(url)
