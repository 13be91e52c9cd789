"""A chart's table as CSV, safe to open in a spreadsheet, with its units and sources below."""

import csv
import io
import re
from typing import assert_never

from modules.charts.chart import (
    AdversePlot,
    Chart,
    ComparisonPlot,
    CutsPlot,
    ForestPlot,
    IconPlot,
    Plot,
    SurvivalPlot,
    TimelinePlot,
)
from modules.charts.framed import source_line

_NUMBER = re.compile(r"[+-]?\d+([.,]\d+)*%?")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_text(chart: Chart) -> str:
    """Header and rows as shown; then comment rows that start with #. CRLF line ends (RFC 4180)."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([_inert(column) for column in chart.table.columns])
    writer.writerows([_inert(cell) for cell in row] for row in chart.table.rows)
    writer.writerows([f"# {words}"] for words in _below(chart))
    return out.getvalue()


def _below(chart: Chart) -> list[str]:
    told = [f"{chart.title}. {chart.table.caption}", f"Units: {units(chart.plot)}", *chart.table.also, *chart.notes]
    return [*told, *(f"Source: {source_line(source)}" for source in chart.sources)]


def units(plot: Plot) -> str:
    match plot:
        case SurvivalPlot():
            return "months; percent of patients; patients at risk"
        case ForestPlot():
            return "ratio with its interval"
        case ComparisonPlot(axis=axis):
            return axis.lower()
        case IconPlot():
            return "patients of 100; percent"
        case TimelinePlot():
            return "calendar dates"
        case AdversePlot():
            return "percent of patients; difference per 100 patients, calculated"
        case CutsPlot(drawn=drawn):
            return f"{units(drawn)}; months of follow-up"
        case _:
            assert_never(plot)


def _inert(cell: str) -> str:
    """A leading quote keeps a spreadsheet from reading text as a formula (OWASP, CSV injection); numbers stay."""
    formula = cell.lstrip().startswith(_FORMULA) or cell.startswith(_FORMULA)
    return f"'{cell}" if formula and not _NUMBER.fullmatch(cell) else cell
