"""The quick lane: pages of bounded cost are answered on the event loop, before the framework sees the request.

It answers what it can answer well, and hands on everything else, so that every refusal is told in one place. The answers are
those of the routes, byte for byte.
"""

import re

from fastapi import Request
from fastapi.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from app.api import aggregates, events
from app.api.names import UnknownYet
from app.errors import DemarcheError
from app.store.engine import QuickReader

_EVENTS, _HISTOGRAM = "/v1/events", "/v1/histogram"
_HISTORY = re.compile(r"/v1/actors/([^/]+)/events")


class QuickLane:
    """The layer around the application. `reader` is closed by whoever made it."""

    def __init__(self, app: ASGIApp, *, reader: QuickReader) -> None:
        self._app = app
        self._reader = reader

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        answer = self._answer(scope) if scope["type"] == "http" and scope["method"] == "GET" else None
        await (answer or self._app)(scope, receive, send)

    def _answer(self, scope: Scope) -> Response | None:
        path = scope["path"]
        try:
            if path == _EVENTS:
                return events.at_once(Request(scope), self._reader)
            if path == _HISTOGRAM:
                return aggregates.at_once(Request(scope), self._reader)
            if history := _HISTORY.fullmatch(path):
                return events.at_once(Request(scope), self._reader, history[1])
            return None
        except (DemarcheError, UnknownYet):  # the application finds out for itself, and tells it
            return None
