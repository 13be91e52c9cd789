"""Timeline as SVG: one row an event down a rail, its kind told by symbol and word."""

from modules.charts.chart import Moment, TimelinePlot
from modules.charts.ink.sheet import Sheet, Words, coordinate, diamond
from modules.charts.lettering import wrapped
from modules.charts.timeline import KIND_WORDS


def ink_timeline(plot: TimelinePlot, sheet: Sheet) -> float:
    """The height used. On a phone the date stands above the words, on wide sheets to the left of the rail."""
    scale = sheet.scale
    dates = 0.0 if sheet.width < 520 else sheet.width * 0.2
    rail = dates + scale.symbol * 2.4
    y = scale.base * 1.3
    marks: list[tuple[float, Moment]] = []
    rail_at = len(sheet.parts)
    for moment in plot.moments:
        marks.append((y - scale.base * 0.35, moment))
        y = _row(moment, sheet, (rail, dates), y)
    ends = Sheet(sheet.width, sheet.palette, scale)
    ends.line((rail, marks[0][0]), (rail, marks[-1][0]), stroke=sheet.palette.grid, width=scale.stroke)
    sheet.parts[rail_at:rail_at] = ends.parts
    for at, moment in marks:
        _mark(moment, sheet, rail, at)
    return y - scale.small * 0.9


def _row(moment: Moment, sheet: Sheet, columns: tuple[float, float], y: float) -> float:
    rail, dates = columns
    scale, palette = sheet.scale, sheet.palette
    x = rail + scale.symbol * 2.6
    kind = KIND_WORDS[moment.kind]
    if dates:
        sheet.text(dates - 4, y, Words(moment.shown, fill=palette.muted, anchor="end"))
    heading = f"{kind}: {moment.trial}" if dates else f"{moment.shown} · {kind}: {moment.trial}"
    for line in wrapped(heading, scale.base, sheet.width - x - 2, bold=True):
        sheet.text(x, y, Words(line, size=scale.base, bold=True))
        y += scale.base * 1.3
    y = sheet.lines(x, y, wrapped(moment.text, scale.small, sheet.width - x - 2), fill=palette.text)
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
