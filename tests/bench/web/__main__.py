"""The explorer in a browser: `python -m tests.bench.web [SECTION ...] [--events N]`, all sections without an argument.

Headless Chromium, the server's process on a core of its own, invented events: 1,000,000 unless told otherwise, kept where
tests.bench.api.data says. Nothing here passes or fails: beside each figure stands what is asked of it.
"""

import argparse
import shutil
import sys
from collections.abc import Callable

from playwright.sync_api import Browser, Error, sync_playwright

from tests.bench.web import draw, paint
from tests.browser.conftest import BROWSERS

SECTIONS: dict[str, Callable[[Browser, int], None]] = {"draw": draw.report, "paint": paint.report}


def main() -> None:
    """Prints the sections asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.web", description="Measure the explorer in a browser.")
    parser.add_argument("section", nargs="*", metavar="|".join(SECTIONS))
    parser.add_argument("--events", type=int, default=1_000_000, help="How many events the store has.")
    given = parser.parse_args()
    if unknown := [name for name in given.section if name not in SECTIONS]:
        parser.error(f"{unknown[0]!r} is no section: accepted are {', '.join(SECTIONS)}")
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path=path)
        except Error as error:
            sys.exit(f"no browser starts: {error.message.splitlines()[0]}: run `make browser`")
        print(f"Chromium {browser.version}, headless", flush=True)
        for name, report in SECTIONS.items():
            if name in (given.section or SECTIONS):
                report(browser, given.events)
        browser.close()


if __name__ == "__main__":
    main()
