"""The number of the last change, which every list tells: read from the store once for each commit."""

from collections.abc import Callable

from fastapi import Request


class Sequence:
    """What was read last, and at which commit. `scope["commits"]` tells which one a request reads (see `caching`).

    What is kept may be lower than the store's by now: whoever goes on from it is told a change again, and misses none.
    """

    def __init__(self) -> None:
        self._kept: tuple[int, int] | None = None

    def last(self, request: Request, read: Callable[[], int]) -> int:
        """The number of a change that was made before the events are read; call it before these are."""
        commits = request.scope.get("commits")
        if self._kept and self._kept[0] == commits:
            return self._kept[1]
        seq = read()
        if commits is not None:
            self._kept = (commits, seq)
        return seq
