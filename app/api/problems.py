"""Refusals as problem documents (RFC 9457): which error has which status, and what the document says."""

import logging
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, NotRequired
from urllib.parse import quote

from fastapi import FastAPI, Request
from fastapi.responses import Response
from starlette.exceptions import HTTPException
from typing_extensions import TypedDict

from app.api.logs import REQUEST_ID
from app.core.access import Scope
from app.core.rates import Rate
from app.errors import (
    AlreadyUndone,
    CursorError,
    DateError,
    DemarcheError,
    EditError,
    Gone,
    NotFound,
    Overtaken,
    SearchError,
    StoreError,
)
from app.formats.wire import dumps

MEDIA_TYPE = "application/problem+json"
_HALF_A_PAIR = re.compile("[\ud800-\udfff]")
logger = logging.getLogger(__name__)


class ParameterErrorOut(TypedDict):
    """A parameter that cannot be used: its value, and what would be accepted."""

    parameter: str
    value: str
    accepted: str


class ProblemOut(TypedDict):
    """A refusal; `request_id` is what the server's log has it under, `errors` names the parameters at fault."""

    type: str
    title: str
    status: int
    detail: str
    instance: str
    request_id: NotRequired[str]
    errors: NotRequired[list[ParameterErrorOut]]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of problem: the status it has, and its title, which is the same at each occurrence."""

    status: HTTPStatus
    slug: str
    title: str

    @property
    def type(self) -> str:
        return f"urn:demarche:problem:{self.slug}"


class InvalidParameters(DemarcheError):
    """Query parameters that cannot be used: unknown, repeated, or of a value that is not accepted."""

    def __init__(self, errors: Sequence[ParameterErrorOut]) -> None:
        super().__init__("; ".join(f"{one['parameter']}={one['value']!r}: {one['accepted']}" for one in errors))
        self.errors = list(errors)


class NotAcceptable(DemarcheError):
    """An Accept header that takes none of the formats there are."""

    def __init__(self, header: str, known: Sequence[str]) -> None:
        super().__init__(f"Accept: {header} takes none of the formats there are; f= takes {', '.join(known)}")


class NoSuchSuffix(DemarcheError):
    """A path whose suffix is that of no format."""

    def __init__(self, suffix: str, known: Sequence[str]) -> None:
        super().__init__(f"no format has the suffix .{suffix}; there are .{', .'.join(known)}")


class InvalidBody(DemarcheError):
    """A request's body that is no JSON object; shows one that would be accepted."""

    def __init__(self, what: str, example: str) -> None:
        super().__init__(f"the body is {what}: send one such as {example}")


class InvalidArticle(DemarcheError):
    """A request's body that tells of an article, but not so that it can be read."""


class Busy(DemarcheError):
    """More is to be read at once than this process takes; `retry_s` is when to come again, in seconds."""

    def __init__(self, retry_s: int) -> None:
        super().__init__(f"too many texts wait to be read here: come again in {retry_s} seconds")
        self.retry_s = retry_s


