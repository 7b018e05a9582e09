"""The explorer's addresses: its pages, and the files that they need."""

import json
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any, cast

from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.api import events as api_events
from app.api import sessions
from app.core.model import Status
from app.errors import DemarcheError, Gone, NotFound
from app.formats.shapes import EventDetailOut, EventOut
from app.store import changes, events
from app.store.engine import Session
from app.store.pages import Page
from app.web import asked, files, pages, refusals
from app.web.asked import Asked

router = APIRouter(include_in_schema=False)
_FOR_EVER = "public, max-age=31536000, immutable"


@router.get("/")
async def explorer(request: Request) -> Response:
    """The timeline: a form, a page of the list, and the event that the address names."""
    given = asked.given(request)
    shown: dict[str, Any] = {"given": given, "values": _values(given), "statuses": [one.value for one in Status]}
    settings = request.app.state.settings
    shown["embeddable"] = bool(settings.frame_ancestors) and not settings.reads_need_token
    if settings.reads_need_token:
        return pages.answer(
            request, "explorer.html", **shown, closed=True, events=[], next=None, event=None, since=None
        )
    try:
        wanted = asked.read(request, Asked)
        since, found, event = await sessions.read(request, lambda session: _read(session, request, wanted))
    except DemarcheError as error:
        return refusals.answer(
            request, "explorer.html", error, **shown, closed=False, events=[], next=None, event=None, since=None
        )
    listed = [cast(EventOut, json.loads(document)) for document in found.documents]
    return pages.answer(
        request, "explorer.html", **shown, closed=False, events=listed, next=found.next_cursor, event=event, since=since
    )


@router.get("/static/{digest}/{name}")
async def file(digest: str, name: str, request: Request) -> Response:
    """A file of the explorer. The digest is in its address for browsers alone: under another one it must be asked for again."""
    known = files.load()
    found = known.by_name.get(name)
    if found is None:
        raise NotFound("file", name)
    zipped = "gzip" in request.headers.get("accept-encoding", "")
    tag = found.zipped_tag if zipped else found.tag
    headers = {
        "ETag": tag,
        "Cache-Control": _FOR_EVER if digest == known.digest else "no-cache",
        "Vary": "Accept-Encoding",
        "X-Content-Type-Options": "nosniff",
    }
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    if zipped:
        headers["Content-Encoding"] = "gzip"
    return Response(found.zipped if zipped else found.body, media_type=found.media_type, headers=headers)


def _read(session: Session, request: Request, wanted: Asked) -> tuple[int, Page, EventDetailOut | None]:
    """The last change before all else was read, the page of the list, and the event beside it."""
    since = changes.last(session)
    find = partial(request.app.state.names.find, request, session)
    query = replace(
        api_events.wanted(find, request, wanted), sort=wanted.sort, limit=wanted.limit, cursor=wanted.cursor
    )
    event = _event(session, request, wanted.event) if wanted.event else None
    return since, events.page(session, query), event


def _event(session: Session, request: Request, id: str) -> EventDetailOut:
    survivor = events.survivor(session, id)
    if survivor is None:
        raise Gone("event", id) if events.is_gone(session, id) else NotFound("event", id)
    return events.get(session, survivor, quote_chars=request.app.state.settings.quote_chars)


def _values(given: Sequence[tuple[str, str]]) -> dict[str, list[str]]:
    """The values of each parameter, for the fields of a form."""
    found: dict[str, list[str]] = {}
    for name, value in given:
        found.setdefault(name, []).append(value)
    return found
