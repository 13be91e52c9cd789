"""A sheet to draw SVG on: text, lines and the arms' symbols; coordinates to one decimal."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Literal
from xml.sax.saxutils import escape, quoteattr

from modules.charts.theme import DASHES, SYMBOLS, Palette, Slot

Anchor = Literal["start", "middle", "end"]
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Scale:
    """Sizes in px of the sheet. At 360 the small type stays at 12 px when a 320 px phone shrinks it to 312."""

    small: float
    base: float
    stroke: float
    symbol: float
    plot: float
    leading: float = 1.35
    thick: float = 1.5

    @property
    def row(self) -> float:
        return self.small * self.leading

    @property
    def line(self) -> float:
        """From one line of a block of words to the next."""
        return self.small * min(self.leading, 1.25)

    @property
    def bar(self) -> float:
        return self.small * self.thick


PHONE = Scale(small=14, base=15, stroke=2.25, symbol=4.5, plot=196)
WIDE = Scale(small=14, base=15, stroke=2.5, symbol=5, plot=280)
HALL = Scale(small=14, base=15, stroke=2.5, symbol=5, plot=100, leading=1.22, thick=1.1)
SLIDE = Scale(small=21, base=23, stroke=4, symbol=8, plot=250)
HALL_WIDTH = 504
"""For a lecture hall: the small type is 2.6% of a slide's width where the sheet takes 94% of it."""


def scale_for(width: int) -> Scale:
    if width == HALL_WIDTH:
        return HALL
    return PHONE if width < 520 else WIDE if width < 1000 else SLIDE


@dataclass(frozen=True, slots=True)
class Words:
    """Text and how it is set; None is the sheet's small size and text colour.

    A halo in the background colour keeps words legible over lines.
    """

    said: str
    size: float | None = None
    fill: str | None = None
    anchor: Anchor = "start"
    bold: bool = False
    halo: bool = False


