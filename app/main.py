"""The application: builds what lives as long as the process and wires the parts together."""

from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime
from functools import cache, lru_cache, partial
from importlib.metadata import metadata, version
from typing import TYPE_CHECKING
from uuid import uuid4

from fastapi import FastAPI
from fastapi.routing import APIRoute
from fastapi_offline import FastAPIOffline
from starlette.concurrency import run_in_threadpool
from starlette.types import ASGIApp

from app.api import (
    actors,
    aggregates,
    articles,
    changes,
    edits,
    events,
    health,
    intake,
    kinds,
    methods,
    openapi,
    problems,
    resolve,
    windows,
)
from app.api.background import Background
from app.api.caching import Caching
from app.api.commits import Commits
from app.api.cors import Cors
from app.api.gate import Gate
from app.api.heads import Heads
from app.api.lane import QuickLane
from app.api.limits import Limit
from app.api.metrics import Metrics
from app.api.names import Names
from app.api.operations import Operations, routes
from app.api.private import Private
from app.api.sequence import Sequence
from app.api.tokens import Tokens
from app.api.turns import Turns
from app.core.model import Actor
from app.curating import Read
from app.errors import StoreError
from app.intake import Intake, Worker
from app.lexicon import DATA
from app.lexicon.boilerplate import load_boilerplate
from app.lexicon.kinds import load_kinds
from app.settings import Settings
from app.store import asof, migrate
from app.store.engine import Engine, QuickReader, connect
from app.store.version import CommitCount
from app.web import actors as web_actors
from app.web import embed, trying
from app.web import routes as web
from app.workers import in_turn, one_by_one

if TYPE_CHECKING:
    from app.extract.pipeline import Extractor
    from app.lexicon import Lexicon

EXPOSED = ["ETag", "Idempotency-Replayed", "Link", "Location", "Preference-Applied", "RateLimit", "RateLimit-Policy"]
EXPOSED += ["Retry-After", "X-Request-ID"]
TAKEN = ["Authorization", "Content-Type", "Idempotency-Key", "If-None-Match", "Last-Event-ID", "Prefer", "X-Request-ID"]
LICENSE = metadata("demarche")["License-Expression"]
DESCRIPTION = """
Diplomatic acts read from news articles: when each happened, who acted on whom, and which articles say so.

Dates are EDTF (ISO 8601-2) with the precision that the texts give: `2021-12` is a day somewhere in December 2021,
`2022-01-10/2022-01-13` lasted from one day to the other. Lists come in pages: follow the `next` link until there is
none. Every refusal is a problem document (RFC 9457) that names the value and what is accepted.

What answers GET answers HEAD as well, with the same headers. Every answer has an `X-Request-ID`: the one that the request
brings, or a new one; where the operator limits how often one client may ask, `RateLimit-Policy` and `RateLimit` too.
"""


_NO_TELEMETRY = {"tracing": False, "metrics": False, "logs": False}  # it looks for its settings in each request
_ROUTERS = (
    *(
        (part.router, "/v1")
        for part in (events, aggregates, windows, actors, articles, kinds, changes, edits, resolve, intake)
    ),
    (health.router, ""),
    *((part.router, "") for part in (web, web_actors, trying, embed)),
)


