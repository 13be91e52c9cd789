"""A figure is asked for before its chart shows: by mouse, by keyboard, in two tabs, and without a guess."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from modules.core.module import Chart, walk
from modules.export.addresses import chart_url
from tests.browser.gallery import CROWDED, WHERE, become
from tests.browser.hands import Keyboard, Mouse
from tests.browser.journal import Journal
from tests.browser.journey import MODULE, QUIET, button, foretold, guess, heading, predictions, settle
from tests.browser.standing import Standing
from tests.load.server import Server

(BLOCK,) = predictions(CROWDED)
CHART = next(b for b in walk(BLOCK.blocks) if isinstance(b, Chart))
TRUTH = b"56.5"
FOUND = "the trial found 56.5 months (95% CI 49.3 to not reached)"


def opened(page: Page, server: Server) -> str:
    """A learner who may read the lesson, on the lesson."""
    learner = Standing(server).declared().answered("pre").learner
    become(page.context, server, learner)
    load(page)
    return learner


def load(page: Page) -> None:
    page.goto(f"/lesson?{WHERE}&lesson={CROWDED.id}")
    heading(page, CROWDED.title)


def sent_to(page: Page) -> list[bytes]:
    """Everything the page receives over its WebSocket from now on."""
    frames: list[bytes] = []

    def keep(frame: str | bytes) -> None:
        frames.append(frame if isinstance(frame, bytes) else frame.encode())

    page.on("websocket", lambda socket: socket.on("framereceived", keep))
    return frames


def says(page: Page, verdict: str) -> None:
    """As read, without the source behind the figure."""
    expect(foretold(page, BLOCK)).to_contain_text(verdict, use_inner_text=True, timeout=QUIET)


def test_the_answer_is_not_sent_before_the_guess_is_kept_and_then_the_verdict_has_the_focus(
    page: Page, server: Server
) -> None:
    """By mouse, on a phone and at a desk: a click on the slider, then the button."""
    frames = sent_to(page)
    learner = opened(page, server)
    picture = chart_url(MODULE, CROWDED.id, CHART.number).partition("?")[0].encode()
    assert any(BLOCK.ask.encode() in frame for frame in frames)
    assert [f for f in frames if TRUTH in f or picture in f or CHART.request.title.encode() in f] == []
    page.get_by_test_id("stSlider").get_by_role("group").locator("> div").first.click()
    number = page.get_by_role("spinbutton", name=re.compile("^Your prediction"))
    expect(number).to_have_value(re.compile(r"^\d+$"), timeout=QUIET)
    said = number.input_value()
    button(page, "Lock in and show").click()
    says(page, f"You said {said} months; {FOUND}")
    expect(foretold(page, BLOCK)).to_be_focused()
    expect(page.get_by_role("heading", name=CHART.request.title)).to_be_visible()
    settle(page)
    (made,) = Journal(server, learner).predictions
    assert (f"{made.guess:g}", made.truth, made.error) == (said, 56.5, float(said) - 56.5)
    load(page)
    says(page, f"You said {said} months; {FOUND}")
    expect(foretold(page, BLOCK)).not_to_be_focused()
    assert Journal(server, learner).predictions == [made]


def test_a_prediction_is_made_by_keyboard_alone(desk: Page, server: Server) -> None:
    """WCAG 2.1.1: the arrows move the slider, a number may be typed, Enter locks it in."""
    hand = Keyboard(desk)
    learner = opened(desk, server)
    hand.reach(desk.get_by_role("slider"))
    for _ in range(3):
        desk.keyboard.press("ArrowRight")
    number = desk.get_by_role("spinbutton", name=re.compile("^Your prediction"))
    expect(number).to_have_value("3", timeout=QUIET)
    settle(desk)
    hand.reach(number)
    desk.keyboard.press("Control+a")
    desk.keyboard.type("57")
    hand.press(button(desk, "Lock in and show"))
    says(desk, f"You said 57 months; {FOUND}: 0.5 months too high")
    expect(foretold(desk, BLOCK)).to_be_focused()
    assert [e.guess for e in Journal(server, learner).predictions] == [57]


def test_what_was_moved_last_counts_even_when_it_is_locked_in_at_once(desk: Page, server: Server) -> None:
    """The browser sends the click before it hears that the box has moved the slider, or the slider the box."""
    learner = opened(desk, server)
    number = desk.get_by_role("spinbutton", name=re.compile("^Your prediction"))
    number.fill("57")
    number.press("Tab")
    expect(desk.get_by_role("slider")).to_have_value("57", timeout=QUIET)
    settle(desk)
    desk.get_by_role("slider").focus()
    for _ in range(3):
        desk.keyboard.press("ArrowRight")
    button(desk, "Lock in and show").focus()
    desk.keyboard.press("Enter")
    says(desk, f"You said 60 months; {FOUND}")
    assert [e.guess for e in Journal(server, learner).predictions] == [60]


def test_the_first_prediction_stands_in_both_tabs(desk: Page, server: Server) -> None:
    learner = opened(desk, server)
    other = desk.context.new_page()
    load(other)
    desk.bring_to_front()
    guess(Mouse(desk), BLOCK, "40")
    other.bring_to_front()
    other.get_by_role("spinbutton", name=re.compile("^Your prediction")).fill("90")
    button(other, "Lock in and show").click()
    expect(foretold(other, BLOCK)).to_contain_text("You said 40 months", timeout=QUIET)
    assert [e.guess for e in Journal(server, learner).predictions] == [40]


def test_the_chart_can_be_seen_without_a_guess(desk: Page, server: Server) -> None:
    learner = opened(desk, server)
    Keyboard(desk).press(button(desk, "Show without guessing"))
    expect(desk.get_by_role("heading", name=CHART.request.title)).to_be_visible(timeout=QUIET)
    expect(foretold(desk, BLOCK)).to_be_focused()
    assert Journal(server, learner).predictions == []
