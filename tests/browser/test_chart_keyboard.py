"""Charts without a mouse (WCAG 2.1.1): every value of every kind is reached, on plain pages and in the app."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from modules.charts.chart import CutsPlot
from modules.charts.draw import draw
from modules.core.figures import CHART_KINDS
from modules.core.module import Chart, Lesson, walk
from modules.core.quantity import number
from tests.browser.conftest import PHONE, visit
from tests.browser.gallery import CROWDED, WHERE, become, explorer, still
from tests.browser.gallery import drawn as cards_drawn
from tests.browser.hands import Keyboard
from tests.browser.journey import LIBRARY, MODULE, QUIET, heading, predictions
from tests.browser.standing import Standing
from tests.charts.readback import drawn, words
from tests.load.server import Server

AXIS_OF_PERCENT = {"0", "25", "50", "75", "100"}


@dataclass(frozen=True, slots=True)
class Shown:
    """A chart of a lesson: of its kind the first in the module."""

    lesson: Lesson
    chart: Chart

    @property
    def ticks(self) -> set[str]:
        """What the axis says is not a value."""
        plot = draw(self.chart.request, LIBRARY.evidence).plot
        inner = plot.drawn if isinstance(plot, CutsPlot) else plot
        return {number(tick) for tick in getattr(inner, "ticks", ())} | AXIS_OF_PERCENT


def _of_every_kind() -> Iterator[Shown]:
    found: dict[str, Shown] = {}
    for lesson in MODULE.lessons:
        for block in walk(lesson.blocks):
            if isinstance(block, Chart):
                found.setdefault(block.request.kind, Shown(lesson, block))
    assert set(found) == set(CHART_KINDS)
    yield from found.values()


every_kind = pytest.mark.parametrize("shown", tuple(_of_every_kind()), ids=lambda s: s.chart.request.kind)


@pytest.fixture
def phone(browser: Browser, server: Server) -> Iterator[Page]:
    with visit(browser, server, viewport=PHONE) as context:
        yield context.new_page()


@pytest.fixture(scope="module")
def reader(server: Server) -> str:
    """May see every chart: each prediction is made."""
    learner = Standing(server).declared().answered("pre")
    for lesson in MODULE.lessons:
        for block in predictions(lesson):
            learner.predicted(lesson.id, block.figure, block.high)
    return learner.learner


@every_kind
def test_on_a_plain_page_the_keyboard_opens_a_table_that_holds_every_value(phone: Page, shown: Shown) -> None:
    phone.goto(f"/read/{MODULE.id}/{shown.lesson.id}")
    hand, figure = Keyboard(phone), phone.locator(f"figure[aria-labelledby=chart-{shown.chart.number}]")
    fold = phone.locator("details.lm-predict").filter(has=figure)
    if fold.count():
        hand.press(fold.locator("> summary"))
    _opened_and_scrolled(hand, figure)
    letters = figure.locator("svg text").all_text_contents()
    assert letters
    _hold(figure, letters, shown)


@every_kind
def test_in_the_app_the_keyboard_opens_the_same_table(phone: Page, server: Server, reader: str, shown: Shown) -> None:
    """The picture is an image there; its letters are read from the drawing."""
    become(phone.context, server, reader)
    phone.goto(f"/lesson?{WHERE}&lesson={shown.lesson.id}")
    heading(phone, shown.lesson.title)
    figure = phone.locator(f"figure[aria-labelledby=chart-{shown.chart.number}]")
    _opened_and_scrolled(Keyboard(phone), figure)
    _hold(figure, words(drawn(draw(shown.chart.request, LIBRARY.evidence), 360)), shown)


def _opened_and_scrolled(hand: Keyboard, figure: Locator) -> None:
    """Enter opens the table; the next stop is its box, which the arrows scroll where it is wider than the phone."""
    box = figure.locator(".lm-scroll")
    expect(box).to_be_hidden()
    hand.press(figure.locator("details.lm-table > summary"))
    expect(box).to_be_visible()
    hand.page.keyboard.press("Tab")
    expect(box).to_be_focused()
    assert box.get_attribute("role") == "region"
    assert box.get_attribute("aria-label")
    if box.evaluate("e => e.scrollWidth > e.clientWidth"):
        hand.page.keyboard.press("ArrowRight")
        expect(box).not_to_have_js_property("scrollLeft", 0)


def _hold(figure: Locator, letters: list[str], shown: Shown) -> None:
    """Each number of the picture is in the words around it."""
    parts = figure.locator(".lm-figure-title, > p, .lm-chart-note, .lm-table table, .lm-also")
    told = _numbers(" ; ".join(parts.all_inner_texts())) | shown.ticks
    assert [said for said in letters if not _numbers(said) <= told] == []


def _numbers(said: str) -> set[str]:
    return {found.replace(",", "") for found in re.findall(r"\d[\d,]*(?:\.\d+)?", said)}


def test_the_arrow_keys_walk_through_the_data_cuts(phone: Page, server: Server, reader: str) -> None:
    become(phone.context, server, reader)
    phone.goto(f"/lesson?{WHERE}&lesson={CROWDED.id}")
    heading(phone, CROWDED.title)
    # Cards that come later would move what the keyboard is at.
    still(phone)
    cards_drawn(phone)
    hand, switch = Keyboard(phone), explorer(phone, "cuts")
    hand.reach(switch)
    phone.keyboard.press("Space")
    expect(switch).to_be_checked()
    slider = phone.get_by_role("slider", name="Data cut")
    expect(slider).to_be_visible(timeout=QUIET)
    hand.reach(slider)
    seen = phone.get_by_role("figure", name=re.compile("^Seen from the data cut"))
    expect(seen).to_have_accessible_name(re.compile("^Seen from the data cut: final"), timeout=QUIET)
    phone.keyboard.press("ArrowLeft")
    expect(seen).to_have_accessible_name(re.compile("^Seen from the data cut: May 2012"), timeout=QUIET)
    phone.keyboard.press("ArrowRight")
    expect(seen).to_have_accessible_name(re.compile("^Seen from the data cut: final"), timeout=QUIET)
