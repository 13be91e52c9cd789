"""Survival as Plotly: step curves with bands, rates or medians as points, the gap."""

from modules.charts.chart import Gap, Line, RatePoint, SurvivalPlot
from modules.charts.lettering import balanced, measured
from modules.charts.placing import Box, Frame, abreast, beside_gap, beside_lines, dodged, marked, spread, traced
from modules.charts.theme import BAND, Palette
from modules.charts.traces import base
from modules.charts.traces.base import Dict
from modules.charts.traces.medians import medians_figure
from modules.charts.traces.under import below, left_margin
from modules.core.quantity import number

AREA_HEIGHT = 240.0
NARROWEST = 320.0
"""Words are placed for a phone of this width in px; wider figures only have more room."""
HIDDEN = 0.08
"""The share of a label that may lie over a line; more of it and the words go below the plot."""
_TOP, DODGE = 34.0, 6.0


def survival_figure(plot: SurvivalPlot, palette: Palette) -> Dict:
    left, right = left_margin(plot), _names_width(plot) if plot.points else 18.0
    frame = _frame(plot, NARROWEST - left - right)
    if plot.medians:
        drawn, height = medians_figure(plot, palette)
    else:
        drawn, height = _drawn(plot, frame, palette), AREA_HEIGHT
    under, bottom = below(plot, palette, gap=plot.gap if plot.gap and not drawn["told"] else None)
    y_name = base.note(base.plain(plot.y_name), xref="paper", x=0, xanchor="left", yref="paper", y=1, yshift=22)
    y_name["align"] = "left"
    y_name["font"] = {"color": palette.muted, "size": base.SMALL}
    x_axis = base.axis(palette, (0, frame.end), plot.ticks, showgrid=False, showline=True, ticks="outside")
    return {
        "data": drawn["data"],
        "layout": base.layout(
            palette,
            height=_TOP + height + bottom,
            margin=(left, right, _TOP, bottom),
            xaxis=x_axis,
            yaxis=drawn["yaxis"],
            annotations=[y_name, *drawn["annotations"], *under],
            shapes=drawn["shapes"],
        ),
    }


def _frame(plot: SurvivalPlot, width: float) -> Frame:
    """An axis somewhat past its end where marks stand apart: Plotly leaves out what lies beyond an axis."""
    arms = abreast(plot.points)
    beyond = (arms - 1) / 2 * DODGE + (2 if arms > 1 else 0)
    return Frame(Box(0, 0, width, AREA_HEIGHT), plot.end * width / (width - beyond))


def _drawn(plot: SurvivalPlot, frame: Frame, palette: Palette) -> Dict:
    """Traces, the words among them, the bracket of the gap, and the axis of percentages."""
    data, words, taken = _points(plot, frame, palette) if plot.points else _curves(plot, frame, palette)
    gap = _gap(plot.gap, frame, taken, palette) if plot.gap else None
    axis = base.axis(palette, (0, 101), (0, 25, 50, 75, 100), ticksuffix="%")
    axis["ticktext"] = [f"{value}%" for value in (0, 25, 50, 75, 100)]
    shapes = [_bracket(plot.gap, palette)] if plot.gap else []
    words += [gap] if gap else []
    return {"data": data, "annotations": words, "shapes": shapes, "yaxis": axis, "told": gap is not None}


def _curves(plot: SurvivalPlot, frame: Frame, palette: Palette) -> tuple[list[Dict], list[Dict], list[Box]]:
    """Traces, the names beside them, and what both cover."""
    size = base.SIZE
    boxes = beside_lines(
        plot.lines, frame, [(measured(line.label, size, bold=True), size * 1.2) for line in plot.lines]
    )
    words = [
        base.note(
            base.strong(line.label),
            x=frame.month(box.right),
            y=frame.percent(box.y + box.height / 2),
            xanchor="right",
            align="right",
            yanchor="middle",
            font={"color": palette.of(line.slot)},
        )
        for line, box in zip(plot.lines, boxes, strict=True)
    ]
    covered = [box for line in plot.lines for box in traced(line, frame)]
    bands = [edge for line in plot.lines if line.low for edge in _band(line, palette)]
    return [*bands, *(_curve(line, palette) for line in plot.lines)], words, [*boxes, *covered]


def _band(line: Line, palette: Palette) -> list[Dict]:
    """Two edges in the arm's dash, the space between them filled."""
    colour = palette.of(line.slot)
    style = {"shape": "hv", "color": colour, "dash": base.dash(line.slot, 0.8), "width": 0.8}
    shared = {"type": "scatter", "mode": "lines", "x": list(line.months), "line": style, "hoverinfo": "skip"}
    lower = {**shared, "name": f"{line.label}, lower limit", "y": list(line.low)}
    upper = {**shared, "name": f"{line.label}, upper limit", "y": list(line.high), "fill": "tonexty"}
    return [lower, {**upper, "fillcolor": base.faint(colour, BAND)}]


