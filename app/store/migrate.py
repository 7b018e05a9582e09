"""Migrations: brings a database up to date, and tells whether it is."""

from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine

from app.errors import StoreError
from app.store.engine import altering, connect, translated

ROOT = Path(__file__).resolve().parents[2]


def upgrade(url: str) -> str:
    """The revision that the database has after every migration it lacked; a SQLite file is made where there is none."""
    engine = connect(url)
    try:
        with altering(engine) as connection:
            config = configuration()
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
        return _present(engine) or ""
    finally:
        engine.dispose()


def current(url: str) -> str | None:
    """The revision that the database has; None where it was never migrated."""
    engine = connect(url)
    try:
        return _present(engine)
    finally:
        engine.dispose()


@cache
def newest() -> str:
    """The revision that this version of Demarche needs."""
    return ScriptDirectory.from_config(configuration()).get_current_head() or ""


def require(engine: Engine) -> str:
    """The database's revision; raises StoreError unless it can be reached and that is the newest."""
    present, needed = _present(engine), newest()
    if present != needed:
        where = engine.url.render_as_string(hide_password=True)
        state = f"has revision {present}" if present else "has never been migrated"
        raise StoreError(f"the database {where} {state}, revision {needed} is needed: run `demarche db upgrade`")
    return needed


def configuration() -> Config:
    """Alembic's configuration, from pyproject.toml."""
    return Config(toml_file=ROOT / "pyproject.toml")


def _present(engine: Engine) -> str | None:
    with translated(engine), engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()
