"""The whole way from the catalogue to a certificate, by mouse at two sizes and by keyboard alone."""

from __future__ import annotations

import io
import re

import pikepdf
from playwright.sync_api import Page, expect

from modules.core.credit import claimable
from modules.core.items import Numeric
from modules.core.module import Lesson
from modules.core.schemes import PARTICIPATION, amount_text
from tests.browser.hands import Hand, Keyboard, Mouse
from tests.browser.journal import Journal, learner_of
from tests.browser.journey import (
    MODULE,
    QUIET,
    again,
    answer,
    asked_in_all,
    begin,
    button,
    certificate_number,
    check,
    checks,
    claim,
    declare,
    evaluate,
    go_on,
    guess,
    heading,
    open_module,
    place,
    predictions,
    send_in,
    settle,
    verdict,
)
from tests.load.server import Server

NAME = "Zoë Ångström-O’Neill"
RULE = MODULE.front.assessment
HOURS = claimable(MODULE.front)
FEW = 2
"""Right answers of a post-test that is not passed."""
RETRIES = bool(MODULE.front.reserve)
"""Whether there are clones to ask after a failed attempt."""


def test_a_learner_goes_from_the_catalogue_to_a_certificate_by_mouse(page: Page, server: Server) -> None:
    hand = Mouse(page)
    page.goto("/")
    open_module(hand)
    _incomplete_declaration_is_refused(hand)
    declare(hand)
    heading(page, "Pre-test")
    learner = learner_of(page.context)
    _sit(hand, wrong=1, reload=True)
    hand.press(button(page, f"Read: {MODULE.lessons[0].title}"))
    for lesson in MODULE.lessons:
        _lesson(hand, lesson, thorough=True)
    hand.press(button(page, "Take the post-test"))
    _post(hand)
    _evaluation_needs_its_required_answers(hand)
    number = _certificate(hand)
    _documents(page, number)
    page.goto("/learning")
    _my_learning(page, number)
    _journal_is_exact(Journal(server, learner))


def test_a_learner_goes_the_same_way_by_keyboard_alone(desk: Page, server: Server) -> None:
    """WCAG 2.1.1 and 2.1.2: every control is reached by Tab, and Tab leads on from it."""
    hand = Keyboard(desk)
    desk.goto("/")
    heading(desk, "Landmark")
    _skip_link_leads_to_the_content(desk)
    open_module(hand)
    declare(hand)
    heading(desk, "Pre-test")
    learner = learner_of(desk.context)
    _sit(hand, wrong=1)
    hand.press(button(desk, f"Read: {MODULE.lessons[0].title}"))
    for lesson in MODULE.lessons:
        _lesson(hand, lesson)
    hand.press(button(desk, "Take the post-test"))
    _post(hand)
    evaluate(hand)
    number = _certificate(hand)
    hand.press(desk.get_by_role("link", name="My learning"))
    _my_learning(desk, number)
    _journal_is_exact(Journal(server, learner))


def _skip_link_leads_to_the_content(page: Page) -> None:
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to main content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Skip to main content")).not_to_be_focused()
    page.keyboard.press("Tab")
    page.wait_for_function("document.querySelector('main').contains(document.activeElement)")


def _incomplete_declaration_is_refused(hand: Hand) -> None:
    page = hand.page
    hand.choose(page.get_by_role("combobox", name=re.compile("Profession")), "Nurse")
    hand.press(button(page, "Go on to the pre-test"))
    expect(page.get_by_role("alert")).to_contain_text("country", timeout=QUIET)
    heading(page, MODULE.front.title)


def _sit(hand: Hand, *, wrong: int = 0, reload: bool = False) -> None:
    """Answer a whole test, the first items wrongly, and send it in; the page may be loaded again in the middle."""
    page = hand.page
    if "Question" not in page.locator("#item-head").inner_text():
        begin(hand)
    number, count = place(page), asked_in_all(page)
    while True:
        assert place(page) == number
        answer(hand, right=number > wrong)
        if number == count:
            break
        number += 1
        if reload and number == count // 2:
            page.reload()
            expect(page.locator("#item-head")).to_contain_text(f"Question {number - 1} of", timeout=QUIET)
            hand.press(button(page, "Next"))
            expect(page.locator("#item-head")).to_contain_text(f"Question {number} of", timeout=QUIET)
    send_in(hand)


def _lesson(hand: Hand, lesson: Lesson, *, thorough: bool = False) -> None:
    """Answer every check, at first wrongly where another try is offered, then go on."""
    page = hand.page
    heading(page, lesson.title)
    for block in predictions(lesson):
        guess(hand, block, "40")
    if thorough:
        _charts_are_loaded(page)
    if thorough and lesson is MODULE.lessons[2]:
        _a_figure_names_its_source(page)
        _a_chart_can_be_explored(hand)
    for quiz, item in checks(lesson):
        if not isinstance(item, Numeric):
            check(hand, (quiz, item), right=False)
            again(hand, (quiz, item))
        check(hand, (quiz, item), right=True)
        if thorough:
            expect(verdict(page, item)).to_be_focused()
    if thorough and lesson is MODULE.lessons[1]:
        page.reload()
        heading(page, lesson.title)
        for _quiz, item in checks(lesson):
            expect(verdict(page, item)).to_contain_text("Correct")
    go_on(hand)
    settle(page)


def _charts_are_loaded(page: Page) -> None:
    for picture in page.locator("main img").all():
        picture.scroll_into_view_if_needed()
        expect(picture).to_have_attribute("alt", re.compile(r"\w"))
        expect(picture).to_have_js_property("complete", True)
        assert picture.evaluate("e => e.naturalWidth") > 0


