"""Forest as Plotly: rows in pixels, so that labels of several lines keep their room; a log axis."""

import math

from modules.charts.chart import ForestPlot, ForestRow
from modules.charts.lettering import wrapped
from modules.charts.theme import Palette
from modules.charts.traces import base
from modules.charts.traces.base import Dict

_LABEL, _TOP = 168.0, 30.0


def forest_figure(plot: ForestPlot, palette: Palette, *, apart: bool = False) -> Dict:
    """One trace an arm, or `apart` one a row. A factor's heading takes room above its first row."""
    blocks = [_block(row) for row in plot.rows]
    above = [base.ROW * len(_heading(row)) + 6 if row.heading else 0.0 for row in plot.rows]
    heights = [base.ROW * len(lines) + 12 for lines in blocks]
    tops = [sum(heights[:at]) + sum(above[:at]) for at in range(len(blocks))]
    centres = [tops[at] + above[at] + height / 2 for at, height in enumerate(heights)]
    total = sum(heights) + sum(above)
    below, bottom = _favours(plot, palette)
    heading = base.note(base.strong(plot.heading), xref="paper", x=0, xshift=2 - _LABEL, yref="paper", y=1)
    heading |= {
        "xanchor": "left",
        "align": "left",
        "yanchor": "bottom",
        "yshift": 4,
        "font": {"color": palette.muted},
    }
    labels = [_label(lines, row, y, palette) for lines, row, y in zip(blocks, plot.rows, centres, strict=True)]
    labels += [_factor(row, top, palette) for row, top in zip(plot.rows, tops, strict=True) if row.heading]
    ends = (math.log10(plot.low), math.log10(plot.high))
    placed = list(zip(plot.rows, centres, strict=True))
    looks = dict.fromkeys(row.slot for row in plot.rows)
    groups = [[each] for each in placed] if apart else [[p for p in placed if p[0].slot == look] for look in looks]
    return {
        "data": [_marks(plot, rows, palette) for rows in groups],
        "layout": base.layout(
            palette,
            height=_TOP + total + bottom,
            margin=(_LABEL, 12, _TOP, bottom),
            xaxis=base.axis(palette, ends, plot.ticks, type="log", showline=True, ticks="outside"),
            yaxis=base.hidden((total, 0)),
            annotations=[heading, *labels, *below],
            shapes=_ground(plot, palette),
        ),
    }


def _block(row: ForestRow) -> list[str]:
    width = _LABEL - 12
    detail = wrapped(row.detail, base.SMALL, width) if row.detail else []
    return [*wrapped(row.label, base.SMALL, width, bold=True), *wrapped(row.text, base.SMALL, width), *detail]


def _heading(row: ForestRow) -> list[str]:
    return wrapped(row.heading, base.SMALL, base.NARROW, bold=True)


def _factor(row: ForestRow, y: float, palette: Palette) -> Dict:
    """Over the whole width, above the factor's first row."""
    text = f"<b>{base.stacked(_heading(row))}</b>"
    place = {"xref": "paper", "x": 0, "xanchor": "left", "xshift": 2 - _LABEL, "align": "left"}
    return base.note(text, y=y + 6, yanchor="top", font={"size": base.SMALL, "color": palette.muted}, **place)


def _label(lines: list[str], row: ForestRow, y: float, palette: Palette) -> Dict:
    """Name in bold, then the estimate, then what the row is about."""
    name = len(wrapped(row.label, base.SMALL, _LABEL - 12, bold=True))
    text = f"<b>{base.stacked(lines[:name])}</b><br>{base.stacked(lines[name:])}"
    place = {
        "xref": "paper",
        "x": 0,
        "xanchor": "left",
        "xshift": 2 - _LABEL,
        "yanchor": "middle",
        "align": "left",
    }
    return base.note(text, y=y, font={"size": base.SMALL, "color": palette.text}, **place)


def _marks(plot: ForestPlot, rows: list[tuple[ForestRow, float]], palette: Palette) -> Dict:
    slot = rows[0][0].slot
    values, colour = [row.value for row, _ in rows], palette.of(slot)
    return {
        "type": "scatter",
        "mode": "markers",
        "x": values,
        "y": [y for _, y in rows],
        "marker": base.marker(palette, slot),
        "error_x": base.error(values, [r.ci for r, _ in rows], edges=(plot.low, plot.high), colour=colour),
        "hovertext": [f"{base.plain(row.label)}<br>{base.plain(row.text)}" for row, _ in rows],
        "hoverinfo": "text",
    }


def _ground(plot: ForestPlot, palette: Palette) -> list[Dict]:
    line = {"type": "line", "x0": 1, "x1": 1, "yref": "paper", "y0": 0, "y1": 1}
    found: list[Dict] = [{**line, "line": {"color": palette.text, "width": 1.5}, "layer": "below"}]
    if plot.below:
        tint = {"type": "rect", "x0": plot.low, "x1": 1, "yref": "paper", "y0": 0, "y1": 1, "layer": "below"}
        found.insert(0, {**tint, "fillcolor": palette.surface, "line": {"width": 0}})
    return found


def _favours(plot: ForestPlot, palette: Palette) -> tuple[list[Dict], float]:
    if plot.below is None or plot.above is None:
        return [], 34.0
    left = base.under(f"← {plot.below}", 30, left=_LABEL - 2, colour=palette.muted)
    right = base.under(f"{plot.above} →", 30 + base.ROW, left=0, colour=palette.muted)
    return [left, right | {"x": 1, "xanchor": "right", "xshift": 0}], 34.0 + 2 * base.ROW
