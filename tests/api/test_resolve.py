"""Texts read over HTTP without being stored."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Event

import pytest
from fastapi.testclient import TestClient

from app import workers
from app.api.turns import Turns
from app.core.model import Article, Reading
from tests.api.conftest import publish
from tests.api.test_problems import problem
from tests.conftest import NewDatabase
from tests.readers import IsoReader

MET = "They met on 2022-01-26."
PAGE = (
    "<html><head><meta property='og:site_name' content='Page Outlet'></head><body><article>"
    f"<p>{MET} Nobody said where, or for how long it would last.</p></article></body></html>"
)


@pytest.fixture
def reader() -> IsoReader:
    return IsoReader()


@pytest.fixture
def client(new_sqlite: NewDatabase, reader: IsoReader) -> Iterator[TestClient]:
    app = publish(new_sqlite(), read=partial(workers.one_by_one, extractor=reader))
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


def test_a_text_is_read_as_the_command_line_reads_it(client: TestClient, reader: IsoReader) -> None:
    sent = {"id": 7, "text": MET, "date": "2022-01-28", "outlet": "A", "title": "B", "address": "https://a.example/x"}
    answer = client.post("/v1/resolve", json=sent)
    assert answer.status_code == 200
    found = answer.json()
    assert found["id"] == 7 and "text" not in found and "error" not in found
    assert found["article_date"]["best"] == "2022-01-28"
    [timex] = found["timexes"]
    assert MET[timex["begin"] : timex["end"]] == timex["text"] == "2022-01-26"
    [mention] = found["mentions"]
    assert (mention["edtf"], mention["title"]) == ("2022-01-26", "Russia receives a note")
    [read] = reader.articles
    assert (read.outlet, read.title, read.address) == ("A", "B", "https://a.example/x")


def test_it_takes_no_token_and_stores_nothing(client: TestClient) -> None:
    before = client.get("/v1/articles").json()
    assert client.post("/v1/resolve", json={"text": MET}).json()["id"] is None
    assert client.get("/v1/articles").json() == before


def test_of_a_page_the_offsets_count_in_the_text_of_the_answer(client: TestClient, reader: IsoReader) -> None:
    found = client.post("/v1/resolve", json={"html": PAGE, "title": "Mine"}).json()
    [timex] = found["timexes"]
    assert found["text"][timex["begin"] : timex["end"]] == "2022-01-26"
    assert (reader.articles[0].outlet, reader.articles[0].title) == ("Page Outlet", "Mine")


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ({}, '"text" is missing: accepted is a text'),
        ({"text": " "}, '"text" holds nothing but white space'),
        ({"text": 5}, '"text" is a number: accepted is a text'),
        ({"text": "a\0b"}, '"text" has a NUL character at offset 1'),
        ({"text": MET, "html": PAGE}, 'has both "text" and "html": give one of them'),
        ({"html": "<html></html>"}, "no article text was found on the page"),
        ({"text": MET, "date": "soon"}, "\"date\" is 'soon': use EDTF"),
        ({"text": MET, "url": "soon"}, "\"url\" is 'soon': accepted is a web address, https://..."),
        ({"text": MET, "url": "https://a.example", "address": "https://b.example"}, '"url" comes twice'),
        ({"text": MET, "txt": ""}, '"txt" is no field of an article: accepted are id, text, html, date'),
        ({"text": MET, "id": []}, '"id" is a list: accepted is a text or a whole number'),
        ({"text": MET, "\ud800": 1}, '"\ufffd" is no field of an article'),
        ({"text": "explode"}, "could not be read: RuntimeError: a bug"),
    ],
)
def test_what_cannot_be_read_is_refused_by_name(client: TestClient, body: dict[str, object], says: str) -> None:
    found = problem(client.post("/v1/resolve", content=json.dumps(body)), 422)
    assert found["type"] == "urn:demarche:problem:invalid-article"
    assert found["detail"].startswith("the body: ") and says in found["detail"]


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b"NaN", b'{"text": NaN}', b"[" * 100_000, b"\xff"])
def test_a_body_that_is_no_object_is_refused(client: TestClient, body: bytes) -> None:
    found = problem(client.post("/v1/resolve", content=body), 400)
    assert '{"text": "They met on Friday.", "date": "2022-01-28"}' in found["detail"]


def test_a_body_above_the_limit_is_refused_whether_it_tells_its_length_or_not(client: TestClient) -> None:
    long = b'{"text": "' + b"x" * 200_000 + b'"}'
    for content in (long, iter([long[:100_000], long[100_000:]])):
        found = problem(client.post("/v1/resolve", content=content), 413)
        assert found["detail"] == "the body has more than 200000 bytes"


def test_texts_wait_for_their_turn_and_too_many_are_sent_away(new_sqlite: NewDatabase, reader: IsoReader) -> None:
    begun, go_on = Event(), Event()

    class Slow(IsoReader):
        def read(self, article: Article, *, undated: bool = False) -> Reading:
            begun.set()
            assert go_on.wait(30)
            return super().read(article, undated=undated)

    slow = Slow()
    app = publish(new_sqlite(), read=partial(workers.one_by_one, extractor=lambda: slow))
    app.state.turns = Turns(waiting=0)
    with TestClient(app) as client, ThreadPoolExecutor(1) as pool:
        first = pool.submit(client.post, "/v1/resolve", json={"text": MET})
        assert begun.wait(30)
        refused = client.post("/v1/resolve", json={"text": MET})
        go_on.set()
        assert first.result().status_code == 200
        assert "come again in 5 seconds" in problem(refused, 503)["detail"]
        assert refused.headers["retry-after"] == "5"
        assert client.post("/v1/resolve", json={"text": MET}).status_code == 200
