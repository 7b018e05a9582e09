import json
from collections.abc import Iterator

import pytest

from app.formats import ndjson
from app.formats.shapes import EventOut
from tests.formats import samples


def test_each_event_is_a_line_and_the_last_line_is_the_end_mark() -> None:
    *lines, end = b"".join(ndjson.render(samples.AWKWARD, samples.CONTEXT)).decode().removesuffix("\n").split("\n")
    assert [json.loads(line) for line in lines] == samples.AWKWARD
    assert json.loads(end) == {
        "end": True,
        "count": len(samples.AWKWARD),
        "seq": samples.CONTEXT.seq,
        "next": samples.CONTEXT.next_address,
    }


def test_no_events_are_an_end_mark_alone() -> None:
    [end] = ndjson.render([], samples.CONTEXT)
    assert json.loads(end)["count"] == 0


def test_an_error_on_the_way_leaves_no_end_mark() -> None:
    chunks = ndjson.render(_broken(), samples.CONTEXT)
    assert json.loads(next(chunks)) == samples.event()
    with pytest.raises(ConnectionError):
        next(chunks)


def test_lines_come_before_the_next_event_is_read() -> None:
    assert b'"id":"e3c1f0a9b7d42"' in next(iter(ndjson.render(_broken(), samples.CONTEXT)))


def _broken() -> Iterator[EventOut]:
    yield samples.event()
    raise ConnectionError("the database went away")
