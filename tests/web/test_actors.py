"""An actor's page, as it is without JavaScript."""

from urllib.parse import parse_qs, urlsplit

import pytest
from fastapi.testclient import TestClient

from app.core import calendar
from app.core.model import Actor, ActorKind, Tenure
from app.main import create_app
from app.settings import Settings
from app.store import actors
from app.store.engine import writing
from app.web import offices
from tests.api.conftest import publish
from tests.conftest import NewDatabase
from tests.formats.samples import HOSTILE
from tests.web.test_routes import Seen, titles

LAVROV = Actor(
    "sergei-lavrov",
    "Sergei Lavrov",
    ActorKind.PERSON,
    "RUS",
    ("Lavrov", "Sergey Lavrov"),
    "Q58217",
    (
        Tenure("rus-permanent-representative-un", calendar.parse("1994"), calendar.parse("2004-03-09"), "test"),
        Tenure("rus-foreign-minister", calendar.parse("2004-03-09"), None, "test"),
        Tenure("own-office", None, None, "test"),
    ),
    "test",
)


def client_with(url: str, *more: Actor, **settings: bool) -> TestClient:
    app = publish(url)
    with writing(app.state.engine) as session:
        actors.put(session, more)
    app.state.engine.dispose()
    return TestClient(create_app(Settings(database_url=url, workers_in_api=False, **settings)))


def test_the_page_says_who_it_is_with_every_name_and_office(new_sqlite: NewDatabase) -> None:
    with client_with(new_sqlite(), LAVROV) as client:
        answer = client.get("/actors/sergei-lavrov")
    text = " ".join(Seen(answer.text).text.split())
    assert answer.status_code == 200
    assert "Person · Russia" in text and "1 event " in text and "Wikidata Q58217" in text
    assert "Foreign Minister, Russia from March 9, 2004" in text
    assert "Permanent Representative to the United Nations, Russia 1994 to March 9, 2004" in text
    assert "own office it is not known when" in text
    assert text.index("Foreign Minister") < text.index("Permanent Representative") < text.index("own office")
    assert "Also called Lavrov · Sergey Lavrov" in text


def test_the_history_comes_latest_first_and_in_pages(client: TestClient) -> None:
    path: str | None = "/actors/RUS?limit=2"
    shown: list[str] = []
    while path:
        page = client.get(path).text
        shown += titles(page)
        path = next((f"/actors/RUS{link['href']}" for link in Seen(page).all("a", rel="next")), None)
    assert shown == [
        "Lavrov is to travel",
        "United States replies",
        "NATO and Russia talk",
        "United States presents drafts",
    ]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("scope=self", ["United States replies", "NATO and Russia talk", "United States presents drafts"]),
        ("sort=date&datetime=2021", ["United States presents drafts"]),
        ("kind=meeting&utm_source=letter&actor=USA", ["NATO and Russia talk"]),
        ("q=nothingatall", []),
    ],
)
def test_the_history_takes_the_filters_of_the_api(client: TestClient, query: str, expected: list[str]) -> None:
    assert titles(client.get(f"/actors/RUS?{query}").text) == expected


def test_an_empty_history_says_why(client: TestClient) -> None:
    assert "No event fits." in client.get("/actors/RUS?q=nothingatall").text
    page = client.get("/actors/GEO").text
    assert "No article that was read names Georgia" in page


def test_counterparts_lead_to_their_own_page_and_to_what_both_did(client: TestClient) -> None:
    page = client.get("/actors/RUS").text
    met = Seen(page[page.index('class="met"') :])
    links = [str(link["href"]) for link in met.all("a")]
    assert links[:2] == ["../actors/USA", "../?actor=RUS&actor=USA"]
    told = " ".join(met.text.split())
    assert "United States 2 events 2021 to 2022 NATO 1 event 2022" in told
    both = titles(client.get(links[1].removeprefix("..")).text)
    assert both == ["United States presents drafts", "United States replies"]


