"""Where a label fits: the first of its candidate places that touches nothing already drawn."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from modules.charts.chart import Gap, Line, RatePoint

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in px, from its upper left corner."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height

    def overlap(self, other: "Box") -> float:
        across = min(self.right, other.right) - max(self.x, other.x)
        down = min(self.bottom, other.bottom) - max(self.y, other.y)
        return across * down if across > 0 and down > 0 else 0.0


@dataclass(frozen=True, slots=True)
class Frame:
    """The plot area in px and the axes it shows: months across, 0 to 100 percent up."""

    area: Box
    end: float

    def x(self, month: float) -> float:
        return self.area.x + self.area.width * month / self.end

    def y(self, percent: float) -> float:
        return self.area.y + self.area.height * (1 - percent / 100)

    def at(self, month: float, percent: float) -> Point:
        return self.x(month), self.y(percent)

    def month(self, x: float) -> float:
        return (x - self.area.x) / self.area.width * self.end

    def percent(self, y: float) -> float:
        return (1 - (y - self.area.y) / self.area.height) * 100


def best(candidates: Iterable[Box], taken: Sequence[Box], inside: Box) -> Box:
    """The first candidate that touches nothing, else the one that touches least; sticking out costs more."""
    found: tuple[float, Box] | None = None
    for box in candidates:
        outside = box.width * box.height - box.overlap(inside)
        cost = round(sum(box.overlap(other) for other in taken) + 4 * outside, 1)
        if cost == 0:
            return box
        if found is None or cost < found[0]:
            found = cost, box
    if found is None:
        raise ValueError("a label needs at least one candidate place")
    return found[1]


def steps(line: Line) -> list[Point]:
    """The corners of a step curve: it holds its level until the next published month, then drops."""
    return _stepped(line.months, line.percent)


def band(line: Line) -> tuple[list[Point], list[Point]]:
    """The lower and the upper edge of a curve's band, stepped as the curve is."""
    return _stepped(line.months, line.low), _stepped(line.months, line.high)


def _stepped(months: Sequence[float], levels: Sequence[float]) -> list[Point]:
    corners = [(months[0], levels[0])]
    for month, level in zip(months[1:], levels[1:], strict=True):
        corners += [(month, corners[-1][1]), (month, level)]
    return corners


def traced(line: Line, frame: Frame, thickness: float = 5) -> list[Box]:
    """Thin boxes along a curve; a short drop lies within those of its neighbours."""
    corners, half = [frame.at(*corner) for corner in steps(line)], thickness / 2
    return [
        Box(min(a, c) - half, min(b, d) - half, abs(a - c) + thickness, abs(b - d) + thickness)
        for (a, b), (c, d) in pairwise(corners)
        if a != c or abs(b - d) > 2 * thickness
    ]


def beside_lines(lines: Sequence[Line], frame: Frame, sizes: Sequence[Point]) -> list[Box]:
    """A place for each line's name: near its right end, above the uppermost line and below the others."""
    taken = [box for line in lines for box in traced(line, frame)]
    found: list[Box] = []
    for line, size in zip(lines, sizes, strict=True):
        above, below = _along(line, frame, size)
        uppermost = line.percent[-1] >= max(other.percent[-1] for other in lines)
        options = above + below if uppermost else below + above
        found.append(best(options, [*taken, *found], frame.area))
    return found


def _along(line: Line, frame: Frame, size: Point) -> tuple[list[Box], list[Box]]:
    """Places above and below a line, from its right end leftwards."""
    width, height = size
    corners = [frame.at(*corner) for corner in steps(line)]
    right = min(frame.area.right, corners[-1][0]) - width
    above, below = [], []
    for back in range(0, int(frame.area.width * 0.6), 6):
        x = right - back
        spanned = [y for cx, y in corners if x - 2 <= cx <= x + width + 2] or [corners[-1][1]]
        above.append(Box(x, min(spanned) - height - 5, width, height))
        below.append(Box(x, max(spanned) + 5, width, height))
    return above, below


