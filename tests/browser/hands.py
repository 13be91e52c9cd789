"""Two ways to use a page: a mouse, and a keyboard alone."""

from __future__ import annotations

import re
from typing import Protocol

from playwright.sync_api import Locator, Page, expect

STOPS = 400
"""Tab presses after which a control counts as out of reach."""
_FOCUSED = "e => e === document.activeElement"
_IN_GROUP = """e => { const now = document.activeElement;
  return now.type === 'radio' && now.name === e.name && now.form === e.form; }"""


class Hand(Protocol):
    """What a learner does to a control; `page` is where."""

    page: Page

    def press(self, target: Locator) -> None: ...
    def pick(self, choice: Locator) -> None: ...
    def tick(self, name: str | re.Pattern[str], within: Locator) -> None: ...
    def choose(self, box: Locator, value: str) -> None: ...
    def write(self, box: Locator, text: str) -> None: ...


def boxes(page: Page, name: str | re.Pattern[str]) -> Locator:
    """Checkboxes and switches of this name; a hand takes the first."""
    return page.get_by_role("checkbox", name=name, exact=True).or_(page.get_by_role("switch", name=name, exact=True))


class Mouse:
    """Clicks where a learner would: on the words of an option, on the button."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, target: Locator) -> None:
        target.click()

    def pick(self, choice: Locator) -> None:
        """A radio or checkbox of a card, by the start of its row: a figure in its words has a tap of its own."""
        choice.locator("xpath=ancestor::label").click(position={"x": 12, "y": 12})
        expect(choice).to_be_checked()

    def tick(self, name: str | re.Pattern[str], within: Locator) -> None:
        box = boxes(self.page, name)
        within.locator("label").filter(has=box).first.click()
        expect(within.locator(box).first).to_be_checked()

    def choose(self, box: Locator, value: str) -> None:
        box.click()
        self.page.keyboard.type(value)
        self.page.get_by_role("option").first.click()
        expect(box).to_have_value(re.compile(re.escape(value)))

    def write(self, box: Locator, text: str) -> None:
        box.click()
        self.page.keyboard.type(text)
        expect(box).to_have_value(text)


class Keyboard:
    """Tab, Space, arrows and Enter only: reaching a control proves that it can be reached."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def reach(self, target: Locator, when: str = _FOCUSED) -> None:
        """Presses Tab until focus is on the target."""
        expect(target).to_be_visible()
        element = target.element_handle()
        for _ in range(STOPS):
            if element.evaluate(when):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{STOPS} Tab presses did not reach {target}")

    def press(self, target: Locator) -> None:
        self.reach(target)
        self.page.keyboard.press("Enter")

    def pick(self, choice: Locator) -> None:
        """A group of radios is one stop; the arrows move and choose within it. A checkbox is a stop of its own."""
        if choice.get_attribute("type") == "checkbox":
            self.reach(choice)
            self.page.keyboard.press("Space")
        else:
            group = choice.locator("xpath=ancestor::fieldset[1]")
            self.reach(group.get_by_role("radio").first, _IN_GROUP)
            self.page.keyboard.press("Space")
            for _ in range(group.get_by_role("radio").count()):
                if choice.evaluate(_FOCUSED):
                    break
                self.page.keyboard.press("ArrowDown")
        expect(choice).to_be_checked()

    def tick(self, name: str | re.Pattern[str], within: Locator) -> None:
        box = within.locator(boxes(self.page, name)).first
        self.reach(box)
        self.page.keyboard.press("Space")
        expect(box).to_be_checked()

    def choose(self, box: Locator, value: str) -> None:
        self.reach(box)
        self.page.keyboard.type(value)
        expect(self.page.get_by_role("option").first).to_be_visible()
        self.page.keyboard.press("Enter")
        expect(box).to_have_value(re.compile(re.escape(value)))

    def write(self, box: Locator, text: str) -> None:
        self.reach(box)
        self.page.keyboard.type(text)
        expect(box).to_have_value(text)
