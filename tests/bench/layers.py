"""What the layers before the cache cost a request, over an application that answers at once."""

import asyncio
import logging
import tempfile
import time
from collections.abc import Callable

from app.api import logs
from app.api.commits import Commits
from app.api.gate import Gate
from app.api.heads import Heads
from app.api.limits import Limit
from app.api.metrics import Metrics
from app.api.operations import Operations, routes
from app.api.tokens import Tokens
from app.core.rates import Rate
from app.main import _templates
from app.store import migrate
from app.store import tokens as stored
from app.store.engine import connect, writing
from app.store.version import CommitCount
from tests.api.conftest import NOW

ROUNDS = 5  # another program on the machine slows one down, and seldom all
CALLS = 20_000
SECRET = stored.secret(bytes(32))
HEADERS = [(b"host", b"127.0.0.1:8000"), (b"accept", b"*/*"), (b"user-agent", b"bench"), (b"accept-encoding", b"gzip")]
BODY = b"x" * 10_000


async def constant(scope, receive, send) -> None:
    """The application: 10 kB, as a cache would give them."""
    scope["cache"] = "hit"
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"application/json")]})
    await send({"type": "http.response.body", "body": BODY})


async def _nothing(message=None) -> dict:
    return {"type": "http.request"}


async def _calls(app: Callable, headers: list[tuple[bytes, bytes]]) -> float:
    """CPU seconds of so many calls."""
    began = time.process_time()
    for _ in range(CALLS):
        scope = {
            "type": "http",
            "method": "GET",
            "path": "/v1/actors/RUS/events",
            "query_string": b"limit=50",
            "headers": headers,
            "client": ("192.0.2.7", 5000),
        }
        await app(scope, _nothing, _nothing)
    return time.process_time() - began


def report() -> None:
    """Microseconds of CPU a request, with ever more of the layers; 100,000 requests each."""
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    with tempfile.TemporaryDirectory() as folder, open(f"{folder}/log", "w", encoding="utf-8") as stream:
        url = f"sqlite:///{folder}/bench.db"
        migrate.upgrade(url)
        engine = connect(url)
        commits = CommitCount(engine)
        with writing(engine) as session:
            stored.make(session, "anna", ["read"], digest=stored.digest(SECRET), now=NOW)
        tokens = Tokens(engine, commits.current)
        metrics = Metrics(commits.current)
        route = routes(_templates())
        limit = Limit("read", Rate(100_000_000, 60))
        told = Operations(Heads(constant), metrics=metrics, route=route)
        gate = Gate(constant, tokens=tokens, commits=Commits(commits).number)
        limited = Gate(constant, tokens=tokens, commits=Commits(commits).number, reads=limit)
        brought = [*HEADERS, (b"authorization", f"Bearer {SECRET}".encode())]
        bench = {
            "the application alone": (constant, None, HEADERS),
            "request id, HEAD and metrics": (told, None, HEADERS),
            "and the log as JSON": (told, "json", HEADERS),
            "and the log as text": (told, "text", HEADERS),
            "and the gate, log as JSON": (Operations(Heads(gate), metrics=metrics, route=route), "json", HEADERS),
            "and a limit": (Operations(Heads(limited), metrics=metrics, route=route), "json", HEADERS),
            "and a token": (Operations(Heads(limited), metrics=metrics, route=route), "json", brought),
        }
        least = dict.fromkeys(bench, float("inf"))
        for _ in range(ROUNDS):
            for name, (app, form, headers) in bench.items():
                logs.configure("INFO" if form else "WARNING", form or "text", stream)
                least[name] = min(least[name], asyncio.run(_calls(app, headers)))
        print(f"layers: microseconds of CPU a request, the least of {ROUNDS} rounds of {CALLS:,}")
        for name, seconds in least.items():
            print(f"  {seconds / CALLS * 1e6:6.1f}  {name}")
        root.handlers[:] = before
        root.setLevel(level)
        commits.close()
        engine.dispose()
