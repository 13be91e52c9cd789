"""What is measured in a real Chromium at phone size: weight over the wire, and from a click to its verdict."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect, sync_playwright

from modules.core.module import Check, Module
from modules.export.addresses import read_url
from tests.load.server import Server, cookie_of

PHONE: ViewportSize = {"width": 390, "height": 844}
QUIET = 20_000
SETTLE_MS = 2000


@dataclass
class Weight:
    """Bytes received on a cold visit, by HTTP and by WebSocket, and requests that left the server."""

    http: int = 0
    socket: int = 0
    requests: int = 0
    outside: list[str] = field(default_factory=list)

    @property
    def kb(self) -> float:
        return (self.http + self.socket) / 1000


@contextmanager
def chromium() -> Iterator[Browser]:
    """The browser `make bench` installs, or the one LANDMARK_CHROMIUM names."""
    names = ("chromium", "chromium-browser", "google-chrome")
    path = os.environ.get("LANDMARK_CHROMIUM") or next((p for n in names if (p := shutil.which(n))), None)
    with sync_playwright() as started:
        args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        browser = started.chromium.launch(executable_path=path, args=args)
        yield browser
        browser.close()


def visitor(browser: Browser, server: Server, learner: str) -> Page:
    """A phone with an empty cache."""
    context = browser.new_context(viewport=PHONE, base_url=server.url)
    name, _, value = cookie_of(learner).partition("=")
    context.add_cookies([{"name": name, "value": value, "url": server.url}])
    page = context.new_page()
    page.set_default_timeout(QUIET)
    return page


def app_weight(browser: Browser, server: Server, learner: str, address: str) -> Weight:
    """A lesson in the app, scrolled to its end, so that every chart is loaded."""
    page = visitor(browser, server, learner)
    weight = weighed(page, server)
    page.goto(address)
    page.locator("h1").first.wait_for()
    settle(page)
    page.evaluate(SCROLL)
    page.wait_for_timeout(SETTLE_MS)
    page.context.close()
    return weight


def plain_weight(browser: Browser, server: Server, module: Module, lesson: str) -> Weight:
    page = visitor(browser, server, "0" * 32)
    weight = weighed(page, server)
    page.goto(read_url(module.id, lesson))
    page.wait_for_timeout(SETTLE_MS)
    page.context.close()
    return weight


def weighed(page: Page, server: Server) -> Weight:
    weight, cdp = Weight(), page.context.new_cdp_session(page)
    inside = (server.url, server.url.replace("http", "ws"), "data:", "blob:")

    def finished(event: Any) -> None:
        weight.http += int(event["encodedDataLength"])

    def frame(event: Any) -> None:
        length = len(event["response"]["payloadData"])
        weight.socket += length * 3 // 4 if event["response"]["opcode"] == 2 else length  # binary is base64 here

    def sent(event: Any) -> None:
        weight.requests += 1
        if not event["request"]["url"].startswith(inside):
            weight.outside.append(event["request"]["url"])

    cdp.on("Network.loadingFinished", finished)
    cdp.on("Network.webSocketFrameReceived", frame)
    cdp.on("Network.requestWillBeSent", sent)
    cdp.send("Network.enable")
    return weight


def settle(page: Page) -> None:
    """Wait until no script is running."""
    at_rest = page.locator('[data-testid="stApp"][data-test-script-state="notRunning"]')
    expect(at_rest).to_be_attached(timeout=QUIET)


SCROLL = """async () => { const main = document.querySelector('[data-testid=stMain]');
for (let y = 0; y < main.scrollHeight; y += 400) {
  main.scrollTo(0, y); await new Promise(done => setTimeout(done, 60)); } }"""

WATCH = """() => { window.verdicts = []; let pressed = 0, count = 0;
const shown = () => document.querySelectorAll('.lm-verdict').length;
document.addEventListener('click', e => { if (e.target.closest('button.lm-first')) {
  pressed = performance.now(); count = shown(); } }, true);
new MutationObserver(() => { if (pressed && shown() > count) { const from = pressed; pressed = 0;
  requestAnimationFrame(() => window.verdicts.push(performance.now() - from)); } }
).observe(document.body, {childList: true, subtree: true}); }"""


WAITING = "form.lm-card:has(input[name=place])"
"""A card that waits for an answer."""


def feedback_ms(browser: Browser, server: Server, learner: str, module: Module) -> list[float]:
    """From the click on "Check answer" to the verdict drawn, for every check of every lesson."""
    page, found = visitor(browser, server, learner), []
    for lesson in module.lessons:
        checks = sum(isinstance(b, Check) for b in lesson.blocks)
        if not checks:
            continue
        page.goto(f"/lesson?module={module.id}&lesson={lesson.id}")
        page.locator(WAITING).nth(checks - 1).wait_for()
        settle(page)
        page.evaluate(WATCH)
        for done in range(checks):
            answer(page.locator(WAITING).first)
            page.wait_for_function("n => window.verdicts.length === n", arg=done + 1)
            settle(page)
        found += page.evaluate("window.verdicts")
    page.context.close()
    return [float(ms) for ms in found]


def answer(form: Locator) -> None:
    """The first option, or a number."""
    form.scroll_into_view_if_needed()
    if form.get_by_role("textbox").count():
        form.get_by_role("textbox").fill("12.5")
    else:
        form.locator("input[name=answer]").first.check()
    form.get_by_role("button", name="Check answer").click()
