"""The page for frames, as it is without JavaScript, and who may frame it."""

import pytest
from fastapi.testclient import TestClient

from app.main import create_app
from app.settings import Settings
from tests.api.conftest import publish
from tests.conftest import NewDatabase
from tests.web.test_routes import Seen, titles


def client_with(url: str, **settings: str | bool) -> TestClient:
    publish(url).state.engine.dispose()
    return TestClient(create_app(Settings(database_url=url, workers_in_api=False, **settings)))  # type: ignore[arg-type]


def ancestors(client: TestClient, path: str) -> str:
    policy = client.get(path).headers["content-security-policy"]
    return policy.rpartition("frame-ancestors ")[2]


def test_it_shows_what_the_filters_find_and_leads_to_the_whole(client: TestClient) -> None:
    answer = client.get("/embed?actor=NATO&datetime=2022&limit=1&event=x&utm_source=letter")
    seen = Seen(answer.text)
    assert (answer.status_code, titles(answer.text)) == (200, ["NATO and Russia talk"])
    text = " ".join(seen.text.split())
    assert "NATO" in text and "2022" in text
    links = {link["href"] for link in seen.all("a")}
    assert "./?actor=NATO&datetime=2022" in links
    assert any(href.startswith("./?actor=NATO&datetime=2022") and "&event=e" in href for href in links)
    assert len(seen.all("base", target="_blank")) == 1


def test_its_list_is_short_and_says_that_there_is_more(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.web.embed.SHORT", 2)
    assert len(titles(client.get("/embed").text)) == 2
    assert "More events" in client.get("/embed").text
    assert len(titles(client.get("/embed?limit=3&sort=-date").text)) == 3
    assert "More events" not in client.get("/embed?actor=NATO").text


def test_what_is_wrong_is_named(client: TestClient) -> None:
    answer = client.get("/embed?datetime=2022-13&kind=feast")
    assert answer.status_code == 422
    assert "datetime=2022-13" in answer.text and "kind=feast" in answer.text
    assert client.get("/embed?actor=nobody-at-all").status_code == 422
    assert "No event fits" in client.get("/embed?q=nothingatall").text


def test_all_may_frame_it_and_nobody_the_other_pages(client: TestClient) -> None:
    assert [ancestors(client, path) for path in ("/embed", "/embed?datetime=x", "/", "/actors/RUS", "/try")] == [
        "*",
        "*",
        "'none'",
        "'none'",
        "'none'",
    ]


@pytest.mark.parametrize(
    ("given", "expected"),
    [("none", "'none'"), ("https://a.example, https://*.b.example", "https://a.example https://*.b.example")],
)
def test_the_operator_says_who_may_frame_it(new_sqlite: NewDatabase, given: str, expected: str) -> None:
    with client_with(new_sqlite(), embed_origins=given) as client:
        assert ancestors(client, "/embed") == expected
        assert ancestors(client, "/") == "'none'"
        assert ('id="embed"' in client.get("/").text) == (given != "none")


def test_where_reading_takes_a_token_it_says_so_and_shows_no_event(new_sqlite: NewDatabase) -> None:
    with client_with(new_sqlite(), reads_need_token=True) as client:
        answer = client.get("/embed")
        assert "takes a token" in answer.text and not titles(answer.text)
        assert 'id="embed"' not in client.get("/").text
