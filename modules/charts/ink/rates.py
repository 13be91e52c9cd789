"""Landmark rates as SVG: one mark an arm and month, never joined; names in the right margin."""

from modules.charts.chart import RatePoint, SurvivalPlot
from modules.charts.ink.sheet import Sheet, Words
from modules.charts.lettering import balanced, measured
from modules.charts.placing import Box, Frame, beside_mark, dodged, marked, spread
from modules.core.quantity import number


def names_width(plot: SurvivalPlot, sheet: Sheet) -> float:
    """The right margin: the arms' names in up to two lines, clear of the last marks."""
    size = sheet.scale.base
    lines = [line for point in plot.points for line in _name(point, sheet)]
    return max(measured(line, size, bold=True) for line in lines) + _clear(plot, sheet) + 8


def ink_rates(plot: SurvivalPlot, sheet: Sheet, frame: Frame) -> list[Box]:
    """What the marks and their words cover. The names stand in the margin, outside the frame."""
    scale, by = sheet.scale, sheet.scale.symbol * 2
    taken = marked(plot.points, frame, by)
    for point, (x, y) in zip(plot.points, dodged(plot.points, frame, by), strict=True):
        _interval(point, sheet, frame, x)
        sheet.symbol(x, y, point.slot, kind="point")
    last = max(point.month for point in plot.points)
    for point, mark in zip(plot.points, list(taken), strict=True):
        if point.month == last:
            continue
        value = _value(point)
        size = (measured(value, scale.small, bold=True), scale.small * 1.15)
        box = beside_mark(mark, size, taken, frame.area)
        words = Words(value, fill=sheet.palette.of(point.slot), anchor="middle", bold=True, halo=True)
        sheet.text(box.x + box.width / 2, box.y + scale.small * 0.9, words)
        taken.append(box)
    return taken + _names(plot, sheet, frame, last)


def _interval(point: RatePoint, sheet: Sheet, frame: Frame, x: float) -> None:
    """An end that was not reached runs to the edge of the plot."""
    if point.ci is None:
        return
    low, high = frame.y(point.ci.low or 0), frame.y(100 if point.ci.high is None else point.ci.high)
    stroke = sheet.palette.of(point.slot)
    sheet.line((x, low), (x, high), stroke=stroke, width=sheet.scale.stroke * 0.8, kind="interval")


def _names(plot: SurvivalPlot, sheet: Sheet, frame: Frame, last: float) -> list[Box]:
    """Name and value of each arm at the last month; an arm that ends earlier is named at its own height."""
    size, named = sheet.scale.base, {point.label: point for point in plot.points}
    points = list(named.values())
    blocks = [[*_name(p, sheet), *([_value(p)] if p.month == last else [])] for p in points]
    height = size * 1.2 * max(len(block) for block in blocks) + 4
    limits = (frame.area.y - size, frame.area.bottom + size)
    centres = spread([frame.y(point.percent) for point in points], height, limits)
    x = frame.area.right + _clear(plot, sheet)
    for point, block, centre in zip(points, blocks, centres, strict=True):
        y = centre - size * 1.2 * len(block) / 2 + size * 0.95
        for row, line in enumerate(block):
            words = Words(line, size=size, fill=sheet.palette.of(point.slot), bold=True)
            sheet.text(x, y + row * size * 1.2, words)
    return [Box(x, centre - height / 2, sheet.width - x, height) for centre in centres]


def _clear(plot: SurvivalPlot, sheet: Sheet) -> float:
    """From the edge of the plot to the names: past the marks of arms that stand apart."""
    arms = len({point.label for point in plot.points}) if any(point.ci for point in plot.points) else 1
    return sheet.scale.symbol * (2 + arms)


def _name(point: RatePoint, sheet: Sheet) -> list[str]:
    return balanced(point.label, sheet.scale.base, sheet.width * 0.3)


def _value(point: RatePoint) -> str:
    return f"{number(point.percent)}%"
