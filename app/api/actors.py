"""GET /v1/actors, /v1/actors/{id} and /v1/actors/{id}/events."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.api import events, examples, lists, parameters, problems
from app.api.lists import ActorListOut, EventListOut
from app.api.parameters import ActorParameters, HistoryParameters, Parameters
from app.api.sessions import Reads
from app.errors import NotFound
from app.formats.shapes import ActorDetailOut
from app.formats.wire import dumps
from app.store import actors
from app.store.actors import ActorQuery
from app.store.engine import Session

router = APIRouter(tags=["actors"])


@router.get(
    "/actors",
    summary="Actors by name",
    responses={
        **examples.answer(ActorListOut, "A page of actors in the order of their names", examples.ACTORS),
        **problems.documented(
            problems.INVALID, problems.FOREIGN_CURSOR, problems.UNAVAILABLE, examples=examples.PROBLEMS
        ),
    },
    openapi_extra=parameters.documented(ActorParameters),
)
def list_actors(request: Request, session: Reads) -> Response:
    """States, organisations, offices and people, found by a part of any of their names."""
    asked = parameters.read(ActorParameters, request)
    found = actors.page(session, ActorQuery(**asked.model_dump()))
    return lists.answer("actors", found, request)


@router.get(
    "/actors/{id}/events",
    summary="The history of an actor",
    responses={
        **examples.answer(EventListOut, "A page of the actor's events in the order of their dates", examples.EVENTS),
        **problems.documented(
            problems.INVALID,
            problems.FOREIGN_CURSOR,
            problems.NOT_FOUND,
            problems.UNAVAILABLE,
            examples=examples.PROBLEMS,
        ),
    },
    openapi_extra=parameters.documented(HistoryParameters),
)
def list_actor_events(id: str, request: Request, session: Reads) -> Response:
    """What the actor took part in, in the order of the events' first days."""
    asked = parameters.read(HistoryParameters, request)
    return events.answer(session, request, asked, events.query(session, request, asked, (_known(session, id),)))


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
    return Response(dumps(actors.get(session, _known(session, id))), media_type=lists.MEDIA_TYPE)


def _known(session: Session, id: str) -> str:
    """The id of the actor that the path names by id, or by a name that is no other's."""
    found = actors.find(session, id)
    if len(found) != 1:
        raise NotFound("actor", id)
    return found[0]
