"""No request sees a number of commits from before it came, however the readings are shared."""

import asyncio
import threading

import pytest

from app.api.commits import Commits
from app.errors import StoreError


class Quick:
    is_quick = True

    def __init__(self) -> None:
        self.number = 0
        self.readings = 0
        self.fails = False

    def current(self) -> int:
        self.readings += 1
        if self.fails:
            raise StoreError("no store")
        return self.number


class Slow(Quick):
    """Reads in a thread, and is held there until it is let go; then it tells what the number was when it began."""

    is_quick = False

    def __init__(self) -> None:
        super().__init__()
        self.began, self.go = threading.Semaphore(0), threading.Semaphore(0)

    def current(self) -> int:
        found = super().current()
        self.began.release()
        self.go.acquire()
        return found


@pytest.mark.anyio
async def test_requests_that_wait_together_share_a_reading_and_the_next_ones_have_their_own() -> None:
    counts = Quick()
    commits = Commits(counts)
    assert await asyncio.gather(*(commits.number() for _ in range(5))) == [0] * 5
    assert counts.readings == 1
    counts.number = 7
    assert await asyncio.gather(*(commits.number() for _ in range(5))) == [7] * 5
    assert counts.readings == 2


@pytest.mark.anyio
async def test_who_comes_while_a_reading_is_under_way_waits_for_the_next() -> None:
    counts = Slow()
    commits = Commits(counts)
    first = asyncio.ensure_future(commits.number())
    await asyncio.to_thread(counts.began.acquire)
    counts.number = 1  # committed behind the back of the reading that is under way
    later = [asyncio.ensure_future(commits.number()) for _ in range(4)]
    counts.go.release()
    assert await first == 0
    counts.go.release()
    assert await asyncio.gather(*later) == [1] * 4
    assert counts.readings == 2


@pytest.mark.anyio
@pytest.mark.parametrize("kind", [Quick, Slow])
async def test_a_store_that_failed_is_asked_again(kind: type[Quick]) -> None:
    counts = kind()
    commits = Commits(counts)
    counts.fails = True
    with pytest.raises(StoreError):
        await commits.number()
    counts.fails = False
    if isinstance(counts, Slow):
        counts.go.release()
    assert await commits.number() == 0


@pytest.mark.anyio
async def test_a_client_that_leaves_takes_no_reading_from_the_others() -> None:
    counts = Slow()
    commits = Commits(counts)
    leaving, staying = (asyncio.ensure_future(commits.number()) for _ in range(2))
    await asyncio.to_thread(counts.began.acquire)
    leaving.cancel()
    counts.go.release()
    assert await staying == 0 and leaving.cancelled()
