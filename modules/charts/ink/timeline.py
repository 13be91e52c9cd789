"""Timeline as SVG: one row an event down a rail, its kind told by symbol and word."""

from dataclasses import dataclass

from modules.charts.chart import Moment, TimelinePlot
from modules.charts.ink.sheet import Point, Sheet, Words, coordinate, diamond
from modules.charts.lettering import wrapped
from modules.charts.timeline import KIND_WORDS

LONG = 5
"""Events that one rail of a slide can hold at a size to be read from afar; more of them stand on two."""


def ink_timeline(plot: TimelinePlot, sheet: Sheet) -> float:
    """The height used. On pages the date stands to the left of the rail, on phones and on two rails above the words."""
    if sheet.width < 1000 or len(plot.moments) <= LONG:
        dates = 0.0 if sheet.width < 520 else sheet.width * 0.2
        return _rail(plot.moments, sheet, _Column(0, dates, sheet.width))
    half, wide = -(-len(plot.moments) // 2), sheet.width / 2
    left = _rail(plot.moments[:half], sheet, _Column(0, 0, wide - sheet.scale.base))
    return max(left, _rail(plot.moments[half:], sheet, _Column(wide, 0, sheet.width)))


@dataclass(frozen=True, slots=True)
class _Column:
    """From `left` to `right`; `dates` is the room before the rail, 0 where dates stand above the words."""

    left: float
    dates: float
    right: float


def _rail(moments: tuple[Moment, ...], sheet: Sheet, column: _Column) -> float:
    scale = sheet.scale
    x = column.left + column.dates + scale.symbol * 2.4
    y = scale.base * 1.3
    marks: list[tuple[float, Moment]] = []
    rail_at = len(sheet.parts)
    for moment in moments:
        marks.append((y - scale.base * 0.35, moment))
        y = _row(moment, sheet, column, (x + scale.symbol * 2.6, y))
    ends = Sheet(sheet.width, sheet.palette, scale)
    ends.line((x, marks[0][0]), (x, marks[-1][0]), stroke=sheet.palette.grid, width=scale.stroke)
    sheet.parts[rail_at:rail_at] = ends.parts
    for at, moment in marks:
        _mark(moment, sheet, x, at)
    return y - scale.small * 0.9


def _row(moment: Moment, sheet: Sheet, column: _Column, corner: Point) -> float:
    x, y = corner
    scale, palette, room = sheet.scale, sheet.palette, column.right - x - 2
    kind = KIND_WORDS[moment.kind]
    if column.dates:
        sheet.text(column.left + column.dates - 4, y, Words(moment.shown, fill=palette.muted, anchor="end"))
    heading = f"{kind}: {moment.trial}" if column.dates else f"{moment.shown} · {kind}: {moment.trial}"
    for line in wrapped(heading, scale.base, room, bold=True):
        sheet.text(x, y, Words(line, size=scale.base, bold=True))
        y += scale.base * 1.3
    y = sheet.lines(x, y, wrapped(moment.text, scale.small, room), fill=palette.text)
    return y + scale.small * 0.7


def _mark(moment: Moment, sheet: Sheet, x: float, y: float) -> None:
    """Hollow circle: readout; filled circle: publication; filled diamond: approval."""
    r, colour = sheet.scale.symbol * 1.2, sheet.palette.link
    centre = f'cx="{coordinate(x)}" cy="{coordinate(y)}" r="{coordinate(r)}" class="lmk-{moment.kind}"'
    match moment.kind:
        case "readout":
            paint = f'fill="{sheet.palette.background}" stroke="{colour}" stroke-width="2.5"'
            sheet.parts.append(f"<circle {centre} {paint}/>")
        case "publication":
            sheet.parts.append(f'<circle {centre} fill="{colour}"/>')
        case "approval":
            d = diamond(x, y, r * 1.4)
            sheet.parts.append(f'<path d="{d}" fill="{colour}" class="lmk-approval"/>')
