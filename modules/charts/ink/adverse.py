"""Adverse events as SVG: bars back to back from a line at 0, each row's words above its bars."""

from dataclasses import dataclass

from modules.charts.chart import AdversePlot, AdverseRow, Bar
from modules.charts.ink.sheet import Anchor, Point, Sheet, Words, coordinate, polyline
from modules.charts.lettering import fits_named, measured, wrapped
from modules.core.effect import Interval
from modules.core.quantity import number

MILD = 0.28
"""How strongly a bar is filled when it counts milder grades too; severe grades are filled wholly."""


@dataclass(frozen=True, slots=True)
class _Axis:
    """From `middle` outwards; `reach` px are `end` percent."""

    middle: float
    reach: float
    end: float

    def at(self, percent: float, side: int) -> float:
        """`side` is -1 for the left arm and 1 for the right one."""
        return self.middle + side * self.reach * percent / self.end


def ink_adverse(plot: AdversePlot, sheet: Sheet) -> float:
    """The height used."""
    scale = sheet.scale
    widest = max(measured(_percent(b.value), scale.small) for row in plot.rows for b in (row.left, row.right))
    room = widest + scale.small * 0.9
    axis = _Axis(sheet.width / 2, sheet.width / 2 - room, plot.end)
    y = _arms(plot, sheet, axis)
    grid_at, spans = len(sheet.parts), []
    event = ""
    for row in plot.rows:
        y = _words(row, sheet, y, again=row.event == event)
        event = row.event
        height = scale.bar
        spans.append((y, y + height))
        for bar, side in ((row.left, -1), (row.right, 1)):
            _bar(bar, sheet, axis, _Place(y, height, side, row.severe))
        y += height
    _grid(plot, sheet, axis, (grid_at, spans))
    return _foot(plot, sheet, axis, y + scale.small * 0.9)


def _arms(plot: AdversePlot, sheet: Sheet, axis: _Axis) -> float:
    """Each arm's name and symbol over its half."""
    small, r = sheet.scale.small, sheet.scale.symbol
    half = sheet.width / 2 - small - 3 * r
    names = [wrapped(name, small, half, bold=True) for name, _ in (plot.left, plot.right)]
    for lines, (_, slot), side in zip(names, (plot.left, plot.right), (-1, 1), strict=True):
        edge = axis.middle + side * small * 0.6
        sheet.symbol(edge + side * r, small * 0.95, slot, kind="arm")
        for at, line in enumerate(lines):
            words = Words(line, fill=sheet.palette.of(slot), bold=True, anchor=_outwards(side))
            sheet.text(edge + side * 3 * r, small * 1.3 + at * sheet.scale.row, words)
    return small * 1.1 + max(map(len, names)) * sheet.scale.row - small * 0.2


def _words(row: AdverseRow, sheet: Sheet, y: float, *, again: bool) -> float:
    """Event and grade to the left, the difference to the right where both fit, else below them."""
    scale, palette = sheet.scale, sheet.palette
    y += scale.small * (0.5 if again else 1.0)
    name, grade = ("", row.grade) if again else (row.event, row.grade)
    gap = measured(row.difference, scale.small)
    if fits_named(name, grade, scale.small, sheet.width - gap - scale.small * 1.5):
        y += scale.row * 0.9
        if name:
            sheet.named(2, y, name, Words(grade))
        else:
            sheet.text(2, y, grade)
        sheet.text(sheet.width - 2, y, Words(row.difference, anchor="end", fill=palette.muted))
        return y + scale.small * 0.45
    for line in wrapped(name, scale.small, sheet.width - 4, bold=True) if name else []:
        y += scale.row * 0.95
        sheet.text(2, y, Words(line, bold=True))
    rest = ", ".join(filter(None, (grade, row.difference)))
    for line in wrapped(rest, scale.small, sheet.width - 4):
        y += scale.row * 0.95
        sheet.text(2, y, line, fill=palette.muted)
    return y + scale.small * 0.45


