"""The gap at a month with its interval, the number needed to treat, and the restricted mean."""

from typing import Any

import pytest

from modules.charts.chart import Chart, SurvivalPlot
from modules.charts.draw import draw
from modules.charts.figure import figure
from modules.charts.theme import LIGHT
from modules.core.evidence import Evidence
from modules.core.figures import Survival
from modules.core.paths import find
from modules.core.quantity import text
from tests.charts.made import made
from tests.charts.made_curves import BOTH, NEW, OLD, curve, rates
from tests.charts.readback import drawn, words

RATIO = {"value": 0.6, "ci": [0.4, 0.9], "treated": "new", "control": "old"}


def _chart(month: float | None = 24.0, **readout: Any) -> tuple[Chart, SurvivalPlot]:
    chart = draw(Survival(title="Gap", trial="made", endpoint="OS", month=month), made([readout]))
    assert isinstance(chart.plot, SurvivalPlot)
    return chart, chart.plot


def _said(plot: SurvivalPlot) -> tuple[str, str]:
    assert plot.gap is not None
    return plot.gap.headline, plot.gap.detail


def _calculated(plot: SurvivalPlot) -> dict[str, str]:
    return {row.label: row.text for row in plot.calculated}


def test_a_gap_of_rates_with_intervals_carries_its_own() -> None:
    """Half-widths of 5 points give hypot(5, 5) = 7.07 around 15."""
    chart, plot = _chart(landmarks=rates(70, 55, 5))
    assert _said(plot) == ("15 more per 100", "alive at 2 years (95% CI 8 to 22), calculated")
    assert "15 more per 100 alive at 2 years (95% CI 8 to 22)" in chart.alt


@pytest.mark.parametrize(
    ("new", "old", "half", "expected"),
    [
        (60, 50, 10, "alive at 2 years (95% CI 4 fewer to 24 more), calculated"),
        (50, 60, 10, "alive at 2 years (95% CI 24 fewer to 4 more), calculated"),
        (40, 60, 10, "alive at 2 years (95% CI 6 to 34), calculated"),
        (60, 52.5, 5, "alive at 2 years (95% CI 0.4 to 15), calculated"),
    ],
)
def test_an_interval_is_counted_the_way_of_the_gap(new: float, old: float, half: float, expected: str) -> None:
    assert _said(_chart(landmarks=rates(new, old, half))[1])[1] == expected


def test_a_gap_between_curves_with_bands_has_an_interval_and_stays_about() -> None:
    assert _said(_chart(month=30.0, curves=BOTH)[1]) == (
        "About 15 more per 100",
        "alive at 30 months (95% CI 9 to 21), read from the reconstructed curve",
    )


def test_the_number_needed_to_treat_is_the_one_of_the_path(evidence: Evidence) -> None:
    chart = draw(Survival(title="t", trial="eortc-75111", endpoint="PFS", month=6.0), evidence)
    assert isinstance(chart.plot, SurvivalPlot)
    needed = text(find(evidence, "eortc-75111.pfs6.nnt-at-6"), "estimate")
    assert "95% CI" in needed
    assert _calculated(chart.plot) == {"Number needed to treat at 6 months": needed}
    assert needed in " ".join(words(drawn(chart)))


def test_an_interval_that_includes_no_difference_allows_no_number() -> None:
    chart, plot = _chart(landmarks=rates(60, 50, 10), ratio=RATIO)
    assert _calculated(plot) == {"No number needed to treat": "the interval includes no difference"}
    assert "no number needed to treat: the interval includes no difference" in chart.alt


def test_rates_without_intervals_need_a_ratio_that_leaves_out_one() -> None:
    assert _calculated(_chart(landmarks=rates(70, 50, None))[1]) == {}
    assert _calculated(_chart(landmarks=rates(70, 50, None), ratio={**RATIO, "ci": [0.4, 1.1]})[1]) == {}
    assert _calculated(_chart(landmarks=rates(70, 50, None), ratio=RATIO)[1]) == {
        "Number needed to treat at 2 years": "5 patients (no interval: the rates have none)"
    }


def test_harm_is_called_harm() -> None:
    assert "Number needed to harm at 2 years" in _calculated(_chart(landmarks=rates(40, 60, 5))[1])


def test_a_gap_read_from_curves_gives_no_number_needed_to_treat() -> None:
    assert not any("needed" in label for label in _calculated(_chart(curves=BOTH, ratio=RATIO)[1]))


def test_the_restricted_mean_stops_where_an_arm_keeps_less_than_a_tenth() -> None:
    """12 of 200 are left at 36 months. The areas are trapezoids: the readings are a year apart."""
    by_hand = (100 + 80) / 2 * 0.12 + (80 + 65) / 2 * 0.12 - (100 + 70) / 2 * 0.12 - (70 + 50) / 2 * 0.12
    chart, plot = _chart(month=None, curves=[curve("new", NEW), curve("old", OLD)])
    (said,) = (t for label, t in _calculated(plot).items() if label == "Restricted mean (RMST) to 24 months")
    assert said.startswith(f"{by_hand:.1f} months more alive (approximate 95% CI ")
    assert f"Restricted mean (RMST) to 24 months: {said}" in chart.alt


def test_a_restricted_mean_of_readings_that_disagree_has_no_interval() -> None:
    rising = {**curve("new", NEW), "at_risk": [200, 210, 90, 12]}
    _, plot = _chart(month=None, curves=[rising, curve("old", OLD)])
    assert _calculated(plot)["Restricted mean (RMST) to 24 months"] == (
        "2.1 months more alive (no interval: read from the figure), from the curve"
    )


def test_one_arm_has_no_restricted_mean() -> None:
    assert _chart(month=None, curves=[curve("new", NEW)])[1].calculated == ()


def test_the_restricted_mean_of_the_shipped_curve_states_its_horizon(evidence: Evidence) -> None:
    """At 57 months 48 of 402 and 41 of 406 are at risk, at 60 months 28 and 23."""
    chart = draw(Survival(title="t", trial="cleopatra", endpoint="OS"), evidence)
    assert isinstance(chart.plot, SurvivalPlot)
    assert _calculated(chart.plot) == {
        "Restricted mean (RMST) to 57 months": "4.8 months more alive (approximate 95% CI 2.2 to 7.3), from the curve"
    }


def test_words_of_a_gap_without_room_stand_below_the_plotly_figure(evidence: Evidence) -> None:
    chart = draw(Survival(title="t", trial="eortc-75111", endpoint="PFS", readout="pfs-long", month=24.0), evidence)
    assert isinstance(chart.plot, SurvivalPlot)
    headline, _ = _said(chart.plot)
    (note,) = (n for n in figure(chart, LIGHT)["layout"]["annotations"] if headline in n["text"])
    assert note["yref"] == "paper"
    assert note["yshift"] < 0


def test_published_rates_beside_a_curve_are_printed_with_their_intervals() -> None:
    chart, plot = _chart(curves=BOTH, landmarks=rates(70, 55, 5))
    assert [(row.label, row.text) for row in plot.rates] == [
        ("New <A&B>, 2 years", "70% (95% CI 65 to 75)"),
        ("Old, 2 years", "55% (95% CI 50 to 60)"),
    ]
    assert "Published rates" in words(drawn(chart))
    assert _said(plot)[0] == "15 more per 100"
