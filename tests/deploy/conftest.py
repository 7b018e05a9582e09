"""Databases that nothing has migrated yet."""

from pathlib import Path

import pytest

from tests.conftest import NewDatabase, new_postgresql_database


@pytest.fixture
def empty_sqlite(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'empty.db'}"


@pytest.fixture
def empty_postgresql(postgresql_server: str) -> str:
    return new_postgresql_database(postgresql_server)


@pytest.fixture
def sqlite_url(new_sqlite: NewDatabase) -> str:
    """A migrated SQLite database."""
    return new_sqlite()
