"""The explorer while news comes: what is new appears without a reload, and moves nothing that the reader looks at."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from app.core.model import ArticleDate, Mention
from app.main import create_app
from app.settings import Settings
from app.store import articles, events
from app.store.engine import connect, writing
from tests.api.conftest import publish
from tests.api.served import served
from tests.browser.explorer import drawn, serious, titles, visiting
from tests.conftest import NewDatabase
from tests.factories import LAVROV, NATO, RUSSIA, USA, article, mention, reading
from tests.formats.samples import HOSTILE
from tests.store.clustering import candidates, cluster

NOW = datetime(2022, 3, 1, tzinfo=UTC)
LOW = {"viewport": {"width": 1280, "height": 400}}  # so that the list lies out of sight
PHONE = {"viewport": {"width": 390, "height": 844}}
LATE = mention("2022-03-05", NATO, RUSSIA, title="NATO and Russia sign", kind="signing")
EARLY = mention("2021-12-20", USA, RUSSIA, title="Russia sends a note", kind="delivery")
OTHER = mention("2022-02-20", LAVROV, USA, title="Lavrov calls Washington", kind="call")


class News:
    """A site, and whoever brings it news."""

    def __init__(self, url: str, site: str) -> None:
        self.url = url
        self.site = site

    def comes(self, key: str, *mentions: Mention) -> None:
        """Takes an article in, as another process would."""
        engine = connect(self.url)
        with writing(engine) as session:
            read = reading(*mentions, date=ArticleDate(best=date(2022, 2, 20)))
            saved = articles.save(session, article(key, text=key, outlet="Late Wire"), read, now=NOW)
            events.merge(session, saved, cluster=cluster, candidates=candidates)
        engine.dispose()


@pytest.fixture
def news(browser: Browser, new_sqlite: NewDatabase) -> Iterator[News]:
    """A site of its own for each test; needs the browser first."""
    url = new_sqlite()
    publish(url).state.engine.dispose()
    with served(create_app(Settings(database_url=url, workers_in_api=False))) as site:
        yield News(url, site)


def notice(page: Page) -> Locator:
    return page.locator("#live [role=status]")


def show(page: Page) -> Locator:
    return page.locator("#live").get_by_role("button", name="Show")


def top(page: Page, title: str) -> float:
    """Where the row of that title stands, in pixels below the window's top."""
    box = page.locator("li.event", has_text=title).bounding_box()
    assert box
    return box["y"]


def test_a_new_event_out_of_sight_takes_its_place_in_list_timeline_and_counts(browser: Browser, news: News) -> None:
    with visiting(browser, news.site, **LOW) as shown:
        page = shown.page
        drawn(page)
        page.evaluate("window.same = true")
        expect(page.locator(".lane-name", has_text="Russia").locator(".quiet")).to_have_text("4")
        news.comes("late.txt", LATE)
        expect(notice(page)).to_have_text("1 new event")
        expect(page.locator("#list-state")).to_have_text("5 events")
        assert titles(page)[-1] == "NATO and Russia sign"
        expect(page.get_by_role("checkbox", name="Late Wire 1")).to_be_visible()
        expect(page.locator(".lane-name", has_text="Russia").locator(".quiet")).to_have_text("5")
        assert page.evaluate("[window.same, scrollY]") == [True, 0]
        show(page).click()
        expect(page.get_by_role("link", name="NATO and Russia sign")).to_be_focused()
        expect(notice(page)).to_be_empty()


def test_what_would_move_the_rows_in_sight_waits_behind_a_button(browser: Browser, news: News) -> None:
    with visiting(browser, news.site) as shown:
        page = shown.page
        drawn(page)
        page.locator("#list-title").evaluate("node => node.scrollIntoView()")
        before = titles(page)
        place = top(page, "United States replies")
        news.comes("early.txt", EARLY)
        expect(notice(page)).to_have_text("1 new event")
        expect(page.get_by_role("checkbox", name="Late Wire 1")).to_be_visible()
        assert (titles(page), top(page, "United States replies")) == (before, place)
        show(page).focus()
        page.keyboard.press("Enter")
        expect(page.get_by_role("link", name="Russia sends a note")).to_be_focused()
        assert titles(page) == [before[0], "Russia sends a note", *before[1:]]
        expect(page.locator("#list-state")).to_have_text("5 events")
        expect(show(page)).to_be_hidden()


