"""Who may do what: by tokens of the store, each with its scopes, noticed as soon as they are made or revoked."""

from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from app.core.access import Scope
from app.store import tokens
from app.store.engine import writing
from tests.api.conftest import NOW, give, publish
from tests.api.test_problems import problem
from tests.conftest import NewDatabase
from tests.store.statements import statements

HIDE = {"op": "hide", "reason": "a rumour"}


@pytest.fixture
def app(new_database: NewDatabase) -> FastAPI:
    """An app whose store nobody has a token for yet."""
    return publish(new_database())


@pytest.fixture
def client(app: FastAPI) -> Iterator[TestClient]:
    with TestClient(app) as client:
        yield client


def revoke(app: FastAPI, id: int) -> None:
    with writing(app.state.engine) as session:
        tokens.revoke(session, id, now=NOW)


def test_a_request_without_a_token_is_told_to_bring_one_and_of_which_scope(client: TestClient) -> None:
    answer = client.post("/v1/events/e1/edits", json=HIDE)
    assert "a token of scope curate" in problem(answer, 401)["detail"]
    assert answer.headers["www-authenticate"] == 'Bearer realm="demarche"'


@pytest.mark.parametrize("header", ["Bearer", "Bearer dmr_unknown", "Basic dmr_unknown", "dmr_unknown", "Bearer \xff"])
def test_a_token_that_is_not_known_is_told_apart(client: TestClient, header: str) -> None:
    answer = client.post("/v1/events/e1/edits", json=HIDE, headers={"Authorization": header.encode("latin-1")})
    assert problem(answer, 401)["type"] == "urn:demarche:problem:unauthenticated"
    assert answer.headers["www-authenticate"] == 'Bearer realm="demarche", error="invalid_token"'


@pytest.mark.parametrize("scopes", [("read",), ("ingest",), ("read", "ingest")])
def test_a_token_of_another_scope_is_refused_with_the_scope_that_is_lacking(
    app: FastAPI, client: TestClient, scopes: tuple[Scope, ...]
) -> None:
    answer = client.post("/v1/events/e1/edits", json=HIDE, headers=give(app, "anna", *scopes))
    found = problem(answer, 403)
    assert found["detail"] == f"this takes a token of scope curate, and yours has {', '.join(scopes)}"
    challenge = 'Bearer realm="demarche", error="insufficient_scope", scope="curate"'
    assert answer.headers["www-authenticate"] == challenge


def test_an_edit_bears_the_name_of_the_token(app: FastAPI, client: TestClient) -> None:
    event_id = client.get("/v1/events").json()["events"][0]["id"]
    made = client.post(f"/v1/events/{event_id}/edits", json=HIDE, headers=give(app, "anna", "curate"))
    assert (made.status_code, made.json()["author"]) == (201, "anna")


def test_a_revoked_token_is_refused_at_once_and_another_of_that_name_holds(app: FastAPI, client: TestClient) -> None:
    anna, boris = give(app, "anna", "curate"), give(app, "boris", "curate")
    assert client.post("/v1/events/e1/edits", json=HIDE, headers=anna).status_code == 404
    revoke(app, 1)
    assert problem(client.post("/v1/events/e1/edits", json=HIDE, headers=anna), 401)
    assert client.post("/v1/events/e1/edits", json=HIDE, headers=boris).status_code == 404


def test_a_known_token_is_found_without_a_query(app: FastAPI) -> None:
    header = give(app, "anna", "ingest")["Authorization"]
    assert app.state.tokens.allowed(header, "ingest").name == "anna"
    with statements() as sent:
        assert app.state.tokens.allowed(header, "read").name == "anna"
    assert sent == []
