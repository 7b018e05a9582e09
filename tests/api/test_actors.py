import pytest
from fastapi.testclient import TestClient
from pydantic import TypeAdapter

from app.api.lists import ActorListOut
from app.formats.shapes import ActorDetailOut


def names(client: TestClient, query: str) -> list[str]:
    body = TypeAdapter(ActorListOut).validate_json(client.get(f"/v1/actors?{query}").content, strict=True)
    return [actor["name"] for actor in body["actors"]]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["Georgia", "Georgia (US)", "NATO", "Russia", "Sergei Lavrov", "United States"]),
        ("q=lavrov", ["Sergei Lavrov"]),
        ("q=%D0%9B%D0%B0%D0%B2%D1%80%D0%BE%D0%B2", ["Sergei Lavrov"]),  # in Cyrillic letters
        ("q=l%C3%A1vrov", ["Sergei Lavrov"]),
        ("q=ATLANTIC%20treaty", ["NATO"]),
        ("q=RUS", ["Russia"]),
        ("q=%CC%81", []),  # an accent alone
        ("q=%25", []),
        ("q=_", []),
        ("kind=organisation", ["NATO"]),
        ("state=RUS", ["Russia", "Sergei Lavrov"]),
        ("active=true", ["NATO", "Russia", "Sergei Lavrov", "United States"]),
        ("q=a&kind=state&active=true", ["United States", "Russia"]),  # America begins so
    ],
)
def test_actors_are_found_by_any_of_their_names(client: TestClient, query: str, expected: list[str]) -> None:
    assert names(client, query) == expected


@pytest.mark.parametrize("limit", [1, 2, 5, 6])
def test_following_the_next_links_gives_all_actors_once(client: TestClient, limit: int) -> None:
    seen: list[str] = []
    href: str | None = f"/v1/actors?limit={limit}"
    while href:
        page = client.get(href).json()
        seen += [actor["id"] for actor in page["actors"]]
        href = next((link["href"] for link in page["links"] if link["rel"] == "next"), None)
    assert seen == ["GEO", "us-georgia", "NATO", "RUS", "sergei-lavrov", "USA"]


@pytest.mark.parametrize("name", ["RUS", "Russia", "moscow"])
def test_an_actor_is_shown_by_id_or_by_a_name_of_its_own(client: TestClient, name: str) -> None:
    assert TypeAdapter(ActorDetailOut).validate_json(client.get(f"/v1/actors/{name}").content, strict=True) == {
        "id": "RUS",
        "name": "Russia",
        "kind": "state",
        "state": "RUS",
        "event_count": 4,
        "qid": None,
        "aliases": ["Moscow", "Russian Federation"],
        "tenures": [],
        "links": [
            {"rel": "self", "href": "/v1/actors/RUS"},
            {"rel": "events", "href": "/v1/actors/RUS/events"},
        ],
    }


def test_a_name_of_several_actors_is_nobodys_path(client: TestClient) -> None:
    assert client.get("/v1/actors/Georgian").status_code == 404


def test_a_history_is_the_timeline_of_that_actor(client: TestClient) -> None:
    for query in ("", "&datetime=2022", "&kind=meeting", "&scope=self", "&limit=2"):
        history = client.get(f"/v1/actors/RUS/events?{query[1:]}").json()["events"]
        assert history
        assert history == client.get(f"/v1/events?actor=RUS{query}").json()["events"]
