"""vis-timeline itself shows what we write for it."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page

from app.formats import vis, wire
from app.formats.shapes import EventOut
from tests.browser.conftest import ZONES, files, opened
from tests.browser.npm import VIS
from tests.formats import samples

SCRIPT, STYLE = "standalone/umd/vis-timeline-graph2d.min.js", "styles/vis-timeline-graph2d.min.css"
PAGE = f"""<!doctype html><html lang="en"><meta charset="utf-8"><title>vis-timeline</title>
<link rel="stylesheet" href="{STYLE}"><link rel="icon" href="data:,">
<div id="timeline" style="width: 1200px"></div>
<script src="{SCRIPT}"></script>
<script>
const text = (one) => Object.assign(document.createElement("span"), {{textContent: one ? one.content : ""}});
fetch("events.json").then((answer) => answer.json()).then((data) => {{
  const options = {{...data.options, template: text, groupTemplate: text}};
  const place = document.getElementById("timeline");
  window.timeline = new vis.Timeline(place, new vis.DataSet(data.items), new vis.DataSet(data.groups), options);
}});
</script></html>""".encode()

AS_READ = """Object.fromEntries(Object.values(timeline.itemSet.items).map(
  ({id, data}) => [id, [data.start.toDateString(), data.end ? data.end.toDateString() : null, data.start.getHours()]]))"""
DAY_UNDER = """id => {
  const x = timeline.itemSet.items[id].dom.line.getBoundingClientRect().left + 2;
  const holds = ({left, right}) => left <= x && x < right;
  const days = [...document.querySelectorAll(".vis-time-axis .vis-text.vis-minor")];
  return days.filter(day => holds(day.getBoundingClientRect())).map(day => day.innerText);
}"""


@contextmanager
def shown(browser: Browser, events: list[EventOut], *, zone: str = ZONES[0]) -> Iterator[Page]:
    """The page with the drawn timeline. No request went outside and no error came up, before or in the test."""
    written = b"".join(vis.render(events, samples.CONTEXT))
    with opened(browser, {**files(VIS, SCRIPT, STYLE), "": PAGE, "events.json": written}, zone=zone) as site:
        site.page.wait_for_function("window.timeline && timeline.initialDrawDone")
        site.page.wait_for_selector(".vis-timeline", state="visible")
        yield site.page
        assert (site.outside, site.errors) == ([], [])


@pytest.mark.parametrize("zone", ZONES)
def test_the_days_are_right_in_every_zone(browser: Browser, zone: str) -> None:
    with shown(browser, samples.AWKWARD, zone=zone) as page:
        read = page.evaluate(AS_READ)
    assert read["e-day@USA"] == read["e-day@RUS"] == ["Wed Jan 26 2022", None, 0]
    assert read["e-month@USA"] == ["Wed Dec 01 2021", "Sat Jan 01 2022", 0]
    assert read["e-period@USA"] == ["Mon Jan 10 2022", "Fri Jan 14 2022", 0]
    assert read["e-open-start@USA"] == ["Thu Jan 13 2022", None, 0]
    assert read["e-decade@USA"] == ["Fri Jan 01 2010", "Wed Jan 01 2020", 0]
    assert read["e-first-day@USA"] == ["Mon Jan 01 0001", None, 0]
    assert read["e-last-day@USA"] == ["Fri Dec 31 9999", None, 0]


@pytest.mark.parametrize("zone", ZONES)
def test_an_item_stands_over_its_day_on_the_axis(browser: Browser, zone: str) -> None:
    events = [samples.event(f"2022-01-{day}", id=f"e{day}", actors=[samples.actor()]) for day in (22, 26, 29)]
    with shown(browser, events, zone=zone) as page:
        assert page.evaluate(DAY_UNDER, "e26@USA") == ["26"]


def test_an_event_of_two_actors_is_drawn_in_two_lanes(browser: Browser) -> None:
    with shown(browser, [samples.event()]) as page:
        assert page.locator(".vis-label").all_inner_texts() == ["United States", "Russia"]
        assert page.locator(".vis-item.vis-box:visible").count() == 2
        lanes = page.locator(".vis-foreground > .vis-group").evaluate_all(
            "lanes => lanes.map(lane => lane.querySelectorAll('.vis-item.vis-box').length)"
        )
        assert [count for count in lanes if count] == [1, 1]


def test_every_awkward_event_is_drawn_at_once(browser: Browser) -> None:
    expected = sum(max(1, len(event["actors"])) for event in samples.AWKWARD)
    with shown(browser, samples.AWKWARD) as page:
        assert page.locator(".vis-item.vis-box:visible, .vis-item.vis-range:visible").count() == expected


def test_text_is_shown_as_text(browser: Browser) -> None:
    [hostile] = [event for event in samples.AWKWARD if event["id"] == "e-hostile"]
    with shown(browser, [hostile]) as page:
        assert page.locator(".vis-item-content").inner_text() == wire.shorten(samples.HOSTILE, vis.LABEL_CHARS)
        assert page.locator(".vis-label").inner_text() == samples.HOSTILE
        assert page.locator(".vis-timeline b, .vis-timeline script").count() == 0
        assert page.evaluate("window.ran") is None


def test_status_and_conflict_are_classes_of_the_item(browser: Browser) -> None:
    with shown(browser, [samples.event(status="denied", conflict=True)]) as page:
        assert page.locator(".vis-item.vis-box.status-denied.conflict.precision-day").count() == 2


def test_no_events_are_an_empty_timeline(browser: Browser) -> None:
    with shown(browser, []) as page:
        assert page.locator(".vis-item").count() == 0
