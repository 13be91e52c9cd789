"""Forest as SVG: label and estimate to the left, squares and intervals on a log axis to the right."""

import math
from dataclasses import dataclass

from modules.charts.chart import ForestPlot, ForestRow
from modules.charts.ink.sheet import HALL_WIDTH, Sheet, Words, polyline
from modules.charts.lettering import measured, wrapped
from modules.core.quantity import number


@dataclass(frozen=True, slots=True)
class _Axis:
    left: float
    right: float
    low: float
    high: float

    def at(self, ratio: float) -> float:
        share = math.log(ratio / self.low) / math.log(self.high / self.low)
        return self.left + (self.right - self.left) * share


@dataclass(frozen=True, slots=True)
class _Broken:
    """A row's text as it is broken; the estimate has its own column on wide sheets."""

    name: list[str]
    detail: list[str]
    estimate: list[str]
    heading: list[str]

    def lines(self, beside: bool) -> int:
        stacked = len(self.name) + len(self.detail)
        return max(stacked, len(self.estimate)) if beside else stacked + len(self.estimate)


def ink_forest(plot: ForestPlot, sheet: Sheet) -> float:
    """The height used."""
    scale, palette = sheet.scale, sheet.palette
    beside = sheet.width >= HALL_WIDTH
    label = _label_width(plot, sheet) if sheet.width == HALL_WIDTH else sheet.width * (0.3 if beside else 0.46)
    column = _estimate_width(plot, sheet) if beside else 0
    axis = _Axis(label + 10, sheet.width - 10 - column - (18 if beside else 0), plot.low, plot.high)
    words = [_broken(row, sheet, label, column if beside else label) for row in plot.rows]
    y = scale.base * 1.2
    heading_x = sheet.width - column if beside else 2
    sheet.text(heading_x, y, Words(plot.heading, fill=palette.muted, bold=True))
    top = y + scale.small * 0.7
    heights = [scale.row * said.lines(beside) + scale.small * 0.9 for said in words]
    above = [scale.row * len(said.heading) + scale.small * 0.7 if said.heading else 0.0 for said in words]
    bottom = top + sum(heights) + sum(above)
    _ground(plot, sheet, axis, (top, bottom))
    y = top
    for row, said, height, over in zip(plot.rows, words, heights, above, strict=True):
        _factor(said.heading, sheet, y)
        y += over
        _row_words(said, sheet, (y, height), column)
        _estimate(row, sheet, axis, y + height / 2)
        y += height
    return _favours(plot, sheet, axis, bottom + scale.small * 1.5)


def _label_width(plot: ForestPlot, sheet: Sheet) -> float:
    """In a lecture hall the axis takes what the names leave."""
    small = sheet.scale.small
    names = [measured(row.label, small, bold=True) for row in plot.rows]
    return min(max([*names, *(measured(row.detail, small) for row in plot.rows)]) + 4, sheet.width * 0.37)


def _estimate_width(plot: ForestPlot, sheet: Sheet) -> float:
    widest = max(measured(row.text, sheet.scale.small) for row in plot.rows)
    return min(max(widest, measured(plot.heading, sheet.scale.small, bold=True)) + 4, sheet.width * 0.3)


def _broken(row: ForestRow, sheet: Sheet, label: float, column: float) -> _Broken:
    small = sheet.scale.small
    detail = wrapped(row.detail, small, label) if row.detail else []
    heading = wrapped(row.heading, small, sheet.width - 4, bold=True) if row.heading else []
    return _Broken(wrapped(row.label, small, label, bold=True), detail, wrapped(row.text, small, column), heading)


def _factor(lines: list[str], sheet: Sheet, y: float) -> None:
    """What the groups below differ in, over the whole width, legible over the line at 1."""
    for at, line in enumerate(lines):
        place = y + sheet.scale.small * 1.3 + at * sheet.scale.row
        sheet.text(2, place, Words(line, fill=sheet.palette.muted, bold=True, halo=True))


def _ground(plot: ForestPlot, sheet: Sheet, axis: _Axis, span: tuple[float, float]) -> None:
    """The side below 1 is tinted where it favours the treated arm; the line at 1; ticks on a log axis."""
    top, bottom = span
    palette, small = sheet.palette, sheet.scale.small
    if plot.below:
        sheet.box((axis.left, top), axis.at(1) - axis.left, bottom - top, fill=palette.surface)
    for tick in plot.ticks:
        if tick != 1:
            sheet.line((axis.at(tick), top), (axis.at(tick), bottom), stroke=palette.grid)
    sheet.line((axis.at(1), top), (axis.at(1), bottom), stroke=palette.text, width=1.5, kind="reference")
    sheet.path(polyline([(axis.left, bottom), (axis.right, bottom)]), stroke=palette.border)
    for tick in plot.ticks:
        sheet.text(axis.at(tick), bottom + small * 1.25, Words(number(tick), anchor="middle"))


def _row_words(said: _Broken, sheet: Sheet, place: tuple[float, float], column: float) -> None:
    y, height = place
    scale, palette = sheet.scale, sheet.palette
    beside = column > 0
    block: list[tuple[str, str | None, bool]] = [(line, None, True) for line in said.name]
    block += [] if beside else [(line, None, False) for line in said.estimate]
    block += [(line, palette.muted, False) for line in said.detail]
    start = y + (height - scale.row * len(block)) / 2 + scale.small
    for at, (line, fill, bold) in enumerate(block):
        sheet.text(2, start + at * scale.row, Words(line, fill=fill, bold=bold))
    if beside:
        start = y + (height - scale.row * len(said.estimate)) / 2 + scale.small
        for at, line in enumerate(said.estimate):
            sheet.text(sheet.width - column, start + at * scale.row, line)


def _estimate(row: ForestRow, sheet: Sheet, axis: _Axis, y: float) -> None:
    if row.ci:
        low = axis.low if row.ci.low is None else row.ci.low
        high = axis.high if row.ci.high is None else row.ci.high
        stroke = sheet.palette.of(row.slot)
        sheet.line(
            (axis.at(low), y),
            (axis.at(high), y),
            stroke=stroke,
            width=sheet.scale.stroke * 0.8,
            kind="interval",
        )
    sheet.symbol(axis.at(row.value), y, row.slot, kind="estimate", path=row.path)


def _favours(plot: ForestPlot, sheet: Sheet, axis: _Axis, y: float) -> float:
    """Under the axis, each on its side of 1 where it fits, else one below the other."""
    small, muted = sheet.scale.small, sheet.palette.muted
    if plot.below is None or plot.above is None:
        return y + small * 0.4
    left, right = f"← {plot.below}", f"{plot.above} →"
    y += sheet.scale.row * 1.1
    one = axis.at(1)
    if measured(left, small) <= one - 8 and measured(right, small) <= sheet.width - one - 8:
        sheet.text(one - 8, y, Words(left, fill=muted, anchor="end"))
        sheet.text(one + 8, y, right, fill=muted)
    else:
        sheet.text(2, y, left, fill=muted)
        y += sheet.scale.row
        sheet.text(sheet.width - 2, y, Words(right, fill=muted, anchor="end"))
    return y + small * 0.6
