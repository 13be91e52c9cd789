"""What a learner does in a browser, step by step, with either hand."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

from modules.actions.house import ROOT
from modules.authoring.library import load
from modules.core.items import Choice, FreeText, Likert, MultipleResponse, Numeric, Quiz, ScoredItem, SingleBest
from modules.core.module import Check, Lesson, Module, Predict, walk
from modules.core.prose import plain
from tests.browser.hands import Hand

LIBRARY = load(ROOT / "content", ROOT / "quizzes").library
MODULE: Module = LIBRARY.modules["her2-maintenance"]
QUIET = 15_000
SEND = re.compile("Send answer|Check answer")


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


def item_on_screen(page: Page, quiz: Quiz) -> ScoredItem:
    """The item whose stem is shown."""
    stem = squeeze(page.locator(".lm-stem").last.inner_text())
    for item in quiz.items:
        if isinstance(item, ScoredItem) and _starts(stem, squeeze(words(quiz, item.stem))):
            return item
    raise AssertionError(f"no item has the stem {stem!r}")


def squeeze(text: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"\[[\d, ]+\]", "", text)).strip()


def _starts(shown_stem: str, stem: str) -> bool:
    return shown_stem.replace(" ", "")[:60] == stem.replace(" ", "")[:60]


def form_of(page: Page, quiz: Quiz, item: ScoredItem) -> Locator:
    """The form that asks an item, among all forms on the page."""
    match item:
        case SingleBest():
            asked = page.get_by_role("radiogroup", name=words(quiz, item.stem))
        case MultipleResponse():
            asked = page.get_by_role("checkbox", name=words(quiz, item.options[0].text), exact=True)
        case Numeric():
            asked = page.get_by_role("textbox", name=re.compile("Your estimate"))
    return page.get_by_test_id("stForm").filter(has=asked)


def fill(hand: Hand, quiz: Quiz, item: ScoredItem, *, right: bool) -> Locator:
    """Give a right or a wrong response without sending it; returns the form."""
    form = form_of(hand.page, quiz, item)
    match item:
        case SingleBest():
            wanted = next(o for o in item.options if o.correct is right)
            hand.pick(form.get_by_role("radiogroup"), words(quiz, wanted.text))
        case MultipleResponse():
            for option in item.options:
                if option.correct is right:
                    hand.tick(words(quiz, option.text), form)
        case Numeric():
            value = quiz.keys[item.id] if right else quiz.keys[item.id] * 3 + 7
            hand.write(form.get_by_role("textbox"), f"{value:g}")
    return form


def answer(hand: Hand, quiz: Quiz, *, right: bool = True) -> ScoredItem:
    """Answer the item on screen, rightly or wrongly, and wait for what comes next."""
    item = item_on_screen(hand.page, quiz)
    form = fill(hand, quiz, item, right=right)
    before = shown(hand.page)
    hand.press(form.get_by_role("button", name=SEND))
    hand.page.wait_for_function(f"before => {_SHOWN} !== before", arg=before, timeout=QUIET)
    settle(hand.page)
    return item


_SHOWN = (
    "[...document.querySelectorAll('.lm-stem, .lm-verdict, [data-testid=stAlert]')].map(e => e.innerText).join('|')"
)


def shown(page: Page) -> str:
    """Stems, verdicts and notices on screen: what an answer changes."""
    return str(page.evaluate(_SHOWN))


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
    hand.press(form.get_by_role("button", name=SEND))
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


def evaluate(hand: Hand) -> None:
    """Answer every required question of the evaluation, and send it."""
    quiz, page = MODULE.quizzes[MODULE.front.evaluation], hand.page
    for item in quiz.items:
        group = page.get_by_role("radiogroup", name=words(quiz, item.stem))
        match item:
            case Likert():
                hand.pick(group, item.scale[-2])
            case Choice(many=False):
                hand.pick(group, words(quiz, item.options[0].text))
            case Choice():
                hand.tick(words(quiz, item.options[0].text), page.locator("main"))
            case FreeText() if item.required:
                hand.write(page.get_by_role("textbox", name=words(quiz, item.stem)), "As shown.")
            case _:
                pass
    hand.press(button(page, "Send evaluation"))


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
