"""A client on an app over a migrated store with a little news in it: shared by all tests that only read."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from app.core.access import Scope
from app.core.model import Actor, ActorKind, ArticleDate
from app.curating import Read
from app.main import create_app
from app.settings import Settings
from app.store import actors, articles, events, tokens
from app.store.engine import connect, writing
from tests.conftest import NewDatabase
from tests.factories import LAVROV, NATO, RUSSIA, USA, article, mention, reading
from tests.store.clustering import candidates, cluster

NOW = datetime(2022, 2, 3, 12, tzinfo=UTC)
ACTORS = [
    Actor("USA", "United States", ActorKind.STATE, "USA", ("Washington", "America")),
    Actor("RUS", "Russia", ActorKind.STATE, "RUS", ("Moscow", "Russian Federation")),
    Actor("NATO", "NATO", ActorKind.ORGANISATION, None, ("North Atlantic Treaty Organization",)),
    Actor("sergei-lavrov", "Sergei Lavrov", ActorKind.PERSON, "RUS", ("Lavrov",)),
    Actor("GEO", "Georgia", ActorKind.STATE, "GEO", ("Georgian",)),
    Actor("us-georgia", "Georgia (US)", ActorKind.OFFICE, "USA", ("Georgian",)),
]
NEWS = {
    "one.txt": [mention("2021-12-15", USA, RUSSIA, title="United States presents drafts", kind="proposal")],
    "two.txt": [
        mention("2021-12-15", USA, RUSSIA, title="United States presents drafts", kind="proposal"),
        mention("2022-01", NATO, RUSSIA, begin=90, title="NATO and Russia talk", kind="meeting"),
        mention("2022-01-26", USA, RUSSIA, begin=200, title="United States replies", kind="response"),
    ],
    "three.txt": [mention("2022-02-10", LAVROV, title="Lavrov is to travel", kind="visit")],
}


def publish(url: str, *, read: Read | None = None, workers_in_api: bool = False, **settings: str) -> FastAPI:
    """An app over that database, with the news in it; `read` is what reads articles."""
    engine = connect(url)
    with writing(engine) as session:
        actors.put(session, ACTORS)
        for key, mentions in NEWS.items():
            found = reading(*mentions, date=ArticleDate(best=date(2022, 2, 2)))
            saved = articles.save(session, article(key, text=key, outlet=f"Outlet {key[:3]}"), found, now=NOW)
            events.merge(session, saved, cluster=cluster, candidates=candidates)
    engine.dispose()
    given = Settings(database_url=url, workers_in_api=workers_in_api, **settings)  # type: ignore[arg-type]
    return create_app(given, read=read, known=lambda: ())


def give(app: FastAPI, name: str, *scopes: Scope) -> dict[str, str]:
    """Gives somebody a token whose secret is made of the name; the header that brings it."""
    secret = tokens.secret(name.encode())
    with writing(app.state.engine) as session:
        tokens.make(session, name, scopes, digest=tokens.digest(secret), now=NOW)
    return {"Authorization": f"Bearer {secret}"}


@pytest.fixture(scope="session")
def app(new_database: NewDatabase) -> FastAPI:
    """The app that `client` asks."""
    return publish(new_database())


@pytest.fixture(scope="session")
def client(app: FastAPI) -> Iterator[TestClient]:
    """A client for tests that only read; what they read is the same for all."""
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


@pytest.fixture
def own_client(new_database: NewDatabase) -> Iterator[TestClient]:
    """A client on a store of this test's own, which it may break."""
    app = publish(new_database())
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client
