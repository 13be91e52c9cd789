"""A lecture: one projector, five hundred phones, a lesson between two votes, and a server that dies in the middle."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser, Page, expect

from modules.actions.live.plan import usual_plan
from modules.actions.live.sessions import begin
from modules.core.items import SingleBest
from modules.core.live import ItemPoll, LiveSession, pairs
from modules.core.people import Actor
from tests.browser.conftest import DESK, PHONE, visit
from tests.browser.crowd import Phone, crowd, votes
from tests.browser.journal import records_of
from tests.browser.journey import MODULE, QUIET
from tests.browser.test_access import AXE, RUN, TAGS
from tests.load.server import SECRET, Server
from tests.owner import account_with, signed_in_as

LESSON = MODULE.lessons[1]
REAL, SCRIPTED = 20, 480


@dataclass
class Hall:
    """A session that has begun, and the cookies of who leads it."""

    server: Server
    session: LiveSession
    cookies: dict[str, str]
    right: str
    wrong: str
    before: str
    after: str
    phones: list[Phone] = field(default_factory=list)


@pytest.fixture(scope="module")
def theatre(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server of its own: one test kills it."""
    server = Server(tmp_path_factory.mktemp("hall")).start()
    yield server
    server.stop()


@pytest.fixture
def hall(theatre: Server) -> Hall:
    server = theatre
    with records_of(server) as records:
        account = account_with(records, "educator")
        host = Actor(account.learner, account.id, account.duties, confirmed=True)
        session = begin(records, host, MODULE, usual_plan(MODULE, [LESSON.id]), now=datetime.now(UTC))
        cookies = signed_in_as(records, account, SECRET.encode())
    ((first, second),) = pairs(session.plan)
    assert isinstance(first.poll, ItemPoll)
    item = MODULE.quizzes[first.poll.quiz].item(first.poll.item)
    assert isinstance(item, SingleBest)
    right = next(o.id for o in item.options if o.correct)
    wrong = next(o.id for o in item.options if not o.correct)
    return Hall(server, session, cookies, right, wrong, first.id, second.id)


def presenter(hall: Hall, browser: Browser, stack: ExitStack) -> Page:
    context = stack.enter_context(visit(browser, hall.server, viewport={"width": 1920, "height": 1080}))
    context.add_cookies([{"name": n, "value": v, "url": hall.server.url} for n, v in hall.cookies.items()])
    context.add_init_script(AXE)
    page = context.new_page()
    page.goto(f"/present/{MODULE.id}?session={hall.session.code}")
    return page


def at_poll(page: Page, poll: str) -> None:
    """By typing the slide's number, as a presenter jumps."""
    number = page.evaluate(
        "poll => [...document.querySelectorAll('.lm-slide')].findIndex(s => s.dataset.poll === poll) + 1", poll
    )
    for digit in str(number):
        page.keyboard.press(digit)
    page.keyboard.press("Enter")
    expect(page.locator("#place")).to_have_text(re.compile(f"^{number} /"))


def on_phone(phone: Page, words: str, *, again: bool = False) -> None:
    """Chooses on the page and sends; the answer comes without a reload."""
    phone.locator(".lm-choice", has_text=words).click()
    phone.get_by_role("button", name="Change my vote" if again else "Vote", exact=True).click()
    expect(phone.locator(".said.good")).to_contain_text("You can change it while voting is open")


def option_words(hall: Hall, option: str) -> str:
    poll = hall.session.plan.polls[0].poll
    assert isinstance(poll, ItemPoll)
    quiz = MODULE.quizzes[poll.quiz]
    item = quiz.item(poll.item)
    assert isinstance(item, SingleBest)
    return next(o.text for o in item.options if o.id == option)


def test_a_lecture_with_five_hundred_phones_shows_the_right_four_cells(hall: Hall, browser: Browser) -> None:
    with ExitStack() as stack:
        page = presenter(hall, browser, stack)
        phones = [stack.enter_context(visit(browser, hall.server, viewport=PHONE)).new_page() for _ in range(REAL)]
        for phone in phones:
            phone.goto(f"/join/{hall.session.code}")
        scripted = crowd(hall.server.url, hall.session.code, SCRIPTED)
        before = _before_the_lesson(hall, page, phones, scripted)
        after = _after_the_lesson(hall, page, phones, scripted)
        both = list(zip(before, after, strict=True))
        at_poll(page, f"{hall.after}-shift")
        expect(page.get_by_text(f"{REAL + SCRIPTED} people voted both times")).to_be_visible(timeout=QUIET)
        assert _cells(page) == {
            "Stayed right": both.count((True, True)),
            "Gained": both.count((False, True)),
            "Lost": both.count((True, False)),
            "Stayed wrong": both.count((False, False)),
        }
        assert page.evaluate(RUN, TAGS) == []


def _before_the_lesson(hall: Hall, page: Page, phones: list[Page], scripted: list[Phone]) -> list[bool]:
    """Who was right. One phone votes twice: its second vote takes the place of the first."""
    knew = [n % 3 == 0 for n in range(SCRIPTED)]
    at_poll(page, hall.before)
    assert set(votes(scripted[:5], hall.before, [hall.right] * 5)) == {409}
    page.keyboard.press("v")
    for phone in phones:
        on_phone(phone, option_words(hall, hall.wrong))
    on_phone(phones[0], option_words(hall, hall.right), again=True)
    assert set(votes(scripted, hall.before, [hall.right if yes else hall.wrong for yes in knew])) == {200}
    _all_in_then_closed(page)
    expect(phones[1].get_by_text("Voting is closed")).to_be_visible(timeout=QUIET)
    assert scripted[0].vote(hall.before, hall.right) == 409
    return [True] + [False] * (REAL - 1) + knew


