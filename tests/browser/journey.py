"""What a learner does in a browser, step by step, with either hand."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

from modules.actions.house import ROOT
from modules.authoring.library import load
from modules.core.items import (
    Commitment,
    FreeText,
    Likert,
    Listed,
    MultipleResponse,
    Numeric,
    Quiz,
    ScoredItem,
    SingleBest,
)
from modules.core.module import Check, Lesson, Module, Predict, walk
from modules.core.prose import plain
from tests.browser.hands import Hand

LIBRARY = load(ROOT / "content", ROOT / "quizzes").library
MODULE: Module = LIBRARY.modules["her2-maintenance"]
QUIET = 15_000


def settle(page: Page) -> None:
    """Wait until no script is running."""
    expect(page.locator('[data-testid="stApp"][data-test-script-state="notRunning"]')).to_be_attached(timeout=QUIET)


def heading(page: Page, text: str) -> None:
    expect(page.get_by_role("heading", level=1, name=text)).to_be_visible(timeout=QUIET)
    settle(page)


def button(page: Page, name: str | re.Pattern[str]) -> Locator:
    return page.get_by_role("button", name=name)


def open_module(hand: Hand) -> None:
    """From the catalogue to the page a learner passes through."""
    heading(hand.page, "Landmark")
    hand.press(button(hand.page, "Before you start"))
    heading(hand.page, MODULE.front.title)


def declare(hand: Hand) -> None:
    """Pass through the front matter."""
    page = hand.page
    hand.choose(page.get_by_role("combobox", name=re.compile("Profession")), "Physician")
    hand.choose(page.get_by_role("combobox", name=re.compile("Country")), "Austria")
    hand.tick(re.compile("^I am a healthcare professional"), page.locator("main"))
    hand.press(button(page, "Go on to the pre-test"))


def words(quiz: Quiz, text: str) -> str:
    return plain(quiz.rich(text))


def asked_on(page: Page) -> tuple[Quiz, ScoredItem]:
    """The item that the card on the page asks."""
    place = page.locator("form.lm-card input[name=place]").first.get_attribute("value") or ""
    quiz = MODULE.quizzes[place.partition("#")[0]]
    item = quiz.item(place.partition("#")[2])
    assert isinstance(item, ScoredItem)
    return quiz, item


def form_of(page: Page, quiz: Quiz, item: ScoredItem) -> Locator:
    """The form that asks an item, among all forms on the page."""
    return page.locator(f'form.lm-card:has(input[name="place"][value="{quiz.id}#{item.id}"])')


def send_of(form: Locator) -> Locator:
    """The button that sends a card, or leads to the next."""
    return form.locator("button.lm-first")


def option(form: Locator, value: str, name: str = "answer") -> Locator:
    return form.locator(f'input[name="{name}"][value="{value}"]')


def fill(hand: Hand, quiz: Quiz, item: ScoredItem, *, right: bool) -> Locator:
    """Give a right or a wrong response without sending it; returns the form."""
    form = form_of(hand.page, quiz, item)
    match item:
        case SingleBest():
            wanted = next(o for o in item.options if o.correct is right)
            hand.pick(option(form, wanted.id))
        case MultipleResponse():
            for one in item.options:
                if one.correct is right:
                    hand.pick(option(form, one.id))
        case Numeric():
            value = quiz.keys[item.id] if right else quiz.keys[item.id] * 3 + 7
            hand.write(form.get_by_role("textbox"), f"{value:g}")
        case _:
            raise ValueError(item.type)
    return form


def begin(hand: Hand) -> None:
    """From the start of a test to its first question."""
    hand.press(button(hand.page, "Begin"))
    expect(hand.page.locator("#item-head")).to_contain_text("Question", timeout=QUIET)


def answer(hand: Hand, *, right: bool = True) -> ScoredItem:
    """Answer the item on screen, rightly or wrongly, and wait for what comes next."""
    quiz, item = asked_on(hand.page)
    form = fill(hand, quiz, item, right=right)
    drawn = hand.page.locator(".lm-stage").get_attribute("data-shown")
    hand.press(send_of(form))
    expect(hand.page.locator(".lm-stage")).not_to_have_attribute("data-shown", drawn or "", timeout=QUIET)
    return item


def send_in(hand: Hand) -> None:
    """From the look over a test."""
    expect(hand.page.locator("#item-head")).to_contain_text("Look over your answers", timeout=QUIET)
    hand.press(button(hand.page, "Send in"))
    expect(hand.page.locator("#score")).to_be_visible(timeout=QUIET)


def checks(lesson: Lesson) -> tuple[tuple[Quiz, ScoredItem], ...]:
    """The checks of a lesson, in reading order."""
    asked = [b for b in walk(lesson.blocks) if isinstance(b, Check)]
    found = [(MODULE.quizzes[b.quiz], MODULE.quizzes[b.quiz].item(b.item)) for b in asked]
    return tuple((quiz, item) for quiz, item in found if isinstance(item, ScoredItem))


def predictions(lesson: Lesson) -> tuple[Predict, ...]:
    return tuple(b for b in walk(lesson.blocks) if isinstance(b, Predict))


def foretold(page: Page, block: Predict) -> Locator:
    """The verdict on a prediction."""
    return page.locator(f"#prediction-{block.figure.replace('.', '-')}")


def guess(hand: Hand, block: Predict, value: str) -> None:
    """Types a prediction, locks it in, and reads how far it was."""
    page = hand.page
    hand.write(page.get_by_role("spinbutton", name=re.compile("^Your prediction")), value)
    hand.press(button(page, "Lock in and show"))
    expect(foretold(page, block)).to_contain_text(f"You said {value}", timeout=QUIET)
    settle(page)


def verdict(page: Page, item: ScoredItem) -> Locator:
    return page.locator(f"#verdict-{item.id}")


def check(hand: Hand, asked: tuple[Quiz, ScoredItem], *, right: bool) -> None:
    """Answer a check where it stands, and read the verdict."""
    quiz, item = asked
    form = fill(hand, quiz, item, right=right)
    hand.press(send_of(form))
    expect(verdict(hand.page, item)).to_contain_text("Correct" if right else "Not quite", timeout=QUIET)
    settle(hand.page)


def again(hand: Hand, asked: tuple[Quiz, ScoredItem]) -> None:
    """After a first miss: the form comes back."""
    hand.press(button(hand.page, "Try again"))
    expect(form_of(hand.page, *asked)).to_be_visible(timeout=QUIET)
    settle(hand.page)


def go_on(hand: Hand) -> None:
    """Finish the lesson on screen."""
    hand.press(button(hand.page, re.compile("^Next:|^Finish this lesson")))


def place(page: Page) -> int:
    """Which question is on screen."""
    found = re.search(r"Question (\d+) of", page.locator("#item-head").inner_text())
    assert found
    return int(found[1])


def asked_in_all(page: Page) -> int:
    """How many questions the test on screen has."""
    found = re.search(r"Question \d+ of (\d+)", page.locator("#item-head").inner_text())
    assert found
    return int(found[1])


def evaluate(hand: Hand) -> None:
    """Answer every required question of the evaluation, and send it."""
    quiz, page = MODULE.quizzes[MODULE.front.evaluation], hand.page
    form = page.locator("form.lm-card")
    for number, item in enumerate(quiz.items, 1):
        name = f"q{number}-answer"
        match item:
            case Likert():
                hand.pick(option(form, str(len(item.scale) - 1), name))
            case Listed():
                hand.pick(option(form, item.options[0].id, name))
            case FreeText() | Commitment() if item.required:
                hand.write(form.locator(f'[name="{name}"]').first, "As shown.")
            case _:
                pass
    hand.press(button(page, "Send evaluation"))
    expect(page.get_by_text("Your evaluation is recorded")).to_be_visible(timeout=QUIET)


def claim(hand: Hand, name: str, email: str, hours: str) -> None:
    page = hand.page
    hand.write(page.get_by_role("textbox", name=re.compile("Name")), name)
    hand.write(page.get_by_role("textbox", name=re.compile("E-mail")), email)
    hand.choose(page.get_by_role("combobox", name=re.compile("Time you spent")), hours)
    hand.press(button(page, "Claim and get the certificate"))


def certificate_number(page: Page) -> str:
    """As printed on the card."""
    found = re.search(r"LM(-[A-Z2-7]{4}){4}", page.locator("main").inner_text())
    assert found, "no certificate number on the page"
    return found[0]
