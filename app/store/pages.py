"""Pages of lists, and their cursors: where a page ended, sealed with a fingerprint of the query."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from hashlib import blake2s

from app.errors import CursorError
from app.store.texts import storable


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a list: its rows as JSON documents, and the cursor of the next page (None on the last)."""

    documents: tuple[str, ...]
    next_cursor: str | None


def seal(place: tuple[str, ...], query: str) -> str:
    """The cursor that stands after `place` (the sort key of a page's last row) in the list that `query` names."""
    document = json.dumps([*place, _fingerprint(query)], separators=(",", ":"))
    return urlsafe_b64encode(document.encode()).decode().rstrip("=")


def unseal(cursor: str, query: str, *, fields: int) -> tuple[str, ...]:
    """The place that a cursor names; raises CursorError unless it was handed out for this query."""
    try:
        document = json.loads(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except ValueError as error:
        raise CursorError(cursor) from error
    if not isinstance(document, list) or len(document) != fields + 1:
        raise CursorError(cursor)
    place = tuple(part for part in document[:-1] if isinstance(part, str) and storable(part))
    if len(place) != fields or seal(place, query) != cursor:
        raise CursorError(cursor)
    return place


def _fingerprint(query: str) -> str:
    return blake2s(query.encode(), digest_size=6).hexdigest()
