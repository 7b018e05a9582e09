"""The application: builds what lives as long as the process and wires the parts together."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from functools import lru_cache, partial
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware
from fastapi.responses import RedirectResponse
from fastapi_offline import FastAPIOffline
from pydantic import TypeAdapter

from app.api import actors, aggregates, articles, changes, edits, events, health, kinds, problems, resolve
from app.api.caching import Caching
from app.api.problems import ProblemOut
from app.api.turns import Turns
from app.curating import Read
from app.errors import StoreError
from app.lexicon import DATA
from app.lexicon.kinds import load_kinds
from app.settings import Settings
from app.store import migrate
from app.store.engine import Engine, connect
from app.store.version import CommitCount
from app.workers import in_turn, one_by_one

if TYPE_CHECKING:
    from app.extract.pipeline import Extractor

DESCRIPTION = """
Diplomatic acts read from news articles: when each happened, who acted on whom, and which articles say so.

Dates are EDTF (ISO 8601-2) with the precision that the texts give: `2021-12` is a day somewhere in December 2021,
`2022-01-10/2022-01-13` lasted from one day to the other. Lists come in pages: follow the `next` link until there is
none. Every refusal is a problem document (RFC 9457) that names the value and what is accepted.
"""


def create_app(settings: Settings, *, read: Read | None = None) -> FastAPI:
    """The API over the store that the settings name; raises StoreError unless that can be reached and is migrated.

    `read` reads an article again when its date is corrected; without it the lexicon's own reader is built when it is needed.
    """
    engine = _store(settings.database_url)
    commits = CommitCount(engine)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        yield
        commits.close()
        engine.dispose()

    app = FastAPIOffline(  # its docs come from here, not from a CDN
        title="Demarche", version=version("demarche"), description=DESCRIPTION, lifespan=lifespan, redoc_url=None
    )
    app.state.engine = engine
    app.state.commits = commits
    app.state.settings = settings
    app.state.kinds = load_kinds(DATA).kinds
    app.state.read = in_turn(read or partial(one_by_one, extractor=_extractor))
    app.state.turns = Turns()
    app.add_middleware(Caching, commits=commits.current, is_quick=commits.is_quick)
    app.add_middleware(
        CORSMiddleware,
        allow_origins=settings.origins,
        allow_methods=["GET", "POST", "DELETE"],
        allow_headers=["Authorization", "Content-Type"],
        expose_headers=["ETag", "Link", "Location", "Retry-After"],
    )
    problems.install(app)
    for part in (events, aggregates, actors, articles, kinds, changes, edits, resolve):
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
    from app import lexicon
    from app.extract.pipeline import Extractor

    return Extractor(lexicon=lexicon.load(), today=today)


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
    schema["components"]["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
