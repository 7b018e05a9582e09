"""A headless Chromium whose pages reach nothing outside, and why there is none where there is none.

Without a browser or npm these tests are skipped with the reason. With `BROWSER_TESTS=required`, as in continuous integration,
they fail.
"""

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import NoReturn

import pytest
from playwright.sync_api import Browser, Error, Page, Route, expect, sync_playwright

from tests.browser.npm import NoPackage, Package

expect.set_options(timeout=30_000)  # the first text that is read waits for the parser's model
HERE = "http://demarche.test"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
ZONES = ("America/Los_Angeles", "Pacific/Auckland")


@dataclass
class Opened:
    """A page, the addresses outside that it asked for, and the errors that it told."""

    page: Page
    outside: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


def lacking(reason: str) -> NoReturn:
    """Skips the test, or fails it where browser tests are required."""
    if os.environ.get("BROWSER_TESTS") == "required":
        pytest.fail(f"browser tests are required here, but {reason}")
    pytest.skip(f"{reason}: run `make browser`")


@cache
def files(package: Package, *paths: str) -> dict[str, bytes]:
    """The files of a package by their paths."""
    try:
        return package.read(*paths)
    except NoPackage as reason:
        lacking(str(reason))


@pytest.fixture(scope="package")  # its event loop would hinder tests of others that run one
def browser() -> Iterator[Browser]:
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path=path)
        except Error as error:
            lacking(f"no browser starts: {error.message.splitlines()[0]}")
        yield browser
        browser.close()


@contextmanager
def opened(browser: Browser, content: Mapping[str, bytes], *, zone: str) -> Iterator[Opened]:
    """The page `/` of a site of these files by path, in that time zone. No request leaves the test."""
    with browser.new_context(timezone_id=zone, locale="en-US", viewport={"width": 1200, "height": 800}) as context:
        context.set_default_timeout(30_000)
        shown = Opened(context.new_page())

        def answer(route: Route) -> None:
            path = route.request.url.removeprefix(f"{HERE}/").partition("?")[0]
            if route.request.url.startswith(f"{HERE}/") and path in content:
                route.fulfill(body=content[path], content_type=_media_type(path))
            else:
                shown.outside.append(route.request.url)
                route.abort()

        context.route("**/*", answer)
        shown.page.on("pageerror", lambda error: shown.errors.append(str(error)))
        shown.page.goto(f"{HERE}/")
        yield shown


def _media_type(path: str) -> str:
    types = {"js": "text/javascript", "css": "text/css", "json": "application/json"}
    return f"{types.get(path.rpartition('.')[2], 'text/html')}; charset=utf-8"
