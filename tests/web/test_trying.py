"""The page of the trial, as it comes from the server."""

import pytest
from fastapi.testclient import TestClient

from app.api.resolve import MAX_BODY
from app.main import create_app
from app.settings import Settings
from app.web.trying import EXAMPLE
from tests.conftest import NewDatabase
from tests.web.test_routes import Seen


def test_the_page_offers_an_example_and_knows_what_is_too_long(client: TestClient) -> None:
    page = Seen(client.get("/try").text)
    assert page.all("button", **{"data-text": EXAMPLE})
    assert page.all("form", id="try", **{"data-most": str(MAX_BODY)})
    assert [script["src"] for script in page.all("script") if str(script["src"]).endswith("/try.js")]


def test_without_javascript_it_says_what_is_needed_and_shows_no_form_that_does_nothing(client: TestClient) -> None:
    page = client.get("/try").text
    [form] = Seen(page).all("form", id="try")
    assert "hidden" in form
    told = page[page.index("<noscript>") : page.index("</noscript>")]
    assert "needs JavaScript" in told and "v1/resolve" in told


@pytest.mark.parametrize("closed", [False, True])
def test_where_reading_takes_a_token_it_says_that_trying_takes_none(new_sqlite: NewDatabase, closed: bool) -> None:
    settings = Settings(database_url=new_sqlite(), reads_need_token=closed, workers_in_api=False)
    with TestClient(create_app(settings, read=lambda articles: [])) as client:
        assert ("Trying a text takes none" in client.get("/try").text) is closed
        refused = client.post("/v1/resolve", json={"text": 1})
    assert refused.status_code == 422  # it is told what is wrong with the text, not with the token


def test_pages_preload_the_scripts_that_they_run_and_no_others(client: TestClient) -> None:
    def loaded(path: str) -> set[str]:
        links = Seen(client.get(path).text).all("link", rel="modulepreload")
        return {str(link["href"]).rpartition("/")[2] for link in links}

    assert {"explorer.js", "timeline.js", "scale.js", "dom.js"} <= loaded("/")
    assert {"try.js", "actor.js"}.isdisjoint(loaded("/"))
    assert "timeline.js" not in loaded("/try") and {"try.js", "reading.js", "marks.js"} <= loaded("/try")
