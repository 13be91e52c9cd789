"""A chart as a Plotly figure, for exploring; drawn from the same plot data as the SVG."""

from typing import Any, assert_never

from modules.charts.chart import (
    AdversePlot,
    Chart,
    ComparisonPlot,
    CutsPlot,
    ForestPlot,
    IconPlot,
    SurvivalPlot,
    TimelinePlot,
)
from modules.charts.theme import Palette
from modules.charts.traces.adverse import adverse_figure
from modules.charts.traces.comparison import comparison_figure
from modules.charts.traces.cuts import cuts_figure
from modules.charts.traces.forest import forest_figure
from modules.charts.traces.icons import icons_figure
from modules.charts.traces.survival import survival_figure
from modules.charts.traces.timeline import timeline_figure

CONFIG: dict[str, Any] = {
    "displayModeBar": False,
    "scrollZoom": False,
    "doubleClick": False,
    "showTips": False,
    "responsive": True,
}


def figure(chart: Chart, palette: Palette) -> dict[str, Any]:
    """`{"data": ..., "layout": ...}` in concrete colours: LIGHT or DARK, not CSS."""
    match chart.plot:
        case SurvivalPlot() as plot:
            return survival_figure(plot, palette)
        case ForestPlot() as plot:
            return forest_figure(plot, palette)
        case ComparisonPlot() as plot:
            return comparison_figure(plot, palette)
        case IconPlot() as plot:
            return icons_figure(plot, palette)
        case TimelinePlot() as plot:
            return timeline_figure(plot, palette)
        case AdversePlot() as plot:
            return adverse_figure(plot, palette)
        case CutsPlot() as plot:
            return cuts_figure(plot, palette)
        case _:
            assert_never(chart.plot)
