"""Who comes in, and how often: whose token a request brings, what is left of a quota, and whether reading takes a token here.

It stands before the cache, whose answers are for those alone who may read. What fails behind it is answered here, so that such
an answer has the headers of every other.
"""

import logging
from collections.abc import Awaitable, Callable

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.requests import ClientDisconnect
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api import problems
from app.api.limits import Limit, client_of
from app.api.operations import Visit
from app.api.problems import TooManyRequests, Unauthenticated
from app.api.tokens import Tokens, granted
from app.errors import DemarcheError
from app.store.tokens import Token

ALWAYS = frozenset(("/healthz", "/readyz", "/metrics"))
_READS = "/v1/"
logger = logging.getLogger(__name__)


class Gate:
    """The layer. `commits` gives the number of commits.

    `reads` and `writes` are the limits, None for none; `limited` is told the name of each that refuses. `closed` says that
    reading takes a token.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        tokens: Tokens,
        commits: Callable[[], Awaitable[int]],
        closed: bool = False,
        reads: Limit | None = None,
        writes: Limit | None = None,
        limited: Callable[[str], None] = lambda name: None,
    ) -> None:
        self._app = app
        self._tokens = tokens
        self._commits = commits
        self._closed = closed
        self._reads = reads
        self._writes = writes
        self._limited = limited

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        visit: Visit = scope["visit"]
        closed = self._closed and scope["method"] == "GET" and scope["path"].startswith(_READS)
        if closed:
            send = _Private(send)
        try:
            if scope["path"] not in ALWAYS:
                await self._admit(scope, visit, closed=closed)
            await self._app(scope, receive, send)
        except ClientDisconnect:  # while its body was read: there is nobody to answer
            return
        except Exception as error:
            if visit.complete:  # the framework has answered
                return _log(scope, error)
            if visit.status:  # the answer has begun: the server breaks it off, and logs why
                raise
            await _answer(scope, error)(scope, receive, send)

    async def _admit(self, scope: Scope, visit: Visit, *, closed: bool) -> None:
        """Raises what refuses the request; else notes who asks, and what is left of the quota."""
        header = next((value for name, value in scope["headers"] if name == b"authorization"), None)
        token = await self._find(scope, header.decode("latin-1")) if header else None
        if token is not None:
            visit.token = token.name
        limit = self._reads if scope["method"] in ("GET", "OPTIONS") else self._writes
        if limit is not None:
            self._count(scope, visit, limit, token)
        if closed:
            if header is None:
                raise Unauthenticated("read")
            granted(token, "read")

    async def _find(self, scope: Scope, header: str) -> Token | None:
        scope["commits"] = number = await self._commits()
        if self._tokens.is_current(number):
            return self._tokens.find(header, number)
        return await run_in_threadpool(self._tokens.find, header, number)

    def _count(self, scope: Scope, visit: Visit, limit: Limit, token: Token | None) -> None:
        client = scope.get("client")
        taken = limit.take(f"token {token.id}" if token else client_of(client[0] if client else ""))
        visit.headers += [(b"ratelimit-policy", limit.policy), (b"ratelimit", taken.header)]
        if taken.retry_s:
            self._limited(limit.name)
            raise TooManyRequests(limit.name, limit.rate, taken.retry_s)


def _answer(scope: Scope, error: Exception) -> Response:
    if isinstance(error, DemarcheError):
        return problems.refusal(scope["path"], error)
    _log(scope, error)
    return problems.failure(scope["path"])


def _log(scope: Scope, error: Exception) -> None:
    logger.error("%s %s failed", scope["method"], scope["path"], exc_info=error)


class _Private:
    """Sends on, with headers that keep an answer from those whom the next one is not for."""

    def __init__(self, send: Send) -> None:
        self._send = send

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(raw=list(message.get("headers", ())))
            if "no-store" not in headers.get("cache-control", ""):
                headers["cache-control"] = "private, no-cache"
            headers.add_vary_header("Authorization")
            message = {**message, "headers": headers.raw}
        await self._send(message)
