"""Counts under the same filters as the list."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.api.test_problems import problem


def get(client: TestClient, path: str) -> Any:
    answer = client.get(path)
    assert answer.status_code == 200, answer.text
    return answer.json()


@pytest.mark.parametrize(
    ("query", "buckets", "wider"),
    [
        ("", {"2021-12": 1, "2022-01": 2, "2022-02": 1}, 0),
        ("unit=year", {"2021": 1, "2022": 3}, 0),
        ("unit=day", {"2021-12-15": 1, "2022-01-26": 1, "2022-02-10": 1}, 1),
        ("unit=day&actor=NATO", {}, 1),
        ("actor=USA", {"2021-12": 1, "2022-01": 1}, 0),
        ("actor=NATO&actor=Lavrov&actor_mode=any", {"2022-01": 1, "2022-02": 1}, 0),
        ("datetime=2022&match=within&status=occurred", {"2022-01": 2, "2022-02": 1}, 0),
        ("as_of=2022-02-02&unit=day", {"2021-12-15": 1, "2022-01-26": 1, "2022-02-10": 1}, 1),
        ("as_of=2022-02-01", {}, 0),
    ],
)
def test_events_are_counted_in_the_bucket_that_holds_their_date(
    client: TestClient, query: str, buckets: dict[str, int], wider: int
) -> None:
    found = get(client, f"/v1/histogram?{query}")
    assert {one["date"]: one["count"] for one in found["buckets"]} == buckets
    assert [one["date"] for one in found["buckets"]] == sorted(buckets)
    assert found["wider"]["count"] == wider


@pytest.mark.parametrize("as_of", ["", "&as_of=2022-02-02"])
def test_buckets_are_split(client: TestClient, as_of: str) -> None:
    found = get(client, f"/v1/histogram?unit=year&by=kind{as_of}")
    assert [one["by"] for one in found["buckets"]] == [{"proposal": 1}, {"meeting": 1, "response": 1, "visit": 1}]
    found = get(client, f"/v1/histogram?unit=year&by=actor&limit=2{as_of}")
    assert [one["by"] for one in found["buckets"]] == [{"RUS": 1, "USA": 1}, {"RUS": 3, "USA": 1}]
    assert found["names"] == {"RUS": "Russia", "USA": "United States"}


@pytest.mark.parametrize("as_of", ["", "&as_of=2022-02-02"])
def test_facets_count_what_the_list_holds(client: TestClient, as_of: str) -> None:
    found = get(client, f"/v1/facets?actor=RUS{as_of}")["facets"]
    assert found["status"] == [{"value": "occurred", "name": "occurred", "count": 4}]
    assert found["precision"] == [
        {"value": "day", "name": "day", "count": 3},
        {"value": "month", "name": "month", "count": 1},
    ]
    assert found["actor"][0] == {"value": "RUS", "name": "Russia", "count": 4}
    own = get(client, f"/v1/facets?actor=RUS&scope=self{as_of}")["facets"]["actor"]
    assert own[0] == {"value": "RUS", "name": "Russia", "count": 3}
    assert {one["value"]: one["count"] for one in found["outlet"]} == {
        "Outlet one": 1,
        "Outlet two": 3,
        "Outlet thr": 1,
    }
    assert found.keys() == {"kind", "status", "precision", "actor", "outlet"}
    for facet in ("kind", "status", "precision", "actor", "outlet"):
        for one in found[facet]:
            asked = f"/v1/events?actor=RUS&{facet}={one['value']}&count=exact{as_of}"
            assert get(client, asked)["count"]["value"] == one["count"], asked


def test_only_the_facets_asked_for_are_counted(client: TestClient) -> None:
    found = get(client, "/v1/facets?facet=kind&facet=status&limit=1")["facets"]
    assert {facet: len(values) for facet, values in found.items()} == {"kind": 1, "status": 1}


@pytest.mark.parametrize(
    ("path", "parameter"),
    [
        ("/v1/histogram?unit=week", "unit"),
        ("/v1/histogram?by=colour", "by"),
        ("/v1/facets?facet=kind&facet=colour", "facet"),
        ("/v1/facets?cursor=x", "cursor"),
    ],
)
def test_what_cannot_be_counted_is_refused(client: TestClient, path: str, parameter: str) -> None:
    [error] = problem(client.get(path), 422)["errors"]
    assert error["parameter"] == parameter