class TooLargeBody(DemarcheError):
    """A request's body of more bytes than are read."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"the body has more than {limit} bytes")


class TooManyArticles(TooLargeBody):
    """A request of more articles than are taken in together."""

    def __init__(self, count: int, limit: int) -> None:
        DemarcheError.__init__(self, f"{count} articles are too many for one request: send up to {limit}")


class KeyReused(DemarcheError):
    """An Idempotency-Key under which another request came before."""

    def __init__(self, key: str) -> None:
        super().__init__(f"Idempotency-Key {key!r} belongs to another request: a new request takes a new key")


class StillWorkedOn(DemarcheError):
    """A request that comes again while it is still worked on."""

    def __init__(self, key: str, retry_s: int) -> None:
        super().__init__(f"the request with the Idempotency-Key {key!r} is still worked on: come again in {retry_s} s")
        self.retry_s = retry_s


class Unauthenticated(DemarcheError):
    """A request that brings no token, where one is needed."""

    def __init__(self, scope: Scope) -> None:
        super().__init__(f"this takes a token of scope {scope}: send it as `Authorization: Bearer dmr_...`")
        self.challenge = 'Bearer realm="demarche"'


class InvalidToken(DemarcheError):
    """A request whose token is unknown or was revoked."""

    def __init__(self) -> None:
        super().__init__(
            "the token is not known, or was revoked: send one that holds as `Authorization: Bearer dmr_...`; "
            "the operator makes them with `demarche token create`"
        )
        self.challenge = 'Bearer realm="demarche", error="invalid_token"'


class InsufficientScope(DemarcheError):
    """A request whose token does not let its holder do that."""

    def __init__(self, scope: Scope, given: Sequence[Scope]) -> None:
        super().__init__(f"this takes a token of scope {scope}, and yours has {', '.join(given)}")
        self.challenge = f'Bearer realm="demarche", error="insufficient_scope", scope="{scope}"'


class TooManyRequests(DemarcheError):
    """A request beyond what its client may ask in a time; `retry_s` is when to come again, in seconds."""

    def __init__(self, policy: str, rate: Rate, retry_s: int) -> None:
        super().__init__(
            f"more than {rate.times} {policy} requests in {rate.seconds} seconds: come again in {retry_s} seconds"
        )
        self.retry_s = retry_s


INVALID = Kind(HTTPStatus.UNPROCESSABLE_ENTITY, "invalid-parameter", "A parameter cannot be used")
FOREIGN_CURSOR = Kind(HTTPStatus.UNPROCESSABLE_ENTITY, "foreign-cursor", "The cursor belongs to another query")
NOT_FOUND = Kind(HTTPStatus.NOT_FOUND, "not-found", "There is no such record")
GONE = Kind(HTTPStatus.GONE, "gone", "The record was removed")
NOT_ACCEPTABLE = Kind(HTTPStatus.NOT_ACCEPTABLE, "not-acceptable", "There is no such format")
INVALID_BODY = Kind(HTTPStatus.BAD_REQUEST, "invalid-body", "The body cannot be read")
INVALID_ARTICLE = Kind(HTTPStatus.UNPROCESSABLE_ENTITY, "invalid-article", "The article cannot be read")
TOO_LARGE_BODY = Kind(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too-large-body", "The body is too large")
UNAUTHENTICATED = Kind(HTTPStatus.UNAUTHORIZED, "unauthenticated", "A token is needed")
INSUFFICIENT_SCOPE = Kind(HTTPStatus.FORBIDDEN, "insufficient-scope", "The token does not let you do that")
CONFLICT = Kind(HTTPStatus.CONFLICT, "conflict", "Somebody was quicker")
TOO_MANY = Kind(HTTPStatus.TOO_MANY_REQUESTS, "too-many-requests", "The client asks too often")
NO_SUCH_PATH = Kind(HTTPStatus.NOT_FOUND, "no-such-path", "There is no such path")
NO_SUCH_METHOD = Kind(HTTPStatus.METHOD_NOT_ALLOWED, "no-such-method", "The path cannot be used in this way")
KEY_REUSED = Kind(HTTPStatus.UNPROCESSABLE_ENTITY, "idempotency-key-reused", "The key belongs to another request")
STILL_WORKED_ON = Kind(HTTPStatus.CONFLICT, "still-worked-on", "The request is still worked on")
UNAVAILABLE = Kind(HTTPStatus.SERVICE_UNAVAILABLE, "store-unavailable", "The store cannot be reached")
BUSY = Kind(HTTPStatus.SERVICE_UNAVAILABLE, "busy", "Too much is to be read at once")
INTERNAL = Kind(HTTPStatus.INTERNAL_SERVER_ERROR, "internal-error", "The server failed")

KINDS: Mapping[type[DemarcheError], Kind] = {
    InvalidParameters: INVALID,
    DateError: INVALID,
    SearchError: INVALID,
    CursorError: FOREIGN_CURSOR,
    NotFound: NOT_FOUND,
    Gone: GONE,
    EditError: INVALID,
    AlreadyUndone: CONFLICT,
    Overtaken: CONFLICT,
    InvalidBody: INVALID_BODY,
    InvalidArticle: INVALID_ARTICLE,
    Busy: BUSY,
    KeyReused: KEY_REUSED,
    StillWorkedOn: STILL_WORKED_ON,
    NotAcceptable: NOT_ACCEPTABLE,
    NoSuchSuffix: NO_SUCH_PATH,
    TooLargeBody: TOO_LARGE_BODY,
    Unauthenticated: UNAUTHENTICATED,
    InvalidToken: UNAUTHENTICATED,
    InsufficientScope: INSUFFICIENT_SCOPE,
    TooManyRequests: TOO_MANY,
    StoreError: UNAVAILABLE,
    DemarcheError: INTERNAL,
}
HTTP_KINDS = {HTTPStatus.NOT_FOUND: NO_SUCH_PATH, HTTPStatus.METHOD_NOT_ALLOWED: NO_SUCH_METHOD}
LOGGED_ONLY = "The server's log says why."
CURSOR_ACCEPTED = "the `next` link of a page, as it is"


# ---------------------------------------------------------------- answering
def install(app: FastAPI) -> None:
    """Makes every refusal of the app a problem document."""
    app.add_exception_handler(DemarcheError, _on_error)
    app.add_exception_handler(HTTPException, _on_http)
    app.add_exception_handler(Exception, _on_failure)


def document(
    kind: Kind, detail: str, instance: str, errors: Sequence[ParameterErrorOut] = (), *, request_id: str = ""
) -> ProblemOut:
    """The problem document; `instance` is the path that was asked for."""
    problem: ProblemOut = {
        "type": kind.type,
        "title": kind.title,
        "status": kind.status.value,
        "detail": detail,
        "instance": instance,
    }
    if request_id:
        problem["request_id"] = request_id
    if errors:
        problem["errors"] = list(errors)
    return problem


def kind_of(error: DemarcheError) -> Kind:
    """The kind of the nearest class in the error's ancestry that the table has."""
    return next(KINDS[ancestor] for ancestor in type(error).__mro__ if ancestor in KINDS)


