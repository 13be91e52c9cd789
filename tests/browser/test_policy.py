"""The content security policy holds and nothing needs more: every page is walked, and no violation is reported."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import DESK, visit
from tests.browser.gallery import SIGHTS, People, Sight, show
from tests.load.server import Server

LISTEN = """window.__refused = [];
document.addEventListener('securitypolicyviolation', e => window.__refused.push(
  `${e.effectiveDirective}: ${e.blockedURI} ${e.sourceFile ?? ''}:${e.lineNumber} ${e.sample}`));"""
TRY = """() => new Promise(done => {
  const script = document.createElement('script');
  script.textContent = 'window.__ran = true';
  document.body.append(script);
  const picture = new Image();
  picture.onload = picture.onerror = () => done([window.__ran === true, window.__refused.length]);
  picture.src = 'http://192.0.2.1/spy.png';
})"""


@pytest.fixture(scope="module")
def people(server: Server) -> People:
    return People(server)


@pytest.fixture(scope="module")
def looker(browser: Browser, server: Server) -> Iterator[Page]:
    with visit(browser, server, viewport=DESK) as context:
        context.add_init_script(LISTEN)
        yield context.new_page()


@pytest.mark.parametrize("sight", SIGHTS, ids=lambda s: s.name)
def test_no_page_breaks_its_policy(looker: Page, people: People, sight: Sight) -> None:
    told: list[str] = []
    looker.on("console", lambda message: told.append(message.text))
    show(looker, people, sight)
    assert looker.evaluate("window.__refused") == []
    assert [text for text in told if "Content Security Policy" in text or "Permissions-Policy" in text] == []


@pytest.mark.parametrize("path", ["/", "/read"])
def test_an_inline_script_and_an_outside_picture_are_refused(browser: Browser, server: Server, path: str) -> None:
    with browser.new_context(base_url=server.url) as context:
        context.add_init_script(LISTEN)
        page = context.new_page()
        page.goto(path)
        page.wait_for_load_state("networkidle")
        ran, refused = page.evaluate(TRY)
    assert not ran
    assert refused >= 2
