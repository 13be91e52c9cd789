"""Comparison as Plotly: words above each bar, in pixels; values and intervals on an axis from 0."""

from dataclasses import dataclass

from modules.charts.chart import Bar, ComparisonPlot
from modules.charts.lettering import fits_named, wrapped
from modules.charts.theme import BAND, Palette
from modules.charts.traces import base
from modules.charts.traces.base import Dict

_BAR = 20.0


@dataclass(frozen=True, slots=True)
class _Placed:
    bar: Bar
    y: float


def comparison_figure(plot: ComparisonPlot, palette: Palette) -> Dict:
    words, bars, total = _rows(plot, palette)
    axis_name = base.under(plot.axis, 26, left=0, colour=palette.muted)
    arrows = [_arrow(placed, plot, palette) for placed in bars if _open(placed.bar)]
    return {
        "data": [trace for placed in bars for trace in _traces(placed, plot, palette)],
        "layout": base.layout(
            palette,
            height=total + 60,
            margin=(10, 16, 6, 54),
            xaxis=base.axis(palette, (0, plot.end), plot.ticks, showline=True, ticks="outside", layer="below traces"),
            yaxis=base.hidden((total, 0)),
            annotations=[*words, *arrows, axis_name],
            barmode="overlay",
        ),
    }


def _rows(plot: ComparisonPlot, palette: Palette) -> tuple[list[Dict], list[_Placed], float]:
    """Words and bars from the top down; the height they take."""
    words, bars, y = [], [], 0.0
    for group in plot.groups:
        lines = wrapped(group.heading, base.SIZE, base.NARROW, bold=True)
        words.append(_words(f"<b>{base.stacked(lines)}</b>", y, palette.text))
        y += base.ROW * 1.1 * len(lines)
        for bar in group.bars:
            together = fits_named(bar.label, bar.text, base.SMALL, base.NARROW)
            name = f'<b><span style="color:{palette.of(bar.slot)}">{base.plain(bar.label)}</span></b>'
            words.append(_words(f"{name}{'  ' if together else '<br>'}{base.plain(bar.text)}", y, palette.text))
            y += base.ROW * (1 if together else 2) + 4
            bars.append(_Placed(bar, y + _BAR / 2))
            y += _BAR + 6
        if group.footer:
            words.append(_words(base.plain(group.footer), y, palette.muted))
            y += base.ROW
        y += 10
    return words, bars, y


def _words(text: str, y: float, colour: str) -> Dict:
    font = {"size": base.SMALL, "color": colour}
    return base.note(text, x=0, xanchor="left", y=y, yanchor="top", align="left", font=font)


def _open(bar: Bar) -> bool:
    return bar.value is None or (bar.ci is not None and bar.ci.high is None)


def _traces(placed: _Placed, plot: ComparisonPlot, palette: Palette) -> list[Dict]:
    """A faint bar from 0 and the arm's symbol; a median that was not reached has only its arrow."""
    bar, colour = placed.bar, palette.of(placed.bar.slot)
    if bar.value is None:
        return []
    hover = {"hovertext": f"{base.plain(bar.label)}<br>{base.plain(bar.text)}", "hoverinfo": "text"}
    place = {"x": [bar.value], "y": [placed.y], "name": bar.label}
    faint = {
        "type": "bar",
        "orientation": "h",
        "width": _BAR * 0.8,
        "marker": {"color": colour},
        "opacity": BAND,
    }
    mark = base.marker(palette, bar.slot)
    error = base.error([bar.value], [bar.ci], edges=(0, plot.end), colour=colour)
    point = {"type": "scatter", "mode": "markers", "marker": mark, "error_x": error, "cliponaxis": False}
    return [{**faint, **place, "hoverinfo": "skip"}, {**point, **place, **hover}]


def _arrow(placed: _Placed, plot: ComparisonPlot, palette: Palette) -> Dict:
    """To the edge of the axis: this end was not reached."""
    return {
        "text": "",
        "x": plot.end,
        "y": placed.y,
        "ax": placed.bar.value or 0,
        "ay": placed.y,
        "axref": "x",
        "ayref": "y",
        "showarrow": True,
        "arrowhead": 2,
        "arrowwidth": 2,
        "arrowcolor": palette.of(placed.bar.slot),
    }
