"""Survival as Plotly: step curves or points, the gap, numbers at risk in pixels under the axis."""

from modules.charts.chart import Gap, Line, Published, RatePoint, SurvivalPlot
from modules.charts.lettering import balanced, fits_named, measured
from modules.charts.placing import Box, Frame, beside_gap, beside_lines, marked, spread, traced
from modules.charts.theme import Palette
from modules.charts.traces import base
from modules.charts.traces.base import Dict
from modules.core.quantity import number

AREA_HEIGHT = 240.0
_LEFT, _TOP = 46.0, 34.0


def survival_figure(plot: SurvivalPlot, palette: Palette) -> Dict:
    right = _names_width(plot) if plot.points else 18.0
    frame = Frame(Box(0, 0, 360 - _LEFT - right, AREA_HEIGHT), plot.end)
    data, words, taken = _points(plot, frame, palette) if plot.points else _curves(plot, frame, palette)
    below, bottom = _below(plot, palette)
    if plot.gap:
        words.append(_gap(plot.gap, frame, taken, palette))
    y_name = base.note(base.plain(plot.y_name), xref="paper", x=0, xanchor="left", yref="paper", y=1, yshift=22)
    y_name["align"] = "left"
    y_name["font"] = {"color": palette.muted, "size": base.SMALL}
    x_axis = base.axis(palette, (0, plot.end), plot.ticks, showgrid=False, showline=True, ticks="outside")
    y_axis = base.axis(palette, (0, 101), (0, 25, 50, 75, 100), ticksuffix="%")
    y_axis["ticktext"] = [f"{value}%" for value in (0, 25, 50, 75, 100)]
    return {
        "data": data,
        "layout": base.layout(
            palette,
            height=_TOP + AREA_HEIGHT + bottom,
            margin=(_LEFT, right, _TOP, bottom),
            xaxis=x_axis,
            yaxis=y_axis,
            annotations=[y_name, *words, *below],
            shapes=[_bracket(plot.gap, palette)] if plot.gap else [],
        ),
    }


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
    return [_curve(line, palette) for line in plot.lines], words, [*boxes, *covered]


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
    data = [_arm([p for p in plot.points if p.label == arm], plot, palette) for arm in arms]
    values = [Box(box.x - 18, box.y - 18, 48, box.height + 36) for box in marked(plot.points, frame, 0)]
    return data, _names(plot, frame, palette), values


def _arm(points: list[RatePoint], plot: SurvivalPlot, palette: Palette) -> Dict:
    """Marks alone, never joined; the last value stands with the name in the margin."""
    slot, values = points[0].slot, [point.percent for point in points]
    last = max(point.month for point in plot.points)
    highest = max(plot.points, key=lambda point: point.percent).label == points[0].label
    return {
        "type": "scatter",
        "mode": "markers+text",
        "name": points[0].label,
        "x": [point.month for point in points],
        "y": values,
        "text": ["" if point.month == last else f"{number(point.percent)}%" for point in points],
        "textposition": "top center" if highest else "bottom center",
        "textfont": {"color": palette.of(slot), "size": base.SMALL},
        "marker": base.marker(palette, slot),
        "error_y": base.error(values, [p.ci for p in points], edges=(0, 100), colour=palette.of(slot)),
        "cliponaxis": False,
        "hovertemplate": f"{base.plain(points[0].label)}<br>%{{x}} months: %{{y}}%<extra></extra>",
    }


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


def _gap(gap: Gap, frame: Frame, taken: list[Box], palette: Palette) -> Dict:
    """The words in the free space nearest the bracket, tied to it by a thin line."""
    lines = balanced(gap.detail, base.SMALL, 190)
    wide = max(measured(gap.headline, base.SIZE, bold=True), *(measured(line, base.SMALL) for line in lines))
    box = beside_gap(gap, frame, (wide, ROW_OF_TEXT * (len(lines) + 1)), taken=taken, inside=frame.area)
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


def _below(plot: SurvivalPlot, palette: Palette) -> tuple[list[Dict], float]:
    """Axis name, numbers at risk and published results, each at its distance in px; and the bottom margin."""
    down = 27.0
    words = [base.under(plot.x_name, down, left=0, colour=palette.muted)]
    if plot.lines:
        down += base.ROW * 1.4
        title = "Number at risk, at the start of the interval"
        words.append(base.under(title, down, left=_LEFT - 2, colour=palette.muted, bold=True))
    for line in plot.lines:
        down += base.ROW * 1.1
        colour = palette.of(line.slot)
        words.append(base.under(line.label, down, left=_LEFT - 2, colour=colour, bold=True))
        down += base.ROW
        words += _at_risk(plot, line, down, colour)
    if plot.published:
        down += base.ROW * 1.5
        title = "Published median" if any(row.slot for row in plot.published) else "Published"
        words.append(base.under(title, down, left=_LEFT - 2, colour=palette.muted, bold=True))
    for row in plot.published:
        down += base.ROW * 1.1
        words.append(_result(row, down, palette))
        down += 0 if fits_named(row.label, row.text, base.SMALL, base.NARROW) else base.ROW
    return words, down + base.ROW * 1.4


def _at_risk(plot: SurvivalPlot, line: Line, down: float, colour: str) -> list[Dict]:
    """In pixels below the axis, so that rows keep their distance at every width."""
    at = dict(zip(line.months, line.at_risk, strict=True))
    place = {"yref": "paper", "y": 0, "yanchor": "top", "yshift": -down, "xanchor": "center"}
    font = {"color": colour, "size": base.SMALL}
    return [base.note(number(at[month]), x=month, font=font, **place) for month in plot.ticks if month in at]


def _result(row: Published, down: float, palette: Palette) -> Dict:
    together = fits_named(row.label, row.text, base.SMALL, base.NARROW)
    found = base.under(row.label, down, left=_LEFT - 2, colour=palette.text)
    name = f'<b><span style="color:{palette.of(row.slot)}">{base.plain(row.label)}</span></b>'
    return {**found, "text": f"{name}{'  ' if together else '<br>'}{base.plain(row.text)}", "align": "left"}
