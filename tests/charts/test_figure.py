"""Plotly: valid, still, and true to the published values."""

import plotly.graph_objects as go
import pytest

from modules.charts.chart import ForestPlot, SurvivalPlot
from modules.charts.draw import draw
from modules.charts.figure import CONFIG, figure
from modules.charts.theme import DARK, LIGHT, Palette
from modules.core.evidence import Evidence
from tests.charts.requests import REQUESTS


@pytest.mark.parametrize("name", REQUESTS)
@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_plotly_accepts_every_figure(evidence: Evidence, name: str, palette: Palette) -> None:
    built = go.Figure(figure(draw(REQUESTS[name], evidence), palette))
    assert built.layout.showlegend is False
    assert "Source Sans" in built.layout.font.family
    assert built.layout.height > 100
    assert CONFIG["displayModeBar"] is False


@pytest.mark.parametrize("name", REQUESTS)
def test_nothing_zooms_under_a_finger(evidence: Evidence, name: str) -> None:
    layout = figure(draw(REQUESTS[name], evidence), LIGHT)["layout"]
    assert layout["dragmode"] is False
    assert layout["xaxis"]["fixedrange"]
    assert layout["yaxis"]["fixedrange"]


def test_curves_are_steps_through_the_published_values(evidence: Evidence) -> None:
    chart = draw(REQUESTS["survival"], evidence)
    assert isinstance(chart.plot, SurvivalPlot)
    for trace, line in zip(figure(chart, LIGHT)["data"], chart.plot.lines, strict=True):
        assert (tuple(trace["x"]), tuple(trace["y"])) == (line.months, line.percent)
        assert trace["line"]["shape"] == "hv"


def test_points_stay_points(evidence: Evidence) -> None:
    for trace in figure(draw(REQUESTS["points"], evidence), LIGHT)["data"]:
        assert "lines" not in trace["mode"]


def test_numbers_at_risk_are_placed_in_pixels_under_the_axis(evidence: Evidence) -> None:
    notes = figure(draw(REQUESTS["survival"], evidence), LIGHT)["layout"]["annotations"]
    (at_risk,) = [note for note in notes if note["text"] == "127"]
    assert (at_risk["x"], at_risk["yref"], at_risk["y"]) == (48, "paper", 0)
    assert at_risk["yshift"] < -40


def test_ratios_stand_on_a_log_axis_with_a_line_at_one(evidence: Evidence) -> None:
    chart = draw(REQUESTS["forest"], evidence)
    assert isinstance(chart.plot, ForestPlot)
    built = figure(chart, LIGHT)
    (trace,) = built["data"]
    assert built["layout"]["xaxis"]["type"] == "log"
    assert trace["x"] == [row.value for row in chart.plot.rows]
    lows = [value - down for value, down in zip(trace["x"], trace["error_x"]["arrayminus"], strict=True)]
    assert lows == pytest.approx([row.ci.low for row in chart.plot.rows if row.ci])
    assert any(shape["x0"] == shape["x1"] == 1 for shape in built["layout"]["shapes"])


def test_the_alternative_text_and_the_table_hold_what_the_figure_shows(evidence: Evidence) -> None:
    for name, request in REQUESTS.items():
        chart = draw(request, evidence)
        assert chart.alt.endswith(".")
        assert all(len(row) == len(chart.table.columns) for row in chart.table.rows), name
        assert chart.sources
