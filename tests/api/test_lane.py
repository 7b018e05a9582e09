"""Pages of bounded cost are read on the event loop, before the framework: the bytes and the refusals are those of the routes."""

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from app.main import create_app
from app.settings import Settings
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
    "/v1/histogram",
    "/v1/histogram?unit=year&actor=RUS",
    "/v1/histogram?unit=day",
    "/v1/histogram?status=denied",
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
    "/v1/histogram?unit=day&actor=RUS",
    "/v1/histogram?by=kind",
    "/v1/histogram?datetime=2022",
]
REFUSED = [
    "/v1/events?cursor=abc",
    "/v1/events?limit=x",
    "/v1/events?f=json&f=csv",
    "/v1/histogram?unit=week",
    "/v1/histogram?actor=nobody",
    "/v1/events?actor=nobody",
    "/v1/events?actor=Georgian",
    "/v1/actors/nobody/events",
    "/v1/actors/Georgian/events",
]
CHANGING = {"date", "server"}

PLAIN = {"accept-encoding": "identity", "x-request-id": "one"}


@pytest.fixture
def apps(new_sqlite: NewDatabase, monkeypatch: pytest.MonkeyPatch) -> tuple[FastAPI, FastAPI]:
    """An app with the lane and one without it, on one store."""
    url = new_sqlite()
    quick = publish(url)
    monkeypatch.setattr(QuickReader, "on", lambda engine: None)
    return quick, create_app(Settings(database_url=url))


@pytest.fixture
def read_at_once(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The statements that were read on the loop."""
    seen: list[str] = []
    read = QuickReader.rows
    monkeypatch.setattr(
        QuickReader, "rows", lambda self, made, values: (seen.append(str(made)), read(self, made, values))[1]
    )
    return seen


@pytest.mark.parametrize("path", [*BOUNDED, *OTHERS])
def test_the_lane_and_the_routes_answer_with_the_same_bytes(
    apps: tuple[FastAPI, FastAPI], read_at_once: list[str], path: str
) -> None:
    with TestClient(apps[0]) as quick, TestClient(apps[1]) as plain:
        first = quick.get(path, headers={"accept-encoding": "gzip"})  # by which the names in it become known
        at_once = quick.get(path, headers=PLAIN)
        by_route = plain.get(path, headers=PLAIN)
    assert bool(read_at_once) == (path in BOUNDED)
    assert first.status_code == at_once.status_code == by_route.status_code == 200
    assert first.content == at_once.content == by_route.content
    sent = [sorted(pair for pair in found.headers.items() if pair[0] not in CHANGING) for found in (at_once, by_route)]
    assert sent[0] == sent[1]


def test_a_page_goes_on_where_the_other_way_of_reading_ended(apps: tuple[FastAPI, FastAPI]) -> None:
    with TestClient(apps[0]) as quick, TestClient(apps[1]) as plain:
        following = [client.get("/v1/events?limit=1").json()["links"][1]["href"] for client in (quick, plain)]
        assert following[0] == following[1]
        assert quick.get(following[0]).json()["events"] == plain.get("/v1/events?limit=2").json()["events"][1:]


@pytest.mark.parametrize("path", REFUSED)
def test_what_is_wrong_is_told_alike(apps: tuple[FastAPI, FastAPI], path: str) -> None:
    with TestClient(apps[0]) as quick, TestClient(apps[1]) as plain:
        quick.get(path)
        found = [client.get(path, headers={"X-Request-ID": "one"}) for client in (quick, plain)]
    assert found[0].status_code == found[1].status_code in (404, 422)
    assert found[0].content == found[1].content


def test_a_store_that_fails_is_told_as_such(apps: tuple[FastAPI, FastAPI]) -> None:
    with TestClient(apps[0]) as client:
        with altering(apps[0].state.engine) as connection:
            connection.exec_driver_sql("ALTER TABLE event RENAME TO event_of_before")
        assert client.get("/v1/events").status_code == 503


def test_only_a_file_of_this_machine_is_read_so(new_postgresql: NewDatabase) -> None:
    engine = connect(new_postgresql())
    assert QuickReader.on(engine) is None
    engine.dispose()
