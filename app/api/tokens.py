"""Whose token a request brings, and what that lets it do (RFC 6750): `Authorization: Bearer dmr_...`.

The tokens that hold are kept in memory until the next commit, by their digests, so that a revoked one is noticed at once and
looking one up takes no query.
"""

from collections.abc import Callable
from typing import Any

from fastapi import Request

from app.api.problems import InsufficientScope, InvalidToken, Unauthenticated
from app.core.access import Scope
from app.store import tokens
from app.store.engine import Engine, reading
from app.store.tokens import Token

SCHEME: dict[str, Any] = {
    "type": "http",
    "scheme": "bearer",
    "description": "A token that the operator made with `demarche token create NAME --scope SCOPE`. Its scopes: `curate` edits "
    "events, articles and actors; `ingest` adds articles; `read` reads, which takes a token only where the operator says so, and "
    "which the other two let as well.",
}
SECURITY: dict[str, Any] = {"security": [{"token": []}]}


class Tokens:
    """The tokens that hold. `commits` gives the number of commits; usable from any thread."""

    def __init__(self, engine: Engine, commits: Callable[[], int]) -> None:
        self._engine = engine
        self._commits = commits
        self._held: tuple[int, dict[str, Token]] = (-1, {})

    def find(self, header: str, commits: int | None = None) -> Token | None:
        """The token that an Authorization header brings; None for a header that brings none that holds. Raises StoreError.

        `commits` is the number of commits, where that was just read.
        """
        given = bearer(header)
        if not given:
            return None
        return self._standing(self._commits() if commits is None else commits).get(tokens.digest(given))

    def is_current(self, commits: int) -> bool:
        """Whether the tokens that are kept are those of that commit, so that finding one takes no query."""
        return self._held[0] == commits

    def allowed(self, header: str, scope: Scope) -> Token:
        """The token that lets its holder do that; raises Unauthenticated, InvalidToken, InsufficientScope and StoreError."""
        if not header:
            raise Unauthenticated(scope)
        return granted(self.find(header), scope)

    def _standing(self, number: int) -> dict[str, Token]:
        known, held = self._held
        if known != number:
            with reading(self._engine) as session:
                held = tokens.standing(session)
            self._held = (number, held)
        return held


def granted(found: Token | None, scope: Scope) -> Token:
    """The token, if its holder may do that; raises InvalidToken and InsufficientScope."""
    if found is None:
        raise InvalidToken
    if not found.grants(scope):
        raise InsufficientScope(scope, found.scopes)
    return found


def bearer(header: str) -> str:
    """The secret in an Authorization header; "" for any other scheme.

    >>> bearer("bearer dmr_x"), bearer("Basic dmr_x"), bearer("dmr_x")
    ('dmr_x', '', '')
    """
    scheme, _, given = header.partition(" ")
    return given.strip() if scheme.lower() == "bearer" else ""


def allowed(scope: Scope) -> Callable[[Request], str]:
    """A dependency: the name of whoever's token the request brings, if that has the scope (see `Tokens.allowed`)."""

    def holder(request: Request) -> str:
        held: Tokens = request.app.state.tokens
        return held.allowed(request.headers.get("authorization", ""), scope).name

    return holder
