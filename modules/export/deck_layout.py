"""Where the parts of a slide stand, in points of a page of 960 by 540, and how large their words may be."""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from modules.core.slide import Slide

WIDTH, HEIGHT = 960.0, 540.0
MARGIN, NARROW = 48.0, 24.0
"""Charts are given almost the whole width."""
LINE = 1.2
"""The height of a line in sizes of its letters."""
GAP = 0.5
"""Between paragraphs, in the same."""
_WIDE, _WIDER = 0.54, 0.58
# Mean widths of Arial's letters in English prose are 0.50, in bold 0.54: words that we think fit do so elsewhere too.
_BULLET = 1.2
FOOT_SIZES = (12.0, 11.0, 10.0, 9.0, 8.0, 7.0)
_MOST_FOOT = 84.0
_NUMBER = 26.0


@dataclass(frozen=True, slots=True)
class Box:
    left: float
    top: float
    width: float
    height: float

    @property
    def bottom(self) -> float:
        return self.top + self.height


@dataclass(frozen=True, slots=True)
class Part:
    """Words in a box; `size` in points, `at` where in its height they stand."""

    box: Box
    size: float
    bold: bool = False
    at: Literal["top", "middle", "bottom"] = "top"


@dataclass(frozen=True, slots=True)
class Layout:
    """`picture` is the space a chart may fill; `body` and `picture` None where a slide has none."""

    title: Part
    body: Part | None
    picture: Box | None
    foot: Part | None
    number: Part


def layout(slide: Slide) -> Layout:
    """Parts never overlap, and the words of each fit its box."""
    foot = _foot(foot_rows(slide), NARROW if slide.kind == "chart" else MARGIN)
    bottom = (foot.box.top if foot else HEIGHT - _NUMBER) - 8
    number = Part(Box(WIDTH - MARGIN - 60, HEIGHT - _NUMBER, 60, 18), 11)
    title, body, picture = _parts(slide, bottom)
    return Layout(title, body, picture, foot, number)


def body_rows(slide: Slide) -> tuple[str, ...]:
    return (*slide.paragraphs, *slide.bullets)


def foot_rows(slide: Slide) -> tuple[str, ...]:
    """A chart's cautions, then the sources."""
    cautions = (" ".join(slide.chart.notes),) if slide.chart and slide.chart.notes else ()
    return (*cautions, *slide.foot)


def height(rows: Sequence[str], size: float, width: float, *, bold: bool = False) -> float:
    """Of the rows as paragraphs, in points; rather too much than too little."""
    letters = max(1, int(width / (size * (_WIDER if bold else _WIDE))))
    lines = sum(max(1, len(textwrap.wrap(row, letters))) for row in rows)
    return (lines * LINE + max(0, len(rows) - 1) * GAP) * size


def fitted(rows: Sequence[str], box: Box, sizes: Sequence[float], *, bold: bool = False) -> float:
    """The largest of the sizes, given from large to small, at which the rows fit; the last where none does."""
    return next((size for size in sizes if height(rows, size, box.width, bold=bold) <= box.height), sizes[-1])


def _parts(slide: Slide, bottom: float) -> tuple[Part, Part | None, Box | None]:
    match slide.kind:
        case "chart":
            return _chart(slide, bottom)
        case "opening" | "lesson" | "predict":
            return _announced(slide, bottom)
        case "takeaway":
            box = Box(MARGIN, 84, WIDTH - 2 * MARGIN, bottom - 84)
            size = fitted(body_rows(slide), box, _sizes(36, 12), bold=True)
            return _title(slide, 34, 40, (22, 12)), Part(box, size, bold=True, at="middle"), None
        case "points" | "poll":
            title = _title(slide, 34, 82, (34, 16))
            return title, _body(slide, title.box.top + _high(title, slide) + 28, bottom, 26), None


def _chart(slide: Slide, bottom: float) -> tuple[Part, None, Box]:
    title = _title(slide, 20, 68, (28, 14), margin=NARROW)
    top = title.box.top + _high(title, slide) + 8
    return title, None, Box(NARROW, top, WIDTH - 2 * NARROW, bottom - top)


def _announced(slide: Slide, bottom: float) -> tuple[Part, Part | None, None]:
    """The title in the middle of the page, what is said of it below."""
    title = replace(_title(slide, 110, 160, (40, 18)), at="bottom")
    return title, _body(slide, 284, bottom, 24), None


def _title(slide: Slide, top: float, high: float, sizes: tuple[int, int], *, margin: float = MARGIN) -> Part:
    box = Box(margin, top, WIDTH - 2 * margin, high)
    return Part(box, fitted([slide.title], box, _sizes(*sizes), bold=True), bold=True)


def _high(title: Part, slide: Slide) -> float:
    return height([slide.title], title.size, title.box.width, bold=True)


def _body(slide: Slide, top: float, bottom: float, largest: int) -> Part | None:
    rows = body_rows(slide)
    if not rows:
        return None
    box = Box(MARGIN, top, WIDTH - 2 * MARGIN, bottom - top)
    inner = Box(box.left, box.top, box.width - (largest * _BULLET if slide.bullets else 0), box.height)
    return Part(box, fitted(rows, inner, _sizes(largest, 10)))


def _foot(rows: Sequence[str], margin: float) -> Part | None:
    """At the bottom, above the number of the slide."""
    if not rows:
        return None
    width = WIDTH - 2 * margin
    size = fitted(rows, Box(0, 0, width, _MOST_FOOT), FOOT_SIZES)
    high = height(rows, size, width)
    return Part(Box(margin, HEIGHT - _NUMBER - high, width, high), size)


def _sizes(largest: int, least: int) -> tuple[float, ...]:
    return tuple(float(size) for size in range(largest, least - 1, -1))
