"""A chart as a static, self-contained SVG."""

from typing import assert_never
from xml.sax.saxutils import escape, quoteattr

from modules.charts.chart import (
    AdversePlot,
    Chart,
    ComparisonPlot,
    CutsPlot,
    ForestPlot,
    IconPlot,
    Plot,
    SurvivalPlot,
    TimelinePlot,
)
from modules.charts.ink.adverse import ink_adverse
from modules.charts.ink.comparison import ink_comparison
from modules.charts.ink.forest import ink_forest
from modules.charts.ink.icons import ink_icons
from modules.charts.ink.sheet import Scale, Sheet, coordinate, scale_for
from modules.charts.ink.survival import ink_survival
from modules.charts.ink.timeline import ink_timeline
from modules.charts.theme import FONT, Palette


def svg(chart: Chart, *, width: int, palette: Palette, scale: Scale | None = None, shown: int = 0) -> str:
    """`width` 360 for phones, 720 for pages, 1280 for files. The title is a heading: named, not drawn.

    `shown` is the width a viewer gives it that is told no other; its own where 0.
    """
    sheet = Sheet(width, palette, scale or scale_for(width))
    kind, height = ink(chart.plot, sheet)
    wide = shown or width
    high = coordinate(height * wide / width)
    size = f'viewBox="0 0 {width} {coordinate(height)}" width="{wide}" height="{high}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} class="lmk-{kind}" role="img" '
        f"aria-label={quoteattr(chart.alt)} font-family={quoteattr(FONT)} "
        f'font-size="{coordinate(sheet.scale.small)}" fill="{palette.text}" '
        'style="max-width:100%;height:auto;overflow:visible">'
        f"<title>{escape(chart.title)}</title><desc>{escape(chart.table.caption)}</desc>{''.join(sheet.parts)}</svg>"
    )


def ink(shown: Plot, sheet: Sheet) -> tuple[str, float]:
    """The kind of chart, and its height."""
    match shown:
        case SurvivalPlot() as plot:
            return "survival", ink_survival(plot, sheet)
        case ForestPlot() as plot:
            return "forest", ink_forest(plot, sheet)
        case ComparisonPlot() as plot:
            return "comparison", ink_comparison(plot, sheet)
        case IconPlot() as plot:
            return "icons", ink_icons(plot, sheet)
        case TimelinePlot() as plot:
            return "timeline", ink_timeline(plot, sheet)
        case AdversePlot() as plot:
            return "adverse", ink_adverse(plot, sheet)
        case CutsPlot() as plot:
            return "cuts", ink(plot.drawn, sheet)[1]
        case _:
            assert_never(shown)
