"""A chart's table as CSV, safe to open in a spreadsheet."""

import csv
import io

from modules.charts.chart import Chart


def csv_text(chart: Chart) -> str:
    """Header and rows as shown; CRLF line ends (RFC 4180)."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(chart.table.columns)
    writer.writerows([_inert(cell) for cell in row] for row in chart.table.rows)
    return out.getvalue()


def _inert(cell: str) -> str:
    """A leading quote keeps a spreadsheet from reading a label as a formula (OWASP, CSV injection)."""
    signed = cell[:1] in ("+", "-") and not cell[1:2].isdigit()
    return f"'{cell}" if signed or cell[:1] in ("=", "@", "\t") else cell
