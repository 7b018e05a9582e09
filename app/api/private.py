"""Answers that are for one client alone: they pass by the layer that keeps answers for everybody."""

from collections.abc import Callable, Collection

from starlette.types import ASGIApp, Receive, Scope, Send


class Private:
    """The layer around `shared`, which is the application in its cache; these paths, and those below them, go straight to it."""

    def __init__(self, app: ASGIApp, *, shared: Callable[[ASGIApp], ASGIApp], paths: Collection[str]) -> None:
        self._app = app
        self._shared = shared(app)
        self._paths = tuple(paths)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope.get("path", "")
        private = any(path == one or path.startswith(f"{one}/") for one in self._paths)
        await (self._app if private else self._shared)(scope, receive, send)
