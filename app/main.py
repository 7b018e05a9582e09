"""The application: builds what lives as long as the process and wires the parts together."""

from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime
from functools import cache, lru_cache, partial
from importlib.metadata import version
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware
from fastapi.responses import RedirectResponse
from fastapi_offline import FastAPIOffline
from pydantic import TypeAdapter
from starlette.concurrency import run_in_threadpool

from app.api import actors, aggregates, articles, changes, edits, events, health, intake, kinds, problems, resolve
from app.api.background import Background
from app.api.caching import Caching
from app.api.lane import QuickLane
from app.api.names import Names
from app.api.private import Private
from app.api.problems import ProblemOut
from app.api.tokens import SCHEME, Tokens
from app.api.turns import Turns
from app.core.model import Actor
from app.curating import Read
from app.errors import StoreError
from app.intake import Intake, Worker
from app.lexicon import DATA
from app.lexicon.boilerplate import load_boilerplate
from app.lexicon.kinds import load_kinds
from app.settings import Settings
from app.store import migrate
from app.store.engine import Engine, QuickReader, connect
from app.store.version import CommitCount
from app.workers import in_turn, one_by_one

if TYPE_CHECKING:
    from app.extract.pipeline import Extractor
    from app.lexicon import Lexicon

DESCRIPTION = """
Diplomatic acts read from news articles: when each happened, who acted on whom, and which articles say so.

Dates are EDTF (ISO 8601-2) with the precision that the texts give: `2021-12` is a day somewhere in December 2021,
`2022-01-10/2022-01-13` lasted from one day to the other. Lists come in pages: follow the `next` link until there is
none. Every refusal is a problem document (RFC 9457) that names the value and what is accepted.
"""


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
        title="Demarche", version=version("demarche"), description=DESCRIPTION, lifespan=lifespan, redoc_url=None
    )
    app.state.engine = engine
    app.state.names = Names()
    app.state.commits = commits
    app.state.tokens = Tokens(engine, commits.current)
    app.state.settings = settings
    app.state.kinds = load_kinds(DATA).kinds
    app.state.read = in_turn(read or partial(one_by_one, extractor=_extractor))
    app.state.turns = Turns()
    app.state.wake = lambda: None
    app.state.intake = Intake(
        engine,
        app.state.read,
        boilerplate=load_boilerplate(DATA),
        known=known or _known,
        quote_chars=settings.quote_chars,
    )
    if quick:
        app.add_middleware(QuickLane, reader=quick)
    cached = partial(Caching, commits=commits.current, is_quick=commits.is_quick)
    app.add_middleware(Private, shared=cached, paths=["/v1/jobs"])
    app.add_middleware(
        CORSMiddleware,
        allow_origins=settings.origins,
        allow_methods=["GET", "POST", "DELETE"],
        allow_headers=["Authorization", "Content-Type", "Idempotency-Key", "Prefer"],
        expose_headers=["ETag", "Idempotency-Replayed", "Link", "Location", "Preference-Applied", "Retry-After"],
    )
    problems.install(app)
    for part in (events, aggregates, actors, articles, kinds, changes, edits, resolve, intake):
        app.include_router(part.router, prefix="/v1")
    app.include_router(health.router)
    app.add_api_route("/", lambda: RedirectResponse("docs"), include_in_schema=False)
    _document_problems(app)
    return app


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


def _document_problems(app: FastAPI) -> None:
    """Adds the shape of a problem document to the API's schema: FastAPI only lists shapes of `application/json`."""
    schema: dict[str, Any] = app.openapi()
    shape = TypeAdapter(ProblemOut).json_schema(ref_template="#/components/schemas/{model}")
    components: dict[str, Any] = schema.setdefault("components", {}).setdefault("schemas", {})
    components.update(shape.pop("$defs", {}))
    components["ProblemOut"] = shape
    schema["components"]["securitySchemes"] = {"token": SCHEME}
