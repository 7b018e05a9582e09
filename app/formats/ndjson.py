"""Newline-delimited JSON: a line for each event, and a line that says it was the last.

Every line but the last is an event as the API's list shows it (`app.formats.shapes.EventOut`). The last is the end mark
``{"end":true,"count":2,"seq":41,"next":null}``: how many events came before it, the number of the last change that was made
before they were read, from which the change log keeps a copy of them, and the address of the next page, if there is one.
No event has the field `end`. An answer without an end mark was cut off, by the network or by an error on our side.
"""

from collections.abc import Iterable, Iterator

from app.formats import wire
from app.formats.context import Context
from app.formats.shapes import EventOut


def render(events: Iterable[EventOut], context: Context) -> Iterator[bytes]:
    """A chunk for each line, as the events come. An error while they are read goes through, and leaves no end mark."""
    count = 0
    for event in events:
        yield _line(event)
        count += 1
    yield _line({"end": True, "count": count, "seq": context.seq, "next": context.next_address})


def _line(value: object) -> bytes:
    return f"{wire.dumps(value)}\n".encode()
