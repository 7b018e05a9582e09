"""The outermost layer: gives each request an id, and tells the log and the metrics how it was answered.

It holds nothing back: what the application sends goes on as it comes. What fails in the telling fails no request. That a client
went away is known of streams, and of bodies that are read; an answer of one piece is told as whole though nobody was there.
"""

import logging
import re
import time
from collections.abc import Callable, Sequence
from functools import lru_cache
from random import Random
from typing import Any

from starlette.routing import compile_path
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api.logs import REQUEST_ID, without_secrets
from app.api.metrics import Metrics
from app.store.tokens import PREFIX

HEADER = b"x-request-id"
UNKNOWN_ROUTE = "unknown"
WHOLE, GONE, BROKEN_OFF = "whole", "client gone", "broken off"
CLIENT_GONE = 499  # what is told for an answer whose client left before it began; no client ever sees it
_ID = re.compile(rb"[A-Za-z0-9._-]{1,128}")
_ID_BITS = 64
_random = Random()  # an id is no secret, and asking the system for each takes a while
logger = logging.getLogger("demarche.requests")
_quiet = logging.getLogger(__name__)


class Visit:
    """What the layers find out about one request, for the others: in `scope["visit"]`.

    `headers` go out with the answer; `token` is the name of the token's holder; `status` is 0 until the answer has begun.
    """

    __slots__ = ("broken", "bytes", "complete", "headers", "request_id", "status", "token")

    def __init__(self, request_id: bytes) -> None:
        self.request_id = request_id
        self.headers: list[tuple[bytes, bytes]] = [(HEADER, request_id)]
        self.token: str | None = None
        self.status = 0
        self.bytes = 0
        self.complete = False
        self.broken = False

    @property
    def ended(self) -> str:
        """How the answer ended, as the log has it."""
        return WHOLE if self.complete else BROKEN_OFF if self.broken else GONE


class Operations:
    """The layer around all others. `route` gives a path's template; `clock` counts seconds."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        metrics: Metrics,
        route: Callable[[str], str],
        clock: Callable[[], float] = time.perf_counter,
    ) -> None:
        self._app = app
        self._metrics = metrics
        self._route = route
        self._clock = clock

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        began = self._clock()
        visit = scope["visit"] = Visit(_request_id(scope))
        REQUEST_ID.set(visit.request_id.decode())

        async def tell(message: Message) -> None:
            if message["type"] == "http.response.start":
                visit.status = message["status"]
                message = {**message, "headers": [*message.get("headers", ()), *visit.headers]}
            elif message["type"] == "http.response.body":
                visit.bytes += len(message.get("body", b""))
                visit.complete = not message.get("more_body", False)
            await send(message)

        self._metrics.under_way += 1
        try:
            await self._app(scope, receive, tell)
        except BaseException:
            visit.broken = True
            raise
        finally:
            self._metrics.under_way -= 1
            try:
                self._tell(scope, visit, self._clock() - began)
            except Exception:
                _quiet.exception("a request could not be told")

    def _tell(self, scope: Scope, visit: Visit, seconds: float) -> None:
        route = self._route(scope["path"])
        status = visit.status or CLIENT_GONE
        self._metrics.answered(scope["method"], route, status, seconds, scope.get("cache"))
        level = logging.ERROR if status >= 500 or visit.broken else logging.INFO
        if not logger.isEnabledFor(level):
            return
        client = scope.get("client")
        # made by hand: `logger.log` looks for the line of code that it is called from, for half as long as all the rest takes
        record = logging.LogRecord(logger.name, level, "", 0, "request", None, None)
        record.request = {
            "method": scope["method"],
            "path": without_secrets(scope["path"]) if PREFIX in scope["path"] else scope["path"],
            "query": without_secrets(scope["query_string"].decode("latin-1")),
            "route": route,
            "status": status,
            "duration_ms": round(seconds * 1000, 3),
            "bytes": visit.bytes,
            "client": client[0] if client else None,
            "token": visit.token,
            "ended": visit.ended,
        }
        logger.handle(record)


def routes(templates: Sequence[str]) -> Callable[[str], str]:
    """What finds a path's template among these, the first that fits; `UNKNOWN_ROUTE` for none.

    >>> find = routes(["/v1/events", "/v1/events/{id}"])
    >>> find("/v1/events/e1"), find("/v1/events"), find("/v2")
    ('/v1/events/{id}', '/v1/events', 'unknown')
    """
    patterns = [re.sub(r"\?P<\w+>", "?:", compile_path(template)[0].pattern) for template in templates]
    pattern = re.compile("|".join(f"({one})" for one in patterns))

    @lru_cache(maxsize=4096)
    def find(path: str) -> str:
        found = pattern.match(path)
        return templates[found.lastindex - 1] if found and found.lastindex else UNKNOWN_ROUTE

    return find


def _request_id(scope: dict[str, Any] | Scope) -> bytes:
    """The id that the client gave, if it is one that can be logged as it is; else a new one."""
    for name, value in scope["headers"]:
        if name == HEADER:
            if _ID.fullmatch(value):
                return bytes(value)
            break
    return b"%016x" % _random.getrandbits(_ID_BITS)
