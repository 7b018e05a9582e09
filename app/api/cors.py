"""Which pages may read the API: Starlette's layer, for the requests that pages make."""

from fastapi.middleware.cors import CORSMiddleware
from starlette.types import Receive, Scope, Send

from app.api.operations import Visit


class Cors(CORSMiddleware):
    """Requests without an origin, which are most, pass it by; `Vary` still tells that a page's answer differs."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or any(name == b"origin" for name, _ in scope["headers"]):
            return await super().__call__(scope, receive, send)
        visit: Visit = scope["visit"]
        visit.headers.append((b"vary", b"Origin"))
        await self.app(scope, receive, send)
