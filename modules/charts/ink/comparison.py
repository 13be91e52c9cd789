"""Comparison as SVG: each arm's words above its bar, so that nothing is cut on a phone."""

from modules.charts.chart import Bar, BarGroup, ComparisonPlot
from modules.charts.ink.sheet import Sheet, Words, polyline
from modules.charts.lettering import fits_named, wrapped
from modules.charts.theme import BAND
from modules.core.quantity import number


def ink_comparison(plot: ComparisonPlot, sheet: Sheet) -> float:
    """The height used."""
    scale, palette = sheet.scale, sheet.palette
    grid_at = len(sheet.parts)
    y = scale.small * 0.4
    spans: list[tuple[float, float]] = []
    for group in plot.groups:
        y = _heading(group, sheet, y, alone=len(plot.groups) == 1)
        for bar in group.bars:
            y = _words(bar, sheet, y)
            spans.append((y, y + scale.bar))
            _bar(bar, sheet, plot.end, (y, scale.bar))
            y += scale.bar
        if group.footer:
            y = sheet.lines(2, y + scale.row, wrapped(group.footer, scale.small, sheet.width - 4), fill=palette.muted)
            y -= scale.small * 0.9
        y += scale.small * 0.8
    _grid(plot, sheet, grid_at, spans)
    return _axis(plot, sheet, y)


def _x(sheet: Sheet, value: float, end: float) -> float:
    margin = sheet.scale.small * 0.8
    return margin + (sheet.width - 2.6 * margin) * value / end


def _heading(group: BarGroup, sheet: Sheet, y: float, *, alone: bool) -> float:
    size = sheet.scale.small if alone else sheet.scale.base
    lines = wrapped(group.heading, size, sheet.width - 4, bold=not alone)
    for line in lines:
        y += size * 1.25
        sheet.text(2, y, Words(line, size=size, fill=sheet.palette.muted if alone else None, bold=not alone))
    return y + sheet.scale.small * 0.2


def _words(bar: Bar, sheet: Sheet, y: float) -> float:
    """Name and figure on one line, or the figure below the name where both do not fit."""
    small, colour = sheet.scale.small, sheet.palette.of(bar.slot)
    y += sheet.scale.row * 1.2
    if fits_named(bar.label, bar.text, small, sheet.width - 4):
        sheet.named(2, y, bar.label, Words(bar.text, fill=colour))
        return y + small * 0.3
    sheet.text(2, y, Words(bar.label, fill=colour, bold=True))
    return (
        sheet.lines(2, y + sheet.scale.row, wrapped(bar.text, small, sheet.width - 4), fill=sheet.palette.text) - small
    )


def _bar(bar: Bar, sheet: Sheet, end: float, place: tuple[float, float]) -> None:
    """A faint bar from 0, the interval, the arm's symbol; an arrow where an end was not reached."""
    y, height = place
    colour, middle = sheet.palette.of(bar.slot), y + height / 2
    left, right = _x(sheet, 0, end), _x(sheet, end, end)
    value = right if bar.value is None else _x(sheet, bar.value, end)
    if bar.value is None:
        return _arrow(sheet, (left, middle), right, colour)
    sheet.box((left, y + height * 0.12), value - left, height * 0.76, fill=colour, opacity=BAND)
    stroke = sheet.scale.stroke * 0.8
    if bar.ci:
        low = left if bar.ci.low is None else _x(sheet, bar.ci.low, end)
        if bar.ci.high is None:
            _arrow(sheet, (low, middle), right, colour)
        else:
            sheet.line(
                (low, middle),
                (_x(sheet, bar.ci.high, end), middle),
                stroke=colour,
                width=stroke,
                kind="interval",
            )
    sheet.symbol(value, middle, bar.slot, kind="value", path=bar.path)
    return None


def _arrow(sheet: Sheet, start: tuple[float, float], right: float, colour: str) -> None:
    y, head = start[1], sheet.scale.symbol
    d = polyline([start, (right, y)]) + polyline([(right - head, y - head), (right, y), (right - head, y + head)])
    sheet.path(d, stroke=colour, width=sheet.scale.stroke * 0.8, kind="arrow")


def _grid(plot: ComparisonPlot, sheet: Sheet, at: int, spans: list[tuple[float, float]]) -> None:
    """Behind the bars only, so that no line runs through words."""
    drawn = Sheet(sheet.width, sheet.palette, sheet.scale)
    for tick in plot.ticks:
        x = _x(sheet, tick, plot.end)
        stroke = sheet.palette.border if tick == 0 else sheet.palette.grid
        d = "".join(polyline([(x, top), (x, bottom)]) for top, bottom in spans)
        drawn.path(d, stroke=stroke)
    sheet.parts[at:at] = drawn.parts


def _axis(plot: ComparisonPlot, sheet: Sheet, y: float) -> float:
    small, palette = sheet.scale.small, sheet.palette
    left, right = _x(sheet, 0, plot.end), _x(sheet, plot.end, plot.end)
    marks = "".join(polyline([(_x(sheet, t, plot.end), y), (_x(sheet, t, plot.end), y + 5)]) for t in plot.ticks)
    sheet.path(polyline([(left, y), (right, y)]) + marks, stroke=palette.border)
    y += small * 1.4
    for tick in plot.ticks:
        sheet.text(_x(sheet, tick, plot.end), y, Words(number(tick), anchor="middle"))
    y += sheet.scale.row
    sheet.text(left, y, plot.axis, fill=palette.muted)
    return y + small * 0.6
