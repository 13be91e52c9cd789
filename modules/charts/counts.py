"""The table under a survival plot: what was published of each arm at the axis' months."""

from modules.charts.chart import Line, SurvivalPlot

AT_RISK = "Number at risk, at the start of the interval"
EXTENDED = "At the start of the interval; events and censored are totals so far"
ROWS = ("At risk", "Events", "Censored")


def extended(plot: SurvivalPlot) -> bool:
    """Whether a source published more than the numbers at risk."""
    return any(line.events_by or line.censored_by for line in plot.lines)


def rows_of(line: Line) -> list[tuple[str, dict[float, int]]]:
    """What was published of an arm: patients by month, in the order of KMunicate's table.

    # Morris TP et al. BMJ Open 2019;9:e030215.
    """
    counts = zip(ROWS, (line.at_risk, line.events_by, line.censored_by), strict=True)
    return [(name, dict(zip(line.months, values, strict=True))) for name, values in counts if values]
