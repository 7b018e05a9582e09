"""The application: builds what lives as long as the process and wires the parts together."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import version
from typing import Any

from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware
from fastapi.responses import RedirectResponse
from fastapi_offline import FastAPIOffline
from pydantic import TypeAdapter

from app.api import actors, articles, changes, events, health, problems
from app.api.problems import ProblemOut
from app.errors import StoreError
from app.lexicon import DATA
from app.lexicon.kinds import load_kinds
from app.settings import Settings
from app.store import migrate
from app.store.engine import Engine, connect

DESCRIPTION = """
Diplomatic acts read from news articles: when each happened, who acted on whom, and which articles say so.

Dates are EDTF (ISO 8601-2) with the precision that the texts give: `2021-12` is a day somewhere in December 2021,
`2022-01-10/2022-01-13` lasted from one day to the other. Lists come in pages: follow the `next` link until there is
none. Every refusal is a problem document (RFC 9457) that names the value and what is accepted.
"""


def create_app(settings: Settings) -> FastAPI:
    """The API over the store that the settings name; raises StoreError unless that can be reached and is migrated."""
    engine = _store(settings.database_url)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        yield
        engine.dispose()

    app = FastAPIOffline(  # its docs come from here, not from a CDN
        title="Demarche", version=version("demarche"), description=DESCRIPTION, lifespan=lifespan, redoc_url=None
    )
    app.state.engine = engine
    app.state.settings = settings
    app.state.kinds = load_kinds(DATA).kinds
    app.add_middleware(
        CORSMiddleware, allow_origins=settings.origins, allow_methods=["GET"], expose_headers=["Link", "Location"]
    )
    problems.install(app)
    for part in (events, actors, articles, changes):
        app.include_router(part.router, prefix="/v1")
    app.include_router(health.router)
    app.add_api_route("/", lambda: RedirectResponse("docs"), include_in_schema=False)
    _document_problems(app)
    return app


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
