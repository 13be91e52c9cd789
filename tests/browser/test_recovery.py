"""Two tabs, history, deep links, a restart in the middle, double clicks, and files saved while pages are open."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import DESK, visit
from tests.browser.gallery import become, become_owner
from tests.browser.hands import Mouse
from tests.browser.journal import Journal, learner_of
from tests.browser.journey import (
    MODULE,
    QUIET,
    answer,
    asked_on,
    begin,
    button,
    check,
    checks,
    declare,
    fill,
    form_of,
    go_on,
    heading,
    send_in,
    send_of,
    verdict,
)
from tests.browser.standing import Standing
from tests.load.server import ROOT, Server

WHERE = f"module={MODULE.id}"
DEEP = MODULE.lessons[2]
ASKED = MODULE.front.assessment.asked


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Server]:
    """A server that a test may stop."""
    running = Server(tmp_path).start()
    yield running
    running.stop()


def lesson_path(number: int) -> str:
    return f"/lesson?{WHERE}&lesson={MODULE.lessons[number - 1].id}"


def reader(server: Server) -> Standing:
    """Past the front matter and the pre-test."""
    return Standing(server).declared().answered("pre")


def test_two_tabs_keep_one_test_and_what_is_sent_in_from_one_stands_in_both(desk: Page, server: Server) -> None:
    learner = Standing(server).declared().answered("pre", only=ASKED - 1).learner
    become(desk.context, server, learner)
    other = desk.context.new_page()
    for tab in (other, desk):
        tab.bring_to_front()
        tab.goto(f"/quiz?{WHERE}&role=pre")
        heading(tab, "Pre-test")
        at_question(tab, ASKED)
    first = answer(Mouse(desk), right=True)
    send_in(Mouse(desk))
    other.bring_to_front()
    quiz, second = asked_on(other)
    assert first.id == second.id
    send_of(fill(Mouse(other), quiz, second, right=False)).click()
    expect(other.locator(".lm-card-error")).to_contain_text("sent in already", timeout=QUIET)
    expect(other.locator("#score")).to_contain_text("Your starting point is recorded")
    journal = Journal(server, learner)
    journal.assert_nothing_counted_twice()
    assert journal.scores("pre") == [1.0] * ASKED


def test_a_check_answered_in_one_tab_keeps_its_verdict_in_the_other(desk: Page, server: Server) -> None:
    learner = reader(server).learner
    become(desk.context, server, learner)
    other = desk.context.new_page()
    for tab in (other, desk):
        tab.bring_to_front()
        tab.goto(lesson_path(3))
        heading(tab, DEEP.title)
    asked = checks(DEEP)[1]
    check(Mouse(desk), asked, right=True)
    other.bring_to_front()
    form = fill(Mouse(other), *asked, right=False)
    send_of(form).click()
    for tab in (desk, other):
        expect(verdict(tab, asked[1])).to_contain_text("Correct", timeout=QUIET)
    assert Journal(server, learner).scores("check") == [1.0]


def test_back_and_forward_lead_through_the_lessons_that_were_read(desk: Page, server: Server) -> None:
    become(desk.context, server, reader(server).learner)
    desk.goto(lesson_path(1))
    for number in (1, 2):
        heading(desk, MODULE.lessons[number - 1].title)
        go_on(Mouse(desk))
    heading(desk, MODULE.lessons[2].title)
    for number in (2, 1):
        desk.go_back()
        heading(desk, MODULE.lessons[number - 1].title)
        assert f"lesson={MODULE.lessons[number - 1].id}" in desk.url
    desk.go_forward()
    heading(desk, MODULE.lessons[1].title)


def test_a_deep_link_leads_a_newcomer_to_its_lesson_by_way_of_the_front_matter(desk: Page, server: Server) -> None:
    """ACCME: the learner is made to pass through the front matter before the content."""
    desk.goto(f"/?{WHERE}&lesson={DEEP.id}")
    heading(desk, MODULE.front.title)
    expect(desk.get_by_text(DEEP.title)).to_be_visible()
    declare(Mouse(desk))
    heading(desk, "Pre-test")
    learner = learner_of(desk.context)
    Standing(server, learner).answered("pre", only=ASKED - 1)
    desk.reload()
    heading(desk, "Pre-test")
    at_question(desk, ASKED)
    answer(Mouse(desk))
    send_in(Mouse(desk))
    button(desk, f"Read: {DEEP.title}").click()
    heading(desk, DEEP.title)


def test_a_deep_link_opens_its_lesson_at_once_for_a_learner_on_the_way(desk: Page, server: Server) -> None:
    become(desk.context, server, reader(server).learner)
    desk.goto(f"/?{WHERE}&lesson={DEEP.id}")
    heading(desk, DEEP.title)


def test_a_double_click_moves_on_by_one_question(desk: Page, server: Server) -> None:
    learner = Standing(server).declared().learner
    become(desk.context, server, learner)
    desk.goto(f"/quiz?{WHERE}&role=pre")
    heading(desk, "Pre-test")
    begin(Mouse(desk))
    send_of(fill(Mouse(desk), *asked_on(desk), right=True)).dblclick()
    at_question(desk, 2)
    assert Journal(server, learner).scores("pre") == []


def test_a_double_click_on_a_check_records_one_answer(desk: Page, server: Server) -> None:
    learner = reader(server).learner
    become(desk.context, server, learner)
    desk.goto(lesson_path(3))
    heading(desk, DEEP.title)
    asked = checks(DEEP)[1]
    expect(form_of(desk, *asked)).to_be_visible(timeout=QUIET)
    send_of(fill(Mouse(desk), *asked, right=True)).dblclick()
    expect(verdict(desk, asked[1])).to_contain_text("Correct", timeout=QUIET)
    assert Journal(server, learner).scores("check") == [1.0]


def test_a_restart_in_the_middle_leaves_the_learner_where_they_were(browser: Browser, own: Server) -> None:
    learner = reader(own).learner
    asked = checks(DEEP)[1]
    with visit(browser, own, viewport=DESK) as context:
        become(context, own, learner)
        page = context.new_page()
        page.goto(lesson_path(3))
        heading(page, DEEP.title)
        check(Mouse(page), asked, right=True)
        restart(own, page)
        heading(page, DEEP.title)
        expect(verdict(page, asked[1])).to_contain_text("Correct", timeout=QUIET)
        Standing(own, learner).read()
        page.goto(f"/quiz?{WHERE}&role=post")
        heading(page, "Post-test")
        begin(Mouse(page))
        for _ in range(3):
            answer(Mouse(page))
        quiz, item = asked_on(page)
        form = fill(Mouse(page), quiz, item, right=True)
        expect(form.locator(".lm-kept")).to_contain_text("Saved", timeout=QUIET)
        own.kill()
        send_of(form).click()
        expect(form.locator(".lm-card-error")).to_have_text("Not saved. Try again.", timeout=QUIET)
        expect(form.locator("input[name=answer]:checked, input[type=text]")).not_to_have_count(0)
        own.start()
        page.reload()
        heading(page, "Post-test")
        at_question(page, 4)
        assert asked_on(page) == (quiz, item)
        expect(form.locator("input[name=answer]:checked, input[type=text]")).not_to_have_count(0)
        send_of(form).click()
        at_question(page, 5)
    journal = Journal(own, learner)
    journal.assert_nothing_counted_twice()
    assert journal.scores("post") == []


def at_question(page: Page, number: int) -> None:
    expect(page.locator("#item-head")).to_contain_text(f"Question {number} of", timeout=QUIET)


def restart(server: Server, page: Page) -> None:
    server.stop()
    server.start()
    page.reload()


@pytest.fixture
def author(tmp_path: Path) -> Iterator[Server]:
    """A server that watches its own copy of the content."""
    for name in ("content", "quizzes"):
        shutil.copytree(ROOT / name, tmp_path / name)
    extra = {
        "LANDMARK_CONTENT_DIR": str(tmp_path / "content"),
        "LANDMARK_QUIZZES_DIR": str(tmp_path / "quizzes"),
        "LANDMARK_WATCH": "1",
    }
    running = Server(tmp_path, extra=extra).start()
    yield running
    running.stop()


SAVED = "This sentence was saved while the page was open."


def test_a_saved_file_shows_on_open_pages_and_a_broken_one_takes_only_its_module_down(
    browser: Browser, author: Server
) -> None:
    lesson = MODULE.lessons[0]
    file = author.folder / "content" / MODULE.id / f"{lesson.id}.md"
    whole = file.read_text()
    with visit(browser, author, viewport=DESK) as context:
        become(context, author, reader(author).learner)
        page = context.new_page()
        page.goto(lesson_path(1))
        heading(page, lesson.title)
        file.write_text(f"{whole}\n{SAVED}\n")
        expect(page.get_by_text(SAVED)).to_be_visible(timeout=QUIET)
        file.write_text(f"{whole}\nA figure {{value}}`cleopatra.no-such-readout` nobody published.\n")
        page.goto("/")
        heading(page, "Landmark")
        expect(page.get_by_role("heading", name=MODULE.front.title)).to_have_count(0, timeout=QUIET)
        expect(page.get_by_text("No module is open yet")).to_be_visible(timeout=QUIET)
        page.goto("/evidence")
        heading(page, "Evidence")
        line = whole.count("\n") + 2
        _problem_is_shown(page, author, f"{MODULE.id}/{lesson.id}.md, line {line}")
        file.write_text(whole)
        page.goto("/")
        expect(page.get_by_role("heading", name=MODULE.front.title)).to_be_visible(timeout=QUIET)


def _problem_is_shown(page: Page, server: Server, where: str) -> None:
    page.goto("/problems")
    heading(page, "Problems")
    expect(page.locator("main")).to_contain_text("Sign in with your account", timeout=QUIET)
    become_owner(page.context, server)
    page.reload()
    heading(page, "Problems")
    expect(page.locator("main")).to_contain_text(re.compile(re.escape(where)), timeout=QUIET)
