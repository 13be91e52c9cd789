"""Data cuts as Plotly: one cut strong, earlier ones faded, later ones not yet there; nothing else moves."""

from dataclasses import replace

from modules.charts.chart import ComparisonPlot, CutsPlot, ForestPlot
from modules.charts.theme import Palette
from modules.charts.traces.base import Dict
from modules.charts.traces.comparison import comparison_figure
from modules.charts.traces.forest import forest_figure

FADED = 0.35


def cuts_figure(plot: CutsPlot, palette: Palette, at: int | None = None) -> Dict:
    """`at` is the cut that is looked from, counted from 0; None shows every cut alike."""
    whole = _figure(plot.drawn, palette)
    if at is None:
        return whole
    until = _figure(_until(plot.drawn, at + 1), palette)
    now = until["data"][len(_figure(_until(plot.drawn, at), palette)["data"]) if at else 0 :]
    for trace in until["data"]:
        if not any(trace is each for each in now):
            trace["opacity"] = trace.get("opacity", 1) * FADED
    until["layout"] |= {name: whole["layout"][name] for name in ("height", "yaxis", "xaxis")}
    return until


def _until(drawn: ForestPlot | ComparisonPlot, count: int) -> ForestPlot | ComparisonPlot:
    if isinstance(drawn, ForestPlot):
        return replace(drawn, rows=drawn.rows[:count])
    return replace(drawn, groups=drawn.groups[:count])


def _figure(drawn: ForestPlot | ComparisonPlot, palette: Palette) -> Dict:
    if isinstance(drawn, ForestPlot):
        return forest_figure(drawn, palette, apart=True)
    return comparison_figure(drawn, palette)
