"""Pages of the explorer whose requests elsewhere are noted and stopped."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route

from tests.browser.conftest import Opened


@contextmanager
def visiting(browser: Browser, site: str, path: str = "/", **options: Any) -> Iterator[Opened]:
    """The page of that path. In the end no request has gone elsewhere, and no error or breach of the policy was told."""
    shape = {"locale": "en-US", "viewport": {"width": 1280, "height": 900}, "reduced_motion": "reduce", **options}
    with browser.new_context(**shape) as context:
        context.set_default_timeout(15_000)
        shown = Opened(context.new_page())
        context.route(lambda url: not url.startswith(f"{site}/") and not url.startswith("data:"), _stop(shown))
        shown.page.on("pageerror", lambda error: shown.errors.append(str(error)))
        shown.page.on("console", lambda told: shown.errors.append(told.text) if told.type == "error" else None)
        shown.page.goto(f"{site}{path}")
        yield shown
        assert (shown.outside, shown.errors) == ([], [])


def _stop(shown: Opened) -> Any:
    def stop(route: Route) -> None:
        shown.outside.append(route.request.url)
        route.abort()

    return stop


def module(page: Page, name: str) -> str:
    """The address of one of the page's scripts, to import it."""
    found: str = page.locator("script[type=module]").get_attribute("src") or ""
    return f"/{found.rpartition('/')[0]}/{name}"


def titles(page: Page) -> list[str]:
    """The titles in the list."""
    return page.locator("#events .event-title").all_inner_texts()


def drawn(page: Page) -> None:
    """Waits until the timeline has drawn what it has loaded."""
    page.locator(".lanes.loaded .lane-name, .lanes.loaded + .chart-empty:not([hidden])").first.wait_for()


def serious(page: Page) -> list[str]:
    """What axe-core finds that keeps people out: rules of serious or critical impact, with the elements that break them."""
    found = Axe().run(page).response["violations"]
    grave = [one for one in found if one["impact"] in ("serious", "critical")]
    return [f"{one['id']}: {node['target']} {node['failureSummary']}" for one in grave for node in one["nodes"]]
