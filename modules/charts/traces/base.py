"""What every Plotly figure shares: fonts, bare axes, words placed in px. Plain dicts are cheap to build."""

from collections.abc import Iterable
from html import escape
from typing import Any

from modules.charts.theme import DASHES, SYMBOLS, Palette, Slot
from modules.core.effect import Interval

Dict = dict[str, Any]
NARROW = 288.0
"""The width in px that words are broken for: a phone of 320 px, less the margins of a page."""
SIZE = 14.0
SMALL = 13.0
ROW = 18.0
FAMILY = "Source Sans, 'Source Sans 3', system-ui, sans-serif"
LINE = 2.5


def layout(palette: Palette, *, height: float, margin: tuple[float, float, float, float], **more: Any) -> Dict:
    """`margin` as left, right, top, bottom in px. Nothing zooms, so that a page scrolls under a finger."""
    left, right, top, bottom = margin
    return {
        "height": round(height),
        "margin": {"l": left, "r": right, "t": top, "b": bottom, "pad": 0},
        "font": {"family": FAMILY, "size": SIZE, "color": palette.text},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "showlegend": False,
        "dragmode": False,
        "hoverlabel": {"font": {"family": FAMILY}},
        **more,
    }


def axis(palette: Palette, span: tuple[float, float], at: Iterable[float], **more: Any) -> Dict:
    """Only the ticks named."""
    values = list(at)
    return {
        "range": list(span),
        "tickvals": values,
        "ticktext": [f"{value:g}" for value in values],
        "gridcolor": palette.grid,
        "linecolor": palette.border,
        "zeroline": False,
        "fixedrange": True,
        **more,
    }


def hidden(span: tuple[float, float]) -> Dict:
    """An axis that only places things."""
    return {"range": list(span), "visible": False, "fixedrange": True}


def note(text: str, **more: Any) -> Dict:
    """Words without an arrow. `text` is already escaped."""
    return {"text": text, "showarrow": False, "borderpad": 0, **more}


def under(text: str, down: float, *, left: float, colour: str, bold: bool = False) -> Dict:
    """Words `down` px below the plot, flush with the figure's left edge when `left` is its margin."""
    return note(
        strong(text) if bold else plain(text),
        xref="paper",
        x=0,
        xanchor="left",
        xshift=-left,
        align="left",
        yref="paper",
        y=0,
        yanchor="top",
        yshift=-down,
        font={"color": colour, "size": SMALL},
    )


def dash(slot: Slot, width: float = LINE) -> str:
    """The same lengths as in the SVG, in line widths."""
    return ",".join(f"{length * width:g}px" for length in DASHES[slot]) or "solid"


def faint(colour: str, opacity: float) -> str:
    """A colour of a palette, `#1F6BC2`, seen through."""
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return f"rgba({red},{green},{blue},{opacity})"


def marker(palette: Palette, slot: Slot | None, size: float = 10) -> Dict:
    """The arm's symbol; a filled circle in the text colour where a figure belongs to no arm."""
    symbol, colour = SYMBOLS[slot] if slot else "circle", palette.of(slot)
    rim = {"width": 2 if symbol == "circle-open" else 0, "color": colour}
    return {"symbol": symbol, "size": size, "color": colour, "line": rim}


def plain(text: str) -> str:
    """Plotly reads a little HTML in text; ours holds none."""
    return escape(text, quote=False)


def strong(text: str) -> str:
    return f"<b>{plain(text)}</b>"


def stacked(lines: Iterable[str]) -> str:
    return "<br>".join(plain(line) for line in lines)


def error(values: list[float], intervals: list[Interval | None], *, edges: tuple[float, float], colour: str) -> Dict:
    """Error bars; an end that was not reached runs to the edge of the axis, a missing interval has none."""
    low, high = edges
    up, down = [], []
    for value, ci in zip(values, intervals, strict=True):
        up.append(0.0 if ci is None else (high if ci.high is None else ci.high) - value)
        down.append(0.0 if ci is None else value - (low if ci.low is None else ci.low))
    shown = any(ci is not None for ci in intervals)
    style = {"color": colour, "thickness": 2, "width": 0}
    return {"type": "data", "symmetric": False, "array": up, "arrayminus": down, "visible": shown, **style}
