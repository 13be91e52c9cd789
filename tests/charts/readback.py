"""Reading values back out of a drawn SVG, by its own axis labels."""

import re
from collections.abc import Iterator
from xml.etree import ElementTree

from modules.charts.chart import Chart
from modules.charts.svg import svg
from modules.charts.theme import LIGHT, Palette

NS = "{http://www.w3.org/2000/svg}"
Point = tuple[float, float]


def drawn(chart: Chart, width: int = 720, palette: Palette = LIGHT) -> ElementTree.Element:
    return ElementTree.fromstring(svg(chart, width=width, palette=palette))


def words(root: ElementTree.Element) -> list[str]:
    return ["".join(text.itertext()) for text in root.iter(f"{NS}text")]


def of_kind(root: ElementTree.Element, kind: str) -> list[ElementTree.Element]:
    return [element for element in root.iter() if element.get("class") == f"lmk-{kind}"]


def corners(path: ElementTree.Element) -> Iterator[Point]:
    """The corners of a path of absolute M, L, H and V."""
    x = y = 0.0
    for command, body in re.findall(r"([MLHV])([^MLHV]*)", path.get("d", "")):
        values = [float(value) for value in body.split()]
        x, y = (values[0], y) if command == "H" else (x, values[0]) if command == "V" else (values[0], values[1])
        yield x, y


def place_of(root: ElementTree.Element, said: str, anchor: str) -> Point:
    """Where a tick label stands."""
    found = [t for t in root.iter(f"{NS}text") if t.text == said and t.get("text-anchor") == anchor]
    return float(found[0].get("x", "nan")), float(found[0].get("y", "nan"))


def scaled(value: float, ends: Point, values: Point) -> float:
    """From px to the axis' values, by two of its ticks."""
    return values[0] + (value - ends[0]) / (ends[1] - ends[0]) * (values[1] - values[0])
