"""Tokens: who may use the API for what. The secret is shown to its holder once; here is only its digest.

A plain SHA-256 suffices: a secret is 256 random bits, so there is nothing to be guessed from a dictionary, which is what salts
and slow hashes are for. It is found by its digest, whose comparison tells nothing that leads to a secret.
"""

from base64 import urlsafe_b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.access import SCOPES, Scope, grants
from app.errors import NotFound
from app.store.rows import TokenRow

PREFIX = "dmr_"
SECRET_BYTES = 32


@dataclass(frozen=True, slots=True)
class Token:
    """A token: `name` is the person or service that holds it; `revoked_at` is None while it holds."""

    id: int
    name: str
    scopes: tuple[Scope, ...]
    made_at: datetime
    revoked_at: datetime | None = None

    def grants(self, wanted: Scope) -> bool:
        """Whether its holder may do that."""
        return self.revoked_at is None and grants(self.scopes, wanted)


def secret(random: bytes) -> str:
    """The secret of so many random bytes, as its holder sends it; the prefix lets scanners of leaked secrets know it.

    >>> secret(bytes(6))
    'dmr_AAAAAAAA'
    """
    return PREFIX + urlsafe_b64encode(random).decode().rstrip("=")


def digest(given: str) -> str:
    """What is kept of a secret: its SHA-256 in hex digits."""
    return sha256(given.encode("utf-8", "surrogatepass")).hexdigest()


def make(session: Session, name: str, scopes: Iterable[Scope], *, digest: str, now: datetime) -> Token:
    """A new token for that secret's digest; its scopes in the order of `SCOPES`, each once."""
    chosen = [scope for scope in SCOPES if scope in set(scopes)]
    row = TokenRow(name=name, scopes=" ".join(chosen), digest=digest, made_at=now, revoked_at=None)
    session.add(row)
    session.flush()
    return _token(row)


def revoke(session: Session, id: int, *, now: datetime) -> Token:
    """The token, which holds no more; one that was revoked before stays as it is. Raises NotFound."""
    row = session.get(TokenRow, id)
    if row is None:
        raise NotFound("token", str(id))
    row.revoked_at = row.revoked_at or now
    session.flush()
    return _token(row)


def every(session: Session) -> list[Token]:
    """All tokens in the order in which they were made, those revoked too."""
    return [_token(row) for row in session.scalars(select(TokenRow).order_by(TokenRow.id))]


def standing(session: Session) -> dict[str, Token]:
    """The tokens that hold, by their digest."""
    rows = session.scalars(select(TokenRow).where(TokenRow.revoked_at.is_(None)))
    return {row.digest: _token(row) for row in rows}


def _token(row: TokenRow) -> Token:
    scopes = cast(tuple[Scope, ...], tuple(row.scopes.split()))
    return Token(row.id, row.name, scopes, row.made_at, row.revoked_at)
