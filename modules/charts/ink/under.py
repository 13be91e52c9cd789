"""What stands under a survival plot as SVG: the table at the axis' months, and the lists of results."""

from modules.charts.chart import Published, SurvivalPlot
from modules.charts.counts import AT_RISK, EXTENDED, extended, rows_of
from modules.charts.ink.sheet import HALL_WIDTH, Sheet, Words, polyline
from modules.charts.lettering import fits_named, measured, wrapped
from modules.charts.placing import Frame
from modules.core.quantity import number


def ink_counts(plot: SurvivalPlot, sheet: Sheet, frame: Frame, y: float) -> float:
    """Grouped by arm; only months the source published."""
    if not extended(plot):
        return _at_risk(plot, sheet, frame, y)
    scale, palette = sheet.scale, sheet.palette
    y += scale.row * 0.1
    for words in wrapped(EXTENDED, scale.small, sheet.width - 4, bold=True):
        y += scale.row * 1.15
        sheet.text(2, y, Words(words, fill=palette.muted, bold=True))
    for line in plot.lines:
        y += scale.row * 1.3
        sheet.text(2, y, Words(line.label, fill=palette.of(line.slot), bold=True))
        for name, counts in rows_of(line):
            y += scale.row
            sheet.text(2, y, Words(name, fill=palette.muted))
            _counted(plot, counts, (sheet, frame, y), palette.of(line.slot))
    return y


def _at_risk(plot: SurvivalPlot, sheet: Sheet, frame: Frame, y: float) -> float:
    """The arm's name beside its numbers, or above them where it is long; in a lecture hall its line alone."""
    scale, palette = sheet.scale, sheet.palette
    room = frame.area.x - scale.small * 1.7
    hall = sheet.width == HALL_WIDTH
    stacked = not hall and any(measured(line.label, scale.small, bold=True) > room for line in plot.lines)
    y += scale.row * 1.25
    sheet.text(2 if stacked else frame.area.x, y, Words(AT_RISK, fill=palette.muted, bold=True))
    for line in plot.lines:
        y += scale.row * 1.15
        colour = palette.of(line.slot)
        if hall:
            middle = y - scale.small * 0.35
            sheet.arm_line(
                polyline(((2, middle), (frame.area.x - scale.small * 1.4, middle))), line.slot, kind="sample"
            )
        elif stacked:
            sheet.text(2, y, Words(line.label, fill=colour, bold=True))
            y += scale.row
        else:
            sheet.text(room, y, Words(line.label, fill=colour, anchor="end", bold=True))
        _counted(plot, dict(zip(line.months, line.at_risk, strict=True)), (sheet, frame, y), colour)
    return y


def _counted(plot: SurvivalPlot, counts: dict[float, int], at: tuple[Sheet, Frame, float], colour: str) -> None:
    sheet, frame, y = at
    for month in plot.ticks:
        if month in counts:
            sheet.text(frame.x(month), y, Words(number(counts[month]), fill=colour, anchor="middle"))


def ink_lists(plot: SurvivalPlot, sheet: Sheet, y: float) -> float:
    """One below the other; beside one another on a slide, whose picture must not grow tall."""
    beside = sheet.width >= 1000 and len(plot.lists) > 1
    room = sheet.width / len(plot.lists) - 16 if beside else sheet.width - 4
    x, top, lowest = 2.0, y, y
    for heading, rows in plot.lists:
        y = (top if beside else lowest) + sheet.scale.row * 1.4
        sheet.text(x, y, Words(heading, fill=sheet.palette.muted, bold=True))
        lowest = max(lowest, _listed(rows, sheet, (x, y), room))
        x += room + 16 if beside else 0
    return lowest


def _listed(rows: tuple[Published, ...], sheet: Sheet, at: tuple[float, float], room: float) -> float:
    """Name and figure on one line, or the figures below the names where one of them does not fit."""
    scale, palette, (x, y) = sheet.scale, sheet.palette, at
    together = all(fits_named(r.label, r.text, scale.small, room) for r in rows if r.slot)
    for row in rows:
        y += scale.row * 1.15
        if fits_named(row.label, row.text, scale.small, room) and (together or row.slot is None):
            sheet.named(x, y, row.label, Words(row.text, fill=palette.of(row.slot)))
            continue
        sheet.text(x, y, Words(row.label, fill=palette.of(row.slot), bold=True))
        for words in wrapped(row.text, scale.small, room):
            y += scale.row
            sheet.text(x, y, words)
    return y
