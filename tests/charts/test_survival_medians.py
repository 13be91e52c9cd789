"""Only medians: points with intervals at 50%, never a curve."""

from typing import Any

import pytest

from modules.charts.chart import Chart, SurvivalPlot
from modules.charts.draw import draw
from modules.charts.figure import figure
from modules.charts.survival import ONLY_MEDIANS
from modules.charts.theme import LIGHT
from modules.core.errors import UnknownPath
from modules.core.evidence import Evidence
from modules.core.figures import Survival
from tests.charts.made import made
from tests.charts.readback import corners, drawn, of_kind, place_of, scaled, words

MEDIANS: list[dict[str, Any]] = [
    {"arm": "new", "value": None, "unit": "months", "ci": [30.5, None]},
    {"arm": "old", "value": 20.5, "unit": "months", "ci": [17.3, 23.5]},
]


def _chart(estimates: list[dict[str, Any]], **readout: Any) -> tuple[Chart, SurvivalPlot]:
    request = Survival(title="Medians", trial="made", endpoint="OS", readout="os")
    chart = draw(request, made([{"estimates": estimates, **readout}]))
    assert isinstance(chart.plot, SurvivalPlot)
    return chart, chart.plot


def test_medians_are_drawn_only_where_the_author_names_the_readout() -> None:
    chart, plot = _chart(MEDIANS)
    assert (len(plot.medians), plot.lines, plot.points) == (2, (), ())
    assert ONLY_MEDIANS in chart.notes
    with pytest.raises(UnknownPath, match="neither a published curve nor landmark rates"):
        draw(Survival(title="t", trial="made", endpoint="OS"), made([{"estimates": MEDIANS}]))


def test_a_readout_without_any_median_is_refused() -> None:
    with pytest.raises(UnknownPath):
        _chart([{"arm": "new", "value": None, "unit": "months"}])


@pytest.mark.parametrize("width", [360, 720, 1280])
def test_the_mark_and_its_interval_stand_at_the_published_months(width: int) -> None:
    chart, plot = _chart(MEDIANS)
    root = drawn(chart, width)
    last = plot.ticks[-1]
    ends = place_of(root, "0", "middle")[0], place_of(root, f"{last:g}", "middle")[0]
    spans = [[scaled(x, ends, (0, last)) for x, _ in corners(line)] for line in of_kind(root, "interval")]
    assert spans[0] == pytest.approx([30.5, plot.end], abs=0.15)
    assert spans[1] == pytest.approx([17.3, 23.5], abs=0.15)
    (mark,) = of_kind(root, "median")
    assert scaled(float(mark.get("cx", "nan")), ends, (0, last)) == pytest.approx(20.5, abs=0.15)
    assert [said for said in words(root) if said == "50%"] == ["50%", "50%"]
    assert of_kind(root, "curve") == of_kind(root, "point") == []


def test_plotly_has_the_same_months() -> None:
    chart, plot = _chart(MEDIANS)
    traces = {trace["name"]: trace["x"] for trace in figure(chart, LIGHT)["data"]}
    assert traces == {
        "New <A&B>, interval": [30.5, plot.end],
        "New <A&B>, not reached": [plot.end],
        "Old, interval": [17.3, 23.5],
        "Old": [20.5],
    }


def test_a_median_that_was_not_reached_is_an_open_arrow_and_words() -> None:
    chart, plot = _chart(MEDIANS, cut={"label": "interim", "follow_up_months": 60.0})
    assert plot.end > 60
    assert len(of_kind(drawn(chart), "beyond")) == 1
    said = "not reached (95% CI 30.5 to not reached)"
    assert chart.table.rows[0] == ("New <A&B>", said)
    assert said in words(drawn(chart))
    assert f"New <A&B> {said}; Old 20.5 months (95% CI 17.3 to 23.5)" in chart.alt


def test_a_median_without_an_interval_is_a_mark_alone() -> None:
    chart, plot = _chart([{"arm": "old", "value": 20.5, "unit": "months"}])
    assert plot.medians[0].span is None
    assert of_kind(drawn(chart), "interval") == []
    assert "without a curve: Old 20.5 months." in chart.alt


def test_medians_are_told_once_and_the_ratio_stays(evidence: Evidence) -> None:
    chart = draw(Survival(title="t", trial="cleopatra", endpoint="OS", readout="os-final"), evidence)
    shown = words(drawn(chart))
    assert shown.count("56.5 months (95% CI 49.3 to not reached)") == 1
    assert any("0.68 (95% CI 0.56 to 0.84)" in said for said in shown)
    assert "Published median" not in shown
