"""What a request reads of the store, and on which thread: in a session of its own, in the pool."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Annotated, TypeVar

from fastapi import Depends, Request
from starlette.concurrency import run_in_threadpool

from app.store.engine import Session, reading

T = TypeVar("T")


@contextmanager
def opened(request: Request) -> Iterator[Session]:
    """A session for reading, which shares with others what was known on a day."""
    with reading(request.app.state.engine, as_of=request.app.state.as_of) as session:
        yield session


def _session(request: Request) -> Iterator[Session]:
    with opened(request) as session:
        yield session


Reads = Annotated[Session, Depends(_session, scope="function")]
"""A session for reading. It ends before the answer is sent, so that a failure in ending it is still answered as one."""


async def read(request: Request, work: Callable[[Session], T]) -> T:
    """What `work` makes of a session, in a thread of the pool; one hop, where a dependency takes three."""
    return await run_in_threadpool(_in_session, request, work)


def _in_session(request: Request, work: Callable[[Session], T]) -> T:
    with opened(request) as session:
        return work(session)