def _curve(line: Line, palette: Palette) -> Dict:
    return {
        "type": "scatter",
        "mode": "lines",
        "name": line.label,
        "x": list(line.months),
        "y": list(line.percent),
        "line": {
            "shape": "hv",
            "color": palette.of(line.slot),
            "dash": base.dash(line.slot),
            "width": base.LINE,
        },
        "hovertemplate": f"{base.plain(line.label)}<br>%{{x}} months: %{{y}}%<extra></extra>",
    }


def _points(plot: SurvivalPlot, frame: Frame, palette: Palette) -> tuple[list[Dict], list[Dict], list[Box]]:
    arms = dict.fromkeys(point.label for point in plot.points)
    stands = [frame.month(x) for x, _ in dodged(plot.points, frame, DODGE)]
    placed = list(zip(plot.points, stands, strict=True))
    data = [_arm([(p, x) for p, x in placed if p.label == arm], plot, palette) for arm in arms]
    values = [Box(box.x - 24, box.y - 18, 60, box.height + 36) for box in marked(plot.points, frame, DODGE)]
    return data, _names(plot, frame, palette), values


def _arm(placed: list[tuple[RatePoint, float]], plot: SurvivalPlot, palette: Palette) -> Dict:
    """Marks alone, never joined; the last value stands with the name in the margin.

    `customdata` holds the published month: marks of arms with intervals stand a little apart.
    """
    points = [point for point, _ in placed]
    slot, values = points[0].slot, [point.percent for point in points]
    last = max(point.month for point in plot.points)
    highest = max(plot.points, key=lambda point: point.percent).label == points[0].label
    return {
        "type": "scatter",
        "mode": "markers+text",
        "name": points[0].label,
        "x": [x for _, x in placed],
        "y": values,
        "customdata": [point.month for point in points],
        "text": ["" if point.month == last else f"{number(point.percent)}%" for point in points],
        "textposition": _beside(points, highest),
        "textfont": {"color": palette.of(slot), "size": base.SMALL},
        "marker": base.marker(palette, slot),
        "error_y": base.error(values, [p.ci for p in points], edges=(0, 100), colour=palette.of(slot)),
        "cliponaxis": False,
        "hovertemplate": f"{base.plain(points[0].label)}<br>%{{customdata}} months: %{{y}}%<extra></extra>",
    }


def _beside(points: list[RatePoint], highest: bool) -> list[str]:
    """Beside an interval, else above the upper arm and below the others."""
    free = "top center" if highest else "bottom center"
    side = "middle left" if highest else "middle right"
    return [side if point.ci else free for point in points]


def _names(plot: SurvivalPlot, frame: Frame, palette: Palette) -> list[Dict]:
    named = list({point.label: point for point in plot.points}.values())
    last = max(point.month for point in plot.points)
    blocks = [[*_broken(p), *([f"{number(p.percent)}%"] if p.month == last else [])] for p in named]
    height = base.SIZE * 1.3 * max(len(block) for block in blocks) + 2
    centres = spread([frame.y(p.percent) for p in named], height, (-base.SIZE, AREA_HEIGHT + base.SIZE))
    return [
        base.note(
            f"<b>{base.stacked(block)}</b>",
            xref="paper",
            x=1,
            xanchor="left",
            xshift=12,
            y=frame.percent(centre),
            yanchor="middle",
            align="left",
            font={"color": palette.of(point.slot)},
        )
        for point, block, centre in zip(named, blocks, centres, strict=True)
    ]


def _names_width(plot: SurvivalPlot) -> float:
    return 20 + max(measured(line, base.SIZE, bold=True) for p in plot.points for line in _broken(p))


def _broken(point: RatePoint) -> list[str]:
    return balanced(point.label, base.SIZE, 108)


def _bracket(gap: Gap, palette: Palette) -> Dict:
    line = {"color": palette.text, "width": 1.5}
    return {"type": "line", "x0": gap.month, "x1": gap.month, "y0": gap.low, "y1": gap.high, "line": line}


def _gap(gap: Gap, frame: Frame, taken: list[Box], palette: Palette) -> Dict | None:
    """The words in the free space nearest the bracket, tied to it by a thin line; None where they would hide a mark."""
    lines = balanced(gap.detail, base.SMALL, 190)
    wide = max(measured(gap.headline, base.SIZE, bold=True), *(measured(line, base.SMALL) for line in lines))
    box = beside_gap(gap, frame, (wide, ROW_OF_TEXT * (len(lines) + 1)), taken=taken, inside=frame.area)
    if sum(box.overlap(other) for other in taken) > HIDDEN * box.width * box.height:
        return None
    below = box.y > frame.y(gap.low)
    return {
        "text": f"{base.strong(gap.headline)}<br>{base.stacked(lines)}",
        "x": gap.month,
        "y": gap.low if below else gap.high,
        "ax": frame.month(box.x + box.width / 2),
        "ay": frame.percent(box.y + box.height / 2),
        "axref": "x",
        "ayref": "y",
        "showarrow": True,
        "arrowhead": 0,
        "arrowwidth": 1,
        "arrowcolor": palette.text,
        "font": {"size": base.SMALL},
    }


ROW_OF_TEXT = base.SMALL * 1.3
