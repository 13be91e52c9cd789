"""The presenter's page in a lecture hall: every key, steps, notes, overview, no network, and text that can be read."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect

from modules.actions.slides import slides
from modules.authoring.library import load
from modules.core.slide import Slide
from modules.routes.present import KEYS
from tests.browser.conftest import visit
from tests.browser.journey import MODULE
from tests.browser.test_access import AXE, RUN, TAGS
from tests.load.server import ROOT, Server

HALL: ViewportSize = {"width": 1920, "height": 1080}
OLD_HALL: ViewportSize = {"width": 1024, "height": 768}
PHONE: ViewportSize = {"width": 390, "height": 844}
ADDRESS = f"/present/{MODULE.id}"


@pytest.fixture(scope="module")
def shown() -> tuple[Slide, ...]:
    return slides(MODULE, load(ROOT / "content", ROOT / "quizzes").library.evidence)


@pytest.fixture(scope="module")
def hall(browser: Browser, server: Server) -> Iterator[BrowserContext]:
    with visit(browser, server, viewport=HALL, color_scheme="light") as context:
        context.new_page()
        yield context


@pytest.fixture
def page(hall: BrowserContext) -> Page:
    """The page as it is opened, in a window as large as a projector; other windows closed."""
    opened, *others = hall.pages
    for each in others:
        each.close()
    opened.set_viewport_size(HALL)
    opened.emulate_media(color_scheme="light", reduced_motion="no-preference", media="null")
    opened.goto("about:blank")
    opened.goto(ADDRESS)
    return opened


def axe(page: Page) -> list[str]:
    page.evaluate(f"() => {{ if (!window.axe) {{ {AXE} }} }}")
    found: list[str] = page.evaluate(RUN, TAGS)
    return found


def at(page: Page, number: int) -> None:
    expect(page.locator("#place")).to_have_text(re.compile(rf"^{number} / "))
    assert page.locator(".lm-slide.on").get_attribute("id") == str(number)


def said(page: Page, words: str | re.Pattern[str]) -> None:
    expect(page.locator("#live")).to_have_text(words)


def with_steps(shown: tuple[Slide, ...], fewest: int = 1) -> int:
    """The number of the first slide whose chart comes in steps."""
    return next(n for n, s in enumerate(shown, 1) if s.chart and s.chart.svg.count("data-step") >= fewest)


@pytest.mark.parametrize("key", ["ArrowRight", " ", "PageDown"])
def test_three_quick_presses_move_three_slides_past_any_steps(page: Page, shown: tuple[Slide, ...], key: str) -> None:
    start = with_steps(shown) - 1
    page.evaluate("n => lmSlides.go(n)", start)
    for _ in range(3):
        page.keyboard.press(key)
    at(page, start + 3)


def test_every_key_of_the_help_does_what_it_says(page: Page, shown: tuple[Slide, ...]) -> None:
    root, last = page.locator("html"), len(shown)
    tried = set()

    def press(*keys: str) -> None:
        for key in keys:
            page.keyboard.press(key)
        tried.update(keys)

    press("End"), at(page, last)
    press("PageUp", "ArrowLeft"), at(page, last - 2)
    press("Home"), at(page, 1)
    press("PageDown", " ", "ArrowRight"), at(page, 4)
    press("1", "2", "Enter"), at(page, 12)
    press("b"), expect(root).to_have_class(re.compile("black"))
    press("b"), expect(root).not_to_have_class(re.compile("black"))
    press("t"), expect(page.locator("body")).to_have_attribute("data-theme", "dark")
    press("p"), expect(page.locator("#pointer")).to_be_visible()
    page.mouse.move(300, 200)
    box = page.locator("#pointer").bounding_box()
    assert box
    assert (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2) == pytest.approx((300, 200), abs=1)
    press("p"), expect(page.locator("#pointer")).to_be_hidden()
    press("?"), expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    press("?"), expect(page.get_by_role("dialog", name="Keys")).to_be_hidden()
    press("f"), page.wait_for_function("document.fullscreenElement")
    press("f"), page.wait_for_function("!document.fullscreenElement")
    expect(page.locator("#timer")).not_to_have_text("0:00")
    press("r"), expect(page.locator("#timer")).to_have_text("0:00")
    named = {"→": "ArrowRight", "Space": " ", "Page down": "PageDown", "←": "ArrowLeft", "Page up": "PageUp"}
    elsewhere = {"Enter ↓", "↑", "O", "N"}
    for keys in (keys for keys, _ in KEYS if keys not in elsewhere and "Number" not in keys):
        parts = re.findall(r"Page down|Page up|\S+", keys)
        assert {named.get(part, part.lower() if len(part) == 1 else part) for part in parts} <= tried, keys


def test_a_screen_reader_is_told_where_the_talk_is(page: Page, shown: tuple[Slide, ...]) -> None:
    page.keyboard.press("ArrowRight")
    said(page, f"Slide 2 of {len(shown)}: {shown[1].title}")
    assert page.locator("#live").get_attribute("role") == "status"
    assert page.locator(".lm-slide:not([inert])").count() == 1
    assert page.locator('[aria-roledescription="slide"]').count() == len(shown)


def test_a_chart_comes_in_steps_with_enter_and_says_what_appeared(page: Page, shown: tuple[Slide, ...]) -> None:
    """Curve, then gap, then what stands below it: none of them before it is asked for, all of them on paper."""
    number = with_steps(shown, 2)
    page.evaluate("n => lmSlides.go(n)", number)
    steps = page.locator(".lm-slide.on [data-step]")
    count = steps.count()
    for n in range(count):
        expect(steps.nth(n)).to_be_hidden()
    page.evaluate("window.heard = []; lmSlides.onStep(told => heard.push(told.step))")
    for n in range(count):
        page.keyboard.press("Enter" if n % 2 else "ArrowDown")
        expect(steps.nth(n)).to_be_visible()
        said(page, steps.nth(n).get_attribute("data-step") or "")
    expect(page.get_by_role("button", name="Show more")).to_be_disabled()
    page.keyboard.press("ArrowUp")
    expect(steps.last).to_be_hidden()
    page.get_by_role("button", name="Show more").click()
    expect(steps.last).to_be_visible()
    assert page.evaluate("heard") == [*range(1, count + 1), count - 1, count]
    page.keyboard.press("Home")
    page.emulate_media(media="print")
    assert page.locator("[data-step]").evaluate_all(
        "all => all.every(e => e.checkVisibility({visibilityProperty: true}))"
    )
    page.emulate_media(media="null")


def test_the_room_hears_of_each_move_and_can_make_one(page: Page, shown: tuple[Slide, ...]) -> None:
    number = next(n for n, slide in enumerate(shown, 1) if slide.anchor)
    page.evaluate("window.heard = []; document.addEventListener('lm:slide', e => heard.push(e.detail))")
    page.evaluate("n => lmSlides.go(n)", number)
    expected = {"number": number, "anchor": shown[number - 1].anchor, "poll": shown[number - 1].poll or None}
    assert page.evaluate("heard") == [expected]
    assert page.evaluate("lmSlides.now()") == expected
    for key in "vmx":
        page.keyboard.press(key)
    assert page.evaluate("heard.length") == 1
    assert not {"v", "m", "x"} & set(page.evaluate("Object.keys(lmSlides.keys)"))


def test_the_notes_window_and_the_projector_keep_in_step_both_ways(page: Page, shown: tuple[Slide, ...]) -> None:
    number = with_steps(shown) - 1
    page.evaluate("n => lmSlides.go(n)", number)
    with page.expect_popup() as opened:
        page.keyboard.press("n")
    desk = opened.value
    assert desk.url.endswith(f"{ADDRESS}?notes=1#{number}")
    expect(desk.locator("#desk-title")).to_have_text(f"{number}: {shown[number - 1].title}")
    expect(desk.locator("#desk-next")).to_have_text(shown[number].title)
    expect(desk.locator("#clock")).to_have_text(re.compile(r"^\d\d:\d\d$"))
    desk.keyboard.press("ArrowRight"), at(page, number + 1)
    page.keyboard.press("Enter")
    expect(desk.locator(".lm-slide.on [data-step]").first).to_be_visible()
    desk.keyboard.press("b"), expect(page.locator("html")).to_have_class(re.compile("black"))
    page.keyboard.press("b"), page.keyboard.press("ArrowRight"), at(desk, number + 2)
    notes = shown[number + 1].notes
    expect(desk.locator("#desk-notes")).to_contain_text(notes.split("\n\n")[0] or "No notes for this slide.")
    assert axe(desk) == []


def test_notes_are_not_on_the_projector(page: Page) -> None:
    assert page.locator(".lm-notes").evaluate_all("all => all.every(e => !e.checkVisibility())")
    expect(page.locator("#desk")).to_be_hidden()


def test_the_overview_is_chosen_from_by_keyboard(page: Page, shown: tuple[Slide, ...]) -> None:
    page.keyboard.press("ArrowRight")
    page.keyboard.press("o")
    expect(page.get_by_role("button", name=f"2: {shown[1].title}", exact=True)).to_be_focused()
    assert page.locator(".lm-pick").count() == len(shown)
    assert axe(page) == []
    page.keyboard.press("ArrowRight"), page.keyboard.press("ArrowDown"), page.keyboard.press("ArrowUp")
    expect(page.get_by_role("button", name=f"3: {shown[2].title}", exact=True)).to_be_focused()
    page.keyboard.press("Enter"), at(page, 3)
    expect(page.locator(".lm-pick").first).to_be_hidden()
    page.get_by_role("button", name="Overview").click()
    page.keyboard.press("End"), page.keyboard.press("Escape"), at(page, 3)
    expect(page.get_by_role("button", name="Overview")).to_be_focused()


def test_without_the_network_everything_goes_on(browser: Browser, server: Server, shown: tuple[Slide, ...]) -> None:
    with visit(browser, server, viewport=HALL) as context:
        page = context.new_page()
        page.goto(ADDRESS)
        page.evaluate("document.fonts.ready")
        assert page.evaluate("document.fonts.check('16px \"Source Sans 3\"')")
        context.set_offline(True)
        asked: list[str] = []
        context.on("request", lambda request: asked.append(request.url))
        assert page.evaluate(_EACH) == len(shown)
        page.keyboard.press("ArrowLeft"), at(page, len(shown) - 1)
        page.evaluate("n => lmSlides.go(n)", with_steps(shown))
        page.keyboard.press("Enter"), page.keyboard.press("t"), page.keyboard.press("o"), page.keyboard.press("Escape")
        expect(page.locator(".lm-slide.on [data-step]").first).to_be_visible()
        with page.expect_popup() as opened:
            page.keyboard.press("n")
        expect(opened.value.locator("#desk-title")).to_contain_text(shown[with_steps(shown) - 1].title)
        opened.value.keyboard.press("Home"), at(page, 1)
        assert [url for url in asked if not url.startswith("blob:") and not url.endswith("/logo.svg")] == []


_EACH = """() => lmSlides.slides.filter((slide, i) => {
  lmSlides.go(i + 1);
  const chart = slide.querySelector('svg');
  return slide.querySelector('h1, h2').checkVisibility() && (!chart || chart.getBoundingClientRect().height > 100);
}).length"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_the_hall_and_on_a_phone(page: Page, shown: tuple[Slide, ...], scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    numbers = {slide.kind: number for number, slide in enumerate(shown, 1)}
    for kind in ("lesson", "points", "takeaway", "chart"):
        page.evaluate("n => lmSlides.go(n)", numbers[kind])
        assert axe(page) == []
    page.set_viewport_size(PHONE)
    assert axe(page) == []