@dataclass(slots=True)
class Sheet:
    """What has been drawn so far, in order."""

    width: float
    palette: Palette
    scale: Scale
    parts: list[str] = field(default_factory=list)

    @contextmanager
    def step(self, said: str) -> Iterator[None]:
        """What is drawn inside is one group, which a slide may show later than the rest; `said` is what it tells."""
        start = len(self.parts)
        yield
        if drawn := "".join(self.parts[start:]):
            self.parts[start:] = [f"<g data-step={quoteattr(said)}>{drawn}</g>"]

    def text(self, x: float, y: float, words: Words | str, *, fill: str | None = None) -> None:
        """`y` is the baseline."""
        shown = Words(words, fill=fill) if isinstance(words, str) else words
        attributes = [f'x="{coordinate(x)}" y="{coordinate(y)}"']
        if shown.size is not None and shown.size != self.scale.small:
            attributes.append(f'font-size="{coordinate(shown.size)}"')
        if shown.fill is not None and shown.fill != self.palette.text:
            attributes.append(f'fill="{shown.fill}"')
        if shown.anchor != "start":
            attributes.append(f'text-anchor="{shown.anchor}"')
        if shown.bold:
            attributes.append('font-weight="600"')
        if shown.halo:
            attributes.append(f'stroke="{self.palette.background}" stroke-width="3" paint-order="stroke"')
        self.parts.append(f"<text {' '.join(attributes)}>{escape(shown.said)}</text>")

    def named(self, x: float, y: float, name: str, words: Words) -> None:
        """A bold name in the words' colour, and the words in plain text after it."""
        bold = f'<tspan font-weight="600" fill="{words.fill or self.palette.text}">{escape(name)}</tspan>'
        self.parts.append(f'<text x="{coordinate(x)}" y="{coordinate(y)}">{bold}  {escape(words.said)}</text>')

    def lines(self, x: float, y: float, lines: Iterable[str], *, fill: str) -> float:
        """Stacked lines of text; the baseline below the last one."""
        for line in lines:
            self.text(x, y, line, fill=fill)
            y += self.scale.small * 1.3
        return y

    def path(
        self,
        d: str,
        *,
        stroke: str,
        width: float = 1,
        dash: Iterable[float] = (),
        cap: str | None = None,
        kind: str | None = None,
    ) -> None:
        """`kind` names what the line is, for style sheets and tests."""
        dashes = " ".join(coordinate(length * width) for length in dash)
        extra = f' stroke-dasharray="{dashes}"' if dashes else ""
        extra += f' stroke-linecap="{cap}"' if cap else ""
        extra += f' class="lmk-{kind}"' if kind else ""
        drawn = f'fill="none" stroke="{stroke}" stroke-width="{coordinate(width)}"{extra}'
        self.parts.append(f'<path d="{d}" {drawn}/>')

    def area(self, d: str, *, fill: str, opacity: float, kind: str) -> None:
        self.parts.append(f'<path d="{d}" fill="{fill}" fill-opacity="{opacity}" class="lmk-{kind}"/>')

    def line(self, start: Point, end: Point, *, stroke: str, width: float = 1, kind: str | None = None) -> None:
        self.path(polyline((start, end)), stroke=stroke, width=width, kind=kind)

    def arm_line(self, d: str, slot: Slot, *, kind: str) -> None:
        """A line in the arm's colour and dash."""
        self.path(d, stroke=self.palette.of(slot), width=self.scale.stroke, dash=DASHES[slot], kind=kind)

    def box(self, corner: Point, width: float, height: float, *, fill: str, opacity: float = 1) -> None:
        x, y = (coordinate(c) for c in corner)
        size = f'width="{coordinate(width)}" height="{coordinate(height)}"'
        faint = f' opacity="{opacity}"' if opacity != 1 else ""
        self.parts.append(f'<rect x="{x}" y="{y}" {size} fill="{fill}"{faint}/>')

    def symbol(self, x: float, y: float, slot: Slot | None, *, kind: str, path: str = "") -> None:
        """The arm's mark, a circle in the text colour where a figure belongs to no arm; `path`: the figure it shows."""
        r, colour = self.scale.symbol, self.palette.of(slot)
        named = f'class="lmk-{kind}"' + (f" data-path={quoteattr(path)}" if path else "")
        mark = f'{named} fill="{colour}"'
        match SYMBOLS[slot] if slot else "circle":
            case "circle-open":
                rim = f'stroke="{colour}" stroke-width="{coordinate(r * 0.45)}"'
                drawn = f'{_circle(x, y, r)} {named} fill="{self.palette.background}" {rim}/>'
            case "square":
                side = coordinate(2 * r)
                corner = f'x="{coordinate(x - r)}" y="{coordinate(y - r)}"'
                drawn = f'<rect {corner} width="{side}" height="{side}" {mark}/>'
            case "diamond":
                drawn = f'<path d="{diamond(x, y, r * 1.35)}" {mark}/>'
            case "triangle-up":
                s = r * 1.25
                d = f"M{coordinate(x)} {coordinate(y - s)}l{coordinate(s)} {coordinate(2 * s)}"
                d += f"h-{coordinate(2 * s)}z"
                drawn = f'<path d="{d}" {mark}/>'
            case _:
                drawn = f"{_circle(x, y, r)} {mark}/>"
        self.parts.append(drawn)


def coordinate(value: float) -> str:
    """One decimal, no trailing zero."""
    shown = f"{value:.1f}".removesuffix(".0")
    return "0" if shown == "-0" else shown


def _circle(x: float, y: float, r: float) -> str:
    return f'<circle cx="{coordinate(x)}" cy="{coordinate(y)}" r="{coordinate(r)}"'


def diamond(x: float, y: float, reach: float) -> str:
    side = coordinate(reach)
    return f"M{coordinate(x)} {coordinate(y - reach)}l{side} {side}l-{side} {side}l-{side} -{side}z"


def polyline(points: Iterable[Point]) -> str:
    """Absolute `M` and `L`, or `H` and `V` where a segment is level or upright."""
    d, last = "", ("", "")
    for x, y in ((coordinate(x), coordinate(y)) for x, y in points):
        if not d:
            d = f"M{x} {y}"
        elif (x, y) != last:
            d += f"V{y}" if x == last[0] else f"H{x}" if y == last[1] else f"L{x} {y}"
        last = (x, y)
    return d
