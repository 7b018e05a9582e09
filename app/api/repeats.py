"""Idempotency-Key: a request that changes something may come again under its key, and is done once.

As in draft-ietf-httpapi-idempotency-key-header-07; beside its quoted string a bare value is taken, as many clients send it. Keys
belong to the token's owner. An answer is kept for a time; a refusal did nothing, and is not kept.
"""

import re
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from typing import Any
from uuid import uuid4

from fastapi import Request
from fastapi.responses import Response

from app.api.problems import InvalidParameters, KeyReused, StillWorkedOn
from app.errors import StoreError
from app.store import repeats
from app.store.engine import noting
from app.store.repeats import Asked, Kept

HEADER = "Idempotency-Key"
REPLAYED = "Idempotency-Replayed"
ALIVE = timedelta(minutes=10)
RETRY_S = 1
_MAX_KEY = 255
_QUOTED = re.compile(r'"((?:[ !#-\[\]-~]|\\["\\])*)"')
_BARE = re.compile(r"[!#-\[\]-~]+")
_ACCEPTED = (
    f'one quoted string of 1 to {_MAX_KEY} printable ASCII characters, such as "8e03978e-40d5-43e8-bc93-6894a57f9324"'
)
DOCUMENTED: dict[str, Any] = {
    "name": HEADER,
    "in": "header",
    "required": False,
    "description": (
        "Makes the request safe to send again: the first with this key is done, and for 24 hours (the operator may set another "
        f"time) a repetition gets the same answer, with `{REPLAYED}: true`. Another request with the same key is 422, one that "
        "comes while the first is worked on 409. draft-ietf-httpapi-idempotency-key-header-07."
    ),
    "schema": {
        "type": "string",
        "pattern": rf'^(?:"(?:[ !#-\[\]-~]|\\["\\]){{1,{_MAX_KEY}}}"|[!#-\[\]-~]{{1,{_MAX_KEY}}})$',
    },
    "example": '"8e03978e-40d5-43e8-bc93-6894a57f9324"',
}


def once(request: Request, owner: str, act: Callable[[], Response]) -> Response:
    """What the act answers, or answered when this request came before; the body must have been read by `bodies.content`.

    Raises KeyReused, StillWorkedOn, InvalidParameters for what is no key, and whatever the act raises.
    """
    key = _key(request)
    if key is None:
        return act()
    state = request.app.state
    asked = Asked(owner, key, _fingerprint(request), uuid4().hex)
    now = datetime.now(UTC)
    kept_since = now - timedelta(hours=state.settings.idempotency_hours)
    with noting(state.engine) as session:
        kept = repeats.begin(session, asked, now=now, kept_since=kept_since, alive_since=now - ALIVE)
    if kept is not None:
        return _repeated(kept, asked)
    try:
        answer = act()
    except BaseException:
        with suppress(StoreError), noting(state.engine) as session:
            repeats.forget(session, asked)
        raise
    headers = {name: value for name, value in answer.headers.items() if name != "content-length"}
    with noting(state.engine) as session:
        repeats.keep(session, asked, status=answer.status_code, headers=headers, body=bytes(answer.body).decode())
    return answer


def _repeated(kept: Kept, asked: Asked) -> Response:
    if kept.fingerprint != asked.fingerprint:
        raise KeyReused(asked.key)
    if kept.status is None:
        raise StillWorkedOn(asked.key, RETRY_S)
    return Response(kept.body, kept.status, {**kept.headers, REPLAYED: "true"})


def _key(request: Request) -> str | None:
    given = request.headers.getlist(HEADER)
    if not given:
        return None
    key = _unquoted(given[0].strip())
    if len(given) > 1 or not 1 <= len(key) <= _MAX_KEY:
        raise InvalidParameters([{"parameter": HEADER, "value": ", ".join(given), "accepted": _ACCEPTED}])
    return key


def _unquoted(value: str) -> str:
    r"""The key in a header's value, "" for none.

    >>> _unquoted(r'"a \"b\""'), _unquoted("a-b"), _unquoted('"a')
    ('a "b"', 'a-b', '')
    """
    quoted = _QUOTED.fullmatch(value)
    if quoted:
        return re.sub(r"\\(.)", r"\1", quoted[1])
    return value if _BARE.fullmatch(value) else ""


def _fingerprint(request: Request) -> str:
    asked = f"{request.method} {request.url.path}?{request.url.query}\n".encode("utf-8", "surrogatepass")
    return blake2b(asked + request.state.content, digest_size=20).hexdigest()
