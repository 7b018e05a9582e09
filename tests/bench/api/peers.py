"""The peers: installed in these versions into an environment of their own, and started over the same events.

Datasette opens a file with the tables and indexes that ours had at the revision `data.MADE_AT`, and has canned queries that walk
these as well as can be. It knows of no hidden events. tipg and pygeoapi: see `tests.bench.api.postgis`.
"""

import json
import subprocess
import sys
import venv
from collections.abc import Sequence
from contextlib import AbstractContextManager
from hashlib import blake2s
from pathlib import Path

from tests.bench.api import data, servers
from tests.bench.api.ours import PAGE, Place, Range
from tests.bench.api.servers import Server

PACKAGES = (
    "datasette==0.65.5",
    "tipg==1.6.1",
    "pygeoapi==0.21.0",
    "geoalchemy2==0.18.1",
    "psycopg2-binary==2.9.13",
    "aiofiles==25.1.0",
)
CONSTANT_BYTES = 10_000

_SHOWN = "e.id, e.edtf AS date, e.title, e.kind, e.document"
_WALK = (
    f"SELECT * FROM (SELECT rowid AS row, first_day, last_day, id FROM event WHERE {{}} ORDER BY 2, 3, 4 LIMIT {PAGE})"
)
_WALKS = " UNION ALL ".join(
    _WALK.format(condition)
    for condition in (
        # No event is wider than a year: without that bound all the wide ones before the range would be looked at.
        "first_day < last_day AND first_day > date(:begin, '-1 year') AND first_day < :begin AND last_day >= :begin",
        "first_day >= :begin AND first_day <= :end",
    )
)
_HISTORY = (
    "SELECT first_day, last_day, event_id FROM event_actor WHERE actor_id = :actor"
    f" AND (first_day, last_day, event_id) > (:day, :day, :after) ORDER BY 1, 2, 3 LIMIT {PAGE}"
)
QUERIES = {
    "range": (
        f"SELECT {_SHOWN} FROM (SELECT * FROM ({_WALKS}) ORDER BY 2, 3, 4 LIMIT {PAGE}) AS f"
        " JOIN event AS e ON e.rowid = f.row ORDER BY f.first_day, f.last_day, f.id"
    ),
    "history": (
        f"SELECT {_SHOWN} FROM ({_HISTORY}) AS f JOIN event AS e ON e.id = f.event_id"
        " ORDER BY f.first_day, f.last_day, f.event_id"
    ),
}


def environment() -> Path:
    """The Python of the peers' environment; made where it is missing."""
    folder = data.FOLDER / f"peers-{blake2s(repr(PACKAGES).encode(), digest_size=4).hexdigest()}"
    python = folder / "bin" / "python"
    whole = folder / "whole"
    if not whole.exists():
        print(f"installing {', '.join(PACKAGES)}", flush=True)
        venv.create(folder, with_pip=True, clear=True)
        subprocess.run([python, "-m", "pip", "-q", "--disable-pip-version-check", "install", *PACKAGES], check=True)
        whole.touch()
    return python


# ---------------------------------------------------------------- Datasette
def datasette(database: Path) -> AbstractContextManager[Server]:
    """Datasette over the file, as one that doesn't change."""
    port = servers.free_port()
    metadata = data.FOLDER / f"{database.stem}-datasette.json"
    queries = {name: {"sql": sql} for name, sql in QUERIES.items()}
    metadata.write_text(json.dumps({"databases": {database.stem: {"queries": queries}}}))
    command = [
        str(environment().parent / "datasette"),
        "serve",
        "-i",
        str(database),
        "-m",
        str(metadata),
        "-p",
        str(port),
    ]
    return servers.running("Datasette", command, {}, port=port, ready="/-/versions.json")


def datasette_ranges(database: Path, wanted: Sequence[Range]) -> list[str]:
    """The address of a page for each range."""
    return [f"/{database.stem}/range.json?begin={begin}&end={end}&_shape=array" for begin, end in wanted]


def datasette_histories(database: Path, wanted: Sequence[Place]) -> list[str]:
    """The address of the page behind each place of a history."""
    return [
        f"/{database.stem}/history.json?actor={actor}&day={day}&after={id_}&_shape=array" for actor, day, id_ in wanted
    ]


# ---------------------------------------------------------------- a body that never changes
def constant() -> AbstractContextManager[Server]:
    """A Starlette that answers everything with the same 10 kB: on the same uvicorn as ours, without a log."""
    port = servers.free_port()
    command = [sys.executable, "-m", "uvicorn", "tests.bench.api.constant:app", "--port", str(port), "--no-access-log"]
    return servers.running("Starlette", command, {}, port=port, ready="/")
