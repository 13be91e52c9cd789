"""Published medians as SVG: a mark an arm at 50%, its interval along the months, its name and figure above it."""

from modules.charts.chart import MedianPoint, SurvivalPlot
from modules.charts.ink.sheet import Sheet, Words, polyline
from modules.charts.lettering import wrapped
from modules.charts.placing import Frame


def medians_height(plot: SurvivalPlot, sheet: Sheet, width: float) -> float:
    """The height of the plot: rows of equal height, one an arm."""
    return len(plot.medians) * _row(plot, sheet, width) + sheet.scale.symbol * 2


def ink_medians(plot: SurvivalPlot, sheet: Sheet, frame: Frame) -> None:
    area, scale, row = frame.area, sheet.scale, _row(plot, sheet, frame.area.width)
    grid = "".join(polyline([(frame.x(m), area.y), (frame.x(m), area.bottom)]) for m in plot.ticks)
    sheet.path(grid, stroke=sheet.palette.grid)
    for index, point in enumerate(plot.medians):
        top = area.y + index * row
        for number, (line, bold) in enumerate(_words(point, sheet, area.width)):
            said = Words(line, size=scale.base, fill=sheet.palette.of(point.slot), bold=bold, halo=True)
            sheet.text(area.x + 4, top + scale.base * (1.1 + 1.25 * number), said)
        y = top + row - scale.symbol * 2
        sheet.text(area.x - 7, y + scale.small * 0.35, Words("50%", anchor="end"))
        _mark(point, sheet, frame, y)


def _row(plot: SurvivalPlot, sheet: Sheet, width: float) -> float:
    lines = max(len(_words(point, sheet, width)) for point in plot.medians)
    return lines * sheet.scale.base * 1.25 + sheet.scale.symbol * 4.5


def _words(point: MedianPoint, sheet: Sheet, width: float) -> list[tuple[str, bool]]:
    """Lines, and which of them are bold: the name."""
    size, room = sheet.scale.base, width - 8
    name = [(line, True) for line in wrapped(point.label, size, room, bold=True)]
    return [*name, *((line, False) for line in wrapped(point.text, size, room))]


def _mark(point: MedianPoint, sheet: Sheet, frame: Frame, y: float) -> None:
    """The interval, an open arrow where an end was not reached, and the arm's symbol at the median."""
    colour, wide, reach = sheet.palette.of(point.slot), sheet.scale.stroke * 0.8, sheet.scale.symbol
    if point.span:
        start, end = (frame.x(month) for month in point.span)
        sheet.line((start, y), (end, y), stroke=colour, width=wide, kind="interval")
    if point.beyond is not None:
        tip = frame.x(point.beyond)
        arrow = polyline([(tip - reach, y - reach), (tip, y), (tip - reach, y + reach)])
        stem = polyline([(tip - 5 * reach, y), (tip, y)]) if point.span is None else ""
        sheet.path(arrow + stem, stroke=colour, width=wide, kind="beyond")
    if point.month is not None:
        sheet.symbol(frame.x(point.month), y, point.slot, kind="median", path=point.path)
