"""Landmark rates as SVG: one mark an arm and month, never joined; names in the right margin."""

from modules.charts.chart import RatePoint, SurvivalPlot
from modules.charts.ink.sheet import Sheet, Words
from modules.charts.lettering import balanced, measured
from modules.charts.placing import Box, Frame, abreast, beside_mark, dodged, marked, off_mark, spread
from modules.core.quantity import number


def names_width(plot: SurvivalPlot, sheet: Sheet) -> float:
    """The right margin: the arms' names in up to two lines, clear of the last marks."""
    size = sheet.scale.base
    lines = [line for point in plot.points for line in _name(point, sheet)]
    return max(measured(line, size, bold=True) for line in lines) + _clear(plot, sheet) + 8


def ink_rates(plot: SurvivalPlot, sheet: Sheet, frame: Frame) -> list[Box]:
    """What the marks and their words cover. The names stand in the margin, outside the frame."""
    by = sheet.scale.symbol * 2
    marks = marked(plot.points, frame, by)
    for point, (x, y) in zip(plot.points, dodged(plot.points, frame, by), strict=True):
        _interval(point, sheet, frame, x)
        sheet.symbol(x, y, point.slot, kind="point", path=point.path)
    taken = [*marks, *_values(plot, sheet, frame, marks)]
    return taken + _names(plot, sheet, frame, max(point.month for point in plot.points))


def _values(plot: SurvivalPlot, sheet: Sheet, frame: Frame, marks: list[Box]) -> list[Box]:
    """Each value by its mark, but for those at the last month, which stand with the names."""
    small, area = sheet.scale.small, frame.area
    last = max(point.month for point in plot.points)
    told = Box(area.x, 0, measured(plot.y_name, small), small * 1.2)
    inside = Box(area.x, 0, area.width + _clear(plot, sheet) - 4, area.bottom)
    hidden = marks * 3  # a mark that is hidden is worse than a word that is touched
    found: list[Box] = []
    for point, mark in zip(plot.points, marks, strict=True):
        if point.month == last:
            continue
        value = _value(point)
        size = (measured(value, small, bold=True), small * 1.15)
        taken = [told, *hidden, *found]
        if point.ci:
            box = beside_mark(mark, size, taken, inside)
        else:
            box = off_mark(mark, size, taken, inside, upper=_upper(point, plot))
        words = Words(value, fill=sheet.palette.of(point.slot), anchor="middle", bold=True, halo=True)
        sheet.text(box.x + box.width / 2, box.y + small * 0.9, words)
        found.append(box)
    return found


def _upper(point: RatePoint, plot: SurvivalPlot) -> bool:
    """No other arm is higher at this month."""
    return all(other.percent <= point.percent for other in plot.points if other.month == point.month)


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
    return sheet.scale.symbol * (2 + abreast(plot.points))


def _name(point: RatePoint, sheet: Sheet) -> list[str]:
    return balanced(point.label, sheet.scale.base, sheet.width * 0.3)


def _value(point: RatePoint) -> str:
    return f"{number(point.percent)}%"
