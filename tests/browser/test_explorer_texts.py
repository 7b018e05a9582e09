"""The explorer with texts and dates that are rare: nothing that an article says is read as markup, and every date is told."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from app.core import calendar
from app.formats import words
from app.main import create_app
from app.settings import Settings
from app.store import migrate
from tests.api.conftest import give
from tests.api.served import served
from tests.browser import staged
from tests.browser.conftest import ZONES
from tests.browser.explorer import drawn, module, serious, titles, visiting
from tests.formats.samples import AWKWARD, HOSTILE

DATES = [
    *{event["date"]: None for event in AWKWARD},
    "2021-21", "2021-33", "2021-36", "2021-41", "19XX", "199X", "00XX", "2021~", "2021-12?", "2021-12-15%",
    "../2022-01-26", "2021-12/2022-02", "[2021-12-01..2021-12-24]", "0001-01-01", "9999-12-31",
]  # fmt: skip


@pytest.fixture(scope="module")
def site(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The explorer over what is rare in the news."""
    url = f"sqlite:///{tmp_path_factory.mktemp('staged')}/staged.db"
    migrate.upgrade(url)
    staged.fill(url)
    with served(create_app(Settings(database_url=url, workers_in_api=False))) as address:
        yield address


@pytest.fixture(scope="module")
def bare(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The explorer over a store without any event."""
    url = f"sqlite:///{tmp_path_factory.mktemp('bare')}/bare.db"
    migrate.upgrade(url)
    with served(create_app(Settings(database_url=url, workers_in_api=False))) as address:
        yield address


def opened(page: Page, title: str) -> None:
    """Opens the event of that title from the list."""
    page.locator(".event-title").filter(has_text=title).click()
    expect(page.locator("#panel h2")).to_contain_text(title.strip()[:60])


@pytest.mark.parametrize("shape", [{}, {"viewport": {"width": 390, "height": 844}}], ids=["wide", "phone"])
@pytest.mark.parametrize("by", ["actor", "outlet"])
def test_a_hostile_text_is_shown_as_it_is_and_does_nothing(
    browser: Browser, site: str, by: str, shape: dict[str, Any]
) -> None:
    with visiting(browser, site, f"/?by={by}", **shape) as shown:
        page = shown.page
        drawn(page)
        opened(page, HOSTILE)
        panel = page.locator("#panel")
        assert panel.locator("h2").text_content() == HOSTILE
        assert HOSTILE in (panel.locator("blockquote").first.text_content() or "")
        assert HOSTILE in (page.locator(".lane-name bdi").all_text_contents())
        assert page.locator("b, main script, #panel script, #chart script").count() == 0
        assert page.evaluate("window.ran") is None
        assert panel.locator(".report h3 a").count() == 1, "an address that is a program is no link"
        assert panel.locator(".report h3 a").get_attribute("href") == staged.ADDRESS
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "nothing sticks out"


def test_without_javascript_a_hostile_text_is_shown_as_it_is(browser: Browser, site: str) -> None:
    with visiting(browser, site, java_script_enabled=False) as shown:
        opened(shown.page, HOSTILE)
        assert shown.page.locator("#panel h2").text_content() == HOSTILE
        assert shown.page.locator("b, script:not([src])").count() == 0
        assert shown.page.locator("#panel a[href^=http]").count() == 1
        expect(shown.page.locator(".claims li")).to_have_count(2)


def test_dates_in_dispute_are_told_side_by_side(browser: Browser, site: str) -> None:
    with visiting(browser, site) as shown:
        opened(shown.page, HOSTILE)
        assert shown.page.locator(".claims strong").all_text_contents() == ["January 26, 2022", "January 28, 2022"]
        assert "reports give different dates" in shown.page.locator(".panel-date").inner_text()


def test_a_title_of_ten_thousand_letters_leaves_the_page_in_shape(browser: Browser, site: str) -> None:
    assert len(staged.LONG) > 10_000
    with visiting(browser, site, "/?status=scheduled") as shown:
        page = shown.page
        drawn(page)
        row = page.locator("#events .event").bounding_box()
        assert row and row["height"] < 200
        page.locator(".event-title").click()
        expect(page.locator("#panel h2")).to_contain_text("A title without end")
        heading = page.locator("#panel h2").bounding_box()
        assert heading and heading["height"] < 500
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_keyboard_leads_on_to_the_article_itself(browser: Browser, site: str) -> None:
    with visiting(browser, site, "/?kind=negotiation") as shown:
        page = shown.page
        drawn(page)
        reached = "document.activeElement.matches('.event-title')"
        for _ in range(80):
            page.keyboard.press("Tab")
            if page.evaluate(reached):
                break
        page.keyboard.press("Enter")
        page.locator("#panel:focus-within .report").wait_for()
        for _ in range(20):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.matches('.report h3 a')"):
                break
        assert page.evaluate("document.activeElement.href") == "https://news.example/two"
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


@pytest.mark.parametrize("zone", ZONES)
def test_dates_read_as_the_server_writes_them_in_every_zone(browser: Browser, site: str, zone: str) -> None:
    with visiting(browser, site, timezone_id=zone) as shown:
        told = shown.page.evaluate(
            "async ([path, dates]) => { const {when} = await import(path); return dates.map(when); }",
            [module(shown.page, "words.js"), DATES],
        )
    assert told == [words.when(edtf) for edtf in DATES]


@pytest.mark.parametrize("zone", ZONES)
def test_days_are_counted_alike_in_every_zone(browser: Browser, site: str, zone: str) -> None:
    spans = [
        calendar.parse(edtf)
        for edtf in ("2022-03-13", "2022-04-03", "2022-09-25", "0001-01-01", "9999-12-31", "2024-02-29")
    ]
    days = [span.first_day.isoformat() for span in spans]
    with visiting(browser, site, timezone_id=zone) as shown:
        counted, back = shown.page.evaluate(
            """async ([path, days]) => {
                const {parseDay, isoDay} = await import(path);
                return [days.map(parseDay), days.map(day => isoDay(parseDay(day)))];
            }""",
            [module(shown.page, "scale.js"), days],
        )
    assert back == days
    epoch = calendar.parse("1970-01-01").first_day
    assert counted == [(span.first_day - epoch).days for span in spans]


def test_no_label_meets_another_mark_or_label(browser: Browser, site: str) -> None:
    """Five hundred events of uneven days and titles, at many widths."""
    script = """async ([layoutPath, scalePath]) => {
        const {layOut} = await import(layoutPath);
        const {isoDay, parseDay} = await import(scalePath);
        const start = parseDay("2021-01-01");
        const event = (n) => {
            const first = isoDay(start + (n * n * 7) % 720);
            const last = isoDay(parseDay(first) + (n % 9 ? 0 : n % 40));
            return {id: `e${n}`, title: "word ".repeat(1 + n % 17), date: first, first_day: first, last_day: last};
        };
        const lane = (n) => ({events: Array.from({length: 83}, (_, at) => event(n * 83 + at)), buckets: [], unit: null});
        const lanes = Array.from({length: 6}, (_, n) => lane(n));
        const met = [];
        for (const width of [320, 900, 1600]) {
            for (const days of [30, 200, 730]) {
                const found = layOut(lanes, {from: start, to: start + days}, width, (text) => text.length * 7);
                for (const {marks} of found.lanes) for (const one of marks) for (const other of marks) {
                    if (one === other || one.row !== other.row || !one.labelWidth) continue;
                    const [begin, end] = [one.labelX, one.labelX + one.labelWidth];
                    const overMark = begin < other.x1 && other.x0 < end && other.x0 > one.x0;
                    const overLabel = other.labelWidth && begin < other.labelX + other.labelWidth && other.labelX < end;
                    if (overMark || overLabel) met.push([width, days, one.event.id, other.event.id]);
                }
            }
        }
        return met;
    }"""
    with visiting(browser, site) as shown:
        assert shown.page.evaluate(script, [module(shown.page, name) for name in ("layout.js", "scale.js")]) == []


def test_an_empty_store_says_how_news_comes_in(browser: Browser, bare: str) -> None:
    with visiting(browser, bare) as shown:
        expect(shown.page.locator("#empty")).to_contain_text("Nothing has been read yet")
        expect(shown.page.locator("#chart")).to_be_hidden()
        expect(shown.page.locator("#facets")).to_be_hidden()
        assert titles(shown.page) == []
        assert serious(shown.page) == []


def test_a_server_that_fails_is_told_of_and_asked_again(browser: Browser, site: str) -> None:
    with visiting(browser, site) as shown:
        page = shown.page
        drawn(page)
        page.route("**/v1/timeline/window?**", lambda route: route.abort())
        page.get_by_role("button", name="Kinds of act").click()
        trouble = page.locator("#chart .notice.problem")
        expect(trouble).to_contain_text("The server cannot be reached")
        assert serious(page) == []
        page.unroute("**/v1/timeline/window?**")
        trouble.get_by_role("button", name="Try again").click()
        expect(trouble).to_be_hidden()
        expect(page.locator(".lane-name bdi").first).not_to_have_text("Russia")
        shown.errors = [told for told in shown.errors if "ERR_FAILED" not in told]  # the browser's own word for it


def test_where_reading_takes_a_token_the_page_asks_for_it_once(browser: Browser, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/closed.db"
    migrate.upgrade(url)
    staged.fill(url)
    app = create_app(Settings(database_url=url, workers_in_api=False, reads_need_token=True))
    token = give(app, "anna", "read")["Authorization"].removeprefix("Bearer ")
    with served(app) as site, visiting(browser, site) as shown:
        page = shown.page
        expect(page.locator("#chart")).to_be_hidden()
        assert titles(page) == []
        page.get_by_label("Token").fill(token)
        page.get_by_role("button", name="Use it").click()
        expect(page.locator("#list-state")).to_have_text(f"{staged.EVENTS} events")
        drawn(page)
        expect(page.get_by_role("checkbox", name="delivery 1")).to_be_visible()
        shown.errors = [told for told in shown.errors if "401" not in told]  # the browser's own word for the refusals
