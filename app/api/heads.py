"""HEAD for whatever can be read: the headers of the answer to GET, without its body."""

from anyio import Event
from starlette.types import ASGIApp, Message, Receive, Scope, Send


class Heads:
    """A layer that asks the application for GET instead, and ends as soon as it knows the headers.

    The application is then told that its client went away, so that a long answer is not made for nothing.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "HEAD":
            return await self._app(scope, receive, send)
        answered = Event()
        asked = False

        async def await_end() -> Message:
            nonlocal asked
            if not asked:
                asked = True
                return await receive()
            await answered.wait()
            return {"type": "http.disconnect"}

        async def send_start(message: Message) -> None:
            if message["type"] == "http.response.start":
                await send(message)
                await send({"type": "http.response.body", "body": b""})
                answered.set()

        inner = {**scope, "method": "GET"}
        try:
            await self._app(inner, await_end, send_start)
        finally:
            if "cache" in inner:
                scope["cache"] = inner["cache"]
