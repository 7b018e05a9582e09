"""Pages of bounded cost are read on the event loop itself: the same bytes as from a thread, and only they."""

from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from app.store import events
from app.store.engine import QuickReader, altering, connect
from tests.api.conftest import publish
from tests.conftest import NewDatabase

BOUNDED = [
    "/v1/events",
    "/v1/events?limit=2",
    "/v1/events?datetime=2022-01&sort=-date",
    "/v1/events?datetime=../2022-01-10&actor=RUS",
    "/v1/actors/Lavrov/events?limit=1",
    "/v1/actors/RUS/events?datetime=2021-12/..",
    "/v1/events?datetime=1990",
]
OTHERS = [
    "/v1/events?kind=meeting",
    "/v1/events?q=drafts",
    "/v1/events?count=exact",
    "/v1/events?actor=RUS&actor=USA",
    "/v1/events?datetime=2022-01&match=within",
    "/v1/events?as_of=2022-02-03",
    "/v1/events?min_sources=2",
    "/v1/events.csv",
    "/v1/dyads/RUS/USA/events",
    "/v1/actors/RUS/events?scope=self",
]


@pytest.fixture
def app(new_sqlite: NewDatabase) -> FastAPI:
    return publish(new_sqlite())


@pytest.fixture
def read_at_once(app: FastAPI, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The queries that were read on the loop."""
    seen: list[str] = []
    read = events.quick_page
    monkeypatch.setattr(events, "quick_page", lambda reader, query: (seen.append(str(query)), read(reader, query))[1])
    return seen


@pytest.mark.parametrize("path", [*BOUNDED, *OTHERS])
def test_the_loop_and_a_thread_answer_with_the_same_bytes(app: FastAPI, read_at_once: list[str], path: str) -> None:
    with TestClient(app) as client:
        first = client.get(path, headers={"accept-encoding": "gzip"})  # by which the names in it become known
        at_once = client.get(path, headers={"accept-encoding": "identity"})
        assert bool(read_at_once) == (path in BOUNDED)
        app.state.quick = None
        in_thread = client.get(path, headers={"accept-encoding": "identity", "accept": "*/*, x/y"})
    assert first.status_code == at_once.status_code == in_thread.status_code == 200
    assert first.content == at_once.content == in_thread.content
    assert first.headers["link"] == at_once.headers["link"] if "link" in first.headers else True


def test_a_page_goes_on_where_the_other_way_of_reading_ended(app: FastAPI) -> None:
    with TestClient(app) as client:
        quick, app.state.quick = app.state.quick, None
        following = client.get("/v1/events?limit=1").json()["links"][1]["href"]
        app.state.quick = quick
        assert client.get(following).json()["events"] == client.get("/v1/events?limit=2").json()["events"][1:]


@pytest.mark.parametrize(
    "path", ["/v1/events?cursor=abc", "/v1/events?limit=x", "/v1/events?actor=nobody", "/v1/actors/nobody/events"]
)
def test_what_is_wrong_is_told_alike(app: FastAPI, path: str) -> None:
    with TestClient(app) as client:
        found = [client.get(path)]
        app.state.quick = None
        found.append(client.get(path))
    assert found[0].status_code == found[1].status_code in (404, 422)
    assert found[0].content == found[1].content


def test_a_store_that_fails_is_told_as_such(app: FastAPI) -> None:
    with TestClient(app) as client:
        with altering(app.state.engine) as connection:
            connection.exec_driver_sql("ALTER TABLE event RENAME TO event_of_before")
        assert client.get("/v1/events").status_code == 503


def test_only_a_file_of_this_machine_is_read_so(new_postgresql: NewDatabase) -> None:
    engine = connect(new_postgresql())
    assert QuickReader.on(engine) is None
    engine.dispose()
