"""One shape for every refusal, on every route."""

import re
from collections.abc import Iterator
from contextlib import suppress

import pytest
from fastapi import FastAPI, Request
from fastapi.testclient import TestClient
from httpx2 import Response
from pydantic import TypeAdapter
from sqlalchemy import text
from sqlalchemy.schema import DropTable

from app.api import parameters
from app.api.parameters import Parameters
from app.api.problems import KINDS, InvalidParameters, ProblemOut, kind_of
from app.core import calendar
from app.errors import DemarcheError, Malformed
from app.main import create_app
from app.settings import Settings
from app.store import engine as engines
from app.store.rows import Base

LISTS = ["/v1/events", "/v1/actors", "/v1/articles", "/v1/actors/RUS/events"]
SINGLES = ["/v1/events/{}", "/v1/actors/{}", "/v1/articles/{}", "/v1/actors/{}/events", "/v1/edits/{}"]
SINGLES += [
    "/v1/actors/{}/counterparts",
    "/v1/dyads/{}/RUS/events",
    "/v1/dyads/RUS/{}/events",
    "/v1/events/{}/edits",
    "/v1/actors/{}/edits",
    "/v1/articles/{}/edits",
]
PATHS = [*LISTS, "/v1/events/e000000000000", "/v1/actors/RUS", "/v1/articles/a000000000000", "/v1/changes", "/healthz"]
PATHS += ["/readyz", "/metrics", "/v1/timeline/window"]
PATHS += ["/v1/edits", "/v1/edits/1", "/v1/histogram", "/v1/facets", "/v1/kinds", "/v1/formats"]
PATHS += ["/v1/actors/RUS/counterparts", "/v1/dyads/RUS/USA/events"]
POSTED = ["/v1/resolve", "/v1/articles"]
OWN = ["/v1/jobs", "/v1/jobs/j000000000000"]
EDITED = [f"/v1/{path}/edits" for path in ("events/e000000000000", "articles/a000000000000", "actors/RUS")]


