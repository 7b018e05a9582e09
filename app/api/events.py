"""GET /v1/events and /v1/events/{id}."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from http import HTTPStatus
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from app.api import examples, exports, lists, parameters, problems, sessions
from app.api.lists import CountOut, EventListOut
from app.api.names import Names
from app.api.parameters import (
    ChangeParameters,
    Conditions,
    EventParameters,
    FilterParameters,
    Filters,
    HistoryParameters,
    Parameters,
)
from app.api.problems import InvalidParameters
from app.api.sessions import Reads
from app.errors import Gone, NotFound
from app.formats.registry import FORMATS, Format
from app.formats.shapes import EventDetailOut, HighlightsOut
from app.formats.wire import dumps
from app.lexicon.kinds import Kind
from app.store import actors, changes, events, fulltext, queries
from app.store.engine import QuickReader, Session
from app.store.events import EventQuery
from app.store.fulltext import Term
from app.store.queries import Sort

router = APIRouter(tags=["events"])
Find = Callable[[str], tuple[str, ...]]
"""Gives the ids of the actors that a name may mean."""


def _listed() -> dict[int | str, dict[str, Any]]:
    found = examples.answer(EventListOut, "A page of events in the order of their dates", examples.EVENTS)
    text = {"schema": {"type": "string"}, "example": "the same events in that format"}
    others = {one.media_type.partition(";")[0]: text for one in FORMATS.values() if one.render is not None}
    found[200]["content"].update({name: {"schema": {}} if name.endswith("+json") else text for name in others})
    return found


LISTED: dict[int | str, dict[str, Any]] = {
    **_listed(),
    **problems.documented(
        problems.INVALID,
        problems.FOREIGN_CURSOR,
        problems.NOT_FOUND,
        problems.NOT_ACCEPTABLE,
        problems.UNAVAILABLE,
        examples=examples.PROBLEMS,
    ),
}
"""What OpenAPI says of the answers of every list of events."""


@router.get("/events", summary="The timeline", openapi_extra=parameters.documented(EventParameters), responses=LISTED)
@router.get("/events.{suffix}", include_in_schema=False)
async def list_events(request: Request) -> Response:
    """Events in the order of their first days, each with its date as EDTF, its actors and up to three sources.

    In the format that `f`, a suffix (`/v1/events.csv`) or the Accept header asks for; see /v1/formats.
    """
    asked = parameters.read(EventParameters, request)
    return await respond(request, asked, lambda find: wanted(find, request, asked))


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


async def respond(request: Request, asked: HistoryParameters, make: Callable[[Find], EventQuery]) -> Response:
    """A page of what the query finds, counted if that was asked; or all of it in another format.

    `make` gives the query, given what finds actors by their names.
    """
    form = exports.chosen(request, asked.f)
    names: Names = request.app.state.names
    return await sessions.read(
        request,
        lambda session: _answer(
            session, request, asked, form, _paged(make(partial(names.find, request, session)), asked)
        ),
    )


def at_once(request: Request, reader: QuickReader, history: str | None = None) -> Response | None:
    """The page that the request asks for, of all events or of the actor whom its path names, if it takes bounded time.

    None for every other request. Raises what `list_events` raises, and UnknownYet.
    """
    find = partial(request.app.state.names.known, request)
    asked: HistoryParameters
    if history is None:
        asked = parameters.read(EventParameters, request)
        query = wanted(find, request, asked)
    else:
        asked = parameters.read(HistoryParameters, request)
        found = find(history)
        if len(found) != 1:
            return None
        query = query_of(find, request, asked, found)
    query = _paged(query, asked)
    if asked.count != "none" or exports.chosen(request, asked.f).render is not None or not queries.is_bounded(query):
        return None
    seq = request.app.state.sequence.last(request, lambda: changes.quick_last(reader))
    return lists.answer("events", events.quick_page(reader, query), request, seq=seq)


def _paged(query: EventQuery, asked: HistoryParameters) -> EventQuery:
    return replace(query, sort=asked.sort, limit=asked.limit, cursor=asked.cursor)


def _answer(session: Session, request: Request, asked: HistoryParameters, form: Format, query: EventQuery) -> Response:
    if asked.sort is Sort.RELEVANCE and not query.q:
        raise InvalidParameters(
            [{"parameter": "sort", "value": asked.sort.value, "accepted": "relevance beside `q` only"}]
        )
    if form.render is not None:
        return exports.answer(session, request, form, query)
    counted = _counted(session, asked.count, query) if asked.count != "none" else None
    seq = request.app.state.sequence.last(request, lambda: changes.last(session))
    page = events.page(session, query)
    if query.q:
        page = replace(page, documents=tuple(_highlighted(document, query.q) for document in page.documents))
    return lists.answer("events", page, request, count=counted, seq=seq)


def _highlighted(document: str, terms: Sequence[Term]) -> str:
    """The document with the places of what was searched for, in its title and in the quotation of each source."""
    event = json.loads(document)
    marks: HighlightsOut = {
        "title": fulltext.marks(terms, event["title"]),
        "quotes": [fulltext.marks(terms, source["quote"]) for source in event["sources"]],
    }
    return dumps({**event, "highlights": marks})


def _counted(session: Session, how: str, query: EventQuery) -> CountOut:
    if how == "exact":
        return {"value": events.count(session, query), "exact": True}
    found = events.count(session, query, limit=parameters.MAX_COUNT + 1)
    return {"value": min(found, parameters.MAX_COUNT), "exact": found <= parameters.MAX_COUNT}


def wanted(find: Find, request: Request, asked: Filters | ChangeParameters) -> EventQuery:
    """The store's query for a request's filters, its actors among them."""
    found = tuple(actor(find, "actor", name) for name in asked.actor)
    return replace(query_of(find, request, asked, found), actor_mode=asked.actor_mode)


def query_of(find: Find, request: Request, asked: Conditions, actors_: tuple[str, ...]) -> EventQuery:
    """The store's query for a request's filters and the ids of actors."""
    if asked.role is not None and not actors_:
        raise InvalidParameters(
            [{"parameter": "role", "value": asked.role.value, "accepted": "beside an `actor` only"}]
        )
    return EventQuery(
        span=asked.datetime,
        match=asked.match,
        actors=tuple(dict.fromkeys(actors_)),
        counterparts=tuple(dict.fromkeys(actor(find, "counterpart", name) for name in asked.counterpart)),
        role=asked.role,
        affiliates=asked.scope == "affiliates",
        kinds=_kinds(request.app.state.kinds, asked.kind),
        statuses=tuple(sorted(set(asked.status))),
        precisions=tuple(sorted(set(asked.precision))),
        outlets=tuple(sorted(set(asked.outlet))),
        min_sources=asked.min_sources,
        conflict=asked.conflict,
        q=asked.q,
        as_of=asked.as_of if isinstance(asked, FilterParameters) else None,
    )


def _kinds(known: Mapping[str, Kind], names: Sequence[str]) -> tuple[str, ...]:
    """The kinds of these ids and those that refine them."""
    if not names:
        return ()
    for name in names:
        if name not in known:
            accepted = f"one of {', '.join(sorted(known))}"
            raise InvalidParameters([{"parameter": "kind", "value": name, "accepted": accepted}])
    return tuple(sorted(kind.id for kind in known.values() if _lineage(known, kind).intersection(names)))


def _lineage(known: Mapping[str, Kind], kind: Kind) -> set[str]:
    above = _lineage(known, known[kind.parent]) if kind.parent else set()
    return {kind.id, *above}


def finder(session: Session) -> Find:
    """What finds actors in that session."""
    return partial(actors.find, session)


def actor(find: Find, parameter: str, name: str) -> str:
    """The id of the actor that a parameter names; raises InvalidParameters, which says whom else it may mean."""
    found = find(name)
    if len(found) == 1:
        return found[0]
    accepted = "an actor's id, name or alias: /v1/actors?q= finds them"
    if found:
        accepted = f"one actor; this may be any of {', '.join(found)}"
    raise InvalidParameters([{"parameter": parameter, "value": name, "accepted": accepted}])