def create_app(
    settings: Settings, *, read: Read | None = None, known: Callable[[], Iterable[Actor]] | None = None
) -> FastAPI:
    """The API over the store that the settings name; raises StoreError unless that can be reached and is migrated.

    `read` reads articles, `known` are the actors of its lexicon; without them the lexicon's own are built when they are needed.
    """
    engine = _store(settings.database_url)
    commits = CommitCount(engine)
    quick = QuickReader.on(engine)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        if settings.workers_in_api:
            background = Background(Worker(engine, app.state.intake, f"api {uuid4().hex}", partial(datetime.now, UTC)))
            app.state.wake = background.wake
            background.start()
        yield
        if settings.workers_in_api:
            await run_in_threadpool(background.stop)
        commits.close()
        if quick:
            quick.close()
        engine.dispose()

    app = FastAPIOffline(  # its docs come from here, not from a CDN
        title="Demarche",
        summary="A timeline of diplomatic acts, dated by what the articles say",
        version=version("demarche"),
        description=DESCRIPTION,
        license_info={"name": LICENSE, "identifier": LICENSE},
        servers=openapi.SERVERS,
        openapi_tags=openapi.TAGS,
        generate_unique_id_function=lambda route: route.name,
        lifespan=lifespan,
        redoc_url=None,
        telemetry=_NO_TELEMETRY,
    )
    app.state.engine = engine
    app.state.names = Names()
    app.state.sequence = Sequence()
    app.state.as_of = asof.keeping()
    app.state.commits = commits
    app.state.metrics = Metrics(commits.current)
    app.state.tokens = Tokens(engine, commits.current)
    app.state.settings = settings
    app.state.kinds = load_kinds(DATA).kinds
    app.state.read = in_turn(read or partial(one_by_one, extractor=_extractor))
    app.state.turns = Turns()
    app.state.allowed = methods.allowed(_methods())
    app.state.wake = lambda: None
    app.state.intake = Intake(
        engine,
        app.state.read,
        boilerplate=load_boilerplate(DATA),
        known=known or _known,
        quote_chars=settings.quote_chars,
    )
    problems.install(app)
    for router, prefix in _ROUTERS:
        app.include_router(router, prefix=prefix)
    openapi.complete(app, _ROUTERS, kinds=app.state.kinds, closed=settings.reads_need_token)
    app.middleware_stack = _layered(app, app.build_middleware_stack(), settings, quick)
    return app


def _layered(app: FastAPI, inner: ASGIApp, settings: Settings, quick: QuickReader | None) -> ASGIApp:
    """The framework in our layers, from the inside out. Before its own, so that what they answer costs nothing of those."""
    metrics: Metrics = app.state.metrics
    commits = Commits(app.state.commits)
    read, write = (
        Limit(name, rate) if rate else None for name, rate in zip(("read", "write"), settings.rates, strict=True)
    )
    inner = QuickLane(inner, reader=quick) if quick else inner
    cached = partial(Caching, commits=commits.number)
    inner = Gate(
        Private(inner, shared=cached, paths=["/v1/jobs"]),
        tokens=app.state.tokens,
        commits=commits.number,
        closed=settings.reads_need_token,
        reads=read,
        writes=write,
        limited=metrics.limited,
    )
    inner = Cors(
        inner,
        allow_origins=settings.origins,
        allow_methods=["GET", "HEAD", "POST", "DELETE"],
        allow_headers=TAKEN,
        expose_headers=EXPOSED,
    )
    return Operations(Heads(inner), metrics=metrics, route=routes(_templates()))


def _methods() -> Iterator[tuple[str, str]]:
    """Each path's template with each method that it takes."""
    for router, prefix in _ROUTERS:
        for route in router.routes:
            if isinstance(route, APIRoute):
                yield from ((prefix + route.path, method) for method in route.methods or ())


def _templates() -> list[str]:
    """The templates of all paths that are served, as the metrics name them."""
    parts = [
        prefix + route.path for router, prefix in _ROUTERS for route in router.routes if isinstance(route, APIRoute)
    ]
    return list(dict.fromkeys([*parts, "/docs", "/openapi.json", "/static-offline-docs/{path:path}"]))


def _extractor() -> "Extractor":
    return _extractor_of(date.today())


@lru_cache(maxsize=1)
def _extractor_of(today: date) -> "Extractor":
    """What reads articles on that day; the parser is only loaded here."""
    from app.extract.pipeline import Extractor

    return Extractor(lexicon=_lexicon(), today=today)


@cache
def _lexicon() -> "Lexicon":
    from app import lexicon

    return lexicon.load()


def _known() -> Iterable[Actor]:
    return _lexicon().actors.actors.values()


def _store(url: str) -> Engine:
    engine = connect(url)
    try:
        migrate.require(engine)
    except StoreError:
        engine.dispose()
        raise
    return engine
