"""What the fastest answer costs: a Starlette whose one route answers with the same bytes."""

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

BODY = b"x" * 10_000


async def answer(request: Request) -> Response:
    """The bytes."""
    return Response(BODY, media_type="application/json")


app = Starlette(routes=[Route("/", answer)])
