"""GET /v1/actors, /v1/actors/{id}, its /events and /counterparts, and what two actors have in common."""

from dataclasses import replace
from urllib.parse import quote

from fastapi import APIRouter, Request
from fastapi.responses import Response
from typing_extensions import TypedDict

from app.api import events, examples, lists, parameters, problems
from app.api.events import Find
from app.api.lists import ActorListOut
from app.api.parameters import ActorParameters, CounterpartParameters, HistoryParameters, Parameters
from app.api.sessions import Reads
from app.core.calendar import FIRST_DAY, LAST_DAY
from app.errors import NotFound
from app.formats.shapes import ActorDetailOut, LinkOut
from app.formats.wire import dumps
from app.store import actors, aggregates
from app.store.actors import ActorQuery
from app.store.aggregates import Counterpart
from app.store.events import EventQuery

router = APIRouter(tags=["actors"])


class CounterpartOut(TypedDict):
    """Whom an actor dealt with, in how many events; the days are null where an event has no known beginning or end."""

    id: str
    name: str
    kind: str
    state: str | None
    count: int
    first_day: str | None
    last_day: str | None
    links: list[LinkOut]


class CounterpartListOut(TypedDict):
    counterparts: list[CounterpartOut]
    links: list[LinkOut]


@router.get(
    "/actors",
    summary="Actors by name",
    responses={
        **examples.answer(
            ActorListOut,
            "A page of actors by name; the best fit first",
            examples.ACTORS,
        ),
        **problems.documented(
            problems.INVALID, problems.FOREIGN_CURSOR, problems.UNAVAILABLE, examples=examples.PROBLEMS
        ),
    },
    openapi_extra=parameters.documented(ActorParameters),
)
def list_actors(request: Request, session: Reads) -> Response:
    """States, organisations, offices and people, found by a part of any of their names, in whatever letters and accents.

    In a search those of exactly that name come first, then those with a word that begins so; among these those with most events.
    """
    asked = parameters.read(ActorParameters, request)
    found = actors.page(session, ActorQuery(**asked.model_dump()))
    return lists.answer("actors", found, request)


@router.get(
    "/actors/{id}/events",
    summary="The history of an actor",
    openapi_extra=parameters.documented(HistoryParameters),
    responses=events.LISTED,
)
@router.get("/actors/{id}/events.{suffix}", include_in_schema=False)
async def list_actor_events(id: str, request: Request) -> Response:
    """What the actor took part in, in the order of the events' first days."""
    asked = parameters.read(HistoryParameters, request)
    return await events.respond(request, asked, lambda find: events.query_of(find, request, asked, (_known(find, id),)))


@router.get(
    "/dyads/{one}/{other}/events",
    summary="What two actors have in common",
    openapi_extra=parameters.documented(HistoryParameters),
    responses=events.LISTED,
)
@router.get("/dyads/{one}/{other}/events.{suffix}", include_in_schema=False)
async def list_dyad_events(one: str, other: str, request: Request) -> Response:
    """The events in which both take part, in the order of their first days; `role` is that of the first."""
    asked = parameters.read(HistoryParameters, request)

    def both(find: Find) -> EventQuery:
        query = events.query_of(find, request, asked, (_known(find, one),))
        return replace(query, counterparts=tuple(dict.fromkeys((_known(find, other), *query.counterparts))))

    return await events.respond(request, asked, both)


@router.get(
    "/actors/{id}/counterparts",
    summary="Whom an actor dealt with",
    responses={
        **examples.answer(CounterpartListOut, "The most frequent first", examples.COUNTERPARTS),
        **problems.documented(problems.INVALID, problems.NOT_FOUND, problems.UNAVAILABLE, examples=examples.PROBLEMS),
    },
    openapi_extra=parameters.documented(CounterpartParameters),
)
def list_counterparts(id: str, request: Request, session: Reads) -> Response:
    """Who takes part in the actor's events, how often, and when first and last; nobody of the actor's own state."""
    asked = parameters.read(CounterpartParameters, request)
    find = events.finder(session)
    actor_id = _known(find, id)
    query = events.query_of(find, request, asked, (actor_id,))
    found = aggregates.counterparts(session, actor_id, query, kind=asked.who, most=asked.limit)
    links = lists.links(request, {})
    body: CounterpartListOut = {"counterparts": [_counterpart(actor_id, one) for one in found], "links": links}
    return Response(dumps(body), media_type=lists.MEDIA_TYPE, headers={"Link": lists.header(links)})


def _counterpart(actor_id: str, one: Counterpart) -> CounterpartOut:
    first, last = one.first_day, one.last_day
    path = f"/v1/dyads/{quote(actor_id, safe=':')}/{quote(one.actor.id, safe=':')}/events"
    return {
        "id": one.actor.id,
        "name": one.actor.name,
        "kind": one.actor.kind.value,
        "state": one.actor.state,
        "count": one.count,
        "first_day": None if first == FIRST_DAY else first.isoformat(),
        "last_day": None if last == LAST_DAY else last.isoformat(),
        "links": [{"rel": "events", "href": path}],
    }


@router.get(
    "/actors/{id}",
    summary="One actor",
    responses={
        **examples.answer(ActorDetailOut, "The actor", examples.ACTOR),
        **problems.documented(problems.INVALID, problems.NOT_FOUND, problems.UNAVAILABLE, examples=examples.PROBLEMS),
    },
)
def get_actor(id: str, request: Request, session: Reads) -> Response:
    """The actor with all its names and the offices it held."""
    parameters.read(Parameters, request)
    return Response(dumps(actors.get(session, _known(events.finder(session), id))), media_type=lists.MEDIA_TYPE)


def _known(find: Find, id: str) -> str:
    """The id of the actor that the path names by id, or by a name that is no other's."""
    found = find(id)
    if len(found) != 1:
        raise NotFound("actor", id)
    return found[0]
