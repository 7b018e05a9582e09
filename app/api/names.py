"""Whom the names in requests mean, kept as long as nothing is committed: the same few actors are asked for again and again."""

from cachetools import LRUCache
from fastapi import Request

from app.store import actors
from app.store.engine import Session

KEPT = 4096


class UnknownYet(Exception):
    """A name that was not looked up since the last commit."""


class Names:
    """The ids that each name may mean. `scope["commits"]` tells which commit a request reads (see `caching`)."""

    def __init__(self) -> None:
        self._found: LRUCache[tuple[int, str], tuple[str, ...]] = LRUCache(KEPT)

    def known(self, request: Request, name: str) -> tuple[str, ...]:
        """What was found before; raises UnknownYet."""
        found = self._found.get((request.scope.get("commits", -1), name))
        if found is None:
            raise UnknownYet(name)
        return found

    def find(self, request: Request, session: Session, name: str) -> tuple[str, ...]:
        """What the store finds now."""
        found = actors.find(session, name)
        commits = request.scope.get("commits")
        if commits is not None and len(name) < KEPT:
            self._found[commits, name] = found
        return found
