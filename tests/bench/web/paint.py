"""How soon the explorer of a large store is there, and what it asks for: times and the bytes of every request."""

from collections.abc import Callable
from dataclasses import dataclass, field
from statistics import median
from typing import Any
from urllib.parse import unquote, urlsplit

from playwright.sync_api import Browser, Page, Request

from tests.bench.api import data, ours

VISITS = 5
PAINT_S, REQUEST_BYTES = 2.0, 300_000  # what is asked for
TIMEOUT_MS = 60_000
STATE = "State of Aab"

_TIMES = """() => {
  const paint = performance.getEntriesByName("first-contentful-paint")[0];
  return [paint.startTime, performance.getEntriesByName("timeline-draw").at(-1).startTime];
}"""


@dataclass
class Visit:
    """A page, and what it asked for: in each step the addresses with the bytes of their answers and the milliseconds."""

    page: Page
    steps: dict[str, list[tuple[str, int, float]]] = field(default_factory=dict)
    waiting: list[Request] = field(default_factory=list)

    def step(self, name: str, act: Callable[[], Any]) -> None:
        """Does it, waits until the page has all that it asked for, and notes what that was."""
        self.waiting.clear()
        act()
        self.page.wait_for_load_state("networkidle")
        self.page.wait_for_function("() => !document.querySelector('[aria-busy]')")
        self.steps[name] = [
            (
                unquote(_path(one)),
                one.sizes()["responseBodySize"],
                one.timing["responseEnd"] - one.timing["requestStart"],
            )
            for one in self.waiting
            if one.sizes()["responseBodySize"] >= 0  # else it is from the browser's cache
        ]


def report(browser: Browser, events: int) -> None:
    """Prints the times of visits, and the size of every request of a walk through the explorer."""
    path = data.sqlite(events)
    print(f"{events:,} events in SQLite, on loopback; each visit with an empty browser cache")
    with ours.serving("ours for browsers", f"sqlite:///{path}") as server:
        visits = [_visit(browser, server.address) for _ in range(VISITS)]
        first, others = visits[0], visits[1:]
        print(
            f"  first paint {first[0]:.2f} s, timeline drawn {first[1]:.2f} s: the first visit of a server just started"
        )
        paint, drawn = (median(one[at] for one in others) for at in (0, 1))
        print(f"  first paint {paint:.2f} s, timeline drawn {drawn:.2f} s: the median of {len(others)} more")
        print(f"  asked for: first paint under {PAINT_S:g} s")
        _walk(browser, server.address)


def _visit(browser: Browser, address: str) -> tuple[float, float]:
    """Seconds from the start of a visit to the first paint with content, and to the timeline with its lanes."""
    with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
        page = context.new_page()
        page.goto(address)
        page.locator(".lanes.loaded .lane-name").first.wait_for(timeout=TIMEOUT_MS)
        paint, drawn = page.evaluate(_TIMES)
        return paint / 1000, drawn / 1000


def _walk(browser: Browser, address: str) -> None:
    """A reader's way from the whole range to one event."""
    with browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce") as context:
        context.set_default_timeout(TIMEOUT_MS)
        page = context.new_page()
        visit = Visit(page)
        page.on("requestfinished", lambda request: visit.waiting.append(request))
        visit.step("open the page", lambda: page.goto(address))
        visit.step("lanes by kind", page.get_by_role("button", name="Kinds of act").click)
        visit.step("zoom in", page.get_by_role("button", name="Zoom in").click)
        visit.step("dates 2001-06", lambda: _dates(page, "2001-06"))
        visit.step("dates 2001-06-11", lambda: _dates(page, "2001-06-11"))
        visit.step("one state", page.get_by_role("checkbox", name=STATE).check)
        visit.step("all days of one state", page.get_by_role("button", name="Show all days").click)
        visit.step("open an event", page.locator(".event-title").first.click)
    largest = max(size for asked in visit.steps.values() for _, size, _ in asked)
    for name, asked in visit.steps.items():
        print(f"  {name}: {sum(size for _, size, _ in asked):,} bytes in {len(asked)} requests")
        for path, size, taken in sorted(asked, key=lambda one: -one[1]):
            print(f"    {size:>9,} {taken:>7.0f} ms  {path[:110]}")
    print(f"  the largest request has {largest:,} bytes; asked for: at most {REQUEST_BYTES:,}", flush=True)


def _dates(page: Page, edtf: str) -> None:
    page.get_by_label("Dates").fill(edtf)
    page.keyboard.press("Enter")


def _path(request: Request) -> str:
    found = urlsplit(request.url)
    return f"{found.path}?{found.query}" if found.query else found.path
