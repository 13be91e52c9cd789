"""CSV: the table as shown."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from modules.charts.chart import Chart, CutsPlot, Table
from modules.charts.draw import draw
from modules.charts.table import csv_text
from modules.core.errors import UnknownPath
from modules.core.evidence import Evidence
from modules.core.figures import ChartRequest, Comparison, Forest, IconArray, Survival, Timeline
from modules.core.quantity import number
from tests.charts.made import SOURCE, made
from tests.charts.made_curves import BOTH
from tests.charts.readback import drawn, words
from tests.charts.requests import REQUESTS

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


def test_every_number_in_a_picture_stands_in_words_beside_it(evidence: Evidence) -> None:
    """A keyboard or a screen reader reaches the table and what is said with it, never the letters of a picture."""
    charts = [*_charts(evidence), draw(Survival(title="t", trial="made", endpoint="OS"), made([{"curves": BOTH}]))]
    assert len(charts) > 300
    for chart in charts:
        told = _numbers(" ; ".join(_told(chart))) | _ticks(chart)
        for width in (360, 720):
            assert [said for said in words(drawn(chart, width)) if not _numbers(said) <= told] == [], (
                chart.table.caption
            )


def _charts(evidence: Evidence) -> Iterator[Chart]:
    """Of every kind, whatever can be drawn of the shipped trials."""
    for request in (*REQUESTS.values(), *_requests(evidence)):
        try:
            yield draw(request, evidence)
        except UnknownPath:
            continue


def _requests(evidence: Evidence) -> Iterator[ChartRequest]:
    for trial in evidence.trials.values():
        yield Timeline(title="t", trials=(trial.id,))
        for readout in trial.readouts:
            path = f"{trial.id}.{readout.id}"
            curves = Survival(title="t", trial=trial.id, endpoint=readout.endpoint, readout=readout.id)
            yield from (
                curves,
                Comparison(title="t", readouts=(path,)),
                IconArray(title="t", readout=path, event="well"),
            )
            if readout.ratio and readout.ratio.value is not None:
                yield Forest(title="t", readouts=(path,))
            if readout.subgroups:
                yield Forest(title="t", subgroups=path)
            for month in {rate.month for rate in readout.landmarks}:
                yield curves.model_copy(update={"month": month})
                yield IconArray(title="t", readout=path, month=month, event="well")


def _told(chart: Chart) -> tuple[str, ...]:
    table = chart.table
    cells = (cell for row in table.rows for cell in row)
    return (chart.title, chart.caption or "", *chart.notes, table.caption, *table.columns, *cells, *table.also)


def _ticks(chart: Chart) -> set[str]:
    """An axis is not a value; that of survival runs from 0 to 100%."""
    plot = chart.plot.drawn if isinstance(chart.plot, CutsPlot) else chart.plot
    return {number(tick) for tick in getattr(plot, "ticks", ())} | {"0", "25", "50", "75", "100"}


def _numbers(said: str) -> set[str]:
    return {found.replace(",", "") for found in re.findall(r"\d[\d,]*(?:\.\d+)?", said)}
