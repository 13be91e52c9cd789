"""What stands under a survival plot in Plotly, each row at its distance in px, so that it holds at every width."""

from modules.charts.chart import Gap, Published, SurvivalPlot
from modules.charts.counts import AT_RISK, EXTENDED, ROWS, extended, rows_of
from modules.charts.lettering import fits_named, measured, wrapped
from modules.charts.theme import Palette
from modules.charts.traces import base
from modules.charts.traces.base import Dict
from modules.core.quantity import number


def left_margin(plot: SurvivalPlot) -> float:
    """Room for `100%`, or for the names of a table's rows."""
    return max(measured(name, base.SMALL) for name in ROWS) + 18 if extended(plot) else 46.0


def below(plot: SurvivalPlot, palette: Palette, *, gap: Gap | None) -> tuple[list[Dict], float]:
    """Axis name, the table by arm, the lists of results, a gap with no room at its bracket; and the bottom margin."""
    beside = (("Gap", (Published(gap.headline, None, gap.detail),)),) if gap else ()
    down = 27.0
    words = [base.under(plot.x_name, down, left=0, colour=palette.muted)]
    if plot.lines:
        found, down = _counts(plot, down, palette)
        words += found
    for heading, rows in (*beside, *plot.lists):
        down += base.ROW * 1.5
        words.append(base.under(heading, down, left=_flush(plot), colour=palette.muted, bold=True))
        for row in rows:
            down += base.ROW * 1.1
            lines = _lines(row)
            words.append(_result(row, lines, base.under("", down, left=_flush(plot), colour=palette.text), palette))
            down += base.ROW * (len(lines) - 1)
    return words, down + base.ROW * 1.4


def _flush(plot: SurvivalPlot) -> float:
    return left_margin(plot) - 2


def _counts(plot: SurvivalPlot, down: float, palette: Palette) -> tuple[list[Dict], float]:
    """Grouped by arm: its name, and its rows below it."""
    left, words = _flush(plot), []
    down += base.ROW * 0.3
    for line in wrapped(EXTENDED, base.SMALL, base.NARROW, bold=True) if extended(plot) else [AT_RISK]:
        down += base.ROW * 1.1
        words.append(base.under(line, down, left=left, colour=palette.muted, bold=True))
    for arm in plot.lines:
        down += base.ROW * 1.1
        colour = palette.of(arm.slot)
        words.append(base.under(arm.label, down, left=left, colour=colour, bold=True))
        for name, counts in rows_of(arm):
            down += base.ROW
            if extended(plot):
                words.append(base.under(name, down, left=left, colour=palette.muted))
            words += _row(plot, counts, down, colour)
    return words, down


def _row(plot: SurvivalPlot, counts: dict[float, int], down: float, colour: str) -> list[Dict]:
    place = {"yref": "paper", "y": 0, "yanchor": "top", "yshift": -down, "xanchor": "center"}
    font = {"color": colour, "size": base.SMALL}
    months = [month for month in plot.ticks if month in counts]
    return [base.note(number(counts[month]), x=month, font=font, **place) for month in months]


def _lines(row: Published) -> list[str]:
    """The text after the name, or on lines of its own below it; the first is the name's."""
    if fits_named(row.label, row.text, base.SMALL, base.NARROW):
        return [f"  {row.text}"]
    return ["", *wrapped(row.text, base.SMALL, base.NARROW)]


def _result(row: Published, lines: list[str], place: Dict, palette: Palette) -> Dict:
    name = f'<b><span style="color:{palette.of(row.slot)}">{base.plain(row.label)}</span></b>'
    return {**place, "text": f"{name}{base.stacked(lines)}", "align": "left"}
