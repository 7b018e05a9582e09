"""Answers that are for one client alone: they pass by the layer that keeps answers for everybody."""

from collections.abc import Callable, Collection

from starlette.types import ASGIApp, Receive, Scope, Send


class Private:
    """The layer around `shared`, which is the application in its cache; these paths, and those below them, go straight to it."""

    def __init__(self, app: ASGIApp, *, shared: Callable[[ASGIApp], ASGIApp], paths: Collection[str]) -> None:
        self._app = app
        self._shared = shared(app)
        self._paths = tuple(paths)
        self._below = tuple(f"{one}/" for one in paths)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope.get("path", "")
        private = path in self._paths or path.startswith(self._below)
        await (self._app if private else self._shared)(scope, receive, send)
