"""The change log as server-sent events: a client that stays connected is told of each change soon after its commit.

Each event's id is the change's sequence number, which browsers send back as `Last-Event-ID` when they connect anew, so that
nothing is lost or told twice. The store is looked at every `INTERVAL_S`; in silence a comment keeps the connection open.
"""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass

from anyio import sleep
from fastapi.sse import KEEPALIVE_COMMENT, format_sse_event
from starlette.concurrency import run_in_threadpool

from app.formats.wire import dumps
from app.store.feed import Part, Told

INTERVAL_S = 1.0
KEEPALIVE_S = 15.0
RECONNECT_MS = 3000


@dataclass(frozen=True, slots=True)
class Log:
    """What is followed: `commits` gives the number of commits, `after` the part of the log behind a sequence number."""

    commits: Callable[[], int]
    after: Callable[[int], Part]


async def follow(
    log: Log, seq: int, show: Callable[[Told], object], *, pause_s: float = INTERVAL_S
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
            while (part := await run_in_threadpool(log.after, seq)).seq != seq:
                for one in part.told:
                    seq = one.change.seq or seq
                    yield format_sse_event(data_str=dumps(show(one)), event=one.what, id=str(seq))
                if part.seq != seq:  # a number alone is no event: who connects anew is spared what was passed over
                    seq = part.seq
                    yield format_sse_event(id=str(seq))
        elif silent_s >= KEEPALIVE_S:
            silent_s = 0.0
            yield KEEPALIVE_COMMENT
        await sleep(pause_s)
        silent_s += pause_s