@pytest.mark.parametrize("size", [HALL, OLD_HALL], ids=["16:9", "4:3"])
def test_nothing_is_cut_and_the_back_row_can_read_it(page: Page, size: ViewportSize) -> None:
    """Text is at least 2.6% of the width; the foot, with sources, at least 12 px."""
    page.set_viewport_size(size)
    page.evaluate(_LAID_OUT)
    assert page.evaluate(_CUT) == []
    assert page.evaluate(_SMALL) == []
    page.emulate_media(reduced_motion="reduce")
    assert page.evaluate("document.getAnimations().filter(a => a.playState === 'running').length") == 0


_LAID_OUT = """() => {
  document.querySelectorAll('.lm-face').forEach(face => { face.style.contentVisibility = 'visible'; });
  return document.fonts.ready.then(() => true);
}"""
_CUT = """() => lmSlides.slides.flatMap(slide => {
  const frame = slide.querySelector('.lm-frame'), edge = frame.getBoundingClientRect();
  const out = [...frame.querySelectorAll('h1, h2, p, li, svg, text')].map(e => [e, e.getBoundingClientRect()])
    .filter(([, r]) => r.bottom > edge.bottom + 1 || r.right > edge.right + 1
      || r.top < edge.top - 1 || r.left < edge.left - 1)
    .map(([e]) => `${slide.id}: ${e.textContent.slice(0, 40)}`);
  return frame.scrollHeight > frame.clientHeight + 1 ? [...out, `${slide.id}: ${frame.scrollHeight}`] : out;
})"""
_SMALL = """() => lmSlides.slides.flatMap(slide => {
  const walk = document.createTreeWalker(slide.querySelector('.lm-frame'), NodeFilter.SHOW_TEXT), found = [];
  while (walk.nextNode()) {
    const text = walk.currentNode, e = text.parentElement;
    if (!text.data.trim() || e.closest('title, desc')) continue;
    const scale = e.ownerSVGElement ? e.getScreenCTM().a : 1, size = parseFloat(getComputedStyle(e).fontSize) * scale;
    const least = e.closest('.lm-foot') ? 12 : innerWidth * 0.026;
    if (size < least - 0.05) found.push(`${slide.id}: ${text.data.slice(0, 40)} ${size.toFixed(1)} < ${least}`);
  }
  return found;
})"""


def test_a_phone_shows_slides_without_scrolling_sideways(page: Page) -> None:
    page.set_viewport_size(PHONE)
    page.evaluate(_LAID_OUT)
    frames = "[...document.querySelectorAll('.lm-frame')]"
    assert page.evaluate(f"{frames}.filter(f => f.scrollWidth > f.clientWidth + 1).length") == 0


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_the_handout_has_two_slides_a_page(page: Page, shown: tuple[Slide, ...], paper: str) -> None:
    printed = page.pdf(format=paper, print_background=True)
    pages = len(re.findall(rb"/Type\s*/Page\b", printed))
    assert pages == -(-len(shown) // 2)
