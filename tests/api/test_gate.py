"""Limits, reads that take a token, and what of both the headers tell."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from app.api.limits import Limit
from app.core.rates import Rate
from app.store import tokens
from app.store.engine import writing
from tests.api.conftest import NOW, give, publish
from tests.api.test_operations import sample
from tests.api.test_problems import problem
from tests.conftest import NewDatabase

Publish = Callable[..., TestClient]


@pytest.fixture
def client_with(new_database: NewDatabase) -> Iterator[Publish]:
    """Makes a client on an app with these settings."""
    with ExitStack() as stack:

        def make(address: str = "192.0.2.7", **settings: Any) -> TestClient:
            app = publish(new_database(), **settings)
            return stack.enter_context(TestClient(app, client=(address, 5000), raise_server_exceptions=False))

        yield make


def app_of(client: TestClient) -> FastAPI:
    assert isinstance(client.app, FastAPI)
    return client.app


# ---------------------------------------------------------------- limits
def test_a_quota_is_told_and_then_kept_to(client_with: Publish) -> None:
    client = client_with(rate_limit="3/hour")
    answers = [client.get("/v1/kinds") for _ in range(3)]
    assert [one.headers["ratelimit-policy"] for one in answers] == ['"read";q=3;w=3600'] * 3
    assert [one.headers["ratelimit"].partition(";t=")[0] for one in answers] == [f'"read";r={n}' for n in (2, 1, 0)]
    refused = client.get("/v1/kinds", headers={"Origin": "https://frontend.example"})
    found = problem(refused, 429)
    assert found["type"] == "urn:demarche:problem:too-many-requests"
    assert found["detail"].startswith("more than 3 read requests in 3600 seconds: come again in ")
    assert 1190 < int(refused.headers["retry-after"]) <= 1200
    assert refused.headers["ratelimit"].startswith('"read";r=0;t=')
    assert refused.headers["access-control-allow-origin"] == "*"
    assert "RateLimit" in refused.headers["access-control-expose-headers"]
    assert sample(client, 'demarche_requests_limited_total{policy="read"}') == 1


def test_what_looks_after_the_service_is_never_limited(client_with: Publish) -> None:
    client = client_with(rate_limit="1/day")
    for path in ("/healthz", "/readyz", "/metrics") * 2:
        answer = client.get(path)
        assert answer.status_code == 200 and "ratelimit" not in answer.headers


def test_reads_and_writes_have_quotas_of_their_own(client_with: Publish) -> None:
    client = client_with(rate_limit="1/day", write_rate_limit="2/day")
    assert [client.get("/v1/kinds").status_code for _ in range(2)] == [200, 429]
    posts = [client.post("/v1/events/e1/edits", json={}) for _ in range(3)]
    assert [one.status_code for one in posts] == [401, 401, 429]
    assert posts[0].headers["ratelimit-policy"] == '"write";q=2;w=86400'
    assert client.head("/v1/kinds").status_code == 429


def test_without_a_setting_there_is_no_limit(client_with: Publish) -> None:
    client = client_with(rate_limit="1/day")
    for _ in range(3):
        answer = client.post("/v1/events/e1/edits", json={})
        assert answer.status_code == 401 and "ratelimit" not in answer.headers


def test_each_token_has_a_quota_of_its_own_and_an_unknown_one_that_of_its_address(client_with: Publish) -> None:
    client = client_with(rate_limit="1/day")
    anna, boris = (give(app_of(client), name, "read") for name in ("anna", "boris"))
    unknown = {"Authorization": "Bearer dmr_unknown"}
    asked = [client.get("/v1/kinds", headers=one).status_code for one in (anna, anna, boris, unknown, {}, unknown)]
    assert asked == [200, 429, 200, 200, 429, 429]


def test_a_network_of_ipv6_is_one_client() -> None:
    from app.api.limits import client_of

    assert client_of("2001:db8::1") == client_of("2001:db8:0:0:ffff::9") != client_of("2001:db8:0:1::1")
    assert client_of("::ffff:192.0.2.7") == "192.0.2.7" and client_of("not:an:address") == "not:an:address"


def test_one_client_takes_nothing_of_another() -> None:
    limit = Limit("read", Rate(1, 3600))
    assert [limit.take(one).retry_s > 0 for one in ("a", "a", "b")] == [False, True, False]


# ---------------------------------------------------------------- reading by token
READS = ["/v1/events", "/v1/events.csv", "/v1/kinds", "/v1/changes", "/v1/actors/RUS"]


@pytest.mark.parametrize("path", READS)
def test_reading_takes_a_token_where_the_operator_says_so(client_with: Publish, path: str) -> None:
    client = client_with(reads_need_token=True)
    anna = give(app_of(client), "anna", "read")
    for _ in range(2):  # from the store, and from the cache
        assert client.get(path, headers=anna).status_code == 200
        refused = client.get(path)
        assert "a token of scope read" in problem(refused, 401)["detail"]
        assert refused.headers["www-authenticate"] == 'Bearer realm="demarche"'
        unknown = client.get(path, headers={"Authorization": "Bearer dmr_unknown"})
        assert problem(unknown, 401) and "invalid_token" in unknown.headers["www-authenticate"]
        assert client.head(path).status_code == 401


def test_whoever_may_write_may_read_and_nobody_whose_token_is_revoked(client_with: Publish) -> None:
    client = client_with(reads_need_token=True)
    for number, scope in enumerate(("ingest", "curate"), start=1):
        headers = give(app_of(client), scope, scope)
        assert client.get("/v1/events", headers=headers).status_code == 200
        with writing(app_of(client).state.engine) as session:
            tokens.revoke(session, number, now=NOW)
        assert client.get("/v1/events", headers=headers).status_code == 401


def test_an_answer_for_a_token_is_kept_by_no_cache_for_others(client_with: Publish) -> None:
    client = client_with(reads_need_token=True)
    anna = give(app_of(client), "anna", "read") | {"Accept-Encoding": "identity"}
    first = client.get("/v1/events", headers=anna)
    held = client.get("/v1/events", headers=anna | {"If-None-Match": first.headers["etag"]})
    for answer, status in ((first, 200), (client.get("/v1/events", headers=anna), 200), (held, 304)):
        assert (answer.status_code, answer.headers["cache-control"]) == (status, "private, no-cache")
        assert "Authorization" in answer.headers["vary"] and "Accept-Encoding" in answer.headers["vary"]
    assert client.get("/v1/events").headers["cache-control"] == "private, no-cache"


def test_what_is_no_read_of_the_data_stays_open(client_with: Publish) -> None:
    client = client_with(reads_need_token=True)
    for path in ("/healthz", "/readyz", "/metrics", "/docs", "/openapi.json"):
        assert client.get(path).status_code == 200
    assert client.post("/v1/events/e1/edits", json={}).status_code == 401


def test_a_store_that_fails_while_a_token_is_looked_up_is_503(client_with: Publish) -> None:
    client = client_with()
    headers = give(app_of(client), "anna", "read")
    with app_of(client).state.engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE token")
    assert problem(client.get("/v1/events", headers=headers), 503)


# ---------------------------------------------------------------- other origins
ORIGIN = "https://frontend.example"


def test_a_restricted_origin_is_told_and_answers_vary_by_it_cached_or_not(client_with: Publish) -> None:
    client = client_with(cors_origins=ORIGIN)
    plain = {"Accept-Encoding": "identity"}
    tag = client.get("/v1/events", headers=plain).headers["etag"]
    for more, status in (({}, 200), ({"If-None-Match": tag}, 304)):
        allowed = client.get("/v1/events", headers=plain | more | {"Origin": ORIGIN})
        foreign = client.get("/v1/events", headers=plain | more | {"Origin": "https://other.example"})
        none = client.get("/v1/events", headers=plain | more)
        assert {one.status_code for one in (allowed, foreign, none)} == {status}
        assert allowed.headers["access-control-allow-origin"] == ORIGIN
        assert all("access-control-allow-origin" not in one.headers for one in (foreign, none))
        assert all("Origin" in one.headers["vary"] for one in (allowed, foreign, none))


def test_a_page_may_send_and_see_what_the_api_has(client_with: Publish) -> None:
    client = client_with(cors_origins=ORIGIN)
    asked = "authorization, idempotency-key, if-none-match, last-event-id, x-request-id"
    preflight = {
        "Origin": ORIGIN,
        "Access-Control-Request-Method": "GET",
        "Access-Control-Request-Headers": asked,
    }
    assert client.options("/v1/events", headers=preflight).status_code == 200
    exposed = client.get("/v1/kinds", headers={"Origin": ORIGIN}).headers["access-control-expose-headers"].split(", ")
    told = {"ETag", "Link", "Location", "RateLimit", "RateLimit-Policy", "Retry-After", "X-Request-ID"}
    assert set(exposed) == told | {"Idempotency-Replayed", "Preference-Applied"}
