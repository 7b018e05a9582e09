"""Our server and its addresses."""

import sys
from collections.abc import Sequence
from contextlib import AbstractContextManager
from datetime import timedelta
from random import Random

from app.store import pages
from app.store.events import EventQuery
from tests.bench.api import invented, servers
from tests.bench.api.servers import Server

PAGE = 50
DISTINCT = 100_000
ACTIVE = 60  # of these any five years since 1930 fill a page
Range = tuple[str, str]
Place = tuple[str, str, str]  # an actor, and the day and id of the event behind which a page of its history begins
_SINCE = 30 * 365  # from here on 40 days of a store of 1,000,000 events fill a page
_NEVER_REACHED = "1000000/second"


def serving(name: str, url: str, *, database_pid: int | None = None) -> AbstractContextManager[Server]:
    """`demarche serve` over that database: one process, with its logs, and limits that are counted but never reached."""
    port = servers.free_port()
    environment = {
        "DATABASE_URL": url,
        "HOST": "127.0.0.1",
        "PORT": str(port),
        "LOG_LEVEL": "INFO",
        "RATE_LIMIT": _NEVER_REACHED,
        "WRITE_RATE_LIMIT": _NEVER_REACHED,
        "CORS_ORIGINS": "*",
    }
    command = [sys.executable, "-m", "app", "serve"]
    return servers.running(name, command, environment, port=port, ready="/readyz", database_pid=database_pid)


# ---------------------------------------------------------------- what is asked for
def ranges(count: int = DISTINCT, *, since: int = _SINCE, until: int = invented.DAYS - 90) -> list[Range]:
    """So many ranges of 20 to 89 days, all different; they begin so many days after the first of all."""
    rng = Random(invented.SEED)
    found: dict[Range, None] = {}
    while len(found) < count:
        begin = invented.FIRST + timedelta(days=rng.randrange(since, until))
        found[begin.isoformat(), (begin + timedelta(days=rng.randrange(20, 90))).isoformat()] = None
    return list(found)


def places(count: int = DISTINCT) -> list[Place]:
    """So many places in the histories of the `ACTIVE` most active states, all different."""
    rng = Random(invented.SEED)
    states = [actor.id for actor in invented.cast()[:ACTIVE]]
    found: dict[Place, None] = {}
    while len(found) < count:
        day = invented.FIRST + timedelta(days=rng.randrange(_SINCE, invented.DAYS - 5 * 365))
        found[rng.choice(states), day.isoformat(), invented.event_id(rng.randrange(1 << 20))] = None
    return list(found)


def range_paths(wanted: Sequence[Range]) -> list[str]:
    """The address of a page for each range."""
    return [f"/v1/events?datetime={begin}/{end}" for begin, end in wanted]


def history_paths(wanted: Sequence[Place]) -> list[str]:
    """The address of the page behind each place of a history."""
    return [
        f"/v1/actors/{actor}/events?cursor={pages.seal((day, day, id_), str(EventQuery(actors=(actor,))))}"
        for actor, day, id_ in wanted
    ]
