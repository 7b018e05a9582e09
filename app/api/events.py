"""GET /v1/events and /v1/events/{id}."""

from collections.abc import Mapping
from http import HTTPStatus

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from app.api import examples, lists, parameters, problems
from app.api.lists import EventListOut
from app.api.parameters import EventParameters, HistoryParameters, Parameters
from app.api.problems import InvalidParameters
from app.api.sessions import Reads
from app.errors import Gone, NotFound
from app.formats.shapes import EventDetailOut
from app.formats.wire import dumps
from app.lexicon.kinds import Kind
from app.store import actors, events
from app.store.engine import Session
from app.store.events import EventQuery

router = APIRouter(tags=["events"])


@router.get(
    "/events",
    summary="The timeline",
    responses={
        **examples.answer(EventListOut, "A page of events in the order of their dates", examples.EVENTS),
        **problems.documented(
            problems.INVALID, problems.FOREIGN_CURSOR, problems.UNAVAILABLE, examples=examples.PROBLEMS
        ),
    },
    openapi_extra=parameters.documented(EventParameters),
)
def list_events(request: Request, session: Reads) -> Response:
    """Events in the order of their first days, each with its date as EDTF, its actors and up to three sources."""
    asked = parameters.read(EventParameters, request)
    actor = _actor(session, asked.actor) if asked.actor is not None else None
    return lists.answer("events", events.page(session, query(request, asked, actor)), request)


@router.get(
    "/events/{id}",
    summary="One event",
    responses={
        **examples.answer(EventDetailOut, "The event", examples.EVENT),
        308: {"description": "The event has become part of another, which Location names"},
        **problems.documented(
            problems.INVALID, problems.NOT_FOUND, problems.GONE, problems.UNAVAILABLE, examples=examples.PROBLEMS
        ),
    },
)
def get_event(id: str, request: Request, session: Reads) -> Response:
    """The event with every report of it: the sentence, its place in the article, and how its date was derived."""
    parameters.read(Parameters, request)
    survivor = events.survivor(session, id)
    if survivor is None:
        raise Gone("event", id) if events.is_gone(session, id) else NotFound("event", id)
    if survivor != id:
        return RedirectResponse(request.url_for("get_event", id=survivor).path, HTTPStatus.PERMANENT_REDIRECT)
    found = events.get(session, id, quote_chars=request.app.state.settings.quote_chars)
    return Response(dumps(found), media_type=lists.MEDIA_TYPE)


def query(request: Request, asked: HistoryParameters, actor: str | None) -> EventQuery:
    """The store's query for the request's parameters and the id of an actor."""
    return EventQuery(
        span=asked.datetime,
        actor=actor,
        affiliates=asked.scope == "affiliates",
        kinds=_kinds(request.app.state.kinds, asked.kind) if asked.kind is not None else (),
        status=asked.status,
        as_of=asked.as_of,
        limit=asked.limit,
        cursor=asked.cursor,
    )


def _kinds(known: Mapping[str, Kind], name: str) -> tuple[str, ...]:
    """The kind of that id and those that refine it."""
    if name not in known:
        accepted = f"one of {', '.join(sorted(known))}"
        raise InvalidParameters([{"parameter": "kind", "value": name, "accepted": accepted}])
    return tuple(sorted(kind.id for kind in known.values() if name in _lineage(known, kind)))


def _lineage(known: Mapping[str, Kind], kind: Kind) -> set[str]:
    above = _lineage(known, known[kind.parent]) if kind.parent else set()
    return {kind.id, *above}


def _actor(session: Session, name: str) -> str:
    found = actors.find(session, name)
    if len(found) == 1:
        return found[0]
    accepted = "an actor's id, name or alias: /v1/actors?q= finds them"
    if found:
        accepted = f"one actor; this may be any of {', '.join(found)}"
    raise InvalidParameters([{"parameter": "actor", "value": name, "accepted": accepted}])
