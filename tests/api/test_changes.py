"""GET /v1/changes: the log as a client follows it."""

from fastapi.testclient import TestClient


def test_the_log_is_followed_to_its_end(client: TestClient) -> None:
    seen, path = [], "/v1/changes?limit=3"
    for _ in range(10):
        answer = client.get(path).json()
        if not answer["changes"]:
            break
        assert len(answer["changes"]) <= 3
        seen += answer["changes"]
        path = next(link["href"] for link in answer["links"] if link["rel"] == "next")
    assert [one["seq"] for one in seen] == sorted({one["seq"] for one in seen})
    events = {event["id"] for event in client.get("/v1/events").json()["events"]}
    assert {one["event"] for one in seen if one["what"] == "created"} == events
    assert answer["version"] == max(one["version"] for one in seen)


def test_the_next_link_of_an_empty_list_waits_where_it_ended(client: TestClient) -> None:
    last = max(one["seq"] for one in client.get("/v1/changes?limit=200").json()["changes"])
    answer = client.get(f"/v1/changes?since={last}")
    assert answer.json()["changes"] == []
    assert answer.headers["link"].endswith(f'</v1/changes?since={last}>; rel="next"')


def test_since_is_a_number(client: TestClient) -> None:
    for value in ("-1", "soon", "1.5"):
        answer = client.get("/v1/changes", params={"since": value})
        assert answer.status_code == 422
        assert answer.json()["errors"] == [
            {"parameter": "since", "value": value, "accepted": "a whole number from 0: the `seq` of a change"}
        ]
