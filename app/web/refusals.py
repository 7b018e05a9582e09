"""Pages that say what cannot be shown, and why: the words of the API's problem documents in the place of what was asked for."""

from typing import Any

from fastapi import Request
from fastapi.responses import Response
from typing_extensions import TypedDict

from app.api import problems
from app.api.problems import InvalidParameters, Kind, ParameterErrorOut
from app.errors import DemarcheError
from app.web import pages


class Told(TypedDict):
    """What a page says of a refusal."""

    title: str
    detail: str
    errors: list[ParameterErrorOut]


def answer(request: Request, template: str, error: DemarcheError, **shown: Any) -> Response:
    """The page with `problem`, what is wrong, of the status that the API would have."""
    kind = problems.kind_of(error)
    return pages.answer(request, template, status=kind.status.value, problem=told(request, error, kind), **shown)


def told(request: Request, error: DemarcheError, kind: Kind) -> Told:
    """What is wrong; a failure of ours is logged, and tells no more."""
    ours = kind.status >= 500
    if ours:
        problems.logger.error("%s: %s", request.url.path, error)
    errors = error.errors if isinstance(error, InvalidParameters) else []
    return {"title": kind.title, "detail": problems.LOGGED_ONLY if ours else str(error), "errors": errors}
