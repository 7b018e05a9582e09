"""The README's pictures of the explorer over the five articles of `seeds/`: `python -m tests.screenshots` takes them anew.

They are taken at one pixel of the picture for each of the page, so that they stay small.
"""

import shutil
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Error, Page, sync_playwright

from app.main import create_app
from app.settings import Settings
from tests import readme
from tests.api.served import served
from tests.browser.conftest import BROWSERS
from tests.browser.explorer import visiting

FOLDER = Path(__file__).parent / "browser" / "screenshots"
MOST_BYTES = 200_000
VIEW = "/?datetime=2021-12-10/2022-02-24"
WIDE = {"viewport": {"width": 1180, "height": 790}}
FRAME = {"viewport": {"width": 720, "height": 560}}
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
ANSWERS = "Russia receives the written answers of Washington and NATO"


def main() -> None:
    """Takes all pictures."""
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        url = readme.prepared(Path(folder))["DATABASE_URL"]
        try:
            browser = playwright.chromium.launch(executable_path=path)
        except Error as error:
            sys.exit(f"no browser starts: {error.message.splitlines()[0]}: run `make browser`")
        with served(create_app(Settings(database_url=url, workers_in_api=False))) as site:
            _take(browser, site, "timeline-light", WIDE)
            _take(browser, site, "timeline-dark", {**WIDE, "color_scheme": "dark"})
            _take(browser, site, "event-light", WIDE, opened=ANSWERS)
            _take(browser, site, "event-dark", {**WIDE, "color_scheme": "dark"}, opened=ANSWERS)
            _take(browser, site, "timeline-phone", PHONE)
            _take(browser, site, "event-phone", {**PHONE, "color_scheme": "dark"}, opened=ANSWERS)
            _take(browser, site, "actor-light", WIDE, path="/actors/RUS")
            _take(browser, site, "embed-light", FRAME, path="/embed?datetime=2021-12/2022-01&actor=USA")
            _take_trial(browser, site, "try-dark", {**WIDE, "color_scheme": "dark"})
        browser.close()


def _take(
    browser: Browser, site: str, name: str, shape: Mapping[str, Any], *, path: str = VIEW, opened: str | None = None
) -> None:
    """One picture of the view, with that event open."""
    with visiting(browser, site, path, **shape) as shown:
        _rest(shown.page)
        if opened:
            shown.page.locator(".event-title").filter(has_text=opened).click()
            shown.page.locator("#panel .report").first.wait_for()
            _rest(shown.page)
        _write(FOLDER / f"{name}.png", shown.page.screenshot())


def _take_trial(browser: Browser, site: str, name: str, shape: Mapping[str, Any]) -> None:
    """One picture of what is read in the example."""
    with visiting(browser, site, "/try", **shape) as shown:
        shown.page.get_by_role("button", name="Use an example").click()
        shown.page.locator(".given .card").first.wait_for()
        _write(FOLDER / f"{name}.png", shown.page.screenshot())


def _rest(page: Page) -> None:
    """Waits until all is loaded and drawn."""
    page.locator(".lanes.loaded .lane-name").first.wait_for()
    page.wait_for_load_state("networkidle")
    page.locator("[aria-busy]").first.wait_for(state="detached")


def _write(path: Path, picture: bytes) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(picture)
    size = len(picture)
    print(f"{size:>8,} bytes  {path.name}")
    assert size < MOST_BYTES, f"{path.name} has {size:,} bytes: at most {MOST_BYTES:,} are for a picture"


if __name__ == "__main__":
    main()
