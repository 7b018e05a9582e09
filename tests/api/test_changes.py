"""GET /v1/changes: the log as a client follows it."""

from fastapi.testclient import TestClient

from app.store import changes
from app.store.changes import Change, What
from app.store.engine import writing
from tests.store.statements import statements


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


def test_a_page_tells_the_last_change_before_it(client: TestClient) -> None:
    last = max(one["seq"] for one in client.get("/v1/changes").json()["changes"])
    for path in ("/v1/events", "/v1/events?count=exact&limit=1", "/v1/actors/RUS/events", "/v1/dyads/RUS/USA/events"):
        assert client.get(path).json()["seq"] == last


def test_the_log_has_the_filters_of_the_timeline_and_brings_the_events(client: TestClient) -> None:
    found = client.get("/v1/events?actor=NATO").json()["events"]
    answer = client.get("/v1/changes?actor=North+Atlantic+Treaty+Organization&documents=true").json()
    assert [one["document"] for one in answer["changes"] if one["what"] != "left"] == found
    assert not answer["more"]
    last = client.get("/v1/events").json()["seq"]
    assert answer["links"][-1]["href"].endswith(f"since={last}"), "what does not concern the query is passed over"
    assert "document" not in client.get("/v1/changes?actor=NATO").json()["changes"][0]


def test_what_no_longer_fits_is_left(client: TestClient) -> None:
    """The drafts were made with one article, and are told by two since."""
    [made, told] = client.get("/v1/changes?datetime=2021-12").json()["changes"]
    assert (made["what"], told["what"], made["event"]) == ("created", "updated", told["event"])
    once = client.get("/v1/changes?datetime=2021-12&min_sources=3&documents=true").json()["changes"]
    assert [(one["seq"], one["what"], one["document"]) for one in once] == [(told["seq"], "left", None)]


def test_filters_of_the_log_are_refused_as_those_of_the_timeline(client: TestClient) -> None:
    for name, value in (("as_of", "2022-01-20"), ("knd", "visit"), ("datetime", "2022-13"), ("actor", "nobody-at-all")):
        answer = client.get("/v1/changes", params={name: value})
        assert answer.status_code == 422
        assert [one["parameter"] for one in answer.json()["errors"]] == [name]


def test_the_last_change_is_read_once_for_each_commit(own_client: TestClient) -> None:
    first = own_client.get("/v1/events?limit=1").json()["seq"]
    with statements() as sent:
        assert own_client.get("/v1/events?limit=2").json()["seq"] == first
    assert not [one for one in sent if "max(event_change.seq)" in one]
    with writing(own_client.app.state.engine) as session:  # type: ignore[attr-defined]
        changes.record(session, [Change("e0", What.CREATED), Change("e0", What.DELETED)])
    assert own_client.get("/v1/events?limit=2").json()["seq"] == first + 2
