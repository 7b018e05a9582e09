"""Answers that still hold are told to hold, and are not made again."""

import gzip
import json

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from app.api import caching
from app.store import articles, events
from app.store.engine import writing
from tests.api.conftest import NOW
from tests.factories import NATO, article, mention, reading
from tests.store.statements import statements

PLAIN = {"Accept-Encoding": "identity"}
READS = ["/v1/events", "/v1/events?actor=RUS&limit=1", "/v1/actors", "/v1/articles", "/v1/changes", "/v1/edits"]


def publish_more(client: TestClient) -> None:
    """Another article, which tells of another meeting."""
    app = client.app
    assert isinstance(app, FastAPI)
    with writing(app.state.engine) as session:
        found = reading(mention("2022-03-01", NATO, kind="meeting"))
        events.merge(session, articles.save(session, article("more.txt", text="more"), found, now=NOW))


@pytest.mark.parametrize("path", READS)
def test_an_answer_that_still_holds_is_304(client: TestClient, path: str) -> None:
    first = client.get(path, headers=PLAIN)
    tag = first.headers["etag"]
    assert first.status_code == 200 and tag.startswith('"') and first.headers["cache-control"] == "public, no-cache"
    for given in (tag, f'"other", {tag}', f"W/{tag}"):
        again = client.get(path, headers={**PLAIN, "If-None-Match": given})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert client.get(path, headers={**PLAIN, "If-None-Match": '"other"'}).status_code == 200


def test_a_commit_makes_every_tag_old(own_client: TestClient) -> None:
    before = {path: own_client.get(path) for path in READS}
    publish_more(own_client)
    for path, answer in before.items():
        again = own_client.get(path, headers={"If-None-Match": answer.headers["etag"]})
        assert again.status_code == 200 and again.headers["etag"] != answer.headers["etag"]
    assert len(own_client.get("/v1/events").json()["events"]) == 5


def test_a_known_answer_is_given_without_asking_the_store(own_client: TestClient) -> None:
    first = own_client.get("/v1/events?actor=RUS")
    with statements() as sent:
        second = own_client.get("/v1/events?actor=RUS")
    assert sent == []
    assert (second.content, second.headers["link"]) == (first.content, first.headers["link"])
    publish_more(own_client)
    with statements() as sent:
        own_client.get("/v1/events?actor=RUS")
    assert sent


def test_an_answer_is_zipped_for_whoever_takes_that(client: TestClient) -> None:
    plain, zipped = (
        client.get("/v1/events", headers=PLAIN),
        client.get("/v1/events", headers={"Accept-Encoding": "gzip"}),
    )
    assert zipped.headers["content-encoding"] == "gzip" and "content-encoding" not in plain.headers
    assert int(zipped.headers["content-length"]) < int(plain.headers["content-length"])
    assert zipped.json() == plain.json()
    assert zipped.headers["etag"] != plain.headers["etag"]
    assert zipped.headers["vary"] == plain.headers["vary"] == "Accept, Accept-Encoding, Origin"
    origin = {"Origin": "https://frontend.example"}
    for _ in range(2):  # what one reader's origin adds is not kept for the next
        assert client.get("/v1/events", headers=origin).headers.get_list("access-control-allow-origin") == ["*"]
        assert "access-control-allow-origin" not in client.get("/v1/events").headers


@pytest.mark.parametrize("path", ["/v1/events?x=1", "/v1/events/e000000000000", "/healthz", "/openapi.json"])
def test_only_reads_that_succeed_have_a_tag(client: TestClient, path: str) -> None:
    assert "etag" not in client.get(path).headers
    assert client.get(path, headers={"If-None-Match": "*"}).status_code != 304


def test_an_answer_too_large_to_be_kept_passes_whole(own_client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(caching, "LARGEST_BYTES", 100)
    first, second = own_client.get("/v1/events?scope=self"), own_client.get("/v1/events?scope=self")
    assert first.json() == second.json() and first.headers["etag"] == second.headers["etag"]
    with statements() as sent:
        own_client.get("/v1/events?scope=self")
    assert sent


@pytest.mark.anyio
async def test_a_stream_goes_on_as_it_comes() -> None:
    async def app(scope, receive, send):
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/csv")]})
        for number in range(40):
            await send({"type": "http.response.body", "body": b"x" * 100_000, "more_body": True})
            seen.append((number, sum(len(one.get("body", b"")) for one in sent)))
        await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def send(message):
        sent.append(message)

    sent: list[dict] = []
    seen: list[tuple[int, int]] = []

    async def commits() -> int:
        return 1

    layer = caching.Caching(app, commits=commits)
    scope = {"type": "http", "method": "GET", "path": "/v1/x", "query_string": b"", "headers": []}
    await layer(scope, None, send)
    assert sum(len(one.get("body", b"")) for one in sent) == 4_000_000
    assert max((number + 1) * 100_000 - passed for number, passed in seen) <= caching.LARGEST_BYTES + 100_000
    assert any(name == b"etag" for name, _ in sent[0]["headers"])


def test_a_zipped_answer_is_what_gzip_reads(client: TestClient) -> None:
    with client.stream("GET", "/v1/events", headers={"Accept-Encoding": "gzip"}) as answer:
        body = gzip.decompress(b"".join(answer.iter_raw()))
    assert len(json.loads(body)["events"]) == 4