def beside_gap(gap: Gap, frame: Frame, size: Point, *, taken: Sequence[Box], inside: Box) -> Box:
    """A place for the gap's words: the nearest free one that lies wholly above or below the gap."""
    (width, height), area = size, inside
    x, low, high = frame.x(gap.month), frame.y(gap.low), frame.y(gap.high)

    def far(box: Box) -> float:
        clear = box.y > low + 10 or box.bottom < high - 10
        reach = min(abs(box.y - low), abs(box.bottom - high))
        return reach + abs(box.x + width / 2 - x) * 0.7 + (0 if clear else 80)

    across, down = max(0.0, area.width - width - 8), max(0.0, area.height - height - 8)
    grid = [
        Box(area.x + 4 + across * i / 24, area.y + 4 + down * j / 18, width, height)
        for i in range(25)
        for j in range(19)
    ]
    bracket = Box(x - 8, high - 3, 16, low - high + 6)
    return best(sorted(grid, key=far), [*taken, bracket], area)


CLOSE = 2.5
"""Percentage points between two marks of a month, below which one hides the other."""


def abreast(points: Sequence[RatePoint]) -> int:
    """How many arms stand side by side: all, where there are intervals or marks hide one another, else one."""
    hiding = any(
        a.month == b.month and abs(a.percent - b.percent) < CLOSE for n, a in enumerate(points) for b in points[:n]
    )
    return len({point.label for point in points}) if hiding or any(point.ci for point in points) else 1


def dodged(points: Sequence[RatePoint], frame: Frame, by: float) -> list[Point]:
    """Where the marks stand: a little apart where they, or their intervals, would hide one another."""
    arms = list(dict.fromkeys(point.label for point in points))
    middle = (len(arms) - 1) / 2
    by = by if abreast(points) > 1 else 0
    return [(frame.x(p.month) + (arms.index(p.label) - middle) * by, frame.y(p.percent)) for p in points]


def marked(points: Sequence[RatePoint], frame: Frame, by: float) -> list[Box]:
    """The space that marks and their intervals take."""
    found = []
    for point, (x, y) in zip(points, dodged(points, frame, by), strict=True):
        low, high = (point.ci.low, point.ci.high) if point.ci else (None, None)
        top = y - 7 if high is None else min(frame.y(high), y - 7)
        bottom = y + 7 if low is None else max(frame.y(low), y + 7)
        found.append(Box(x - 6, top, 12, bottom - top))
    return found


def beside_mark(mark: Box, size: Point, taken: Sequence[Box], inside: Box) -> Box:
    """Right, left, above or below a mark."""
    right, _, left, _, above, below = _around(mark, size)
    return best([right, left, above, below], taken, inside)


def off_mark(mark: Box, size: Point, taken: Sequence[Box], inside: Box, *, upper: bool) -> Box:
    """Rates fall from left to right: the upper arm has its values above and to the right, others below or left."""
    right, over, left, under, above, below = _around(mark, size)
    return best([above, right, over, left, below] if upper else [below, left, under, right, above], taken, inside)


def _around(mark: Box, size: Point) -> tuple[Box, Box, Box, Box, Box, Box]:
    """Right and a little higher, left and a little lower, above, below."""
    width, height = size
    x, y = mark.x + mark.width / 2, mark.y + mark.height / 2
    right = Box(mark.right + 4, y - height / 2, width, height)
    left = Box(mark.x - 4 - width, y - height / 2, width, height)
    return (
        right,
        replace(right, x=mark.right + 1, y=y - height),
        left,
        replace(left, x=mark.x - 1 - width, y=y),
        Box(x - width / 2, mark.y - height - 2, width, height),
        Box(x - width / 2, mark.bottom + 2, width, height),
    )


def spread(centres: Sequence[float], height: float, limits: Point) -> list[float]:
    """Centres pushed apart, in their order, until blocks of `height` no longer overlap."""
    order = sorted(range(len(centres)), key=lambda i: centres[i])
    placed = dict.fromkeys(order, 0.0)
    lowest = limits[0] + height / 2
    for index in order:
        placed[index] = lowest = max(centres[index], lowest)
        lowest += height
    highest = limits[1] - height / 2
    for index in reversed(order):
        placed[index] = highest = min(placed[index], highest)
        highest -= height
    return [placed[index] for index in range(len(centres))]
