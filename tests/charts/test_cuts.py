"""Data cuts: one estimate as it matured, oldest first; looked at from one cut, later ones are not there."""

import pytest

from modules.charts.chart import Chart, ComparisonPlot, CutsPlot, ForestPlot
from modules.charts.draw import draw
from modules.charts.figure import figure
from modules.charts.theme import LIGHT
from modules.charts.traces.cuts import FADED, cuts_figure
from modules.core.errors import UnknownPath
from modules.core.evidence import Evidence
from modules.core.figures import Cuts
from tests.charts.plotly_text import words
from tests.charts.readback import drawn, of_kind

OS = ("cleopatra.os-interim2", "cleopatra.os-final")
MEDIANS = ("cleopatra.os-interim2-medians", "cleopatra.os-final")


def _cuts(evidence: Evidence, *readouts: str, measure: str = "ratio") -> tuple[Chart, CutsPlot]:
    chart = draw(Cuts.model_validate({"title": "It held", "readouts": readouts, "measure": measure}), evidence)
    assert isinstance(chart.plot, CutsPlot)
    return chart, chart.plot


def test_each_cut_is_a_row_with_its_interval_follow_up_and_events(evidence: Evidence) -> None:
    chart, plot = _cuts(evidence, *OS)
    assert isinstance(plot.drawn, ForestPlot)
    assert [(row.label, row.text, row.detail) for row in plot.drawn.rows] == [
        ("May 2012", "0.66 (0.52 to 0.84)", "median follow-up 30 months"),
        ("Final (ESMO 2014, NEJM 2015)", "0.68 (0.56 to 0.84)", "median follow-up 50 months; events 168 v 221"),
    ]
    assert chart.table.rows[0][1:3] == ("30 months", "not found")
    assert chart.table.columns[2] == "Events (Pertuzumab + T + D v Placebo + T + D)"
    assert len(of_kind(drawn(chart), "estimate")) == 2


def test_medians_matured_too(evidence: Evidence) -> None:
    chart, plot = _cuts(evidence, *MEDIANS, measure="medians")
    assert isinstance(plot.drawn, ComparisonPlot)
    assert [[bar.value for bar in group.bars] for group in plot.drawn.groups] == [[None, 37.6], [56.5, 40.8]]
    assert plot.drawn.groups[0].heading == "May 2012; median follow-up 30 months"
    assert "not reached" in chart.table.rows[0][3]


@pytest.mark.parametrize(
    ("paths", "why"),
    [
        (OS[:1], "only data cut"),
        (("cleopatra.os-final", "cleopatra.pfs-irf"), "CLEOPATRA PFS"),
        (("her2climb.os", "cleopatra.os-final"), "CLEOPATRA OS, the one before it HER2CLIMB OS"),
        (("cleopatra.pfs-irf", "cleopatra.pfs-inv"), "assessor"),
        (("cleopatra.os-final", "cleopatra.os-interim2"), "older"),
        ((*OS, "cleopatra.os-final"), "stands twice"),
    ],
)
def test_what_is_not_the_same_estimate_at_later_cuts_is_refused(
    evidence: Evidence, paths: tuple[str, ...], why: str
) -> None:
    with pytest.raises(UnknownPath, match=why):
        _cuts(evidence, *paths)


def test_from_an_early_cut_the_later_ones_are_not_to_be_seen(evidence: Evidence) -> None:
    _, plot = _cuts(evidence, *OS)
    early = cuts_figure(plot, LIGHT, 0)
    assert [trace["x"] for trace in early["data"]] == [[0.66]]
    assert "0.68" not in " ".join(words(early))


@pytest.mark.parametrize(("paths", "measure"), [(OS, "ratio"), (MEDIANS, "medians")])
def test_from_the_last_cut_earlier_ones_are_faded_and_nothing_has_moved(
    evidence: Evidence, paths: tuple[str, ...], measure: str
) -> None:
    chart, plot = _cuts(evidence, *paths, measure=measure)
    whole, late, early = figure(chart, LIGHT), cuts_figure(plot, LIGHT, 1), cuts_figure(plot, LIGHT, 0)
    before = len(early["data"])
    assert all(trace["opacity"] <= FADED for trace in late["data"][:before])
    assert all(trace.get("opacity", 1) in (1, 0.16) for trace in late["data"][before:])
    for built in (late, early):
        assert {k: built["layout"][k] for k in ("height", "xaxis", "yaxis")} == {
            k: whole["layout"][k] for k in ("height", "xaxis", "yaxis")
        }
    assert [trace["y"] for trace in early["data"]] == [trace["y"] for trace in whole["data"][:before]]
