"""Turns at reading: it takes the whole of a processor, so few requests read at once, some wait, and the rest come again."""

from collections.abc import Callable
from typing import TypeVar

from anyio import CapacityLimiter, to_thread

from app.api.problems import Busy

T = TypeVar("T")
AT_ONCE = 1
WAITING = 8
RETRY_S = 5


class Turns:
    """Runs steps in threads, so many at once; so many more may wait for their turn."""

    def __init__(self, *, at_once: int = AT_ONCE, waiting: int = WAITING) -> None:
        self._limiter = CapacityLimiter(at_once)
        self._waiting = waiting

    async def run(self, step: Callable[[], T]) -> T:
        """What the step returns, in its turn; raises Busy where too many wait already."""
        free = self._limiter.available_tokens > 0
        if not free and self._limiter.statistics().tasks_waiting >= self._waiting:
            raise Busy(RETRY_S)
        return await to_thread.run_sync(step, limiter=self._limiter)
