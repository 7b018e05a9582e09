"""GET /healthz."""

from fastapi import APIRouter, Request
from fastapi.responses import Response
from typing_extensions import TypedDict

from app.api import examples, lists, parameters, problems
from app.api.parameters import Parameters
from app.formats.wire import dumps
from app.store import migrate

router = APIRouter(tags=["operations"])


class HealthOut(TypedDict):
    """The service works; `revision` is that of the database's tables."""

    status: str
    revision: str


@router.get(
    "/healthz",
    summary="Whether the service works",
    responses={
        **examples.answer(HealthOut, "The database answers and is migrated", examples.HEALTH),
        **problems.documented(problems.INVALID, problems.UNAVAILABLE, examples=examples.PROBLEMS),
    },
)
def get_health(request: Request) -> Response:
    """200 when the database answers and has the tables that this version needs, else 503."""
    parameters.read(Parameters, request)
    health: HealthOut = {"status": "ok", "revision": migrate.require(request.app.state.engine)}
    return Response(dumps(health), media_type=lists.MEDIA_TYPE)
