"""Requests handed to a layer by themselves, without a server: what it sends, message by message."""

from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send


def scope(path: str = "/v1/events", method: str = "GET", **headers: str) -> dict[str, Any]:
    """A request; `x_request_id="a"` is a header."""
    raw = [(name.replace("_", "-").encode(), value.encode("latin-1")) for name, value in headers.items()]
    return {
        "type": "http",
        "asgi": {"spec_version": "2.3"},
        "method": method,
        "path": path,
        "query_string": b"",
        "headers": raw,
        "client": ("192.0.2.7", 5000),
    }


async def sent(app: ASGIApp, request: Scope, *received: Message) -> list[Message]:
    """What the layer sends to a client that sends these messages, and then has gone."""
    messages: list[Message] = []
    waiting = [{"type": "http.request", "body": b""}, *received]

    async def receive() -> Message:
        return waiting.pop(0) if waiting else {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        messages.append(message)

    await app(request, receive, send)
    return messages


async def constant(scope: Scope, receive: Receive, send: Send) -> None:
    """An application that says "hello"."""
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"5")]})
    await send({"type": "http.response.body", "body": b"hello"})


def header(messages: list[Message], name: str) -> str | None:
    """A header of the answer."""
    found = [value for one, value in messages[0]["headers"] if one == name.encode()]
    return found[0].decode() if found else None
