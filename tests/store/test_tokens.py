"""Tokens in the store, on both databases: made, found by digest, revoked, and never with their secret."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.errors import NotFound
from app.store import tokens
from app.store.tokens import Token

NOW = datetime(2022, 2, 3, 12, tzinfo=UTC)
SECRET = tokens.secret(bytes(range(32)))


def make(session: Session, name: str = "anna", secret: str = SECRET) -> Token:
    return tokens.make(session, name, ["read", "curate", "read"], digest=tokens.digest(secret), now=NOW)


def test_a_secret_has_256_bits_and_a_prefix_to_be_known_by() -> None:
    assert SECRET == "dmr_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8"
    assert len({tokens.digest(SECRET), tokens.digest(SECRET + "x"), tokens.digest("\ud800")}) == 3


def test_a_token_stands_under_its_digest_until_it_is_revoked(session: Session) -> None:
    made = make(session)
    assert made == Token(1, "anna", ("read", "curate"), NOW)
    assert tokens.standing(session) == {tokens.digest(SECRET): made}
    revoked = tokens.revoke(session, made.id, now=NOW + timedelta(hours=1))
    assert revoked.revoked_at == NOW + timedelta(hours=1) and not revoked.grants("read")
    assert tokens.revoke(session, made.id, now=NOW + timedelta(hours=2)) == revoked
    assert tokens.standing(session) == {} and tokens.every(session) == [revoked]


def test_what_is_kept_does_not_lead_to_the_secret(session: Session) -> None:
    make(session)
    kept = str(session.execute(text("SELECT * FROM token")).all())
    assert SECRET not in kept and SECRET.removeprefix(tokens.PREFIX) not in kept


def test_a_token_that_is_not_there_cannot_be_revoked(session: Session) -> None:
    with pytest.raises(NotFound, match="no token has the id '7'"):
        tokens.revoke(session, 7, now=NOW)


def test_a_secret_is_of_one_token(session: Session) -> None:
    make(session)
    with pytest.raises(IntegrityError), session.begin_nested():
        make(session, "boris")
    assert make(session, "anna", "dmr_other").name == "anna"
