"""Timeline as Plotly: one row an event down a rail."""

from modules.charts.chart import Moment, TimelinePlot
from modules.charts.lettering import wrapped
from modules.charts.theme import Palette
from modules.charts.timeline import KIND_WORDS
from modules.charts.traces import base
from modules.charts.traces.base import Dict

SYMBOLS = {"readout": "circle-open", "publication": "circle", "approval": "diamond"}


def timeline_figure(plot: TimelinePlot, palette: Palette) -> Dict:
    words, rows, y = [], [], 0.0
    for moment in plot.moments:
        heading = f"{moment.shown} · {KIND_WORDS[moment.kind]}: {moment.trial}"
        lines = wrapped(heading, base.SIZE, base.NARROW - 30, bold=True)
        body = wrapped(moment.text, base.SMALL, base.NARROW - 30)
        text = f"<b>{base.stacked(lines)}</b><br>{base.stacked(body)}"
        words.append(base.note(text, x=0, xanchor="left", xshift=16, y=y, yanchor="top", align="left"))
        rows.append(y + base.ROW * 0.55)
        y += base.ROW * (len(lines) + len(body)) + 12
    rail = {"type": "line", "x0": 0, "x1": 0, "y0": rows[0], "y1": rows[-1], "layer": "below"}
    return {
        "data": [_marks(plot.moments, rows, palette)],
        "layout": base.layout(
            palette,
            height=y + 16,
            margin=(14, 6, 8, 8),
            xaxis=base.hidden((0, 1)),
            yaxis=base.hidden((y, 0)),
            annotations=words,
            shapes=[{**rail, "line": {"color": palette.grid, "width": 2}}],
        ),
    }


def _marks(moments: tuple[Moment, ...], rows: list[float], palette: Palette) -> Dict:
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [0] * len(rows),
        "y": rows,
        "marker": {
            "symbol": [SYMBOLS[moment.kind] for moment in moments],
            "size": 13,
            "color": palette.link,
            "line": {"width": 2.5, "color": palette.link},
        },
        "cliponaxis": False,
        "hoverinfo": "skip",
    }