def _a_figure_names_its_source(page: Page) -> None:
    """Citation, data cut and confidence of one figure, one tap away; Escape closes it."""
    source = page.get_by_role("dialog", name=re.compile("^Source of")).filter(has_text="Data cut:")
    anchor = page.locator("[popover]").filter(has_text="Data cut:").first.get_attribute("id")
    opener = page.locator(f'button[popovertarget="{anchor}"]')
    opener.click()
    expect(source).to_be_visible()
    expect(source.get_by_role("link")).to_have_attribute("href", re.compile("^https://"))
    expect(source).to_contain_text(re.compile("Verified against the source|Secondary source"))
    page.keyboard.press("Escape")
    expect(source).to_be_hidden()


def _a_chart_can_be_explored(hand: Hand) -> None:
    page = hand.page
    expect(page.get_by_test_id("stPlotlyChart")).to_have_count(0)
    hand.tick(re.compile("^Explore"), page.locator("main"))
    expect(page.get_by_test_id("stPlotlyChart").locator(".main-svg").first).to_be_visible(timeout=QUIET)
    settle(page)


def _post(hand: Hand) -> None:
    """Fail once where clones are in reserve, read why, try again on what was missed, and pass."""
    page = hand.page
    heading(page, "Post-test")
    expect(page.locator("form.lm-card")).to_contain_text(f"To pass: {RULE.correct} of {RULE.asked} needed")
    if RETRIES:
        _sit(hand, wrong=RULE.asked - FEW)
        expect(page.locator("#score")).to_contain_text(f"Not passed yet: {FEW} of {RULE.asked}", timeout=QUIET)
        expect(page.locator("#score")).to_be_focused()
        expect(page.locator(".lm-debrief")).to_have_count(RULE.asked)
        assert page.locator(".lm-debrief .lm-rationale").count() > RULE.asked
        hand.press(button(page, "Try again"))
        expect(page.locator("#item-head")).to_contain_text(f"Question 1 of {RULE.asked - FEW}", timeout=QUIET)
    _sit(hand, wrong=1, reload=True)
    expect(page.locator("#score")).to_contain_text(f"Passed: {RULE.asked - 1} of {RULE.asked}", timeout=QUIET)
    hand.press(button(page, "Send the evaluation"))
    heading(page, "Evaluation")


def _evaluation_needs_its_required_answers(hand: Hand) -> None:
    hand.press(button(hand.page, "Send evaluation"))
    expect(hand.page.locator(".lm-card-error")).to_contain_text("still need an answer", timeout=QUIET)
    evaluate(hand)


def _certificate(hand: Hand) -> str:
    """Claim the shortest time on offer; returns the number on the card."""
    page = hand.page
    hand.press(button(page, "Claim your certificate"))
    heading(page, "Your certificate")
    claim(hand, NAME, "zoe@example.org", amount_text(PARTICIPATION, HOURS[-1]))
    card = page.get_by_role("heading", name="Certificate of participation")
    expect(card).to_be_visible(timeout=QUIET)
    settle(page)
    main = page.locator("main")
    for told in (NAME, MODULE.front.title, amount_text(PARTICIPATION, HOURS[-1])):
        expect(main).to_contain_text(told)
    return certificate_number(page)


def _documents(page: Page, number: str) -> None:
    """The PDF is the certificate, and anyone can check its number."""
    link = page.get_by_role("link", name=re.compile("PDF")).get_attribute("href")
    assert link is not None
    body = page.request.get(link).body()
    assert body.startswith(b"%PDF")
    uris = [str(a.A.URI) for p in pikepdf.open(io.BytesIO(body)).pages for a in p.get("/Annots", []) if "/A" in a]
    assert any(uri.endswith(f"/verify/{number}") for uri in uris)
    page.goto(f"/verify/{number}")
    for told in (NAME, MODULE.front.title, amount_text(PARTICIPATION, HOURS[-1]), number):
        expect(page.locator("main")).to_contain_text(told)
    expect(page.get_by_role("status")).to_contain_text("valid")
    wrong = number[:-1] + ("A" if number[-1] != "A" else "B")
    refused = page.goto(f"/verify/{wrong}")
    assert refused is not None
    assert refused.status == 404
    expect(page.get_by_role("status")).to_contain_text("No certificate has this number")
    expect(page.locator("main")).not_to_contain_text(NAME)


def _my_learning(page: Page, number: str) -> None:
    heading(page, "My learning")
    for told in (number, f"Post-test, attempt {1 + RETRIES}: {RULE.asked - 1} of {RULE.asked}"):
        expect(page.locator("main")).to_contain_text(told)


def _journal_is_exact(journal: Journal) -> None:
    """Every answer once, every score as given."""
    journal.assert_nothing_counted_twice()
    asked = RULE.asked
    assert journal.scores("pre") == [0.0] + [1.0] * (asked - 1)
    last = asked - FEW if RETRIES else asked
    failed = [0.0] * (asked - FEW) + [1.0] * FEW if RETRIES else []
    assert journal.scores("post") == [*failed, 0.0, *[1.0] * (last - 1)]
    assert [(c.correct, c.passed) for c in journal.closed("post")][-1] == (asked - 1, True)
    assert len(journal.closed("post")) == 1 + RETRIES
    tries = [[1.0] if isinstance(i, Numeric) else [0.0, 1.0] for x in MODULE.lessons for _, i in checks(x)]
    assert journal.scores("check") == [score for one in tries for score in one]
    evaluation = MODULE.quizzes[MODULE.front.evaluation]
    assert [a.item for a in journal.answers if a.role == "evaluation"] == [i.id for i in evaluation.items]
