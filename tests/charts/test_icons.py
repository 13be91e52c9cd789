"""Icon arrays: counts, shapes, the calculated difference."""

import re

import pytest

from modules.charts.chart import Chart, IconPlot
from modules.charts.draw import draw
from modules.charts.figure import figure
from modules.charts.theme import LIGHT
from modules.core.errors import UnknownPath
from modules.core.evidence import Evidence
from modules.core.figures import IconArray
from tests.charts.made import made
from tests.charts.readback import drawn, of_kind, words


def _icons(evidence: Evidence, **options: object) -> tuple[Chart, IconPlot]:
    request = {"readout": "cleopatra.os-eos-landmark", "month": 96.0, "event": "alive at 8 years", **options}
    chart = draw(IconArray.model_validate({"title": "14 more", **request}), evidence)
    assert isinstance(chart.plot, IconPlot)
    return chart, chart.plot


def test_each_arm_is_counted_in_words_and_the_difference_is_calculated(evidence: Evidence) -> None:
    _, plot = _icons(evidence)
    assert [grid.text for grid in plot.grids] == ["37 of 100 alive at 8 years", "23 of 100 alive at 8 years"]
    assert plot.difference == "14 more per 100 alive at 8 years, calculated"


def test_svg_and_plotly_fill_the_same_number_of_icons_of_another_shape(evidence: Evidence) -> None:
    chart, plot = _icons(evidence)
    root = drawn(chart)
    for grid, filled, hollow in zip(plot.grids, of_kind(root, "filled"), of_kind(root, "hollow"), strict=True):
        counts = [len(re.findall("v", path.get("d", ""))) for path in (filled, hollow)]
        assert counts == [grid.filled, 100 - grid.filled]
    traces = figure(chart, LIGHT)["data"]
    assert [len(trace["x"]) for trace in traces] == [37, 63, 23, 77]
    assert [trace["marker"]["symbol"] for trace in traces] == ["circle", "circle-open"] * 2


def test_a_difference_that_the_counted_icons_would_contradict_shows_its_decimal() -> None:
    estimates = [
        {"arm": "new", "value": 85.1, "unit": "percent"},
        {"arm": "old", "value": 78.6, "unit": "percent"},
    ]
    evidence = made([{"estimates": estimates}])
    _, plot = _icons(evidence, readout="made.os", month=None, event="responded")
    assert [grid.filled for grid in plot.grids] == [85, 79]
    assert plot.difference == "6.5 more per 100 responded, calculated"
    assert plot.grids[0].detail == "85.1%"


def test_a_rate_that_is_not_whole_is_printed_beside_its_icons() -> None:
    evidence = made([{"estimates": [{"arm": "new", "value": 85.1, "unit": "percent", "ci": [80.0, 89.5]}]}])
    chart, plot = _icons(evidence, readout="made.os", month=None, event="responded")
    assert plot.difference is None
    assert "published 85.1% (95% CI 80 to 89.5)" in " ".join(words(drawn(chart)))


def test_medians_are_not_icons(evidence: Evidence) -> None:
    with pytest.raises(UnknownPath, match="no rate in percent"):
        _icons(evidence, readout="cleopatra.os-final", month=None)
