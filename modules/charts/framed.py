"""A chart as a picture that stands alone: the finding above it, cautions and sources below it."""

from xml.sax.saxutils import escape, quoteattr

from modules.charts.chart import Chart, SourceRow
from modules.charts.ink.sheet import Sheet, Words, coordinate, scale_for
from modules.charts.lettering import wrapped
from modules.charts.svg import ink
from modules.charts.theme import FONT, Palette

MARGIN = 20


def framed(chart: Chart, *, width: int, palette: Palette) -> str:
    """On a ground of its own, so that it can be put on any page or slide."""
    sheet, frame = (Sheet(width, palette, scale_for(width)) for _ in range(2))
    height = ink(chart.plot, sheet)[1]
    top = _head(chart, frame)
    bottom = _foot(chart, frame, top + height)
    corner, across, down = -MARGIN, width + 2 * MARGIN, bottom + 2 * MARGIN
    size = f'width="{across}" height="{coordinate(down)}"'
    ground = f'<rect x="{corner}" y="{corner}" {size} fill="{palette.background}"/>'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{corner} {corner} {across} {coordinate(down)}" {size} '
        f'role="img" aria-label={quoteattr(chart.alt)} font-family={quoteattr(FONT)} '
        f'font-size="{coordinate(sheet.scale.small)}" fill="{palette.text}"><title>{escape(chart.title)}</title>'
        f'{ground}{"".join(frame.parts)}<g transform="translate(0 {coordinate(top)})">{"".join(sheet.parts)}</g></svg>'
    )


def source_line(source: SourceRow) -> str:
    """Publication, what was read, data cut, assessor, how sure we are, link."""
    told = (source.citation, source.detail, source.cut, source.assessor, source.confidence, source.link)
    return "; ".join(part for part in told if part)


def _head(chart: Chart, frame: Sheet) -> float:
    size, y = frame.scale.base * 1.3, 0.0
    for line in wrapped(chart.title, size, frame.width, bold=True):
        y += size * 1.2
        frame.text(0, y, Words(line, size=size, bold=True))
    for line in wrapped(chart.caption, frame.scale.small, frame.width) if chart.caption else []:
        y += frame.scale.row
        frame.text(0, y, line)
    return y + frame.scale.small * 1.2


def _foot(chart: Chart, frame: Sheet, y: float) -> float:
    y += frame.scale.small * 0.6
    said = [*chart.notes, *(f"Source: {source_line(source)}" for source in chart.sources)]
    for words in dict.fromkeys(said):
        for line in wrapped(words, frame.scale.small, frame.width):
            y += frame.scale.row
            frame.text(0, y, line, fill=frame.palette.muted)
        y += frame.scale.small * 0.3
    return y
