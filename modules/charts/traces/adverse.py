"""Adverse events as Plotly: bars back to back, rows in pixels, each row's words above its bars."""

from dataclasses import dataclass

from modules.charts.chart import AdversePlot, AdverseRow, Bar
from modules.charts.lettering import fits_named, measured, wrapped
from modules.charts.theme import SYMBOLS, Palette
from modules.charts.traces import base
from modules.charts.traces.base import Dict
from modules.core.effect import Interval
from modules.core.quantity import number

_BAR, _MILD = 20.0, 0.28
_MARKS = {"circle-open": "○", "square": "■", "diamond": "◆", "triangle-up": "▲"}


@dataclass(frozen=True, slots=True)
class _Placed:
    row: AdverseRow
    y: float


def adverse_figure(plot: AdversePlot, palette: Palette) -> Dict:
    """Values to the left of 0 are drawn as negative numbers; no text shows the sign."""
    words, placed, total = _rows(plot, palette)
    ticks = [*(-tick for tick in reversed(plot.ticks[1:])), *plot.ticks]
    foot = base.under("Percent of patients", 26, left=0, colour=palette.muted)
    edge = plot.end * 1.28
    axis = base.axis(palette, (-edge, edge), ticks, showline=True, showgrid=False, ticks="outside")
    zero = {"type": "line", "x0": 0, "x1": 0, "line": {"color": palette.text, "width": 1.5}, "layer": "above"}
    return {
        "data": [
            _bar(bar, each, side, palette)
            for each in placed
            for bar, side in ((each.row.left, -1), (each.row.right, 1))
        ],
        "layout": base.layout(
            palette,
            height=total + 60,
            margin=(8, 8, 6, 54),
            xaxis=axis | {"ticktext": [f"{abs(tick):g}" for tick in ticks]},
            yaxis=base.hidden((total, 0)),
            annotations=[*words, foot | {"x": 0.5, "xanchor": "center"}],
            shapes=[{**zero, "y0": each.y - _BAR / 2 - 2, "y1": each.y + _BAR / 2 + 2} for each in placed],
            barmode="overlay",
        ),
    }


def _rows(plot: AdversePlot, palette: Palette) -> tuple[list[Dict], list[_Placed], float]:
    """Words and rows from the top down; the height they take."""
    words, placed = [], []
    half = base.NARROW / 2 - 20
    names = [wrapped(name, base.SMALL, half, bold=True) for name, _ in (plot.left, plot.right)]
    for lines, (_, slot), side in zip(names, (plot.left, plot.right), ("right", "left"), strict=True):
        mark, said = _MARKS[SYMBOLS[slot]], "<br>".join(base.plain(line) for line in lines)
        text = f"<b>{said} {mark}</b>" if side == "right" else f"<b>{mark} {said}</b>"
        shift = -8 if side == "right" else 8
        words.append(_words(text, 0, palette.of(slot), x=0.5, anchor=side) | {"xshift": shift})
    y = base.ROW * max(map(len, names)) + 8
    event = ""
    for row in plot.rows:
        block, count = _block(row, y, palette, again=row.event == event)
        event = row.event
        words += block
        y += base.ROW * count + 4
        placed.append(_Placed(row, y + _BAR / 2))
        y += _BAR + 10
    return words, placed, y


def _block(row: AdverseRow, y: float, palette: Palette, *, again: bool) -> tuple[list[Dict], int]:
    """Event and grade to the left, the difference to the right where both fit on a phone, else below."""
    gap = measured(row.difference, base.SMALL) + 16
    name = "" if again else row.event
    bold = f"<b>{base.plain(name)}</b>  " if name else ""
    if fits_named(name, row.grade, base.SMALL, base.NARROW - gap):
        first = _words(f"{bold}{base.plain(row.grade)}", y, palette.text, x=0, anchor="left")
        return [first, _words(base.plain(row.difference), y, palette.muted, x=1, anchor="right")], 1
    said = wrapped(name, base.SMALL, base.NARROW, bold=True) if name else []
    rest = wrapped(", ".join(filter(None, (row.grade, row.difference))), base.SMALL, base.NARROW)
    text = "<br>".join([*(base.strong(line) for line in said), *(base.plain(line) for line in rest)])
    return [_words(text, y, palette.text, x=0, anchor="left")], len(said) + len(rest)


def _words(text: str, y: float, colour: str, *, x: float, anchor: str) -> Dict:
    font = {"size": base.SMALL, "color": colour}
    return base.note(text, xref="paper", x=x, xanchor=anchor, y=y, yanchor="top", align=anchor, font=font)


def _bar(bar: Bar, placed: _Placed, side: int, palette: Palette) -> Dict:
    row, colour, value = placed.row, palette.of(bar.slot), bar.value or 0.0
    strength = 1 if row.severe else _MILD
    said = ", ".join(filter(None, (row.event, row.grade)))
    return {
        "type": "bar",
        "orientation": "h",
        "name": bar.label,
        "x": [side * value],
        "y": [placed.y],
        "width": _BAR,
        "marker": {"color": _faded(colour, strength), "line": {"color": colour, "width": 1.5}},
        "error_x": _error(value, bar.ci, side, palette),
        "text": [f"{number(value)}%"],
        "textposition": "outside",
        "textfont": {"size": base.SMALL, "color": palette.text},
        "textangle": 0,
        "cliponaxis": False,
        "hovertext": f"{base.plain(said)}<br>{base.plain(bar.label)} {base.plain(bar.text)}",
        "hoverinfo": "text",
    }


def _faded(colour: str, strength: float) -> str:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return colour if strength == 1 else f"rgba({red},{green},{blue},{strength})"


def _error(value: float, ci: Interval | None, side: int, palette: Palette) -> Dict:
    """Mirrored on the left, where a higher rate lies further out."""
    found = base.error([value], [ci], edges=(0, 100), colour=palette.text)
    if side < 0:
        found |= {"array": found["arrayminus"], "arrayminus": found["array"]}
    return found
