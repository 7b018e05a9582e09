from fastapi.testclient import TestClient
from pydantic import TypeAdapter

from app.api.lists import ArticleListOut
from app.formats.shapes import ArticleDetailOut


def test_articles_are_listed_without_their_text(client: TestClient) -> None:
    body = TypeAdapter(ArticleListOut).validate_json(client.get("/v1/articles").content, strict=True)
    assert {article["key"] for article in body["articles"]} == {"one.txt", "two.txt", "three.txt"}
    assert all("text" not in article for article in body["articles"])


def test_articles_are_found_by_their_outlet(client: TestClient) -> None:
    assert [one["key"] for one in client.get("/v1/articles?outlet=Outlet+two").json()["articles"]] == ["two.txt"]


def test_following_the_next_links_gives_all_articles_once(client: TestClient) -> None:
    seen: list[str] = []
    href: str | None = "/v1/articles?limit=2"
    while href:
        page = client.get(href).json()
        seen += [article["key"] for article in page["articles"]]
        href = next((link["href"] for link in page["links"] if link["rel"] == "next"), None)
    assert sorted(seen) == ["one.txt", "three.txt", "two.txt"]


def test_an_article_tells_the_events_it_reports(client: TestClient) -> None:
    [listed] = client.get("/v1/articles?outlet=Outlet+two").json()["articles"]
    article = TypeAdapter(ArticleDetailOut).validate_json(client.get(listed["links"][0]["href"]).content, strict=True)
    assert [(event["date"], event["title"]) for event in article["events"]] == [
        ("2021-12-15", "United States presents drafts"),
        ("2022-01", "NATO and Russia talk"),
        ("2022-01-26", "United States replies"),
    ]