def _after_the_lesson(hall: Hall, page: Page, phones: list[Page], scripted: list[Phone]) -> list[bool]:
    """Who was right. The server dies when half of the room has voted."""
    learnt, half = [n % 4 != 3 for n in range(SCRIPTED)], SCRIPTED // 2
    told = [hall.right if yes else hall.wrong for yes in learnt]
    at_poll(page, hall.after)
    page.keyboard.press("v")
    expect(page.locator("#vote")).to_have_text("Close voting", timeout=QUIET)
    assert set(votes(scripted[:half], hall.after, told[:half])) == {200}
    hall.server.kill()
    expect(page.locator("#room")).to_have_text("The room is offline", timeout=QUIET)
    hall.server.start()
    assert set(votes(scripted[half:], hall.after, told[half:])) == {200}
    for n, phone in enumerate(phones):
        on_phone(phone, option_words(hall, hall.right if n < 15 else hall.wrong))
    _all_in_then_closed(page)
    return [True] * 15 + [False] * 5 + learnt


def _all_in_then_closed(page: Page) -> None:
    expect(page.locator("#votes")).to_have_text(f"{REAL + SCRIPTED} votes", timeout=QUIET)
    page.keyboard.press("v")
    expect(page.locator("#vote")).to_have_text("Open it again", timeout=QUIET)


def _cells(page: Page) -> dict[str, int]:
    found = page.locator(".lm-slide.on .lm-shift > div").all()
    texts = [(one.locator("dt").inner_text(), one.locator("dd").inner_text()) for one in found]
    names = ("Stayed right", "Gained", "Lost", "Stayed wrong")
    return {next(n for n in names if told.startswith(n)): int(value.split()[0]) for told, value in texts}


def test_the_slide_and_the_poll_come_back_after_a_reload_and_only_the_host_may_lead(
    hall: Hall, browser: Browser
) -> None:
    with ExitStack() as stack:
        page = presenter(hall, browser, stack)
        at_poll(page, hall.before)
        page.keyboard.press("v")
        expect(page.locator("#vote")).to_have_text("Close voting", timeout=QUIET)
        place = page.locator("#place").inner_text()
        page.goto("about:blank")
        page.goto(f"/present/{MODULE.id}?session={hall.session.code}")
        expect(page.locator("#place")).to_have_text(place)
        expect(page.locator("#vote")).to_have_text("Close voting", timeout=QUIET)
        stranger = stack.enter_context(visit(browser, hall.server, viewport=DESK)).new_page()
        reply = stranger.goto(f"/present/{MODULE.id}?session={hall.session.code}")
        assert reply is not None
        assert reply.status == 403
        sent = stranger.request.post(
            f"/room/{hall.session.code}", data={"do": "end"}, headers={"X-Landmark": "1", "Origin": hall.server.url}
        )
        assert sent.status == 403


def test_a_phone_works_without_a_script_and_is_small_and_accessible(hall: Hall, browser: Browser) -> None:
    with ExitStack() as stack:
        page = presenter(hall, browser, stack)
        at_poll(page, hall.before)
        page.keyboard.press("v")
        expect(page.locator("#vote")).to_have_text("Close voting", timeout=QUIET)
        plain = stack.enter_context(visit(browser, hall.server, viewport=PHONE, java_script_enabled=False)).new_page()
        plain.goto(f"/join/{hall.session.code}")
        plain.locator(".lm-choice").first.click()
        plain.get_by_role("button", name="Vote", exact=True).click()
        expect(plain.get_by_text("Your vote is in.")).to_be_visible()
        expect(plain.locator(".lm-choice input").first).to_be_checked()
        expect(page.locator("#votes")).to_have_text("1 vote", timeout=QUIET)
        for scheme in ("light", "dark"):
            context = stack.enter_context(visit(browser, hall.server, viewport=PHONE, color_scheme=scheme))
            context.add_init_script(AXE)
            sizes: list[int] = []
            context.on("response", lambda reply, sizes=sizes: sizes.append(int(reply.headers.get("content-length", 0))))
            phone = context.new_page()
            phone.goto(f"/join/{hall.session.code}")
            assert phone.evaluate(RUN, TAGS) == []
            assert len(phone.content().encode()) < 15_000
            heights = "[...document.querySelectorAll('.lm-choice, button')].map(e => e.getBoundingClientRect().height)"
            assert min(phone.evaluate(heights)) >= 48
            assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_phone_without_a_network_keeps_the_vote_and_says_so(hall: Hall, browser: Browser) -> None:
    with ExitStack() as stack:
        page = presenter(hall, browser, stack)
        at_poll(page, hall.before)
        page.keyboard.press("v")
        context = stack.enter_context(visit(browser, hall.server, viewport=PHONE))
        phone = context.new_page()
        phone.goto(f"/join/{hall.session.code}")
        phone.locator(".lm-choice").first.click()
        context.set_offline(True)
        phone.get_by_role("button", name="Vote", exact=True).click()
        expect(phone.locator(".said.bad")).to_contain_text("This was not sent; it is still here")
        expect(phone.locator(".lm-choice input").first).to_be_checked()
        context.set_offline(False)
        phone.get_by_role("button", name="Vote", exact=True).click()
        expect(phone.locator(".said.good")).to_be_visible()
        expect(page.locator("#votes")).to_have_text("1 vote", timeout=QUIET)
        page.context.set_offline(True)
        first = page.locator("#place").inner_text()
        page.keyboard.press("ArrowRight")
        expect(page.locator("#place")).not_to_have_text(first)
        expect(page.locator("#room")).to_have_text("The room is offline", timeout=QUIET)
        page.context.set_offline(False)
