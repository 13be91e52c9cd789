"""CSV: the table as shown."""

import csv
import io
from dataclasses import replace
from typing import Any

import pytest

from modules.charts.chart import Table
from modules.charts.draw import draw
from modules.charts.table import csv_text
from modules.core.evidence import Evidence
from modules.core.figures import Comparison, Survival, Timeline
from tests.charts.made import SOURCE, made

TIMELINE = Timeline(title="t", trials=("made",))


def milestone(said: str) -> dict[str, Any]:
    return {
        "id": "a", "date": "2020", "kind": "readout", "text": said, "source": SOURCE, "confidence": "verified"
    }  # fmt: skip


def test_the_csv_is_the_table(evidence: Evidence) -> None:
    chart = draw(Survival(title="t", trial="cleopatra", endpoint="OS"), evidence)
    rows = list(csv.reader(io.StringIO(csv_text(chart))))
    assert tuple(rows[0]) == chart.table.columns
    assert tuple(rows[17]) == ("48", "57.7", "127", "45.9", "109")
    assert [row for row in rows[1:] if not row[0].startswith("#")] == [list(row) for row in chart.table.rows]


def test_units_data_cut_assessor_and_source_stand_below_the_numbers(evidence: Evidence) -> None:
    chart = draw(Comparison(title="t", readouts=("cleopatra.pfs-irf",)), evidence)
    below = [row[0] for row in csv.reader(io.StringIO(csv_text(chart))) if row[0].startswith("#")]
    assert below[1] == "# Units: months"
    assert below[-1].startswith("# Source: Baselga J et al. N Engl J Med 2012")
    assert "primary analysis May 2011; IRF; verified" in below[-1]


@pytest.mark.parametrize("said", ["=1+1", "+A1", "-A1", "@SUM(A1)", " =1", "-5+cmd|' /C calc'!A0", "\t=1"])
def test_words_cannot_become_a_spreadsheet_formula_and_numbers_stay(said: str) -> None:
    chart = draw(TIMELINE, made([], milestones=[milestone(said)]))
    cells = next(row for row in csv.reader(io.StringIO(csv_text(chart))) if said.strip() in row[-1])
    assert cells[-1].startswith("'")
    chart = replace(chart, table=Table(("x",), (("-0.5",), ("+3%",), ("1,234",)), "t"))
    assert csv_text(chart).splitlines()[1:4] == ["-0.5", "+3%", '"1,234"']


def test_a_label_cannot_become_a_spreadsheet_formula() -> None:
    estimates = [{"arm": "new", "value": 9.0, "unit": "months"}]
    arms = [{"id": "new", "label": "x", "short": "=1+1", "role": "experimental"}]
    chart = draw(Comparison(title="t", readouts=("made.os",)), made([{"estimates": estimates}], arms=arms))
    assert "'=1+1" in csv_text(chart)