def test_later_puts_the_notice_away_until_more_comes(browser: Browser, news: News) -> None:
    with visiting(browser, news.site) as shown:
        page = shown.page
        drawn(page)
        page.locator("#list-title").evaluate("node => node.scrollIntoView()")
        news.comes("early.txt", EARLY)
        page.locator("#live").get_by_role("button", name="Later").click()
        expect(notice(page)).to_be_empty()
        news.comes("other.txt", OTHER)
        expect(notice(page)).to_have_text("2 new events")


def test_only_what_fits_the_filters_is_announced(browser: Browser, news: News) -> None:
    with visiting(browser, news.site, "/?actor=NATO", **LOW) as shown:
        page = shown.page
        drawn(page)
        news.comes("early.txt", EARLY)
        news.comes("late.txt", LATE)
        expect(notice(page)).to_have_text("1 new event")
        assert titles(page) == ["NATO and Russia talk", "NATO and Russia sign"]


def test_a_changed_event_is_written_anew_where_it_stands(browser: Browser, news: News) -> None:
    with visiting(browser, news.site) as shown:
        page = shown.page
        drawn(page)
        row = page.locator("li.event", has_text="United States replies")
        expect(row.locator(".count")).to_have_text("1 article")
        row.get_by_role("link", name="United States replies").focus()
        news.comes("again.txt", mention("2022-01-26", USA, RUSSIA, title="United States replies", kind="response"))
        expect(row.locator(".count")).to_have_text("2 articles")
        expect(row.get_by_role("link", name="United States replies")).to_be_focused()
        expect(notice(page)).to_be_empty()


def test_a_timeline_as_known_on_a_day_follows_nothing(browser: Browser, news: News) -> None:
    with visiting(browser, news.site, "/try") as shown:
        page = shown.page
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(f"{news.site}/?as_of=2022-02-10")
        drawn(page)
        expect(page.get_by_role("checkbox", name="Russia 4")).to_be_visible()
        assert asked and not [one for one in asked if "/v1/changes" in one]
        with page.expect_request("**/v1/changes?since=*"):
            page.get_by_label("As known on").fill("")
            page.keyboard.press("Enter")


def test_a_hidden_page_rests_and_catches_up_when_it_is_looked_at(browser: Browser, news: News) -> None:
    turn = """hidden => {
        Object.defineProperty(document, "hidden", { value: hidden, configurable: true });
        document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
    }"""
    with visiting(browser, news.site, **LOW) as shown:
        page = shown.page
        drawn(page)
        with page.expect_event("requestfailed", lambda request: "/v1/changes" in request.url):
            page.evaluate(turn, True)
        news.comes("late.txt", LATE)
        with page.expect_request("**/v1/changes?since=*"):
            page.evaluate(turn, False)
        expect(notice(page)).to_have_text("1 new event")


def test_after_a_failure_it_connects_anew_and_misses_nothing(browser: Browser, news: News) -> None:
    with visiting(browser, news.site, "/try", **LOW) as shown:
        page = shown.page
        failures = iter([503])

        def answer(route: Any) -> None:
            status = next(failures, None)
            route.fulfill(status=status) if status else route.continue_()

        page.route("**/v1/changes*", answer)
        page.clock.install()
        with page.expect_response("**/v1/changes*") as refused:
            page.goto(f"{news.site}/")
        assert refused.value.status == 503
        drawn(page)
        news.comes("late.txt", LATE)
        with page.expect_request("**/v1/changes*"):
            page.clock.fast_forward(6000)
        expect(notice(page)).to_have_text("1 new event")
        shown.errors = [told for told in shown.errors if "503" not in told]  # the browser's own word for it


@pytest.mark.parametrize("shape", [{}, PHONE, {"color_scheme": "dark"}], ids=["wide", "phone", "dark"])
def test_a_hostile_event_arrives_as_text_under_a_notice_that_all_can_use(
    browser: Browser, news: News, shape: dict[str, Any]
) -> None:
    with visiting(browser, news.site, **shape) as shown:
        page = shown.page
        drawn(page)
        page.locator("#list-title").evaluate("node => node.scrollIntoView()")
        news.comes("hostile.txt", mention("2021-12-20", USA, RUSSIA, title=HOSTILE, kind="delivery"))
        expect(notice(page)).to_have_text("1 new event")
        assert serious(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        show(page).click()
        expect(page.locator(".event-title", has_text="Jerry")).to_have_text(HOSTILE)
        assert page.evaluate("window.ran") is None
