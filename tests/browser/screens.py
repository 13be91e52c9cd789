"""Pictures of every page at both sizes, light and dark: `python -m tests.browser.screens FOLDER [NAME ...]`."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, ViewportSize, sync_playwright

from tests.browser.conftest import FLAGS, SIZES, chromium, visit
from tests.browser.gallery import SIGHTS, People, Sight, show, still
from tests.load.server import Server

TALLEST = 12_000


def main(folder: Path, names: list[str]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary, sync_playwright() as playwright:
        server = Server(Path(temporary)).start()
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        try:
            people = People(server)
            wanted = [s for s in SIGHTS if not names or s.name in names]
            for size, viewport in SIZES.items():
                for scheme in ("light", "dark"):
                    with visit(browser, server, viewport=viewport, color_scheme=scheme) as context:
                        page = context.new_page()
                        for sight in wanted:
                            take(page, people, sight, folder / f"{sight.name}-{size}-{scheme}.png")
        finally:
            browser.close()
            server.stop()


def take(page: Page, people: People, sight: Sight, file: Path) -> None:
    """The whole page: Streamlit scrolls inside it, so the window is made as tall as what it shows."""
    show(page, people, sight)
    size = page.viewport_size
    assert size is not None
    if sight.app:
        page.set_viewport_size(tall(page, size))
        still(page)
    for picture in page.locator("main img").all():
        picture.evaluate("e => { e.loading = 'eager'; return e.decode(); }")
    page.screenshot(path=file, full_page=not sight.name.startswith("present"), animations="disabled")
    page.set_viewport_size(size)


def tall(page: Page, size: ViewportSize) -> ViewportSize:
    """No taller than what is shown, no lower than the window."""
    end = page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
    more = 80 if end > size["height"] else 0
    return {"width": size["width"], "height": min(max(end + more, size["height"]), TALLEST)}


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
