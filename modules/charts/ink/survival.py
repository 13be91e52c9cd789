"""Survival as SVG: curves with bands, rates or medians as points, labels at the line, the gap, what stands below."""

from modules.charts.chart import Gap, Line, SurvivalPlot
from modules.charts.counts import AT_RISK, EXTENDED, ROWS, extended
from modules.charts.ink.medians import ink_medians, medians_height
from modules.charts.ink.rates import ink_rates, names_width
from modules.charts.ink.sheet import HALL_WIDTH, Sheet, Words, polyline
from modules.charts.ink.under import ink_counts, ink_lists
from modules.charts.lettering import balanced, measured
from modules.charts.placing import Box, Frame, band, beside_gap, beside_lines, steps, traced
from modules.charts.theme import BAND, DASHES
from modules.core.quantity import number

EDGE = 0.8


def ink_survival(plot: SurvivalPlot, sheet: Sheet) -> float:
    """The height used."""
    scale = sheet.scale
    left = _margin(plot, sheet)
    right = names_width(plot, sheet) if plot.points else scale.base
    wide = sheet.width - left - right
    height = medians_height(plot, sheet, wide) if plot.medians else scale.plot
    frame = Frame(Box(left, scale.small * 2.1, wide, height), plot.end)
    _axes(plot, sheet, frame)
    _drawn(plot, sheet, frame)
    below = frame.area.bottom + scale.row * 2.2
    sheet.text(frame.area.x, below, plot.x_name, fill=sheet.palette.muted)
    if plot.lines:
        with sheet.step(EXTENDED if extended(plot) else AT_RISK):
            below = ink_counts(plot, sheet, frame, below)
    with sheet.step(", ".join(heading for heading, _ in plot.lists)):
        below = ink_lists(plot, sheet, below)
    return below + scale.small * 0.6


def _drawn(plot: SurvivalPlot, sheet: Sheet, frame: Frame) -> None:
    if plot.medians:
        ink_medians(plot, sheet, frame)
        return
    taken = ink_rates(plot, sheet, frame) if plot.points else _curves(plot, sheet, frame)
    if plot.gap:
        with sheet.step(f"{plot.gap.headline} {plot.gap.detail}"):
            _gap(plot.gap, sheet, frame, taken)


def _margin(plot: SurvivalPlot, sheet: Sheet) -> float:
    """Room for `100%`, for the names of a table's rows, on wide sheets for the arms' names beside their numbers."""
    ticks = measured("100%", sheet.scale.small) + 8
    if extended(plot):
        return max(measured(name, sheet.scale.small) for name in ROWS) + sheet.scale.small * 1.4
    names = max((measured(line.label, sheet.scale.small, bold=True) for line in plot.lines), default=0)
    names += sheet.scale.small * 1.7 + 6
    return max(ticks, names) if sheet.width >= 520 and names < sheet.width * 0.28 else ticks


def _axes(plot: SurvivalPlot, sheet: Sheet, frame: Frame) -> None:
    area, small, palette = frame.area, sheet.scale.small, sheet.palette
    sheet.text(area.x, small, plot.y_name, fill=palette.muted)
    if not plot.medians:
        grid = "".join(polyline([(area.x, frame.y(p)), (area.right, frame.y(p))]) for p in (25, 50, 75, 100))
        sheet.path(grid, stroke=palette.grid)
        for percent in (0, 25, 50, 75, 100):
            sheet.text(area.x - 7, frame.y(percent) + small * 0.35, Words(f"{percent}%", anchor="end"))
    base = area.bottom
    ticks = "".join(polyline([(frame.x(m), base), (frame.x(m), base + 5)]) for m in plot.ticks)
    sheet.path(polyline([(area.x, base), (area.right, base)]) + ticks, stroke=palette.border)
    for month in plot.ticks:
        sheet.text(frame.x(month), base + small * 1.35, Words(number(month), anchor="middle"))


def _curves(plot: SurvivalPlot, sheet: Sheet, frame: Frame) -> list[Box]:
    """Each line with its name beside it; what they cover."""
    size = sheet.scale.base
    for line in plot.lines:
        _band(line, sheet, frame)
    for line in plot.lines:
        sheet.arm_line(polyline([frame.at(*corner) for corner in steps(line)]), line.slot, kind="curve")
    sizes = [(measured(line.label, size, bold=True), size * 1.2) for line in plot.lines]
    places = beside_lines(plot.lines, frame, sizes)
    for line, box in zip(plot.lines, places, strict=True):
        colour = sheet.palette.of(line.slot)
        words = Words(line.label, size=size, fill=colour, anchor="end", bold=True, halo=True)
        sheet.text(box.right, box.y + size * 0.95, words)
    return [*places, *(box for line in plot.lines for box in traced(line, frame))]


def _band(line: Line, sheet: Sheet, frame: Frame) -> None:
    """A faint fill, and edges in the arm's dash: these tell bands apart in greyscale and in print."""
    if not line.low:
        return
    low, high = ([frame.at(*corner) for corner in edge] for edge in band(line))
    colour = sheet.palette.of(line.slot)
    sheet.area(f"{polyline([*low, *reversed(high)])}z", fill=colour, opacity=BAND, kind="band")
    for edge in (low, high):
        sheet.path(polyline(edge), stroke=colour, width=EDGE, dash=DASHES[line.slot], kind="edge")


def _gap(gap: Gap, sheet: Sheet, frame: Frame, taken: list[Box]) -> None:
    """A bracket between the two levels, its words, and a leader between them."""
    scale, ink = sheet.scale, sheet.palette.text
    room = sheet.width * (0.68 if sheet.width == HALL_WIDTH else 0.3)
    detail = balanced(gap.detail, scale.small, 200 if sheet.width < HALL_WIDTH else room)
    widths = [
        measured(gap.headline, scale.base, bold=True),
        *(measured(line, scale.small) for line in detail),
    ]
    size = (max(widths), scale.base * 1.25 + scale.line * len(detail))
    area = frame.area
    inside = Box(area.x, area.y, sheet.width - area.x, area.height)
    box = beside_gap(gap, frame, size, taken=taken, inside=inside)
    x, top, bottom = frame.x(gap.month), frame.y(gap.high), frame.y(gap.low)
    sheet.line((x, top), (x, bottom), stroke=ink, width=scale.stroke * 0.7, kind="gap")
    sheet.line(*_leader((x, top, bottom), box), stroke=ink, kind="leader")
    middle, y = box.x + box.width / 2, box.y + scale.base * (1.05 if box.y > bottom else 0.95)
    sheet.text(middle, y, Words(gap.headline, size=scale.base, anchor="middle", bold=True, halo=True))
    for line in detail:
        y += scale.line
        sheet.text(middle, y, Words(line, anchor="middle", halo=True))


def _leader(bracket: tuple[float, float, float], box: Box) -> tuple[tuple[float, float], tuple[float, float]]:
    """From the nearer end of the bracket to the nearer edge of the words."""
    x, top, bottom = bracket
    near = min(max(x, box.x + 12), box.right - 12)
    if box.y > bottom:
        return (x, bottom), (near, box.y)
    if box.bottom < top:
        return (x, top), (near, box.bottom + 2)
    middle = min(max((top + bottom) / 2, box.y), box.bottom)
    return (x, middle), (box.x - 3 if box.x > x else box.right + 3, middle)