def test_an_event_of_the_history_leads_to_the_explorer(client: TestClient) -> None:
    page = client.get("/actors/NATO").text
    [link] = Seen(page).all("a", **{"class": "event-title"})
    asked = parse_qs(urlsplit(str(link["href"])).query)
    assert asked["actor"] == ["NATO"]
    assert client.get(str(link["href"]).removeprefix("..")).status_code == 200


@pytest.mark.parametrize("path", ["/?actor=NATO", "/?event=EVENT", "/actors/NATO"])
def test_names_of_actors_lead_to_their_pages(client: TestClient, path: str) -> None:
    [event] = client.get("/v1/events?actor=NATO").json()["events"]
    page = client.get(path.replace("EVENT", event["id"]))
    root = "../" if path.startswith("/actors") else ""
    links = {link["href"] for link in Seen(page.text).all("a")}
    assert {f"{root}actors/NATO", f"{root}actors/RUS"} <= links


def test_a_name_leads_to_the_actor_that_has_it_and_keeps_the_query(client: TestClient) -> None:
    answer = client.get("/actors/Moscow?sort=date", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (307, "../actors/RUS?sort=date")
    assert client.get("/actors/Moscow").url.path == "/actors/RUS"


def test_an_actor_that_was_joined_to_another_leads_to_that(new_sqlite: NewDatabase) -> None:
    app = publish(new_sqlite())
    with writing(app.state.engine) as session:
        actors.put(session, [Actor("sergej-lawrow", "Sergej Lawrow", ActorKind.PERSON)])
        actors.join(session, "sergej-lawrow", "sergei-lavrov")
    with TestClient(app) as client:
        assert client.get("/actors/sergej-lawrow").url.path == "/actors/sergei-lavrov"


def test_a_name_of_several_leaves_the_choice(client: TestClient) -> None:
    answer = client.get("/actors/Georgian")
    assert answer.status_code == 404
    assert "Which actor is meant?" in answer.text
    assert {link["href"] for link in Seen(answer.text).all("a")} >= {"../actors/GEO", "../actors/us-georgia"}


def test_an_unknown_name_is_told_with_those_that_are_like_it(client: TestClient) -> None:
    answer = client.get("/actors/avrov")
    assert answer.status_code == 404 and answer.headers["content-type"] == "text/html; charset=utf-8"
    assert {link["href"] for link in Seen(answer.text).all("a")} >= {"../actors/sergei-lavrov"}
    nobody = client.get("/actors/zeppelin")
    assert nobody.status_code == 404 and "Nobody is known by this name" in nobody.text
    assert Seen(nobody.text).all("input", name="q", value="zeppelin")


@pytest.mark.parametrize("name", [HOSTILE.replace("/", "|"), "%00", "x" * 5000])
def test_a_name_of_the_address_is_text_and_never_markup(client: TestClient, name: str) -> None:
    answer = client.get(f"/actors/{name}")
    assert answer.status_code == 404
    assert "<script>window" not in answer.text and "<b>" not in answer.text


@pytest.mark.parametrize(
    ("query", "told"), [("datetime=soon", "datetime=soon"), ("cursor=abc", "cursor"), ("limit=x", "limit=x")]
)
def test_what_cannot_be_used_is_told_on_the_page(client: TestClient, query: str, told: str) -> None:
    answer = client.get(f"/actors/RUS?{query}")
    assert answer.status_code == 422
    assert told in Seen(answer.text).text


def test_where_reading_takes_a_token_the_page_says_so(new_sqlite: NewDatabase) -> None:
    with client_with(new_sqlite(), reads_need_token=True) as client:
        page = client.get("/actors/RUS").text
    assert "Reading here takes a token" in page and "Russia" not in page


def test_every_office_of_the_lexicon_has_a_title() -> None:
    assert offices.title("usa-ambassador-eth") == offices.Title("Ambassador", "USA", "ETH")
