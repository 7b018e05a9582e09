"""Answers that still hold are not made again: strong entity tags from the count of commits, 304, and a store of recent answers.

Any commit makes every tag old, since what a read shows may have changed with it; what was read before the tag was taken is never
newer than it says, so an answer is never older than its tag. A tag belongs to one address, form and encoding.
"""

import gzip
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache, partial
from hashlib import blake2s
from importlib.metadata import version

from cachetools import LRUCache
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.errors import StoreError

CACHED_BYTES = 32 * 1024 * 1024
LARGEST_BYTES = 1024 * 1024  # an answer of more is neither kept nor held back while it is made
_SMALLEST_ZIPPED_BYTES = 500
_ZIP_LEVEL = 4
_READS = "/v1/"
_OK = 200
_NOT_MODIFIED = 304


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer that was given: its headers and body as they go out."""

    headers: tuple[tuple[bytes, bytes], ...]
    body: bytes

    @property
    def size(self) -> int:
        """How many bytes it is counted for."""
        return len(self.body) + sum(len(name) + len(value) for name, value in self.headers)


_Key = tuple[
    int, str, bytes, str, bool
]  # the number of commits, the path, the query, what is accepted, whether it is zipped


class Caching:
    """The layer around the application. `commits` gives the number of commits.

    Answers to GET under /v1/ of status 200 are tagged and zipped; all others pass as they are.
    """

    def __init__(self, app: ASGIApp, *, commits: Callable[[], Awaitable[int]]) -> None:
        self._app = app
        self._commits = commits
        self._answers: LRUCache[_Key, Answer] = LRUCache(CACHED_BYTES, getsizeof=lambda answer: answer.size)
        self._salt = version("demarche")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "GET" or not scope["path"].startswith(_READS):
            return await self._app(scope, receive, send)
        asked = _Asked(scope)
        if "text/event-stream" in asked.accept:  # it never ends, and is told as it comes
            return await self._app(scope, receive, send)
        try:
            number = scope.get("commits")  # the gate has read it where the request brings a token
            if number is None:
                number = await self._commits()
        except StoreError:  # the application tells it as it tells every failure
            return await self._app(scope, receive, send)
        scope["commits"] = number  # for whatever else is kept until the next one
        key = (number, scope["path"], scope["query_string"], asked.accept, asked.zipped)
        known = self._answers.get(key)
        if known is not None and not asked.if_none_match:
            scope["cache"] = "hit"
            return await _send(send, _OK, known.headers, known.body)
        tag = self._tag(key)
        if _matches(asked.if_none_match, tag):
            scope["cache"] = "unchanged"
            return await _send(send, _NOT_MODIFIED, ((b"etag", tag.encode()), *_STANDING), b"")
        if known is not None:
            scope["cache"] = "hit"
            return await _send(send, _OK, known.headers, known.body)
        scope["cache"] = "miss"
        await self._app(scope, receive, _Sender(send, tag, partial(self._keep, key), zipped=asked.zipped))

    def _tag(self, key: _Key) -> str:
        number, path, query, accept, zipped = key
        asked = (self._salt, str(number), path, query.decode("latin-1"), accept)
        digest = blake2s("\0".join(asked).encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()
        return f'"{digest}-{"gzip" if zipped else "plain"}"'

    def _keep(self, key: _Key, answer: Answer) -> None:
        if answer.size <= LARGEST_BYTES:
            self._answers[key] = answer


class _Asked:
    """What of a request's headers an answer depends on."""

    __slots__ = ("accept", "if_none_match", "zipped")

    def __init__(self, scope: Scope) -> None:
        self.accept = self.if_none_match = encodings = ""
        for name, value in scope["headers"]:
            if name == b"accept":
                self.accept = f"{self.accept},{value.decode('latin-1')}" if self.accept else value.decode("latin-1")
            elif name == b"accept-encoding":
                encodings = value.decode("latin-1")
            elif name == b"if-none-match":
                self.if_none_match = value.decode("latin-1")
        self.zipped = _takes_gzip(encodings)


_STANDING = ((b"cache-control", b"public, no-cache"), (b"vary", b"Accept, Accept-Encoding"))


class _Sender:
    """Sends what the application answers on, tagged; keeps it if it is whole, right and small enough."""

    def __init__(self, send: Send, tag: str, keep: Callable[[Answer], None], *, zipped: bool) -> None:
        self._send = send
        self._tag = tag
        self._keep = keep
        self._zipped = zipped
        self._start: Message | None = None
        self._body = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start" and message["status"] == _OK:
            self._start = message
        elif self._start is None:
            await self._send(message)
        elif message["type"] == "http.response.body":
            await self._hold(message)

    async def _hold(self, message: Message) -> None:
        assert self._start is not None
        self._body += message.get("body", b"")
        more = message.get("more_body", False)
        if more and len(self._body) <= LARGEST_BYTES:
            return
        headers = MutableHeaders(raw=self._start["headers"])
        for name, value in _STANDING:
            headers[name.decode()] = value.decode()
        headers["etag"] = self._tag
        if more:  # too large to be held: from here on it passes as it comes
            start, self._start = self._start, None
            await self._send(start)
            await self._send({"type": "http.response.body", "body": self._body, "more_body": True})
            return
        body = self._body
        if self._zipped and len(body) >= _SMALLEST_ZIPPED_BYTES:
            body = gzip.compress(body, _ZIP_LEVEL, mtime=0)
            headers["content-encoding"] = "gzip"
        headers["content-length"] = str(len(body))
        answer = Answer(tuple(headers.raw), body)
        self._keep(answer)
        await _send(self._send, _OK, answer.headers, answer.body)


async def _send(send: Send, status: int, headers: Iterable[tuple[bytes, bytes]], body: bytes) -> None:
    """Sends an answer whole; other layers may add to the headers that they see."""
    await send({"type": "http.response.start", "status": status, "headers": list(headers)})
    await send({"type": "http.response.body", "body": body})


@lru_cache(maxsize=256)
def _takes_gzip(accepted: str) -> bool:
    """Whether an Accept-Encoding header takes gzip.

    >>> _takes_gzip("br, gzip;q=0.5"), _takes_gzip("gzip;q=0"), _takes_gzip("")
    (True, False, False)
    """
    for part in accepted.split(","):
        name, _, quality = part.partition(";")
        if name.strip().lower() in ("gzip", "*"):
            return quality.replace(" ", "").lower() not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return False


def _matches(given: str, tag: str) -> bool:
    """Whether an If-None-Match header has the tag, by weak comparison as RFC 9110 says.

    A lone "*" asks whether there is anything at all, which only the application knows: it is answered in full.

    >>> _matches('"a", W/"b"', '"b"'), _matches("*", '"b"'), _matches('"a"', '"b"')
    (True, False, False)
    """
    return tag in [one.strip().removeprefix("W/") for one in given.split(",")]
