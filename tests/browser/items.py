"""Pictures of each item type for the item manual: `python -m tests.browser.items FOLDER [--all]`, all for looking."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, expect, sync_playwright

from tests.browser.card_site import ITEMS, CardSite, card_site
from tests.browser.conftest import DESK, FLAGS, PHONE, chromium
from tests.browser.test_cards import pictures, show

SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


def for_the_manual(browser: Browser, site: CardSite, folder: Path) -> None:
    """The card alone, as a phone shows it."""
    context = browser.new_context(base_url=site.url, viewport=PHONE, color_scheme="light")
    page = context.new_page()
    for kind in ITEMS:
        show(page, kind)
        expect(page.locator(".lm-stage form")).to_be_visible()
        page.locator(".lm-stage").screenshot(path=folder / f"{kind}.png")
    context.close()


def for_looking(browser: Browser, site: CardSite, folder: Path) -> None:
    """Each card before and after its answer, in both sizes and themes."""
    for scheme in SCHEMES:
        for size in (PHONE, DESK):
            inside = folder / f"{scheme}-{size['width']}"
            inside.mkdir(parents=True, exist_ok=True)
            context = browser.new_context(base_url=site.url, viewport=size, color_scheme=scheme)
            pictures(context.new_page(), inside)
            context.close()


def main(arguments: list[str]) -> None:
    folder = Path(arguments[0])
    folder.mkdir(parents=True, exist_ok=True)
    with card_site() as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        (for_looking if "--all" in arguments else for_the_manual)(browser, site, folder)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1:])
