"""Icon arrays as Plotly: 100 marks an arm, filled with the event, hollow without."""

from modules.charts.chart import IconGrid, IconPlot
from modules.charts.lettering import wrapped
from modules.charts.theme import Palette
from modules.charts.traces import base
from modules.charts.traces.base import Dict

_PITCH, _ACROSS, _STEP = 18.0, 2, 11.5
"""Rows in px; grids side by side, `_STEP` columns apart."""


def icons_figure(plot: IconPlot, palette: Palette) -> Dict:
    blocks = [_block(grid) for grid in plot.grids]
    head = base.ROW * max(len(lines) for lines in blocks) + 10
    band = head + 10 * _PITCH + 14
    across = min(_ACROSS, len(plot.grids))
    data, words = [], []
    for at, (grid, lines) in enumerate(zip(plot.grids, blocks, strict=True)):
        corner = (at % _ACROSS * _STEP, at // _ACROSS * band)
        words.append(_words(lines, grid, corner, palette))
        data += [_icons(grid, (corner[0], corner[1] + head), filled, palette) for filled in (True, False)]
    total = band * -(-len(plot.grids) // _ACROSS)
    if plot.difference:
        lines = wrapped(plot.difference, base.SIZE, base.NARROW, bold=True)
        words.append(base.note(f"<b>{base.stacked(lines)}</b>", x=-0.5, xanchor="left", y=total, yanchor="top"))
        words[-1]["align"] = "left"
        total += base.ROW * 1.2 * len(lines)
    return {
        "data": data,
        "layout": base.layout(
            palette,
            height=total + 12,
            margin=(4, 4, 4, 8),
            xaxis=base.hidden((-0.5, _STEP * (across - 1) + 9.5)),
            yaxis=base.hidden((total, 0)),
            annotations=words,
        ),
    }


def _block(grid: IconGrid) -> list[str]:
    found = [*wrapped(grid.label, base.SIZE, 160, bold=True), *wrapped(grid.text, base.SIZE, 160)]
    shown = [] if grid.detail == f"{grid.filled}%" else wrapped(f"published {grid.detail}", base.SIZE, 160)
    return [*found, *shown]


def _words(lines: list[str], grid: IconGrid, corner: tuple[float, float], palette: Palette) -> Dict:
    name = len(wrapped(grid.label, base.SIZE, 160, bold=True))
    bold = f'<b><span style="color:{palette.of(grid.slot)}">{base.stacked(lines[:name])}</span></b>'
    x, y = corner
    place = {"x": x - 0.5, "xanchor": "left", "y": y, "yanchor": "top", "align": "left"}
    return base.note(f"{bold}<br>{base.stacked(lines[name:])}", **place)


def _icons(grid: IconGrid, corner: tuple[float, float], filled: bool, palette: Palette) -> Dict:
    places = range(grid.filled) if filled else range(grid.filled, 100)
    colour = palette.of(grid.slot) if filled else palette.border
    symbol = "circle" if filled else "circle-open"
    return {
        "type": "scatter",
        "mode": "markers",
        "name": f"{grid.label}, {'with' if filled else 'without'} the event",
        "x": [corner[0] + place % 10 for place in places],
        "y": [corner[1] + _PITCH * (place // 10 + 0.5) for place in places],
        "marker": {"symbol": symbol, "size": 11, "color": colour, "line": {"width": 1.5, "color": colour}},
        "hoverinfo": "skip",
    }
