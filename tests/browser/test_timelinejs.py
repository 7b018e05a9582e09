"""TimelineJS3 itself shows what we write for it."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page

from app.formats import timelinejs
from app.formats.shapes import EventOut
from tests.browser.conftest import ZONES, files, opened
from tests.browser.npm import TIMELINEJS
from tests.formats import samples

ICONS = tuple(f"dist/css/icons/tl-icons.{kind}" for kind in ("woff2", "woff", "ttf"))
PAGE = b"""<!doctype html><html lang="en"><meta charset="utf-8"><title>TimelineJS3</title>
<link rel="stylesheet" href="dist/css/timeline.css"><link rel="icon" href="data:,">
<div id="timeline" style="width: 1200px; height: 700px"></div>
<script src="dist/js/timeline.js"></script>
<script>
fetch("events.json").then((answer) => answer.json()).then((data) => {
  window.timeline = new TL.Timeline("timeline", data, {font: null, script_path: location.origin + "/dist/js/"});
});
</script></html>"""


@contextmanager
def shown(browser: Browser, events: list[EventOut], *, zone: str = ZONES[0]) -> Iterator[Page]:
    """The page with the drawn timeline. No request went outside and no error came up, before or in the test."""
    content = files(TIMELINEJS, "dist/js/timeline.js", "dist/css/timeline.css", *ICONS)
    written = b"".join(timelinejs.render(events, samples.CONTEXT))
    with opened(browser, {**content, "": PAGE, "events.json": written}, zone=zone) as site:
        site.page.wait_for_selector(".tl-timemarker", state="attached")
        yield site.page
        assert (site.outside, site.errors) == ([], [])
        assert site.page.locator(".tl-message-full").count() == 0, "an error panel is shown"


@pytest.mark.parametrize("zone", ZONES)
def test_every_awkward_event_is_a_slide_with_its_date_in_words(browser: Browser, zone: str) -> None:
    with shown(browser, samples.AWKWARD, zone=zone) as page:
        assert page.locator(".tl-timemarker").count() == len(samples.AWKWARD)
        slides = dict(
            zip(_ids(page), page.locator(".tl-slide:not(.tl-slide-titleslide)").all_inner_texts(), strict=True)
        )
        assert "December 2021" in slides["e-month"]
        assert "between April 1, 2022 and April 10, 2022" in slides["e-one-of"]
        assert "from January 10, 2022 on" in slides["e-open-end"]
        assert "January 1, 0001" in slides["e-first-day"]


@pytest.mark.parametrize("zone", ZONES)
def test_the_days_are_right_in_every_zone(browser: Browser, zone: str) -> None:
    own_words = (
        "timeline.config.events.map(one => [one.unique_id, one.start_date.getDisplayDate(timeline.getLanguage())])"
    )
    with shown(browser, samples.AWKWARD, zone=zone) as page:
        days = dict(page.evaluate(own_words))
    assert days["e-day"] == "January 26, 2022"
    assert days["e-month"] == "December 2021"
    assert days["e-period"] == "January 10, 2022"
    assert days["e-open-start"] == "January 13, 2022"
    assert days["e-decade"] == "2010"
    assert days["e-last-day"] == "December 31, 9999"


def test_text_is_shown_as_text_and_links_lead_to_the_web(browser: Browser) -> None:
    with shown(browser, samples.AWKWARD) as page:
        slide = page.locator(".tl-slide").filter(has_text="Tom &").first
        assert samples.HOSTILE in slide.locator(".tl-headline").inner_text()
        assert samples.HOSTILE in slide.locator("q").first.inner_text()
        assert page.locator(".tl-slide b, .tl-slide script, .tl-timemarker b").count() == 0
        assert page.evaluate("window.ran") is None
        links = page.locator(".tl-slide a").evaluate_all("links => links.map(link => link.protocol)")
        assert set(links) == {"https:"}


def test_the_title_slide_tells_of_more_events(browser: Browser) -> None:
    with shown(browser, samples.AWKWARD) as page:
        title = page.locator(".tl-slide-titleslide")
        assert title.locator(".tl-headline").inner_text() == samples.CONTEXT.title
        assert title.locator("a").get_attribute("href") == samples.CONTEXT.next_address


def test_no_events_are_no_error(browser: Browser) -> None:
    with shown(browser, []) as page:
        assert page.locator(".tl-timemarker").count() == 1
        assert "No events" in page.locator(".tl-slide").nth(1).inner_text()


def test_three_hundred_events_are_drawn(browser: Browser) -> None:
    many = [samples.event(f"20{number % 20:02d}-{number % 12 + 1:02d}-11", id=f"e{number}") for number in range(301)]
    with shown(browser, many) as page:
        assert page.locator(".tl-timemarker").count() == 300


def _ids(page: Page) -> list[str]:
    """The events' ids in the order of the slides."""
    found: list[str] = page.evaluate("timeline.config.events.map(one => one.unique_id)")
    return found
