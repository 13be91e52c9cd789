"""A lesson's chart as slides: in the parts that can be read from afar, and the published results beside a curve."""

from collections.abc import Iterator

from modules.actions.drawing import hall_drawings
from modules.actions.paper import inline_svg
from modules.charts.chart import SourceRow
from modules.charts.hall import listed
from modules.charts.theme import Palette
from modules.core.evidence import Evidence
from modules.core.module import Chart, Module
from modules.core.slide import Picture, Slide


def chart_slides(module: Module, block: Chart, evidence: Evidence, palette: Palette) -> Iterator[Slide]:
    made = hall_drawings(module, block, evidence, palette=palette)
    drawn = made[0].chart
    title = block.slide or drawn.title
    foot = _foot(drawn.sources)
    for n, part in enumerate(made, 1):
        picture = Picture(inline_svg(part), drawn.alt, drawn.notes)
        shown = title if len(made) == 1 else f"{title} ({n} of {len(made)})"
        yield Slide("chart", shown, chart=picture, foot=foot, steps=part.svg.count("<g data-step="))
    if rows := listed(drawn):
        yield Slide("points", title, bullets=rows, foot=foot, notes=drawn.alt)


def _foot(sources: tuple[SourceRow, ...]) -> tuple[str, ...]:
    told = " · ".join(dict.fromkeys(_short(source) for source in sources))
    return (f"Source: {told}",) if told else ()


def _short(source: SourceRow) -> str:
    """A slide has the room for a line: publication, data cut, assessor, confidence."""
    told = (source.citation, source.cut, source.assessor, source.confidence)
    return "; ".join(part for part in told if part)