def refusal(path: str, error: DemarcheError) -> Response:
    """The answer that an error has; one that is not the client's fault is logged, and tells nothing of itself."""
    kind = kind_of(error)
    if kind.status >= HTTPStatus.INTERNAL_SERVER_ERROR and not isinstance(error, Busy):
        logger.error("%s: %s", path, error)
        return _answer(path, kind, LOGGED_ONLY)
    return _answer(path, kind, str(error), _parameters(error), _headers(error))


def failure(path: str) -> Response:
    """The answer to a request that failed for a reason of our own, which whoever caught it has logged."""
    return _answer(path, INTERNAL, LOGGED_ONLY)


def _on_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, DemarcheError)
    return refusal(request.url.path, error)


def _on_http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    status = HTTPStatus(error.status_code)
    kind = HTTP_KINDS.get(status, Kind(status, status.phrase.lower().replace(" ", "-"), status.phrase))
    headers = dict(error.headers or {})
    if kind is NO_SUCH_METHOD and (allowed := request.app.state.allowed(request.scope["path"])):
        headers["Allow"] = ", ".join(allowed)  # of all routes: the framework only tells of the first that has the path
    return _answer(request.url.path, kind, _detail(request, kind), headers=headers)


def _on_failure(request: Request, error: Exception) -> Response:
    return failure(request.url.path)


def _answer(
    path: str,
    kind: Kind,
    detail: str,
    errors: Sequence[ParameterErrorOut] = (),
    headers: Mapping[str, str] | None = None,
) -> Response:
    body = dumps(document(kind, detail, quote(path), errors, request_id=REQUEST_ID.get()))
    body = _HALF_A_PAIR.sub(
        "\N{REPLACEMENT CHARACTER}", body
    )  # a JSON body may bring one, which no UTF-8 can give back
    return Response(body, status_code=kind.status, media_type=MEDIA_TYPE, headers=dict(headers or {}))


def _detail(request: Request, kind: Kind) -> str:
    path = request.scope["path"]
    if kind is NO_SUCH_PATH:
        return f"nothing is served at {path!r}: /docs lists every path"
    if kind is NO_SUCH_METHOD:
        return f"{request.method} is not possible at {path!r}: /docs lists what is"
    return kind.title


def _headers(error: DemarcheError) -> Mapping[str, str]:
    match error:
        case Unauthenticated() | InvalidToken() | InsufficientScope():
            return {"WWW-Authenticate": error.challenge}
        case TooManyRequests() | Busy() | StillWorkedOn():
            return {"Retry-After": str(error.retry_s)}
        case _:
            return {}


def _parameters(error: DemarcheError) -> Sequence[ParameterErrorOut]:
    match error:
        case InvalidParameters():
            return error.errors
        case DateError():
            return [{"parameter": "datetime", "value": error.value, "accepted": error.accepted}]
        case EditError():
            return [{"parameter": error.field, "value": error.value, "accepted": error.accepted}]
        case SearchError():
            return [{"parameter": "q", "value": error.value, "accepted": error.accepted}]
        case CursorError():
            return [{"parameter": "cursor", "value": error.value, "accepted": CURSOR_ACCEPTED}]
        case _:
            return ()


# ---------------------------------------------------------------- documenting
def documented(*kinds: Kind, examples: Mapping[str, ProblemOut]) -> dict[int | str, dict[str, Any]]:
    """OpenAPI's responses for these kinds of problem, each with its example (by the kind's slug)."""
    found: dict[int | str, dict[str, Any]] = {}
    for kind in kinds:
        entry = found.setdefault(kind.status.value, {"description": kind.title, "content": {MEDIA_TYPE: _content()}})
        shown = {"summary": kind.title, "value": examples[kind.slug]}
        entry["content"][MEDIA_TYPE]["examples"][kind.slug] = shown
    return found


def _content() -> dict[str, Any]:
    return {"schema": {"$ref": "#/components/schemas/ProblemOut"}, "examples": {}}