@dataclass(frozen=True, slots=True)
class _Place:
    y: float
    height: float
    side: int
    severe: bool


def _bar(bar: Bar, sheet: Sheet, axis: _Axis, place: _Place) -> None:
    value, colour = bar.value or 0.0, sheet.palette.of(bar.slot)
    outer = axis.at(value, place.side)
    x, wide = min(outer, axis.middle), abs(outer - axis.middle)
    opacity = "" if place.severe else f' fill-opacity="{MILD}"'
    size = f'width="{coordinate(wide)}" height="{coordinate(place.height)}"'
    paint = f'fill="{colour}"{opacity} stroke="{colour}" stroke-width="1.5"'
    sheet.parts.append(f'<rect x="{coordinate(x)}" y="{coordinate(place.y)}" {size} {paint} class="lmk-bar"/>')
    tip = axis.at(max(value, _high(bar.ci)), place.side)
    if bar.ci:
        _interval(bar.ci, sheet, axis, place)
    baseline = place.y + place.height / 2 + sheet.scale.small * 0.35
    words = Words(_percent(value), anchor=_outwards(place.side))
    sheet.text(tip + place.side * sheet.scale.small * 0.4, baseline, words)


def _percent(value: float | None) -> str:
    return f"{number(value or 0.0)}%"


def _outwards(side: int) -> Anchor:
    return "end" if side < 0 else "start"


def _high(ci: Interval | None) -> float:
    return ci.high if ci and ci.high is not None else 0.0


def _interval(ci: Interval, sheet: Sheet, axis: _Axis, place: _Place) -> None:
    low, high = ci.low or 0.0, axis.end if ci.high is None else ci.high
    y = place.y + place.height / 2
    ends: tuple[Point, Point] = (axis.at(low, place.side), y), (axis.at(high, place.side), y)
    sheet.line(*ends, stroke=sheet.palette.text, width=sheet.scale.stroke * 0.7, kind="interval")


def _grid(plot: AdversePlot, sheet: Sheet, axis: _Axis, where: tuple[int, list[Point]]) -> None:
    """Behind the bars only; the line at 0 runs through."""
    at, spans = where
    drawn = Sheet(sheet.width, sheet.palette, sheet.scale)
    for tick in plot.ticks[1:]:
        for side in (-1, 1):
            x = axis.at(tick, side)
            d = "".join(polyline([(x, top), (x, bottom)]) for top, bottom in spans)
            drawn.path(d, stroke=sheet.palette.grid)
    sheet.parts[at:at] = drawn.parts
    d = "".join(polyline([(axis.middle, top - 2), (axis.middle, bottom + 2)]) for top, bottom in spans)
    sheet.path(d, stroke=sheet.palette.text, width=1.5, kind="reference")


def _foot(plot: AdversePlot, sheet: Sheet, axis: _Axis, y: float) -> float:
    """One axis for both halves; every other tick where they would crowd."""
    small, palette = sheet.scale.small, sheet.palette
    ends = axis.at(axis.end, -1), axis.at(axis.end, 1)
    crowded = axis.reach / (len(plot.ticks) - 1) < measured("100", small) + small * 0.5
    shown = plot.ticks[:: 2 if crowded else 1]
    places = [(axis.at(t, side), t) for t in shown for side in ((-1, 1) if t else (1,))]
    marks = "".join(polyline([(x, y), (x, y + 5)]) for x, _ in places)
    sheet.path(polyline([(ends[0], y), (ends[1], y)]) + marks, stroke=palette.border)
    y += small * 1.4
    for x, tick in places:
        sheet.text(x, y, Words(number(tick), anchor="middle"))
    y += sheet.scale.row
    sheet.text(axis.middle, y, Words("Percent of patients", fill=palette.muted, anchor="middle"))
    return y + small * 0.6
