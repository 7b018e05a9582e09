"""GET /v1/timeline/window over the API's little news."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.api.test_problems import problem


def view(client: TestClient, query: str) -> Any:
    answer = client.get(f"/v1/timeline/window?{query}")
    assert answer.status_code == 200, answer.text
    assert answer.json()["links"][0]["rel"] == "self" and "rel=" in answer.headers["link"]
    return answer.json()


@pytest.mark.parametrize("as_of", ["", "&as_of=2022-02-02"])
def test_a_view_has_lanes_with_their_events(client: TestClient, as_of: str) -> None:
    found = view(client, f"datetime=2022-01/2022-03{as_of}")
    assert (found["first_day"], found["last_day"], found["by"]) == ("2022-01-01", "2022-03-31", "actor")
    lanes = {lane["value"]: lane for lane in found["lanes"]}
    assert lanes["RUS"]["name"] == "Russia"
    assert [event["title"] for event in lanes["RUS"]["events"]] == [
        "NATO and Russia talk",
        "United States replies",
        "Lavrov is to travel",
    ]
    assert (lanes["NATO"]["count"], lanes["NATO"]["unit"], lanes["NATO"]["buckets"]) == (1, None, [])
    [talks] = lanes["NATO"]["events"]
    assert (talks["date"], talks["precision"], talks["first_day"]) == ("2022-01", "month", "2022-01-01")
    assert found["lanes"] == sorted(found["lanes"], key=lambda lane: (-lane["count"], lane["value"]))


def test_lanes_are_those_asked_for_in_their_order(client: TestClient) -> None:
    found = view(client, "lane=NATO&lane=Moscow&lane=GEO")["lanes"]
    assert [(lane["value"], lane["count"]) for lane in found] == [("NATO", 1), ("RUS", 4), ("GEO", 0)]
    found = view(client, "by=kind&lane=meeting&lane=nonsense&actor=RUS&lanes=1")["lanes"]
    assert [(lane["value"], lane["name"], lane["count"]) for lane in found] == [("meeting", "meeting", 1)]


def test_a_view_without_ends_shows_all_of_time(client: TestClient) -> None:
    found = view(client, "by=status")
    assert (found["first_day"], found["last_day"]) == ("2021-12-01", "2022-02-28")
    assert [(lane["value"], lane["count"]) for lane in found["lanes"]] == [("occurred", 4)]
    assert view(client, "datetime=2022-02-01/..&by=status")["first_day"] == "2022-02-01"


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("by=colour", "by"),
        ("items=20", "items"),
        ("items=x", "items"),
        ("lanes=0", "lanes"),
        ("lane=nobody", "lane"),
        ("lane=Georgian", "lane"),
        ("datetime=2022-13", "datetime"),
        ("limit=3", "limit"),
    ],
)
def test_a_view_that_cannot_be_made_is_refused(client: TestClient, query: str, parameter: str) -> None:
    [error] = problem(client.get(f"/v1/timeline/window?{query}"), 422)["errors"]
    assert error["parameter"] == parameter and error["accepted"]
