"""A real server and a real Chromium for the journeys."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, ViewportSize, sync_playwright

from tests.browser.journey import QUIET
from tests.load.server import Server

PHONE: ViewportSize = {"width": 390, "height": 844}
DESK: ViewportSize = {"width": 1280, "height": 800}
SIZES = {"phone": PHONE, "desk": DESK}
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def chromium() -> str:
    """The browser make test installs, or the one LANDMARK_CHROMIUM names."""
    named = os.environ.get("LANDMARK_CHROMIUM")
    found = named or next(
        (p for n in ("chromium", "chromium-browser", "google-chrome") if (p := shutil.which(n))), None
    )
    assert found, "Chromium is missing: run make test, or set LANDMARK_CHROMIUM to its path."
    return found


@contextmanager
def visit(browser: Browser, server: Server, **options: object) -> Iterator[BrowserContext]:
    """A new visitor. Any request that leaves the server is an error, and so is a script that fails."""
    context = browser.new_context(base_url=server.url, **options)  # type: ignore[arg-type]
    context.set_default_timeout(QUIET)
    outside: list[str] = []
    broken: list[str] = []
    context.on("request", lambda r: None if inside(r.url, server) else outside.append(r.url))
    context.on("weberror", lambda e: broken.append(str(e.error)))
    try:
        yield context
    finally:
        context.close()
    assert outside == []
    assert broken == []


def inside(url: str, server: Server) -> bool:
    return url.startswith((server.url, server.url.replace("http", "ws"), "data:", "blob:"))


@pytest.fixture(scope="package")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    running = Server(tmp_path_factory.mktemp("server")).start()
    yield running
    running.stop()


@pytest.fixture(scope="package")
def playwright() -> Iterator[Playwright]:
    """For this package only: while it is open, no other test could run an event loop in this thread."""
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="package")
def browser(playwright: Playwright) -> Iterator[Browser]:
    opened = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
    yield opened
    opened.close()


@pytest.fixture(params=["phone", "desk"])
def page(request: pytest.FixtureRequest, browser: Browser, server: Server) -> Iterator[Page]:
    """A new learner, once on a phone and once at a desk."""
    with visit(browser, server, viewport=SIZES[request.param]) as context:
        yield context.new_page()


@pytest.fixture
def desk(browser: Browser, server: Server) -> Iterator[Page]:
    """A new learner at a desk."""
    with visit(browser, server, viewport=DESK) as context:
        yield context.new_page()
