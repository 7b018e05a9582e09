"""GET /healthz, /readyz and /metrics: what runs the service asks these, and they are never limited."""

from fastapi import APIRouter, Request
from fastapi.responses import Response
from typing_extensions import TypedDict

from app.api import examples, lists, metrics, parameters, problems
from app.api.metrics import Metrics
from app.api.parameters import Parameters
from app.formats.wire import dumps
from app.store import migrate

router = APIRouter(tags=["operations"])


class HealthOut(TypedDict):
    """The process is up."""

    status: str


class ReadyOut(TypedDict):
    """The service works; `revision` is that of the database's tables."""

    status: str
    revision: str


@router.get(
    "/healthz",
    summary="Whether the process is up",
    responses={
        **examples.answer(HealthOut, "It is up", examples.HEALTH),
        **problems.documented(problems.INVALID, examples=examples.PROBLEMS),
    },
)
async def get_health(request: Request) -> Response:
    """200 while the process answers at all, whatever becomes of the database: what does not get it may restart the process."""
    parameters.read(Parameters, request)
    health: HealthOut = {"status": "ok"}
    return Response(dumps(health), media_type=lists.MEDIA_TYPE)


@router.get(
    "/readyz",
    summary="Whether the service works",
    responses={
        **examples.answer(ReadyOut, "The database answers and is migrated", examples.READY),
        **problems.documented(problems.INVALID, problems.UNAVAILABLE, examples=examples.PROBLEMS),
    },
)
def get_readiness(request: Request) -> Response:
    """200 when the database answers and has the tables that this version needs, else 503: requests had better go elsewhere."""
    parameters.read(Parameters, request)
    ready: ReadyOut = {"status": "ok", "revision": migrate.require(request.app.state.engine)}
    return Response(dumps(ready), media_type=lists.MEDIA_TYPE)


@router.get(
    "/metrics",
    summary="What was counted",
    response_class=Response,
    responses={
        200: {
            "description": "In the text format of Prometheus",
            "content": {"text/plain": {"schema": {"type": "string"}, "example": examples.METRICS}},
        },
        **problems.documented(problems.INVALID, examples=examples.PROBLEMS),
    },
)
def get_metrics(request: Request) -> Response:
    """Requests by method, route and status, how long they took, what the cache spared, the store's commits, and the process."""
    parameters.read(Parameters, request)
    counted: Metrics = request.app.state.metrics
    return Response(counted.text(), media_type=metrics.MEDIA_TYPE)
