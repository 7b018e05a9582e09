"""tipg and pygeoapi over PostGIS, which is Debian's: a PostgreSQL of its own with the same events in one table.

Its table has a moment for each event (the beginning of its first day: tipg takes no plain days), the document as it is, and a
point that nothing asks for. Neither knows cursors or events wider than a day, so a page of a range is that of the first days in
it, and a page of a history begins at a day and looks five years ahead. Both count all that they find, as they do by default.
"""

import json
import os
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, select, text

from app.store.engine import connect
from app.store.rows import EventActorRow, EventRow
from tests.bench.api import data, peers, servers
from tests.bench.api.ours import PAGE, Place, Range
from tests.bench.api.servers import Server

TIPG, PYGEOAPI = "tipg on PostGIS", "pygeoapi on PostGIS"
WANTED = "PostGIS was not found: apt-get install postgresql-postgis, as `make bench-api` does on Debian as root"
_DATABASE, _USER = "events", "postgres"
_AHEAD = timedelta(days=5 * 365)
_TABLES = (
    "CREATE EXTENSION postgis",
    "CREATE TABLE event (id text PRIMARY KEY, day timestamptz NOT NULL, date text, title text, kind text, document text,"
    " geom geometry(Point, 4326))",
    "CREATE TABLE event_actor (actor_id text, day timestamptz, event_id text)",
)
_INDEXES = (
    "CREATE INDEX ON event (day, id)",
    "CREATE INDEX ON event USING gist (geom)",
    "CREATE INDEX ON event_actor (actor_id, day, event_id)",
    "CREATE VIEW history AS SELECT a.actor_id, a.day, e.id, e.date, e.title, e.kind, e.document, e.geom"
    " FROM event_actor AS a JOIN event AS e ON e.id = a.event_id",
)


def serving(running: ExitStack, count: int) -> dict[str, Server]:
    """The servers by name while `running` lasts; none, with the reason printed, where there is no PostGIS."""
    try:
        port, pid = _database(running, count)
        return {
            TIPG: running.enter_context(_tipg(port, pid)),
            PYGEOAPI: running.enter_context(_pygeoapi(port, pid)),
        }
    except (OSError, RuntimeError, subprocess.CalledProcessError) as error:
        print(f"  tipg and pygeoapi are not measured: {error}", flush=True)
        return {}


def ranges(found: dict[str, Server], wanted: Sequence[Range]) -> Iterator[tuple[str, Server, list[str]]]:
    """The addresses of a page for each range, by server."""
    for name, server in found.items():
        yield name, server, [_path(name, "event", begin, end) for begin, end in wanted]


def histories(found: dict[str, Server], wanted: Sequence[Place]) -> Iterator[tuple[str, Server, list[str]]]:
    """The addresses of the page behind each place of a history, by server."""
    for name, server in found.items():
        yield (
            name,
            server,
            [
                f"{_path(name, 'history', day, str(date.fromisoformat(day) + _AHEAD))}&actor_id={actor}"
                for actor, day, _ in wanted
            ],
        )


def _path(name: str, collection: str, begin: str, end: str) -> str:
    when = f"{begin}T00:00:00Z/{end}T00:00:00Z"
    schema = "public." if name == TIPG else ""
    form = "f=geojson" if name == TIPG else "f=json"
    return f"/collections/{schema}{collection}/items?datetime={when}&sortby=day&limit={PAGE}&{form}"


# ---------------------------------------------------------------- the database
def _database(running: ExitStack, count: int) -> tuple[int, int]:
    """The port of the filled database, and the id of its server's first process."""
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    extension = any(Path("/usr/share/postgresql").glob("*/extension/postgis.control"))
    if not programs or not extension:
        raise RuntimeError(WANTED)
    folder = data.FOLDER / f"postgis-{data.key(count, data.MADE_AT)}"
    port = servers.free_port()
    if not (folder / "PG_VERSION").exists():
        folder.mkdir(parents=True, exist_ok=True)
        if os.getuid() == 0:
            shutil.chown(folder, _USER)
        _run([programs[0] / "initdb", "-D", folder, "-A", "trust", "-U", _USER, "-E", "UTF8"])
    control = [programs[0] / "pg_ctl", "-D", folder, "-w"]
    options = f"-p {port} -h 127.0.0.1 -k {folder}"
    _run([*control, "-l", folder / "log", "-o", options, "start"])
    running.callback(_run, [*control, "-m", "fast", "stop"])
    _filled(port, count)
    return port, int((folder / "postmaster.pid").read_text().split()[0])


def _run(command: Sequence[object]) -> None:
    """Runs a program of PostgreSQL's, which refuses to be run by root."""
    as_user = ["runuser", "-u", _USER, "--"] if os.getuid() == 0 else []
    subprocess.run([*as_user, *map(str, command)], check=True, stdout=subprocess.DEVNULL, cwd="/")


