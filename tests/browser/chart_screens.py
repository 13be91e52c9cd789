"""Pictures of charts as met: `python -m tests.browser.chart_screens FOLDER [--only NAME ...] [--at WIDTH ...]`.

Four widths, each light, dark and without colour, and once as printed; `index.html` shows them together.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, FloatRect, Locator, Page, sync_playwright

from modules.core.module import Chart, walk
from tests.browser.conftest import FLAGS, chromium, visit
from tests.browser.gallery import SIGHTS, People, Sight, show, still
from tests.browser.journey import MODULE
from tests.browser.screens import tall
from tests.load.server import Server

WIDTHS = (320, 390, 1280, 1920)
PAPER = 665
"""CSS pixels between the margins of an A4 page."""
Look = Literal["light", "dark", "grey", "print"]
FIGURES = "figure.lm-figure, div.lm-figure, [data-testid=stPlotlyChart], .lm-stage"
RIM = 12
PLACE = "e => { const r = e.getBoundingClientRect(); return [r.x + scrollX, r.y + scrollY, r.width, r.height]; }"
GREY = "document.documentElement.style.filter = 'grayscale(1)'"
UNFOLD = "document.querySelectorAll('details.lm-predict').forEach(e => { e.open = true; })"
APP = (
    "lesson-3",
    "lesson-explore",
    "lesson-explore-cuts",
    "lesson-8",
    "trial",
    "trial-chart",
    "prediction",
    "prediction-made",
)


@dataclass(slots=True)
class Album:
    """Where pictures go, and which have been taken."""

    folder: Path
    taken: list[str] = field(default_factory=list)

    def place(self, name: str) -> Path:
        self.taken.append(name)
        return self.folder / f"{name}.png"

    def write(self) -> None:
        shown = "".join(f'<figure><img src="{n}.png" alt=""><figcaption>{escape(n)}</figcaption></figure>'
                        for n in self.taken)  # fmt: skip
        style = (
            "body{font:14px sans-serif}figure{display:inline-block;vertical-align:top;margin:8px}img{max-width:90vw}"
        )
        html = f'<!doctype html><html lang="en"><title>Charts</title><style>{style}</style>{shown}</html>'
        (self.folder / "index.html").write_text(html)


def sights() -> Iterator[Sight]:
    """Every lesson that holds a chart as a plain page, the app with a chart in each state, two trials, the slides."""
    for number, lesson in enumerate(MODULE.lessons, 1):
        if any(isinstance(block, Chart) for block in walk(lesson.blocks)):
            yield Sight(f"plain-{number}", f"/read/{MODULE.id}/{lesson.id}", None, app=False)
    yield Sight("plain-trial", "/trial?trial=marianne", "new")
    yield from (sight for sight in SIGHTS if sight.name in APP)
    yield Sight("slides", f"/present/{MODULE.id}", None, app=False)


def main(folder: Path, only: list[str], widths: list[int]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    album = Album(folder)
    with tempfile.TemporaryDirectory() as temporary, sync_playwright() as playwright:
        server = Server(Path(temporary)).start()
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        try:
            people = People(server)
            for sight in (s for s in sights() if not only or s.name in only):
                for how in _ways(widths):
                    photograph(browser, people, sight, how, album)
        finally:
            browser.close()
            server.stop()
            album.write()


def _ways(widths: list[int]) -> Iterator[tuple[int, Look]]:
    for width in widths:
        yield from ((width, "light"), (width, "dark"), (width, "grey"))
    yield PAPER, "print"


def photograph(browser: Browser, people: People, sight: Sight, how: tuple[int, Look], album: Album) -> None:
    """Each figure of a page by itself; a slide as the whole screen."""
    width, look = how
    scheme: Literal["light", "dark"] = "dark" if look == "dark" else "light"
    viewport = {"width": width, "height": 844 if width < 800 else width * 9 // 16}
    with visit(browser, people.server, viewport=viewport, color_scheme=scheme) as context:
        page = context.new_page()
        show(page, people, sight)
        if sight.app:
            page.set_viewport_size(tall(page, {"width": width, "height": viewport["height"]}))
            still(page)
        if look == "print":
            page.emulate_media(media="print")
        page.evaluate(UNFOLD)
        if look == "grey":
            page.evaluate(GREY)
        name = f"{sight.name}-{{}}-{width}-{look}"
        if sight.name == "slides" and look != "print":
            _slides(page, name, album)
        else:
            _figures(page, name, album)
        if look == "print" and not sight.app:
            page.pdf(path=album.folder / f"{sight.name}.pdf", prefer_css_page_size=True)


def _figures(page: Page, name: str, album: Album) -> None:
    for number, figure in enumerate(_seen(page.locator(FIGURES)), 1):
        for picture in figure.locator("img").all():
            picture.evaluate("e => { e.loading = 'eager'; return e.decode(); }")
        page.screenshot(
            path=album.place(name.format(number)), clip=_around(figure), full_page=True, animations="disabled"
        )


def _around(figure: Locator) -> FloatRect:
    """With a rim: on a small phone a picture reaches into the page's margin."""
    x, y, width, height = figure.evaluate(PLACE)
    left, top = max(0, x - RIM), max(0, y - RIM)
    return {"x": left, "y": top, "width": x + width + RIM - left, "height": y + height + RIM - top}


def _slides(page: Page, name: str, album: Album) -> None:
    for number, slide in enumerate(page.locator(".lm-slide").all(), 1):
        if slide.locator(".lm-stage").count():
            page.evaluate("n => { location.hash = n; }", number)
            page.locator(f".lm-slide.on:nth-of-type({number}), .lm-slide.on").first.wait_for()
            page.screenshot(path=album.place(name.format(number)), animations="disabled")


def _seen(figures: Locator) -> list[Locator]:
    return [figure for figure in figures.all() if figure.is_visible()]


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("folder", type=Path)
    asked.add_argument("--only", nargs="*", default=[], metavar="NAME")
    asked.add_argument("--at", nargs="*", type=int, default=list(WIDTHS), metavar="WIDTH")
    given = asked.parse_args()
    main(given.folder, given.only, given.at)
