"""The change log as a stream that goes on."""

import json
from collections.abc import AsyncIterator

import pytest
from fastapi.testclient import TestClient

from app.api import following
from app.api.following import Log
from app.store.changes import Change, What
from app.store.feed import Part, Told
from tests.api.test_problems import problem


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


PASSED_OVER = "e0"


def parsed(chunk: bytes) -> dict[str, str]:
    return dict(line.split(": ", 1) for line in chunk.decode().splitlines() if line)


async def first(stream: AsyncIterator[bytes], count: int) -> list[bytes]:
    found = [await anext(stream) for _ in range(count)]
    await stream.aclose()  # type: ignore[attr-defined]
    return found


def growing(*pages: list[Change]) -> Log:
    """A log in which each page is a commit that comes after the one before was told."""
    made: list[Change] = []
    waiting = list(pages)

    def current() -> int:
        if waiting:
            made.extend(waiting.pop(0))
        return len(pages) - len(waiting)

    def after(seq: int) -> Part:
        found = [change for change in made if (change.seq or 0) > seq][:2]
        told = tuple(Told(change) for change in found if change.event != PASSED_OVER)
        return Part(told, found[-1].seq or 0 if found else seq, more=False)

    return Log(current, after)


@pytest.mark.anyio
async def test_changes_are_told_as_they_come_each_with_its_number() -> None:
    log = growing(
        [Change(f"e{seq}", What.CREATED, None, seq, 1) for seq in (1, 2, 3)],
        [Change("e1", What.MERGED, "e2", 4, 2)],
        [Change("e2", What.DELETED, None, 5, 3)],
    )
    stream = following.follow(log, 1, lambda told: {"event": told.change.event}, pause_s=0)
    retry, *told = await first(stream, 5)
    assert parsed(retry) == {"retry": "3000"}
    assert [(one["id"], one["event"], json.loads(one["data"])["event"]) for one in map(parsed, told)] == [
        ("2", "created", "e2"),
        ("3", "created", "e3"),
        ("4", "merged", "e1"),
        ("5", "deleted", "e2"),
    ]


@pytest.mark.anyio
async def test_what_is_passed_over_moves_the_place_to_go_on_from() -> None:
    log = growing(
        [Change(PASSED_OVER, What.UPDATED, None, seq, 1) for seq in (1, 2, 3)],
        [Change("e1", What.CREATED, None, 4, 2), Change(PASSED_OVER, What.CREATED, None, 5, 2)],
    )
    stream = following.follow(log, 0, lambda told: told.change.event, pause_s=0)
    _, *told = await first(stream, 5)
    assert [parsed(one) for one in told] == [
        {"id": "2"},
        {"id": "3"},
        {"id": "4", "event": "created", "data": '"e1"'},
        {"id": "5"},
    ]


@pytest.mark.anyio
async def test_silence_is_filled_with_comments(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(following, "KEEPALIVE_S", 0.0)
    stream = following.follow(Log(lambda: 7, lambda seq: Part((), seq, more=False)), 0, lambda told: None, pause_s=0)
    _, *kept = await first(stream, 3)
    assert all(chunk.startswith(b":") and chunk.endswith(b"\n\n") for chunk in kept)


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ends every stream when what was there is told, so that a client that waits for its end gets one."""

    async def told(log: Log, seq: int, show: object) -> AsyncIterator[bytes]:
        async for chunk in original(log, seq, show, pause_s=0):  # type: ignore[arg-type]
            if chunk.startswith(b":"):
                return
            yield chunk

    original = following.follow
    monkeypatch.setattr(following, "KEEPALIVE_S", 0.0)
    monkeypatch.setattr(following, "follow", told)


def test_a_client_goes_on_behind_the_last_event_that_it_saw(short: None, client: TestClient) -> None:
    listed = client.get("/v1/changes").json()["changes"]
    stream = {"Accept": "text/event-stream"}
    whole = client.get("/v1/changes", headers=stream)
    assert whole.headers["content-type"].startswith("text/event-stream") and "etag" not in whole.headers
    told = [parsed(one.encode()) for one in whole.text.split("\n\n") if "data:" in one]
    assert [json.loads(one["data"]) for one in told] == listed
    rest = client.get("/v1/changes?since=0", headers={**stream, "Last-Event-ID": told[1]["id"]})
    assert [parsed(one.encode())["id"] for one in rest.text.split("\n\n") if "data:" in one] == [
        one["id"] for one in told[2:]
    ]


def test_a_last_event_id_that_is_none_is_refused(client: TestClient) -> None:
    answer = client.get("/v1/changes", headers={"Accept": "text/event-stream", "Last-Event-ID": "soon"})
    [error] = problem(answer, 422)["errors"]
    assert (error["parameter"], error["value"]) == ("Last-Event-ID", "soon")
