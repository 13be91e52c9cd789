"""CSV: the table as shown."""

import csv
import io

from modules.charts.draw import draw
from modules.charts.table import csv_text
from modules.core.evidence import Evidence
from modules.core.figures import Comparison, Survival
from tests.charts.made import made


def test_the_csv_is_the_table(evidence: Evidence) -> None:
    chart = draw(Survival(title="t", trial="cleopatra", endpoint="OS"), evidence)
    rows = list(csv.reader(io.StringIO(csv_text(chart))))
    assert tuple(rows[0]) == chart.table.columns
    assert tuple(rows[17]) == ("48", "57.7", "127", "45.9", "109")
    assert len(rows) == 24


def test_a_label_cannot_become_a_spreadsheet_formula() -> None:
    estimates = [{"arm": "new", "value": 9.0, "unit": "months"}]
    arms = [{"id": "new", "label": "x", "short": "=1+1", "role": "experimental"}]
    chart = draw(Comparison(title="t", readouts=("made.os",)), made([{"estimates": estimates}], arms=arms))
    assert "'=1+1" in csv_text(chart)
