"""Published rates as points: every mark and every value can be seen."""

import re
from collections.abc import Iterator
from xml.etree import ElementTree

import pytest

from modules.charts.chart import Chart, SurvivalPlot
from modules.charts.draw import draw
from modules.charts.lettering import measured
from modules.charts.placing import Box
from modules.core.errors import UnknownPath
from modules.core.evidence import Evidence
from modules.core.figures import Survival
from tests.charts.made import made
from tests.charts.made_curves import rates
from tests.charts.readback import NS, drawn, of_kind

SMALL = 14.0


def _charts(evidence: Evidence) -> Iterator[Chart]:
    """Every set of rates of the shipped trials, drawn without a curve."""
    for trial in evidence.trials.values():
        for readout in (r for r in trial.readouts if r.landmarks):
            request = Survival(title=readout.id, trial=trial.id, endpoint=readout.endpoint, readout=readout.id)
            try:
                chart = draw(request, evidence)
            except UnknownPath:
                continue
            if isinstance(chart.plot, SurvivalPlot) and chart.plot.points:
                yield chart


def _centre(mark: ElementTree.Element) -> tuple[float, float]:
    """Of a circle, a square, or a path that starts at its top."""
    at = {name: float(mark.get(name, "nan")) for name in ("cx", "cy", "x", "y", "width")}
    if mark.tag == f"{NS}circle":
        return at["cx"], at["cy"]
    if mark.tag == f"{NS}rect":
        return at["x"] + at["width"] / 2, at["y"] + at["width"] / 2
    x, y, reach = (float(found) for found in re.findall(r"[\d.]+", mark.get("d", ""))[:3])
    return x, y + reach


def _values(root: ElementTree.Element) -> Iterator[Box]:
    """Words in the plot: bold, set about their middle."""
    for text in root.iter(f"{NS}text"):
        said = text.text or ""
        if said.endswith("%") and text.get("text-anchor") == "middle" and text.get("font-weight"):
            width = measured(said, SMALL)
            yield Box(float(text.get("x", "")) - width / 2, float(text.get("y", "")) - SMALL * 0.7, width, SMALL * 0.7)


@pytest.mark.parametrize("width", [360, 720])
def test_no_value_lies_on_a_mark_nor_on_another_value(evidence: Evidence, width: int) -> None:
    charts = list(_charts(evidence))
    assert len(charts) >= 15
    for chart in charts:
        root = drawn(chart, width)
        marks = [Box(x - 4, y - 4, 8, 8) for x, y in map(_centre, of_kind(root, "point"))]
        values = list(_values(root))
        taken = [*marks, *values]
        assert [v for v in values for other in taken if other is not v and v.overlap(other) > 3] == [], chart.alt


@pytest.mark.parametrize("width", [360, 720])
def test_equal_rates_show_two_marks(width: int) -> None:
    chart = draw(Survival(title="t", trial="made", endpoint="OS"), made([{"landmarks": rates(60.0, 60.0, None)}]))
    (one, other) = map(_centre, of_kind(drawn(chart, width), "point"))
    assert abs(one[0] - other[0]) >= 8
