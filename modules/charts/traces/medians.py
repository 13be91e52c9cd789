"""Published medians as Plotly: a mark an arm at 50%, its interval along the months, its name and figure above it."""

from modules.charts.chart import MedianPoint, SurvivalPlot
from modules.charts.lettering import wrapped
from modules.charts.theme import Palette
from modules.charts.traces import base
from modules.charts.traces.base import Dict

_WIDTH = 290.0
_MARK = 26.0


def medians_figure(plot: SurvivalPlot, palette: Palette) -> tuple[Dict, float]:
    """Traces, words, and the axis of rows, all at 50%; and the height of the plot in px."""
    row = base.SIZE * 1.3 * max(len(_words(point)) for point in plot.medians) + _MARK
    height = row * len(plot.medians)
    places = [height - row * (index + 1) + _MARK / 2 for index in range(len(plot.medians))]
    data, words = [], []
    for point, y in zip(plot.medians, places, strict=True):
        data += _traces(point, y, palette)
        words.append(_named(point, y, palette))
    axis = base.axis(palette, (0, height), places, showgrid=False)
    axis["ticktext"] = ["50%" for _ in places]
    return {"data": data, "annotations": words, "shapes": [], "yaxis": axis, "told": True}, height


def _traces(point: MedianPoint, y: float, palette: Palette) -> list[Dict]:
    """The interval, the open arrow where an end was not reached, the arm's mark: each with its own name."""
    colour, found = palette.of(point.slot), []
    shared = {"type": "scatter", "cliponaxis": False, "hoverinfo": "skip"}
    if point.span:
        style = {"color": colour, "width": 2}
        name = f"{point.label}, interval"
        found.append({**shared, "mode": "lines", "name": name, "x": [*point.span], "y": [y, y], "line": style})
    if point.beyond is not None:
        arrow = {"symbol": "triangle-right-open", "size": 11, "color": colour, "line": {"width": 2}}
        name = f"{point.label}, not reached"
        found.append({**shared, "mode": "markers", "name": name, "x": [point.beyond], "y": [y], "marker": arrow})
    if point.month is not None:
        told = f"{base.plain(point.label)}<br>{base.plain(point.text)}<extra></extra>"
        mark = {"mode": "markers", "name": point.label, "x": [point.month], "y": [y], "hovertemplate": told}
        found.append({"type": "scatter", "cliponaxis": False, **mark, "marker": base.marker(palette, point.slot)})
    return found


def _words(point: MedianPoint) -> list[str]:
    name = wrapped(point.label, base.SIZE, _WIDTH, bold=True)
    return [*(base.strong(line) for line in name), *map(base.plain, wrapped(point.text, base.SIZE, _WIDTH))]


def _named(point: MedianPoint, y: float, palette: Palette) -> Dict:
    place = {"xref": "paper", "x": 0, "xanchor": "left", "xshift": 4, "y": y + _MARK / 2, "yanchor": "bottom"}
    return base.note("<br>".join(_words(point)), align="left", font={"color": palette.of(point.slot)}, **place)
