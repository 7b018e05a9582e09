"""The database session of a request."""

from collections.abc import Iterator
from typing import Annotated

from fastapi import Depends, Request

from app.store.engine import Session, reading


def _session(request: Request) -> Iterator[Session]:
    with reading(request.app.state.engine) as session:
        yield session


Reads = Annotated[Session, Depends(_session, scope="function")]
"""A session for reading. It ends before the answer is sent, so that a failure in ending it is still answered as one."""