def problem(answer: Response, status: int) -> ProblemOut:
    """The problem document that the answer is, checked for its shape."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    found = TypeAdapter(ProblemOut).validate_json(answer.content, strict=True)
    assert found["status"] == status
    assert found["request_id"] == answer.headers["x-request-id"]
    assert re.fullmatch(r"urn:demarche:problem:[a-z-]+", found["type"])
    return found


@pytest.mark.parametrize("path", [*PATHS, *EDITED])
def test_a_misspelt_parameter_is_refused_and_named(client: TestClient, path: str) -> None:
    found = problem(client.get(f"{path}?actr=RUS"), 422)
    [error] = found["errors"]
    assert (error["parameter"], error["value"]) == ("actr", "RUS")
    assert found["instance"] == path


@pytest.mark.parametrize("path", ["/v1/resolve"])
def test_a_misspelt_parameter_is_refused_before_the_body_is_read(client: TestClient, path: str) -> None:
    [error] = problem(client.post(f"{path}?dat=2022", content=b"no JSON"), 422)["errors"]
    assert (error["parameter"], error["value"]) == ("dat", "2022")


@pytest.mark.parametrize("path", [*PATHS, *POSTED, *OWN, *EDITED])
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_a_wrong_method_is_405_with_those_allowed(client: TestClient, path: str, method: str) -> None:
    allowed = {"GET"} if path in {*PATHS, *OWN} else {"GET", "POST"}
    allowed = {"/v1/resolve": {"POST"}, "/v1/articles": {"GET", "POST"}, OWN[1]: {"GET", "DELETE"}}.get(path, allowed)
    if method in allowed:
        return
    answer = client.request(method, path)
    assert problem(answer, 405)["detail"].startswith(f"{method} is not possible at")
    named = set(answer.headers["allow"].split(", "))
    assert named <= allowed | {"HEAD"} and ("HEAD" in named) == ("GET" in named)


@pytest.mark.parametrize("path", ["/v1", "/v2/events", "/v1/event", "/v1/events/e1/mentions", "/favicon.ico", "/ü"])
def test_an_unknown_path_is_404(client: TestClient, path: str) -> None:
    assert problem(client.get(path), 404)["type"] == "urn:demarche:problem:no-such-path"


@pytest.mark.parametrize("path", SINGLES)
@pytest.mark.parametrize("unknown", ["nobody", "%00", "%F0%9F%95%8A", "a%20b", "%FF"])
def test_an_unknown_record_is_404(client: TestClient, path: str, unknown: str) -> None:
    assert problem(client.get(path.format(unknown)), 404)["type"] == "urn:demarche:problem:not-found"


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize("limit", ["0", "-1", "ten", "", "1.5", "99999999999999999999999999999"])
def test_a_limit_that_is_no_whole_number_from_1_is_refused(client: TestClient, path: str, limit: str) -> None:
    answer = client.get(f"{path}?limit={limit}")
    if limit.startswith("999"):
        assert answer.status_code == 200
    else:
        [error] = problem(answer, 422)["errors"]
        assert error == {
            "parameter": "limit",
            "value": limit,
            "accepted": "a whole number from 1; above 200 counts as 200",
        }


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize(
    "cursor", ["x", "", "é", "bm90IGpzb24", "W10", "WyIyMDIyLTAxLTI2Il0", "eyJhIjoxfQ", "WzEsMiwzLDRd", "A" * 3000]
)
def test_a_cursor_that_was_not_handed_out_is_refused(client: TestClient, path: str, cursor: str) -> None:
    [error] = problem(client.get(path, params={"cursor": cursor}), 422)["errors"]
    assert (error["parameter"], error["value"]) == ("cursor", cursor)


def test_a_cursor_of_another_query_is_refused(client: TestClient) -> None:
    links = client.get("/v1/events?limit=1").json()["links"]
    [following] = [link["href"] for link in links if link["rel"] == "next"]
    assert client.get(following).status_code == 200
    assert problem(client.get(f"{following}&actor=RUS"), 422)["type"] == "urn:demarche:problem:foreign-cursor"
    assert problem(client.get(following.replace("events", "actors")), 422)


@pytest.mark.parametrize("path", ["/v1/events", "/v1/actors/RUS/events"])
@pytest.mark.parametrize(
    ("value", "accepted"),
    [
        ("86400", calendar.ACCEPTED),
        ("yesterday", calendar.ACCEPTED),
        ("2022-13", calendar.ACCEPTED),
        ("2022-02-30", calendar.ACCEPTED),
        ("0000", calendar.ACCEPTED),
        ("2022-01-01/2022-01-02/2022-01-03", calendar.ACCEPTED),
        ("", calendar.ACCEPTED),
        ("2022-02-01/2022-01-01", "an interval must not end before it begins"),
        ("../..", "at least one end of an interval must be a date"),
        ("/", "at least one end of an interval must be a date"),
        ("2022\x00", calendar.ACCEPTED),
    ],
)
def test_a_bad_date_is_refused_with_what_is_accepted(client: TestClient, path: str, value: str, accepted: str) -> None:
    found = problem(client.get(path, params={"datetime": value}), 422)
    assert found["errors"] == [{"parameter": "datetime", "value": value, "accepted": accepted}]
    assert repr(value) in found["detail"]


@pytest.mark.parametrize(
    ("query", "parameter", "value", "accepted"),
    [
        (
            "from=86400",
            "from",
            "86400",
            "no such parameter; there are actor, actor_mode, as_of, conflict, count, counterpart, cursor, datetime, f, kind, ",
        ),
        ("status=done", "status", "done", "one of occurred, scheduled, hypothetical, denied"),
        ("scope=all", "scope", "all", "self or affiliates"),
        ("actor=Atlantis", "actor", "Atlantis", "an actor's id, name or alias: /v1/actors?q= finds them"),
        ("actor=Georgian", "actor", "Georgian", "one actor; this may be any of GEO, us-georgia"),
        ("actor=", "actor", "", "text that is not empty and has no NUL character"),
        ("actor=%00", "actor", "\x00", "text that is not empty and has no NUL character"),
        ("kind=a%00", "kind", "a\x00", "text that is not empty and has no NUL character"),
        ("kind=party", "kind", "party", "one of accession, accusation, address, agreement, aid, "),
        ("datetime=2021&datetime=2022", "datetime", "2022", "this parameter once"),
        ("actor=RUS&actor=Nowhere", "actor", "Nowhere", "an actor's id, name or alias: /v1/actors?q= finds them"),
        ("counterpart=Nowhere", "counterpart", "Nowhere", "an actor's id, name or alias: /v1/actors?q= finds them"),
        ("match=some", "match", "some", "one of intersects, within, certain"),
        ("actor_mode=one", "actor_mode", "one", "one of all, any"),
        ("actor=RUS&role=king", "role", "king", "one of source, target, participant, other"),
        ("role=source", "role", "source", "beside an `actor` only"),
        ("precision=hour", "precision", "hour", "one of day, month, season, year, decade, century, range"),
        ("status=occurred&status=done", "status", "done", "one of occurred, scheduled, hypothetical, denied"),
        ("min_sources=0", "min_sources", "0", "a whole number from 1"),
        ("conflict=maybe", "conflict", "maybe", "true or false"),
        ("sort=title", "sort", "title", "one of date, -date, relevance"),
        ("sort=relevance", "sort", "relevance", "relevance beside `q` only"),
        ("q=-treaty", "q", "-treaty", 'words, "phrases in quotes", begin* for words that begin so, '),
        ("q=", "q", "", "text that is not empty and has no NUL character"),
        ("count=all", "count", "all", "one of none, capped, exact"),
        ("datetime=2022-01-26T25:00:00Z", "datetime", "2022-01-26T25:00:00Z", "use EDTF: "),
    ],
)
def test_a_value_that_cannot_be_used_is_named(
    client: TestClient, query: str, parameter: str, value: str, accepted: str
) -> None:
    [error] = problem(client.get(f"/v1/events?{query}"), 422)["errors"]
    assert (error["parameter"], error["value"]) == (parameter, value)
    assert error["accepted"] == accepted or (accepted.endswith(" ") and error["accepted"].startswith(accepted))


def test_every_bad_parameter_is_named_at_once(client: TestClient) -> None:
    found = problem(client.get("/v1/events?datetime=x&limit=0&what=1"), 422)
    assert {error["parameter"] for error in found["errors"]} == {"datetime", "limit", "what"}


def test_a_limit_above_the_maximum_counts_as_the_maximum(client: TestClient) -> None:
    assert client.get("/v1/events?limit=100000").status_code == 200


def test_a_store_that_fails_is_503_and_tells_nothing_of_itself(own_client: TestClient) -> None:
    app = own_client.app
    assert isinstance(app, FastAPI)
    with app.state.engine.begin() as connection:
        for table in reversed(Base.metadata.sorted_tables):
            connection.execute(DropTable(table))
        connection.execute(text("DROP TABLE alembic_version"))
    for path in set(PATHS) - {"/v1/kinds", "/v1/formats", "/healthz", "/metrics"}:  # which the store has no part in
        assert problem(own_client.get(path), 503)["detail"] == "The server's log says why."


def test_a_failure_of_our_own_is_500_and_tells_nothing_of_itself(own_client: TestClient) -> None:
    def fail() -> None:
        raise RuntimeError("a secret")

    app = own_client.app
    assert isinstance(app, FastAPI)
    app.add_api_route("/fail", fail)
    answer = own_client.get("/fail")
    assert problem(answer, 500)["type"] == "urn:demarche:problem:internal-error"
    assert "secret" not in answer.text


def test_an_error_has_the_status_of_its_nearest_ancestor() -> None:
    assert kind_of(Malformed("x", "y")) is KINDS[DemarcheError]


def test_every_route_is_tested_here(app: FastAPI) -> None:
    tested = {re.sub("/(RUS|[aej]0{12})", "/{id}", path) for path in [*PATHS, *POSTED, *OWN, *EDITED]}
    tested = {path.replace("/dyads/{id}/USA/", "/dyads/{one}/{other}/") for path in tested}
    tested |= {f"{path}/1" for path in tested if path.endswith("/edits")}
    assert app.openapi()["paths"].keys() == {path.replace("edits/1", "edits/{number}") for path in tested}


def test_the_app_is_not_built_on_a_store_that_is_not_migrated(tmp_path: object) -> None:
    url = f"sqlite:///{tmp_path}/empty.db"
    engines.connect(url).dispose()
    with pytest.raises(DemarcheError, match="has never been migrated.*run `demarche db upgrade`"):
        create_app(Settings(database_url=url))


def every(model: type[Parameters]) -> Iterator[type[Parameters]]:
    yield model
    for one in model.__subclasses__():
        yield from every(one)


@pytest.mark.parametrize("model", sorted(set(every(Parameters)), key=lambda one: one.__qualname__))
def test_nonsense_in_any_parameter_is_taken_or_told_what_would_be(model: type[Parameters]) -> None:
    for name in model.model_fields:
        scope = {"type": "http", "query_string": f"{name}=%C2%B2;".encode(), "headers": []}
        with suppress(InvalidParameters):  # which has an error for it, or this fails
            parameters.read(model, Request(scope))
