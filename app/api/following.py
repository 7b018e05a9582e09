"""The change log as server-sent events: a client that stays connected is told of each change soon after its commit.

Each event's id is the change's sequence number, which browsers send back as `Last-Event-ID` when they connect anew, so that
nothing is lost or told twice. The store is looked at every `INTERVAL_S`; in silence a comment keeps the connection open.
"""

from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass

from anyio import sleep
from fastapi.sse import KEEPALIVE_COMMENT, format_sse_event
from starlette.concurrency import run_in_threadpool

from app.formats.wire import dumps
from app.store.changes import Change

INTERVAL_S = 1.0
KEEPALIVE_S = 15.0
RECONNECT_MS = 3000


@dataclass(frozen=True, slots=True)
class Log:
    """What is followed: `commits` gives the number of commits, `since` the changes after a sequence number, some at a time."""

    commits: Callable[[], int]
    since: Callable[[int], Sequence[Change]]


async def follow(
    log: Log, seq: int, show: Callable[[Change], object], *, pause_s: float = INTERVAL_S
) -> AsyncIterator[bytes]:
    """The changes after that number, and then each one that comes, as they go over the wire; it never ends by itself.

    Raises StoreError where the store fails: the connection ends, and the client connects anew.
    """
    yield format_sse_event(retry=RECONNECT_MS)
    seen: int | None = None
    silent_s = 0.0
    while True:
        commits = await run_in_threadpool(log.commits)
        if commits != seen:
            seen, silent_s = commits, 0.0
            while found := await run_in_threadpool(log.since, seq):
                for change in found:
                    assert change.seq is not None
                    seq = change.seq
                    yield format_sse_event(data_str=dumps(show(change)), event=change.what.value, id=str(seq))
        elif silent_s >= KEEPALIVE_S:
            silent_s = 0.0
            yield KEEPALIVE_COMMENT
        await sleep(pause_s)
        silent_s += pause_s
