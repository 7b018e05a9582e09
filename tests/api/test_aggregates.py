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


# ---------------------------------------------------------------- counterparts
@pytest.mark.parametrize("as_of", ["", "&as_of=2022-02-02"])
def test_counterparts_tell_whom_an_actor_dealt_with(client: TestClient, as_of: str) -> None:
    found = get(client, f"/v1/actors/Moscow/counterparts?{as_of}")["counterparts"]
    assert [(one["id"], one["count"], one["first_day"], one["last_day"]) for one in found] == [
        ("USA", 2, "2021-12-15", "2022-01-26"),
        ("NATO", 1, "2022-01-01", "2022-01-31"),
    ]
    for one in found:
        [link] = one["links"]
        joint = get(client, f"{link['href']}?count=exact{as_of}")
        assert joint["count"]["value"] == one["count"]
    only = get(client, f"/v1/actors/RUS/counterparts?who=organisation{as_of}")["counterparts"]
    assert [one["name"] for one in only] == ["NATO"]
    assert get(client, f"/v1/actors/RUS/counterparts?datetime=2021&limit=5{as_of}")["counterparts"][0]["count"] == 1


def test_nobody_is_a_counterpart_of_their_own_state(client: TestClient) -> None:
    assert get(client, "/v1/actors/sergei-lavrov/counterparts")["counterparts"] == []


def test_a_dyad_needs_two_actors(client: TestClient) -> None:
    assert problem(client.get("/v1/dyads/RUS/Nowhere/events"), 404)["detail"] == "no actor has the id 'Nowhere'"
    assert [one["title"] for one in get(client, "/v1/dyads/USA/Moscow/events?role=source")["events"]] == [
        "United States presents drafts",
        "United States replies",
    ]


# ---------------------------------------------------------------- kinds
def test_the_codebook_tells_every_kind_behind_the_one_it_refines(client: TestClient) -> None:
    kinds = get(client, "/v1/kinds")["kinds"]
    seen: set[str] = set()
    for kind in kinds:
        assert kind["parent"] is None or kind["parent"] in seen
        seen.add(kind["id"])
        assert kind["says"]
    assert {"consultation", "delivery", "meeting"} <= seen
