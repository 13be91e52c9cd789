"""Every item type by mouse and by keyboard alone, at a phone and a desk, light and dark; nothing is lost on the way."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.card_site import ITEMS, CardSite, card_site
from tests.browser.conftest import DESK, PHONE
from tests.browser.test_access import AXE, RUN, TAGS

TYPES = list(ITEMS)
each = pytest.mark.parametrize("kind", TYPES)


@pytest.fixture(scope="module")
def site() -> Iterator[CardSite]:
    with card_site() as running:
        yield running


@pytest.fixture(scope="module", params=[("light", "desk"), ("dark", "phone")], ids="-".join)
def looker(request: pytest.FixtureRequest, browser: Browser, site: CardSite) -> Iterator[Page]:
    scheme, width = request.param
    with _context(browser, site, scheme, width) as page:
        yield page


@pytest.fixture
def page(browser: Browser, site: CardSite) -> Iterator[Page]:
    site.sent.clear()
    with _context(browser, site, "light", "desk") as page:
        yield page


class _context:
    def __init__(self, browser: Browser, site: CardSite, scheme: Literal["light", "dark"], width: str) -> None:
        size = PHONE if width == "phone" else DESK
        self.context = browser.new_context(base_url=site.url, viewport=size, color_scheme=scheme)
        self.context.add_init_script(AXE)

    def __enter__(self) -> Page:
        return self.context.new_page()

    def __exit__(self, *_: object) -> None:
        self.context.close()


def show(page: Page, kind: str) -> None:
    page.goto(f"/{kind}")
    expect(page.locator(".lm-stage form")).to_be_visible()


def responses(site: CardSite) -> list[dict[str, object]]:
    return [body for body in site.sent if body["do"] == "answer"]


@each
def test_a_card_and_its_verdict_are_accessible(looker: Page, kind: str) -> None:
    show(looker, kind)
    assert looker.evaluate(RUN, TAGS) == []
    assert looker.evaluate(_LOW) == []
    assert looker.evaluate("document.documentElement.scrollWidth <= innerWidth")
    by_mouse(looker, kind)
    expect(looker.locator("#verdict")).to_be_focused()
    assert looker.evaluate(RUN, TAGS) == []
    assert looker.evaluate("document.documentElement.scrollWidth <= innerWidth")


_LOW = """() => [...document.querySelectorAll('.lm-choice, .lm-box, .lm-range, .lm-stage button')]
  .map(e => [e, e.getBoundingClientRect()])
  .filter(([e, r]) => r.height < 47.5 || r.width < 44).map(([e, r]) => `${e.outerHTML.slice(0, 90)} ${r.height}`)"""


def by_mouse(page: Page, kind: str) -> None:
    match kind:
        case "numeric":
            page.locator("input.lm-box").fill("80,2")
        case "chart-value":
            page.locator(".lm-range").fill("80.5")
        case "extended-matching":
            for n, box in enumerate(page.locator("select").all()):
                box.select_option(index=n + 1)
        case "sequencing":
            page.get_by_role("button", name=re.compile("^Move up")).last.click()
        case "free-text":
            page.locator("textarea").fill("Fair winds")
        case "commitment":
            page.locator("input.lm-box").first.fill("look twice")
        case "commitment-review":
            for group in page.locator(".lm-fields .lm-fields").all():
                group.locator(".lm-choice").first.click()
        case _:
            page.locator(".lm-choice").first.click()
    page.get_by_role("button", name="Send answer").click()


@each
def test_every_type_is_answered_by_keyboard_alone(looker: Page, site: CardSite, kind: str) -> None:
    page = looker
    site.sent.clear()
    show(page, kind)
    for _ in range(40):
        page.keyboard.press("Tab")
        tag = page.evaluate("[document.activeElement.type, document.activeElement.className].join(' ')")
        if tag.startswith(("radio", "checkbox")):
            page.keyboard.press("1" if tag.startswith("radio") else "Space")
        elif tag.startswith("range"):
            page.keyboard.press("ArrowRight")
        elif tag.startswith("select"):
            page.keyboard.press("ArrowDown")
        elif tag.startswith(("text ", "textarea")):
            page.keyboard.type("12")
        elif tag.startswith("button") and page.evaluate("'move' in document.activeElement.dataset"):
            page.keyboard.press("Enter")
        elif tag.startswith("submit"):
            page.keyboard.press("Enter")
            break
    expect(page.locator("#verdict")).to_be_focused()
    assert len(responses(site)) == 1


def test_a_number_key_chooses_the_option_with_that_number(page: Page, site: CardSite) -> None:
    show(page, "single-best")
    page.locator("input[name=answer]").first.focus()
    page.keyboard.press("2")
    expect(page.locator("input[name=answer]").nth(1)).to_be_checked()
    page.keyboard.press("Enter")
    expect(page.locator("#verdict")).to_contain_text("Correct")
    assert responses(site)[0]["fields"] == {"answer": ["wait"]}


def test_a_slider_and_what_is_typed_are_one_value(page: Page) -> None:
    show(page, "chart-value")
    page.locator(".lm-range").fill("42.5")
    expect(page.locator("input.lm-box")).to_have_value("42.5")
    page.locator("input.lm-box").fill("17,5")
    expect(page.locator(".lm-range")).to_have_value("17.5")


@pytest.mark.parametrize("letter", ["A", "B"])
def test_a_letter_on_the_chart_chooses_its_option(looker: Page, letter: str) -> None:
    show(looker, "chart-point")
    looker.locator(".lm-at", has_text=letter).click()
    chosen = looker.locator(".lm-choice", has=looker.locator("input:checked"))
    expect(chosen.locator(".lm-key")).to_have_text(letter)
    expect(chosen.locator("input")).to_be_focused()


def test_moving_a_step_keeps_the_focus_and_is_said(page: Page, site: CardSite) -> None:
    show(page, "sequencing")
    button = page.get_by_role("button", name="Move up: Light the lamp")
    button.click()
    expect(button).to_be_focused()
    expect(page.locator(".lm-moved")).to_contain_text("now step 1 of 4")
    page.get_by_role("button", name="Send answer").click()
    expect(page.locator("#verdict")).to_be_visible()
    assert responses(site)[0]["fields"] == {"answer": ["light", "log", "fill", "trim"]}


def test_a_lost_connection_keeps_the_response_on_screen(page: Page, site: CardSite) -> None:
    show(page, "single-best")
    page.locator(".lm-choice").nth(1).click()
    page.route("**/card/**", lambda route: route.abort())
    page.get_by_role("button", name="Send answer").click()
    expect(page.get_by_role("alert")).to_have_text("Not saved. Try again.")
    expect(page.locator("input[name=answer]").nth(1)).to_be_checked()
    page.unroute("**/card/**")
    page.get_by_role("button", name="Send answer").click()
    expect(page.locator("#verdict")).to_contain_text("Correct")


def test_a_refusal_is_said_and_loses_nothing(page: Page) -> None:
    show(page, "numeric")
    page.locator("input.lm-box").fill("about eighty")
    page.get_by_role("button", name="Send answer").click()
    expect(page.get_by_role("alert")).to_contain_text("Type one number, in percent.")
    expect(page.locator("input.lm-box")).to_have_value("about eighty")


def test_a_double_click_sends_once(page: Page, site: CardSite) -> None:
    show(page, "single-best")
    waiting: list[Route] = []
    page.route("**/card/**", lambda route: waiting.append(route))
    page.locator(".lm-choice").nth(1).click()
    page.get_by_role("button", name="Send answer").dblclick()
    expect(page.locator("form")).to_have_attribute("aria-busy", "true")
    for route in waiting:
        route.continue_()
    expect(page.locator("#verdict")).to_be_visible()
    assert len(responses(site)) == 1


def test_a_change_is_kept_as_a_draft(page: Page, site: CardSite) -> None:
    show(page, "single-best")
    page.locator(".lm-choice").nth(2).click()
    expect(page.locator(".lm-kept")).to_have_text("Saved")
    assert site.sent[-1]["do"] == "draft"
    assert site.sent[-1]["fields"] == {"answer": ["turn"]}


def test_a_draft_that_did_not_arrive_is_said_to_be_unsaved(page: Page, site: CardSite) -> None:
    show(page, "single-best")
    page.route("**/card/**", lambda route: route.abort())
    page.locator(".lm-choice").nth(2).click()
    expect(page.locator(".lm-kept")).to_have_text("Not saved yet")
    expect(page.locator("input[name=answer]").nth(2)).to_be_checked()


def test_leaving_the_page_sends_what_was_not_yet_kept(page: Page, site: CardSite) -> None:
    show(page, "single-best")
    page.locator(".lm-choice").nth(2).click()
    with page.expect_request(lambda sent: sent.method == "POST"):
        page.evaluate("dispatchEvent(new Event('pagehide'))")
    expect(page.locator(".lm-kept")).to_have_text("Saved")
    assert site.sent[0]["fields"] == {"answer": ["turn"]}


def test_a_failing_server_loses_nothing(page: Page, site: CardSite) -> None:
    show(page, "likert")
    page.locator(".lm-choice").nth(1).click()
    page.route("**/card/**", lambda route: route.fulfill(status=500, body="broken"))
    page.get_by_role("button", name="Send answer").click()
    expect(page.get_by_role("alert")).to_have_text("Not saved. Try again.")
    expect(page.locator("input[name=answer]").nth(1)).to_be_checked()


def pictures(page: Page, folder: Path) -> None:
    """For looking: each card before and after its answer."""
    for kind in TYPES:
        show(page, kind)
        page.screenshot(path=folder / f"{kind}.png", full_page=True)
        by_mouse(page, kind)
        expect(page.locator("#verdict")).to_be_visible()
        page.screenshot(path=folder / f"{kind}-answered.png", full_page=True)
