"""The explorer in a browser, on the five articles of `seeds/`: what a reader sees, does and shares."""

import json
import re
from collections.abc import Iterator
from datetime import date
from typing import Any
from urllib.parse import parse_qs, urlsplit
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Page, expect

from app.main import create_app
from app.settings import Settings
from tests import readme
from tests.api.served import served
from tests.browser.conftest import ZONES
from tests.browser.explorer import drawn, serious, titles, visiting

FOUR_ACTS = {
    "Russia presents the US administration with its proposals for legally binding guarantees": "December 15, 2021",
    "Russia publishes its draft treaties with NATO and the United States": "December 17, 2021",
    "Russia receives the written answers of Washington and NATO": "January 26, 2022",
    "Sergey Lavrov sends US Secretary of State Antony Blinken a message": "January 28, 2022",
}


@pytest.fixture(scope="module")
def site(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The explorer over the seeds; needs the browser first, so that nothing is read where there is none."""
    url = readme.prepared(tmp_path_factory.mktemp("explorer"))["DATABASE_URL"]
    with served(create_app(Settings(database_url=url, workers_in_api=False))) as address:
        yield address


def event_id(site: str) -> str:
    """The id of the event of the written answers."""
    with urlopen(f"{site}/v1/events?q=written+answers") as answer:
        return str(json.load(answer)["events"][0]["id"])


def days_shown(page: Page) -> int:
    first, last = (date.fromisoformat(day) for day in asked_for(page)["datetime"][0].split("/"))
    return (last - first).days + 1


def asked_for(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


@pytest.mark.parametrize("zone", ZONES)
def test_the_four_acts_are_found_and_opened_with_their_derivation(browser: Browser, site: str, zone: str) -> None:
    with visiting(browser, site, "/?datetime=2021-12-15/2022-01-28&actor=RUS", timezone_id=zone) as shown:
        page = shown.page
        drawn(page)
        for title, day in FOUR_ACTS.items():
            page.get_by_role("link", name=title).click()
            panel = page.locator("#panel")
            expect(panel.locator("h2")).to_have_text(title)
            expect(panel.locator(".panel-date strong")).to_have_text(day)
            expect(panel.locator("mark.act").first).to_be_visible()
            assert panel.locator("mark.date").count() >= 1
            assert panel.locator(".steps li").count() >= 2
        page.locator(".panel-close").click()
        expect(panel).to_be_hidden()


def test_the_list_below_is_what_the_dates_say(browser: Browser, site: str) -> None:
    with visiting(browser, site) as shown:
        page = shown.page
        drawn(page)
        page.get_by_label("Dates").fill("2021-12")
        page.keyboard.press("Enter")
        expect(page.locator(".chart-range")).to_have_text("December 1, 2021 to December 31, 2021")
        assert asked_for(page) == {"datetime": ["2021-12"]}
        assert len(titles(page)) == 4


def test_a_date_that_is_none_is_told_beside_the_form(browser: Browser, site: str) -> None:
    with visiting(browser, site) as shown:
        page = shown.page
        drawn(page)
        page.get_by_label("Dates").fill("soon")
        page.keyboard.press("Enter")
        expect(page.locator("#ask-error")).to_contain_text("datetime=soon")
        page.get_by_label("Dates").fill("2022")
        page.keyboard.press("Enter")
        expect(page.locator("#ask-error")).to_be_hidden()
        shown.errors = [told for told in shown.errors if "422" not in told]  # the browser's own word for the refusals


def test_an_address_with_a_date_that_is_none_shows_what_is_wrong_alone(browser: Browser, site: str) -> None:
    with visiting(browser, site, "/?datetime=soon") as shown:
        page = shown.page
        expect(page.locator("#ask-error")).to_contain_text("datetime=soon: use EDTF: a day")
        expect(page.locator("#chart")).to_be_hidden()
        expect(page.locator("#facets")).to_be_hidden()
        page.get_by_label("Dates").fill("2022")
        page.keyboard.press("Enter")
        drawn(page)
        expect(page.locator("#ask-error")).to_be_hidden()
        expect(page.get_by_role("checkbox", name=re.compile("^delivery"))).to_be_visible()
        shown.errors = [told for told in shown.errors if "422" not in told]  # the browser's own word for the refusals


def test_wheel_buttons_keys_and_drag_move_the_view_and_the_address(browser: Browser, site: str) -> None:
    with visiting(browser, site, "/?datetime=2021-12/2022-02") as shown:
        page = shown.page
        drawn(page)
        plot = page.get_by_role("application", name="Timeline")
        seen = {page.url}

        def moved() -> None:
            page.wait_for_function("seen => !seen.includes(location.href)", arg=list(seen))
            seen.add(page.url)

        plot.hover()
        page.mouse.wheel(0, -300)
        moved()
        page.get_by_role("button", name="Zoom out").click()
        moved()
        plot.focus()
        page.keyboard.press("ArrowRight")
        moved()
        box = plot.bounding_box()
        assert box
        page.mouse.move(box["x"] + 500, box["y"] + 20)
        page.mouse.down()
        page.mouse.move(box["x"] + 300, box["y"] + 20, steps=4)
        page.mouse.up()
        moved()
        assert re.fullmatch(r"\d{4}-\d\d-\d\d/\d{4}-\d\d-\d\d", asked_for(page)["datetime"][0])
        there = page.locator(".chart-range").inner_text()
        page.go_back()
        expect(page.get_by_label("Dates")).to_have_value("2021-12/2022-02")
        expect(page.locator(".chart-range")).to_have_text("December 1, 2021 to February 28, 2022")
        page.go_forward()
        expect(page.locator(".chart-range")).to_have_text(there)


def test_the_brush_shows_a_part_of_the_whole_range(browser: Browser, site: str) -> None:
    with visiting(browser, site) as shown:
        page = shown.page
        drawn(page)
        page.get_by_role("button", name="Show all days").click()
        expect(page.locator(".chart-range")).to_have_text("January 1, 1997 to December 31, 2022")
        box = page.locator(".histogram svg").bounding_box()
        assert box
        page.mouse.move(box["x"] + 12, box["y"] + 20)
        page.mouse.down()
        page.mouse.move(box["x"] + box["width"] / 4, box["y"] + 20, steps=4)
        page.mouse.up()
        expect(page.locator("#list-state")).to_have_text("2 events")
        assert titles(page) == ["Russia and NATO sign their Founding Act", "OSCE holds a summit"]
        handle = page.get_by_role("slider", name="First day shown")
        before = handle.get_attribute("aria-valuetext")
        handle.focus()
        page.keyboard.press("ArrowRight")
        assert handle.get_attribute("aria-valuetext") != before


def test_facets_search_and_suggestions_narrow_down_and_can_be_shared(browser: Browser, site: str) -> None:
    with visiting(browser, site) as shown:
        page = shown.page
        page.get_by_role("checkbox", name="delivery 3").check()
        expect(page.locator("#list-state")).to_have_text("3 events")
        page.get_by_role("combobox", name="Search").press_sequentially("lavr")
        page.get_by_role("option", name="Sergey Lavrov").wait_for()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        expect(page.locator("#list-state")).to_have_text("1 event")
        shared, expected = page.url, titles(page)
        assert asked_for(page) == {"kind": ["delivery"], "actor": ["sergey-lavrov"]}
        page.go_back()
        expect(page.locator("#list-state")).to_have_text("3 events")
        page.get_by_role("button", name="Take away kind delivery").click()
        expect(page.locator("#list-state")).to_have_text("22 events")
    with visiting(browser, site, shared.removeprefix(site)) as shown:
        assert titles(shown.page) == expected


def test_the_keyboard_alone_leads_from_the_load_to_a_source(browser: Browser, site: str) -> None:
    with visiting(browser, site, "/?datetime=2022-01-26/2022-01-28") as shown:
        page = shown.page
        drawn(page)
        for _ in range(80):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.matches('.event-title')"):
                break
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline == "solid"
        page.keyboard.press("Enter")
        page.locator("#panel:focus-within .report").first.wait_for()
        assert page.locator("#panel blockquote").first.inner_text().startswith("Russia received")
        page.keyboard.press("Escape")
        expect(page.locator("#panel")).to_be_hidden()
        assert page.evaluate("document.activeElement.matches('.event-title')")


def test_the_keys_go_from_event_to_event_on_the_timeline(browser: Browser, site: str) -> None:
    with visiting(browser, site, "/?datetime=2021-12-10/2022-01-29&by=status") as shown:
        page = shown.page
        drawn(page)
        page.get_by_role("application", name="Timeline").focus()
        page.keyboard.press("n")
        page.keyboard.press("n")
        expect(page.locator(".lanes [role=status]")).to_contain_text("December 15, 2021, occurred")
        page.keyboard.press("Enter")
        expect(page.locator("#panel h2")).to_contain_text("Russia presents the US administration")


def test_two_fingers_zoom_and_one_pans(browser: Browser, site: str) -> None:
    with visiting(browser, site, "/?datetime=2021-12-01/2022-02-28", **PHONE) as shown:
        page = shown.page
        drawn(page)
        hand = page.context.new_cdp_session(page)
        page.locator(".plot canvas").scroll_into_view_if_needed()
        box = page.locator(".plot canvas").bounding_box()
        assert box
        middle, y = box["x"] + box["width"] / 2, box["y"] + 60

        def touch(kind: str, *places: float) -> None:
            points = [{"x": x, "y": y, "id": number} for number, x in enumerate(places)]
            hand.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

        touch("touchStart", middle - 40, middle + 40)
        for apart in (60, 80, 120):
            touch("touchMove", middle - apart, middle + apart)
        touch("touchEnd")
        page.wait_for_function("() => !location.search.includes('2021-12-01/2022-02-28')")
        closer = days_shown(page)
        assert 20 <= closer <= 45, "a third of the 90 days, for fingers three times as far apart"
        before = page.url
        touch("touchStart", middle)
        for x in (-20, -50, -90):
            touch("touchMove", middle + x)
        touch("touchEnd")
        page.wait_for_function("before => location.href !== before", arg=before)
        assert abs(days_shown(page) - closer) <= 1


def test_a_wheel_that_scrolls_the_page_goes_on_over_the_timeline(browser: Browser, site: str) -> None:
    with visiting(browser, site, "/?datetime=2021-12-01/2022-02-28") as shown:
        page = shown.page
        drawn(page)
        expect(page.locator("[aria-busy]")).to_have_count(0)
        scrolled = """([wheel, canvas]) => {
            const turn = (node) => !node.dispatchEvent(new WheelEvent("wheel", {deltaY: 100, bubbles: true, cancelable: true}));
            return [turn(document.body), turn(canvas)];
        }"""
        assert page.evaluate(scrolled, [None, page.locator(".plot canvas").element_handle()]) == [False, False]


def test_the_page_loads_only_what_is_in_view_and_never_more_than_it_draws(browser: Browser, site: str) -> None:
    with visiting(browser, site, "/?datetime=2021-12-01/2022-02-28") as shown:
        page = shown.page
        drawn(page)
        with page.expect_request("**/v1/timeline/window?**") as asked:
            page.get_by_role("button", name="Zoom in").click()
        query = parse_qs(urlsplit(asked.value.url).query)
        assert query["items"] == ["500"]
        first, last = (date.fromisoformat(day) for day in query["datetime"][0].split("/"))
        assert 80 <= (last - first).days <= 83, "45 days in view, and two fifths of them on either side"


def test_the_downloads_and_the_list_have_the_filters_of_the_view(browser: Browser, site: str) -> None:
    with visiting(browser, site, "/?datetime=2022-01&by=kind") as shown:
        page = shown.page
        page.get_by_role("checkbox", name="delivery 2").check()
        expect(page.locator("#list-state")).to_have_text("2 events")
        page.get_by_role("link", name="Latest first").click()
        expect(page.get_by_role("link", name="Earliest first")).to_be_visible()
        expect(page.locator(".event-title").first).to_contain_text("Sergey Lavrov sends")
        for name, begins in (("CSV", "id,"), ("ICS", "BEGIN:VCALENDAR"), ("TimelineJS", "{")):
            link = page.get_by_role("link", name=name, exact=True)
            answer = page.request.get(f"{site}/{link.get_attribute('href')}")
            assert answer.ok and answer.text().removeprefix("\ufeff").startswith(begins)
            assert "Lavrov" in answer.text() and "Orban" not in answer.text()


def test_an_event_tells_who_held_which_office_then_and_opens_as_json(browser: Browser, site: str) -> None:
    with visiting(browser, site, "/?q=message+Blinken&datetime=2022-01-28") as shown:
        page = shown.page
        page.locator(".event-title").first.click()
        expect(page.locator(".actor-line").filter(has_text="Sergey Lavrov")).to_contain_text(
            "foreign minister at that time"
        )
        expect(page.locator(".facts")).to_contain_text("First reportedFebruary")
        link = page.get_by_role("link", name="Open as JSON").get_attribute("href")
        assert page.request.get(f"{site}/{link}").json()["date"] == "2022-01-28"


def test_as_of_a_day_shows_what_was_known_then(browser: Browser, site: str) -> None:
    with visiting(browser, site, "/?as_of=2022-02-01") as shown:
        page = shown.page
        known = len(titles(page))
        page.get_by_label("As known on").fill("")
        page.keyboard.press("Enter")
        expect(page.locator("#list-state")).to_have_text("22 events")
        assert 0 < known < 22


def test_nothing_found_says_so(browser: Browser, site: str) -> None:
    with visiting(browser, site) as shown:
        page = shown.page
        page.get_by_role("combobox", name="Search").fill("zeppelin")
        page.keyboard.press("Enter")
        expect(page.locator("#empty")).to_contain_text("No event fits")
        expect(page.locator(".chart-empty")).to_be_visible()


def test_without_javascript_it_is_a_list_with_filters_and_pages(browser: Browser, site: str) -> None:
    with visiting(browser, site, "/?limit=12", java_script_enabled=False) as shown:
        page = shown.page
        assert len(titles(page)) == 12
        page.get_by_role("link", name="More events").click()
        assert len(titles(page)) == 10
        page.get_by_label("Dates").fill("2022-01-26")
        page.get_by_role("button", name="Show").click()
        page.get_by_role("link", name="written answers").click()
        assert "January 26, 2022" in page.locator("#panel").inner_text()
        assert page.locator("#panel .steps li").count() >= 2


PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


@pytest.mark.parametrize(
    "shape", [{"color_scheme": "light"}, {"color_scheme": "dark"}, PHONE], ids=["light", "dark", "phone"]
)
@pytest.mark.parametrize("path", ["/", "/?event=EVENT&datetime=2021-12/2022-02&kind=delivery", "/?q=zeppelin"])
def test_axe_finds_no_serious_violation(browser: Browser, site: str, path: str, shape: dict[str, Any]) -> None:
    with visiting(browser, site, path.replace("EVENT", event_id(site)), **shape) as shown:
        drawn(shown.page)
        expect(shown.page.locator("[aria-busy]")).to_have_count(0)
        assert serious(shown.page) == []
