"""Access: axe on every page in both schemes and sizes, structure, small screens, target sizes, reduced motion."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import DESK, PHONE, visit
from tests.browser.gallery import SIGHTS, People, Sight, show, still
from tests.browser.journey import MODULE, QUIET
from tests.load.server import Server

AXE = (Path(__file__).parent / "axe.min.js").read_text()
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
RUN = """async tags => {
  const found = await axe.run(document, {runOnly: tags, resultTypes: ['violations'], elementRef: false});
  return found.violations.flatMap(v => v.nodes.map(n => `${v.id}: ${n.target.join(' ')} ${n.html.slice(0, 160)}`));
}"""
NARROW = {
    "catalogue", "front-matter", "pre-test", "lesson-3", "lesson-6", "lesson-explore-cuts", "prediction-refused",
    "post-test-failed", "evaluation", "certificate", "evidence", "trial", "read", "read-module", "read-lesson",
    "verify-found",
}  # fmt: skip
named = pytest.mark.parametrize("sight", SIGHTS, ids=lambda s: s.name)


@pytest.fixture(scope="module")
def people(server: Server) -> People:
    return People(server)


@pytest.fixture(scope="module", params=["light", "dark"])
def looker(request: pytest.FixtureRequest, browser: Browser, server: Server) -> Iterator[Page]:
    """One window for many pages: at a desk in a light system, on a phone in a dark one."""
    scheme: Literal["light", "dark"] = request.param
    with visit(browser, server, viewport=DESK if scheme == "light" else PHONE, color_scheme=scheme) as context:
        context.add_init_script(AXE)
        yield context.new_page()


@pytest.fixture(scope="module")
def narrow(browser: Browser, server: Server) -> Iterator[Page]:
    """WCAG 1.4.10: 320 CSS pixels wide, as at 400 % zoom; a learner who asked for less motion."""
    with visit(browser, server, viewport={"width": 320, "height": 640}, reduced_motion="reduce") as context:
        yield context.new_page()


@named
def test_axe_finds_nothing_at_a_desk_nor_on_a_phone(looker: Page, people: People, sight: Sight) -> None:
    show(looker, people, sight)
    assert looker.evaluate(RUN, TAGS) == []
    _structure_is_sound(looker, sight)


def _structure_is_sound(page: Page, sight: Sight) -> None:
    """WCAG 3.1.1 (language), 2.4.2 (title), and one heading that names the page."""
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.locator("h1").count() == 1
    name = page.locator("h1").text_content()
    assert name
    if sight.app:
        assert page.title() == ("Landmark" if name == "Landmark" else f"{name} · Landmark")
    else:
        assert "Landmark" in page.title()
    assert page.evaluate(_LOST) == []
    assert page.evaluate(_TWICE) == []


_LOST = """() => [...document.querySelectorAll('main a[href^="#"], main [popovertarget]')]
  .filter(e => !document.getElementById(e.getAttribute('popovertarget') ?? e.hash.slice(1))).map(e => e.outerHTML)"""
_TWICE = """() => [...document.querySelectorAll('main [id]')].map(e => e.id)
  .filter((id, at, all) => all.indexOf(id) !== at)"""


@pytest.mark.parametrize("sight", [s for s in SIGHTS if s.name in NARROW], ids=lambda s: s.name)
def test_nothing_scrolls_sideways_and_nothing_is_too_small_to_tap(narrow: Page, people: People, sight: Sight) -> None:
    """WCAG 1.4.10 (reflow) and 2.5.8 (24 px); option rows and primary buttons are 48 px high."""
    show(narrow, people, sight)
    assert narrow.evaluate(_WIDER) == []
    assert narrow.evaluate(_SMALL) == []
    assert narrow.evaluate(_LOW) == []
    assert narrow.evaluate("document.getAnimations().filter(a => a.playState === 'running').length") == 0


_WIDER = """() => [document.documentElement, document.querySelector('[data-testid=stMain]')]
  .filter(e => e && e.scrollWidth > e.clientWidth + 1).map(e => `${e.tagName} ${e.scrollWidth} > ${e.clientWidth}`)"""
_SMALL = """() => [...document.querySelectorAll('main button, main select, main [role=tab]')]
  .filter(e => e.checkVisibility() && e.tabIndex >= 0 && !e.closest('p, li, dd, td, [popover]'))
  .map(e => [e, e.getBoundingClientRect()])
  .filter(([e, r]) => r.height > 0 && (r.height < 24 || r.width < 24))
  .map(([e, r]) => `${e.outerHTML.slice(0, 120)} ${r.width} x ${r.height}`)"""
_LOW = """() => [...document.querySelectorAll(
    '.lm-choice, .lm-actions button, [data-testid=stBaseButton-primary], ' +
    '[data-testid=stBaseButton-primaryFormSubmit]')]
  .map(e => [e, e.getBoundingClientRect().height])
  .filter(([e, height]) => height > 0 && height < 47.5)
  .map(([e, height]) => `${e.innerText} ${height}`)"""


def test_focus_starts_at_the_heading_of_a_new_page(people: People, narrow: Page) -> None:
    """Streamlit says nothing when it changes pages: the heading takes the focus, so a screen reader speaks."""
    show(narrow, people, named_sight("catalogue"))
    narrow.get_by_role("link", name="About this module").click()
    expect(narrow.locator("h1")).to_have_text(MODULE.front.title)
    expect(narrow.locator("h1")).to_be_focused()


def test_an_open_page_follows_the_system_into_the_dark(browser: Browser, server: Server, people: People) -> None:
    with visit(browser, server, viewport=PHONE, color_scheme="light") as context:
        context.add_init_script(AXE)
        page = context.new_page()
        show(page, people, named_sight("lesson-3"))
        expect(page.locator('.lm[data-theme="light"]').first).to_be_visible()
        page.wait_for_function("window.__landmarkDark && window.__landmarkDark.onchange !== null")
        page.emulate_media(color_scheme="dark")
        expect(page.locator('.lm[data-theme="light"]')).to_have_count(0, timeout=QUIET)
        still(page)
        assert page.evaluate(RUN, TAGS) == []


def named_sight(name: str) -> Sight:
    return next(s for s in SIGHTS if s.name == name)