def _filled(port: int, count: int) -> None:
    own = create_engine(_url(port, _USER), isolation_level="AUTOCOMMIT")
    with own.connect() as connection:
        query = text("SELECT count(*) FROM pg_database WHERE datname = :name")
        if connection.execute(query, {"name": _DATABASE}).scalar_one():
            return
        print("filling PostGIS ...", flush=True)
        connection.execute(text("DROP DATABASE IF EXISTS unfinished"))
        connection.execute(text("CREATE DATABASE unfinished"))
        _fill(_url(port, "unfinished"), count)
        connection.execute(text(f"ALTER DATABASE unfinished RENAME TO {_DATABASE}"))
    own.dispose()


def _fill(url: str, count: int) -> None:
    given = connect(f"sqlite:///{data.sqlite_as_made(count)}")
    target = create_engine(url, isolation_level="AUTOCOMMIT")
    event, actor = EventRow, EventActorRow
    with given.connect() as source, target.connect() as connection:
        for statement in _TABLES:
            connection.exec_driver_sql(statement)
        raw: Any = connection.connection.driver_connection
        columns = (event.id, event.first_day, event.edtf, event.title, event.kind, event.document)
        rows = source.execution_options(yield_per=10_000).execute(select(*columns))
        with raw.cursor() as cursor, cursor.copy("COPY event FROM STDIN") as copy:
            for number, row in enumerate(rows):
                copy.write_row((*row, f"SRID=4326;POINT({number % 360 - 180} {number % 179 - 89})"))
        rows = source.execute(select(actor.actor_id, actor.first_day, actor.event_id))
        with raw.cursor() as cursor, cursor.copy("COPY event_actor FROM STDIN") as copy:
            for row in rows:
                copy.write_row(tuple(row))
        for statement in (*_INDEXES, "VACUUM ANALYZE"):
            connection.exec_driver_sql(statement)
    given.dispose()
    target.dispose()


def _url(port: int, name: str) -> str:
    return f"postgresql+psycopg://{_USER}@127.0.0.1:{port}/{name}"


# ---------------------------------------------------------------- the servers
def _tipg(port: int, database_pid: int) -> Any:
    own = servers.free_port()
    command = [str(peers.environment()), "-m", "uvicorn", "tipg.main:app", "--port", str(own), "--no-access-log"]
    environment = {
        "DATABASE_URL": f"postgresql://{_USER}@127.0.0.1:{port}/{_DATABASE}",
        "TIPG_DB_SPATIAL_EXTENT": "false",
        "TIPG_DB_DATETIME_EXTENT": "false",
        "TIPG_CATALOG_TTL": "86400",
    }
    return servers.running(TIPG, command, environment, port=own, ready="/collections", database_pid=database_pid)


def _pygeoapi(port: int, database_pid: int) -> Any:
    own = servers.free_port()
    configuration, described = (data.FOLDER / f"pygeoapi-{name}.yml" for name in ("config", "openapi"))
    configuration.write_text(json.dumps(_configuration(own, port)))  # JSON is YAML
    python = peers.environment()
    environment = {"PYGEOAPI_CONFIG": str(configuration), "PYGEOAPI_OPENAPI": str(described)}
    subprocess.run(
        [python.parent / "pygeoapi", "openapi", "generate", configuration, "--output-file", described],
        check=True,
        capture_output=True,
        env={**os.environ, **environment},
    )
    command = [str(python), "-m", "uvicorn", "pygeoapi.starlette_app:APP", "--port", str(own), "--no-access-log"]
    return servers.running(PYGEOAPI, command, environment, port=own, ready="/", database_pid=database_pid)


def _configuration(own: int, port: int) -> dict[str, object]:
    return {
        "server": {
            "bind": {"host": "127.0.0.1", "port": own},
            "url": f"http://127.0.0.1:{own}",
            "mimetype": "application/json; charset=UTF-8",
            "encoding": "utf-8",
            "languages": ["en-US"],
            "pretty_print": False,
            "limits": {"default_items": PAGE, "max_items": PAGE},
            "map": {"url": "https://map.example/{z}/{x}/{y}.png", "attribution": "none"},
        },
        "logging": {"level": "ERROR"},
        "metadata": {
            "identification": {
                "title": "events",
                "description": "events",
                "keywords": ["events"],
                "keywords_type": "theme",
                "terms_of_service": "none",
                "url": "https://events.example",
            },
            "license": {"name": "none", "url": "https://events.example"},
            "provider": {"name": "none", "url": "https://events.example"},
            "contact": {"name": "none"},
        },
        "resources": {name: _collection(name, port) for name in ("event", "history")},
    }


def _collection(name: str, port: int) -> dict[str, object]:
    return {
        "type": "collection",
        "title": name,
        "description": name,
        "keywords": ["events"],
        "links": [],
        "extents": {"spatial": {"bbox": [-180, -90, 180, 90], "crs": "http://www.opengis.net/def/crs/OGC/1.3/CRS84"}},
        "providers": [
            {
                "type": "feature",
                "name": "PostgreSQL",
                "data": {"host": "127.0.0.1", "port": port, "dbname": _DATABASE, "user": _USER, "password": ""},
                "id_field": "id",
                "table": name,
                "geom_field": "geom",
                "time_field": "day",
            }
        ],
    }
