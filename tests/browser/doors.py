"""Which of the doors for those who look after a site stand open to somebody, by what the catalogue shows and does."""

from __future__ import annotations

from playwright.sync_api import expect

from modules.actions.access import REFUSED
from modules.core.people import Duty
from tests.browser.hands import Hand
from tests.browser.journey import QUIET, heading

PATHS = {
    "Live sessions": "/live",
    "Completion": "/completion",
    "Certificates": "/certificates",
    "Registers": "/registers",
    "Items": "/items",
    "Problems": "/problems",
    "Evidence": "/evidence-due",
    "People": "/people",
}
DOORS: dict[Duty, tuple[str, ...]] = {
    "learner": (),
    "author": ("Items", "Problems", "Evidence"),
    "educator": ("Live sessions", "Items", "Problems"),
    "coordinator": ("Completion", "Certificates", "Registers", "Items"),
    "owner": tuple(PATHS),
}
GROUP = "For those who look after this site"


def through_doors(hand: Hand, duty: Duty) -> None:
    """Opens the group on the catalogue, sees these doors and no others, goes through the first, and is held at one."""
    page = hand.page
    page.goto("/")
    heading(page, "Landmark")
    group = page.get_by_text(GROUP, exact=True)
    if not DOORS[duty]:
        expect(group).to_have_count(0)
    else:
        hand.press(page.locator("summary").filter(has=group))
        links = page.locator('[data-testid="stExpanderDetails"] a')
        expect(links.first).to_be_visible(timeout=QUIET)
        assert [text.partition(":")[0] for text in links.all_inner_texts()] == list(DOORS[duty])
        hand.press(links.first)
        expect(page).to_have_url(f"{page.url.rpartition('/')[0]}{PATHS[DOORS[duty][0]]}", timeout=QUIET)
        expect(page.get_by_role("heading", level=1, name="Landmark", exact=True)).to_have_count(0, timeout=QUIET)
        expect(page.get_by_text(REFUSED)).to_have_count(0)
    for name in [name for name in PATHS if name not in DOORS[duty]][:1]:
        page.goto(PATHS[name])
        expect(page.get_by_text(REFUSED)).to_be_visible(timeout=QUIET)
