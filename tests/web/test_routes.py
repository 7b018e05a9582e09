import re
from html.parser import HTMLParser

import pytest
from fastapi.testclient import TestClient

from app.main import create_app
from app.settings import Settings
from app.web import files
from tests.api.conftest import publish
from tests.conftest import NewDatabase
from tests.formats.samples import HOSTILE


class Seen(HTMLParser):
    """What a page has: each tag with its attributes, and all text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def all(self, tag: str, **wanted: str) -> list[dict[str, str | None]]:
        return [attrs for name, attrs in self.tags if name == tag and wanted.items() <= attrs.items()]


def titles(page: str) -> list[str]:
    return re.findall(r'class="event-title"[^>]*>([^<]*)<', page)


def test_the_page_lists_the_events_without_any_script(client: TestClient) -> None:
    answer = client.get("/")

    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert titles(answer.text) == [
        "United States presents drafts",
        "NATO and Russia talk",
        "United States replies",
        "Lavrov is to travel",
    ]
    assert "December 15, 2021" in answer.text
    assert Seen(answer.text).all("li", **{"class": "event status-occurred"})


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("actor=NATO", ["NATO and Russia talk"]),
        ("datetime=2022-01-26", ["NATO and Russia talk", "United States replies"]),
        ("q=drafts&datetime=&as_of=", ["United States presents drafts"]),
        ("sort=-date&limit=1&utm_source=letter", ["Lavrov is to travel"]),
        ("q=nothingatall", []),
    ],
)
def test_the_filters_are_those_of_the_api(client: TestClient, query: str, expected: list[str]) -> None:
    assert titles(client.get(f"/?{query}").text) == expected


def test_an_empty_list_says_what_to_do(client: TestClient) -> None:
    assert "No event fits." in client.get("/?q=nothingatall").text


def test_pages_lead_on_until_all_is_shown(client: TestClient) -> None:
    path: str | None = "/?limit=3"
    shown: list[str] = []
    while path:
        page = client.get(path).text
        shown += titles(page)
        path = next((str(link["href"]) for link in Seen(page).all("a", rel="next")), None)
    assert len(shown) == 4 and len(set(shown)) == 4


def test_an_event_of_the_address_is_shown_with_its_derivation(client: TestClient) -> None:
    [event] = client.get("/v1/events?q=replies").json()["events"]
    page = client.get(f"/?event={event['id']}").text

    panel = page[page.index('id="panel"') :]
    assert "January 26, 2022" in panel and "known to the day" in panel
    assert event["sources"][0]["quote"] in Seen(panel).text


@pytest.mark.parametrize(
    ("query", "status", "told"),
    [
        ("datetime=soon", 422, "datetime=soon"),
        ("actor=Nobody", 422, "actor=Nobody"),
        ("cursor=abc", 422, "cursor"),
        ("event=e00000000000", 404, "e00000000000"),
    ],
)
def test_what_cannot_be_used_is_told_on_the_page(client: TestClient, query: str, status: int, told: str) -> None:
    answer = client.get(f"/?{query}")
    assert answer.status_code == status
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert told in Seen(answer.text).text


def test_a_value_of_the_address_is_text_and_never_markup(client: TestClient) -> None:
    page = client.get("/", params={"actor": HOSTILE, "q": HOSTILE}).text
    assert "<script>window" not in page and "<b>" not in page


def test_a_page_may_ask_nobody_but_its_own_server(client: TestClient) -> None:
    answer = client.get("/")
    policy = dict(part.strip().split(" ", 1) for part in answer.headers["content-security-policy"].split(";"))

    assert policy["default-src"] == "'none'" and policy["script-src"] == policy["style-src"] == "'self'"
    assert policy["frame-ancestors"] == "'none'"
    seen = Seen(answer.text)
    addresses = [attrs.get("src") or attrs.get("href") for tag, attrs in seen.tags if tag in ("script", "link", "img")]
    assert addresses and not [one for one in addresses if not str(one).startswith("static/")]
    assert not [attrs for tag, attrs in seen.tags if "style" in attrs or any(name.startswith("on") for name in attrs)]
    assert all(attrs.get("src") for attrs in seen.all("script"))


def test_files_are_kept_for_ever_under_their_own_address(client: TestClient) -> None:
    known = files.load()
    for name in known.by_name:
        answer = client.get(f"/static/{known.digest}/{name}")
        assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
        assert answer.content == (files.FOLDER / name).read_bytes()
        again = client.get(f"/static/{known.digest}/{name}", headers={"If-None-Match": answer.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")


def test_a_file_has_its_own_type_and_another_digest_keeps_nothing(client: TestClient) -> None:
    answer = client.get("/static/old/base.css")
    assert answer.headers["content-type"] == "text/css; charset=utf-8"
    assert answer.headers["cache-control"] == "no-cache"
    plain = client.get("/static/old/base.css", headers={"Accept-Encoding": "identity"})
    assert plain.headers["etag"] != answer.headers["etag"] and plain.content == answer.content


@pytest.mark.parametrize("name", ["nothing.js", "..%2froutes.py", "%2e%2e%2froutes.py"])
def test_nothing_else_is_a_file(client: TestClient, name: str) -> None:
    assert client.get(f"/static/x/{name}").status_code == 404


def test_where_reading_takes_a_token_the_page_shows_no_event(new_sqlite: NewDatabase) -> None:
    url = new_sqlite()
    publish(url).state.engine.dispose()
    with TestClient(create_app(Settings(database_url=url, reads_need_token=True, workers_in_api=False))) as client:
        page = client.get("/?event=e00000000000").text
    assert titles(page) == []
    assert "Reading here takes a token" in page


def test_the_page_knows_the_last_change_that_it_was_made_of(client: TestClient) -> None:
    [live] = Seen(client.get("/").text).all("div", id="live")
    since = int(str(live["data-since"]))
    assert client.get(f"/v1/changes?since={since}").json()["changes"] == []
    assert client.get(f"/v1/changes?since={since - 1}").json()["changes"]


def test_a_page_that_shows_a_refusal_follows_nothing(client: TestClient) -> None:
    assert "data-since" not in client.get("/?datetime=soon").text
