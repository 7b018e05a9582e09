"""The slim page that other pages show in a frame: lanes, a short list, and the way to the whole timeline."""

import json
from dataclasses import replace
from functools import partial
from typing import Any, cast

from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.api import events as api_events
from app.api import sessions
from app.errors import DemarcheError
from app.formats import words
from app.formats.shapes import EventOut
from app.store import aggregates, events
from app.store.engine import Session
from app.web import asked, pages, refusals
from app.web.asked import Asked

router = APIRouter(include_in_schema=False)
ROOT = "./"
SHORT = 8
"""How many events the list shows, unless the address says how many."""


@router.get("/embed")
async def embedded(request: Request) -> Response:
    """What the explorer shows under the same filters, in little. Only the origins that the operator allows may frame it."""
    settings = request.app.state.settings
    given = [(name, value) for name, value in asked.given(request) if name not in ("cursor", "event")]
    shown: dict[str, Any] = {"given": given, "root": ROOT, "frame_ancestors": settings.frame_ancestors}
    if settings.reads_need_token:
        return pages.answer(request, "embed.html", **shown, closed=True)
    try:
        wanted = asked.read(request, Asked)
        found = await sessions.read(request, lambda session: _read(session, request, wanted))
    except DemarcheError as error:
        return refusals.answer(request, "embed.html", error, **shown, closed=False)
    return pages.answer(request, "embed.html", **shown, closed=False, **found)


def _read(session: Session, request: Request, wanted: Asked) -> dict[str, Any]:
    """The title, the days in words, and the first events."""
    find = partial(request.app.state.names.find, request, session)
    query = api_events.wanted(find, request, wanted)
    limit = wanted.limit if "limit" in wanted.model_fields_set else SHORT
    page = events.page(session, replace(query, sort=wanted.sort, limit=limit))
    names = aggregates.names(session, query.actors)
    days = request.query_params.get("datetime") if wanted.datetime else None
    return {
        "names": [names[id] for id in query.actors],
        "days": words.when(wanted.datetime.edtf) if wanted.datetime and days else None,
        "events": [cast(EventOut, json.loads(document)) for document in page.documents],
        "more": page.next_cursor is not None,
    }
