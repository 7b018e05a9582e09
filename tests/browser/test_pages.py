"""The pages beside the explorer in a browser: an actor's, the trial of a text, and the one for frames."""

import html
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.responses import HTMLResponse
from playwright.sync_api import Browser, Page, expect

from app.main import create_app
from app.settings import Settings
from app.store import migrate
from tests.api.served import served
from tests.browser import staged
from tests.browser.explorer import drawn, serious, titles, visiting
from tests.formats.samples import HOSTILE

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
SHAPES = pytest.mark.parametrize(
    "shape", [{"color_scheme": "light"}, {"color_scheme": "dark"}, PHONE], ids=["light", "dark", "phone"]
)
TEXT = "MOSCOW, February 1, 2022. Russia received a written answer from the United States on Wednesday."


@pytest.fixture(scope="module")
def site(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The pages over what is rare in the news."""
    url = f"sqlite:///{tmp_path_factory.mktemp('pages')}/staged.db"
    migrate.upgrade(url)
    staged.fill(url)
    with served(create_app(Settings(database_url=url, workers_in_api=False))) as address:
        yield address


def fits(page: Page) -> bool:
    """Whether nothing sticks out of the window."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


def tried(page: Page, text: str, date: str = "") -> None:
    page.get_by_label("Text", exact=True).fill(text)
    page.get_by_label("The article’s date").fill(date)
    page.get_by_role("button", name="Read it").click()


@SHAPES
@pytest.mark.parametrize("path", ["/actors/RUS", "/actors/odd", "/actors/nobody", "/try", "/embed", "/embed?by=outlet"])
def test_axe_finds_no_serious_violation_and_nothing_sticks_out(
    browser: Browser, site: str, path: str, shape: dict[str, Any]
) -> None:
    with visiting(browser, site, path, **shape) as shown:
        page = shown.page
        if "actors/nobody" in path:
            shown.errors = [told for told in shown.errors if "404" not in told]  # the browser's own word for it
        elif path != "/try":
            drawn(page)
        assert serious(page) == []
        assert fits(page)
        assert page.locator("b, main script").count() == 0
        assert page.evaluate("window.ran") is None


def test_the_names_of_the_list_and_of_the_panel_lead_to_the_actors_page(browser: Browser, site: str) -> None:
    with visiting(browser, site, "/?kind=meeting") as shown:
        page = shown.page
        drawn(page)
        page.locator("#events .actor", has_text="Sergei Lavrov").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Sergei Lavrov")
        drawn(page)
        page.go_back()
        page.locator("#events .event-title").click()
        page.locator("#panel .actor-line a", has_text="United States").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("United States")


def test_an_actor_has_a_lane_a_history_and_those_whom_it_met(browser: Browser, site: str) -> None:
    with visiting(browser, site, "/actors/RUS") as shown:
        page = shown.page
        drawn(page)
        expect(page.locator(".lane-name")).to_have_count(1)
        assert len(titles(page)) == staged.EVENTS
        assert page.get_by_role("link", name=re.compile(r"events? of Russia with United States")).count() == 1
        page.get_by_role("link", name=re.compile(r"events? of Russia with United States")).click()
        drawn(page)
        assert page.url.startswith(f"{site}/?actor=RUS&actor=USA")
        page.go_back()
        page.get_by_role("link", name="Earliest first").click()
        assert titles(page)[0] == "An agreement of some day of 2021"
        page.get_by_role("link", name="Only the state itself").click()
        assert staged.RIGHT_TO_LEFT.strip() not in titles(page)


def test_the_keyboard_opens_an_event_from_an_actors_lane(browser: Browser, site: str) -> None:
    with visiting(browser, site, "/actors/USA") as shown:
        page = shown.page
        drawn(page)
        page.get_by_role("application", name="Timeline").focus()
        page.keyboard.press("n")
        page.keyboard.press("Enter")
        page.locator("#panel .report").first.wait_for()
        assert "actor=USA" in page.url and "event=" in page.url


def test_a_hostile_name_is_shown_as_it_is(browser: Browser, site: str) -> None:
    with visiting(browser, site, "/actors/odd") as shown:
        page = shown.page
        drawn(page)
        assert page.get_by_role("heading", level=1).text_content() == HOSTILE
        assert titles(page) and page.evaluate("window.ran") is None
        assert page.locator("b, main script").count() == 0


def test_a_text_is_read_and_each_date_and_act_is_marked_and_explained(browser: Browser, site: str) -> None:
    with visiting(browser, site, "/try") as shown:
        page = shown.page
        tried(page, TEXT)
        expect(page.locator(".reading-title")).to_have_text("1 event, 2 date expressions")
        expect(page.locator("#reading")).to_be_focused()
        assert page.locator(".text mark.date").all_inner_texts() == ["February 1, 2022", "Wednesday"]
        assert page.locator(".text").text_content() == TEXT
        card = page.locator(".given .card")
        expect(card.locator(".given-date strong")).to_have_text("January 26, 2022")
        card.locator("summary").click()
        expect(card.locator(".steps")).to_contain_text("January 26, 2022")
        expect(page.locator(".article-date strong")).to_have_text("February 1, 2022")
        assert serious(page) == []


def test_a_hostile_text_is_marked_and_does_nothing(browser: Browser, site: str) -> None:
    text = f"{HOSTILE}\n\n{TEXT}\n\n{HOSTILE}"
    with visiting(browser, site, "/try") as shown:
        page = shown.page
        tried(page, text)
        expect(page.locator(".reading-title")).to_contain_text("1 event")
        assert page.locator(".text").text_content() == text
        assert page.locator("b, main script").count() == 0
        assert page.evaluate("window.ran") is None


def test_the_example_and_the_keys_read_a_text(browser: Browser, site: str) -> None:
    with visiting(browser, site, "/try", **PHONE) as shown:
        page = shown.page
        page.get_by_role("button", name="Use an example").click()
        expect(page.locator(".given .card").first).to_be_visible()
        assert page.locator(".given .card").count() > 3
        assert fits(page) and serious(page) == []
        page.get_by_label("Text", exact=True).fill("Nothing happened.")
        page.keyboard.press("Control+Enter")
        expect(page.locator("#reading")).to_contain_text("No diplomatic act was found")


def test_what_cannot_be_read_is_told_and_nothing_that_was_read_stays(browser: Browser, site: str) -> None:
    with visiting(browser, site, "/try") as shown:
        page = shown.page
        tried(page, TEXT)
        expect(page.locator("#reading")).to_be_visible()
        tried(page, TEXT, date="2022-02-31")
        expect(page.locator("#try-problem")).to_contain_text("2022-02-31")
        expect(page.locator("#reading")).to_be_hidden()
        page.get_by_label("Text", exact=True).fill("long " * 300_000)
        expect(page.locator("#text-size")).to_contain_text("This text is too long")
        shown.errors = [told for told in shown.errors if "422" not in told]  # the browser's own word for it


def test_without_javascript_the_trial_says_what_does_it_instead(browser: Browser, site: str) -> None:
    with visiting(browser, site, "/try", java_script_enabled=False) as shown:
        assert "This page needs JavaScript" in shown.page.content()  # Chromium shows it to people alone, not to tests
        expect(shown.page.locator("#try")).to_be_hidden()


def test_the_snippet_shows_what_the_explorer_shows_in_a_page_of_somebody_else(browser: Browser, site: str) -> None:
    with visiting(browser, site, "/?actor=USA&status=occurred&by=kind&sort=-date") as shown:
        page = shown.page
        drawn(page)
        page.get_by_role("button", name="Embed").click()
        dialog = page.get_by_role("dialog", name="Embed this timeline")
        expect(dialog.get_by_role("button", name="Copy")).to_be_focused()
        snippet = dialog.get_by_role("textbox").input_value()
        assert serious(page) == []
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        dialog.get_by_role("button", name="Copy").click()
        expect(dialog.get_by_role("status")).to_have_text("Copied.")
        assert page.evaluate("navigator.clipboard.readText()") == snippet
        page.keyboard.press("Escape")
        expect(dialog).to_have_count(0)
        expect(page.get_by_role("button", name="Embed")).to_be_focused()
        expected = titles(page)
        with _paper(page, snippet) as paper:
            page.goto(paper)
            frame = page.frame_locator("iframe")
            expect(frame.locator("#events .event-title")).to_have_count(len(expected))
            assert frame.locator("#events .event-title").all_inner_texts() == expected
            expect(frame.locator(".lane-name").first).to_be_visible()
            with page.context.expect_page() as opened:
                frame.locator("#events .event-title").first.click()
            expect(opened.value.locator("#panel h2")).to_have_text(expected[0])
            assert opened.value.url.startswith(f"{site}/?actor=USA&status=occurred")


@contextmanager
def _paper(page: Page, snippet: str) -> Iterator[str]:
    """The address of a page of another origin that holds the snippet; the visit may go there."""
    app = FastAPI()

    @app.get("/", response_class=HTMLResponse)
    def paper() -> str:
        return f"<!doctype html><title>Paper</title>{snippet}"

    with served(app) as address:
        page.route(f"{address}/", lambda route: route.continue_())
        yield f"{address}/"


def test_the_snippet_stays_one_attribute_whatever_the_filters_hold(browser: Browser, site: str) -> None:
    with visiting(browser, site, "/?q=%22%3E%3Cscript%3Ewindow.ran%3D1%3C/script%3E%26x") as shown:
        page = shown.page
        page.get_by_role("button", name="Embed").click()
        snippet = page.get_by_role("dialog").get_by_role("textbox").input_value()
        found = re.fullmatch(r'<iframe src="([^"<>]*)" title="[^"<>]*" [^<>]*></iframe>', snippet)
        assert found
        address = html.unescape(found[1])
        page.goto(address)
        expect(page.get_by_text("No event fits.")).to_be_visible()
        assert page.evaluate("window.ran") is None


def test_what_is_chosen_in_a_frame_opens_in_a_window_of_its_own(browser: Browser, site: str) -> None:
    with visiting(browser, site, "/embed?by=status&actor=USA") as shown:
        page = shown.page
        drawn(page)
        page.get_by_role("application", name="Timeline").focus()
        page.keyboard.press("n")
        with page.context.expect_page() as opened:
            page.keyboard.press("Enter")
        opened.value.locator("#panel .report").first.wait_for()
        assert opened.value.url.startswith(f"{site}/?by=status&actor=USA&event=")
        assert page.url.endswith("/embed?by=status&actor=USA")
