"""The number of commits as requests see it: read once for all that had come when it was read, since each reading asks the system.

No request sees a number from before it came, so that none is answered with what was overtaken by then.
"""

import asyncio
from typing import Protocol

from starlette.concurrency import run_in_threadpool


class Counts(Protocol):
    """What reads the number from the store; `is_quick` says that this need not leave the event loop."""

    is_quick: bool

    def current(self) -> int:
        """The number now; raises StoreError."""


class Commits:
    """The number for the requests of one event loop."""

    def __init__(self, counts: Counts) -> None:
        self._counts = counts
        self._held: int | None = None
        self._under_way: asyncio.Future[int] | None = None
        self._following: asyncio.Future[int] | None = None

    async def number(self) -> int:
        """The number of commits; raises StoreError.

        On the loop it is kept until the loop has run what waits by now: whatever comes later is read from its socket after that.
        In another thread one reading is under way at a time, and those who come meanwhile share the next.
        """
        if not self._counts.is_quick:
            if self._following is None:
                self._following = asyncio.ensure_future(self._read_after(self._under_way))
            return await asyncio.shield(self._following)
        if self._held is None:
            self._held = self._counts.current()
            asyncio.get_running_loop().call_soon(self._forget)
        return self._held

    def _forget(self) -> None:
        self._held = None

    async def _read_after(self, before: asyncio.Future[int] | None) -> int:
        if before is not None:
            await asyncio.wait([before])
        self._under_way, self._following = self._following, None  # who comes from here on needs a later reading
        return await run_in_threadpool(self._counts.current)
