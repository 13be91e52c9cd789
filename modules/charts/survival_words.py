"""A survival chart in words and as a table."""

from dataclasses import replace

from modules.charts.axis import at_month, listed
from modules.charts.chart import Line, SurvivalPlot, Table
from modules.charts.shown import Shown
from modules.core.evidence import ENDPOINT_NAMES
from modules.core.quantity import number


def alt_text(shown: Shown, plot: SurvivalPlot) -> str:
    said = [f"{row.label} {row.text}" for row in plot.published if row.slot]
    second = [f"published median {listed(tuple(said))}"] if said else []
    if plot.lines and plot.rates:
        second.append(f"published rates: {listed(tuple(f'{row.label} {row.text}' for row in plot.rates))}")
    if plot.gap:
        second.append(f"{plot.gap.headline.lower()} {plot.gap.detail}")
    second += [f"{row.label[:1].lower()}{row.label[1:]}: {row.text}" for row in plot.calculated]
    sentence = "; ".join(second)
    first = _first(shown, plot)
    return f"{first} {sentence[:1].upper()}{sentence[1:]}." if sentence else first


def _first(shown: Shown, plot: SurvivalPlot) -> str:
    name = ENDPOINT_NAMES[shown.drawn.endpoint].lower()
    if plot.lines:
        arms = listed(tuple(line.label for line in plot.lines))
        bands = " with 95% confidence bands" if any(line.low for line in plot.lines) else ""
        return f"Step curves of {name} in {shown.trial.name} for {arms} over {number(plot.end)} months{bands}."
    if plot.medians:
        medians = "; ".join(f"{p.label} {p.text}" for p in plot.medians)
        return f"Published medians of {name} in {shown.trial.name}, without a curve: {medians}."
    rates = "; ".join(f"{p.label} {p.text} at {at_month(p.month)}" for p in plot.points)
    return f"Points for {name} in {shown.trial.name}, percent {shown.free}: {rates}."


def table_of(shown: Shown, plot: SurvivalPlot) -> Table:
    caption = f"{shown.trial.name}, {shown.drawn.detail}, {shown.drawn.cut.label}"
    return replace(_table(shown, plot, caption), also=_also(plot))


def _also(plot: SurvivalPlot) -> tuple[str, ...]:
    """The gap, and what stands below the picture."""
    gap = (f"Gap: {plot.gap.headline} {plot.gap.detail}",) if plot.gap else ()
    return (*gap, *(f"{heading}: {row.label} {row.text}" for heading, rows in plot.lists for row in rows))


def _table(shown: Shown, plot: SurvivalPlot, caption: str) -> Table:
    if plot.lines:
        columns, rows = _curve_table(shown, plot)
        return Table(columns, rows, caption)
    if plot.medians:
        return Table(("Arm", "Median"), tuple((p.label, p.text) for p in plot.medians), caption)
    rows = tuple((p.label, number(p.month), p.text) for p in plot.points)
    return Table(("Arm", "Month", f"Percent {shown.free}"), rows, caption)


def _curve_table(shown: Shown, plot: SurvivalPlot) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    columns = ["Month"]
    for line in plot.lines:
        columns += [f"{line.label}, {name}" for name in _cells(line, shown.free)]
    rows = []
    for month in sorted({month for line in plot.lines for month in line.months}):
        cells = [number(month)]
        for line in plot.lines:
            at = line.months.index(month) if month in line.months else None
            cells += ["" if at is None else column[at] for column in _cells(line, shown.free).values()]
        rows.append(tuple(cells))
    return tuple(columns), tuple(rows)


def _cells(line: Line, free: str) -> dict[str, list[str]]:
    """The columns of one arm: those that were published."""
    columns = {f"% {free}": [number(percent) for percent in line.percent]}
    if line.low:
        ends = zip(line.low, line.high, strict=True)
        columns["95% CI"] = [f"{number(low)} to {number(high)}" for low, high in ends]
    columns["at risk"] = [number(patients) for patients in line.at_risk]
    if line.events_by:
        columns["events before"] = [number(events) for events in line.events_by]
    if line.censored_by:
        columns["censored before"] = [number(censored) for censored in line.censored_by]
    return columns
