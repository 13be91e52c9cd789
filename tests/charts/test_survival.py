"""Survival: published curves or points, published medians, honest gaps."""

import pytest

from modules.charts.chart import Chart, SurvivalPlot
from modules.charts.draw import draw
from modules.core.errors import UnknownPath
from modules.core.evidence import Evidence
from modules.core.figures import Survival
from tests.charts.made import made


def _survival(evidence: Evidence, **options: object) -> tuple[Chart, SurvivalPlot]:
    request = {"trial": "cleopatra", "endpoint": "OS", "title": "More are alive", **options}
    chart = draw(Survival.model_validate(request), evidence)
    assert isinstance(chart.plot, SurvivalPlot)
    return chart, chart.plot


def _curve(arm: str, *percent: float) -> dict[str, object]:
    months = [12.0 * n for n in range(len(percent))]
    at_risk = [100 - 10 * n for n in range(len(percent))]
    return {"arm": arm, "n": 100, "events": 9, "months": months, "percent": list(percent), "at_risk": at_risk}


def test_curves_hold_exactly_the_published_months_percentages_and_patients_at_risk(
    evidence: Evidence,
) -> None:
    _, plot = _survival(evidence)
    readout = evidence.trials["cleopatra"].readout("os-curve")
    assert readout is not None
    curves = {curve.arm: curve for curve in readout.curves}
    for line, arm in zip(plot.lines, ("ptd", "td"), strict=True):
        assert (line.months, line.percent, line.at_risk) == (
            curves[arm].months,
            curves[arm].percent,
            curves[arm].at_risk,
        )


def test_the_fidelity_of_the_shipped_curves_is_told_in_one_sentence(evidence: Evidence) -> None:
    chart, _ = _survival(evidence)
    assert chart.notes[0] == (
        "Rebuilt from the published figure: hazard ratio 0.68 (95% CI 0.55 to 0.83) recomputed, "
        "0.68 (95% CI 0.56 to 0.84) published; 381 of 389 deaths recovered; "
        "read the curve to about 2 percentage points."
    )


def test_medians_are_the_published_ones_never_read_from_the_curve(evidence: Evidence) -> None:
    chart, plot = _survival(evidence)
    medians = {row.label: row.text for row in plot.published if row.slot}
    assert list(medians.values()) == [
        "56.5 months (95% CI 49.3 to not reached)",
        "40.8 months (95% CI 35.8 to 48.3)",
    ]
    everything = f"{chart.alt} {chart.notes} {chart.table} {plot.published}"
    assert "60.3" not in everything
    assert "41.8" not in everything


def test_curves_without_a_published_readout_of_that_endpoint_show_no_median() -> None:
    """A readout of another endpoint may be named as the check; its medians do not belong here."""
    estimates = [{"arm": "new", "value": 9.0, "unit": "months"}]
    fidelity = {"against": "pfs", "ratio": 0.9, "note": "No published ratio was read."}
    evidence = made(
        [
            {"curves": [_curve("new", 100, 60), _curve("old", 100, 50)], "fidelity": fidelity},
            {"id": "pfs", "endpoint": "PFS", "estimates": estimates},
        ]
    )
    chart, plot = _survival(evidence, trial="made")
    assert plot.published == ()
    assert chart.notes[0] == "Rebuilt from the published figure. No published ratio was read."


def test_a_ratio_of_arms_that_are_not_drawn_is_not_shown() -> None:
    ratio = {"value": 0.5, "ci": [0.4, 0.6], "treated": "next", "control": "old"}
    evidence = made([{"curves": [_curve("new", 100, 60), _curve("old", 100, 50)], "ratio": ratio}])
    assert _survival(evidence, trial="made")[1].published == ()


def test_a_gap_read_from_curves_says_about_and_where_it_was_read(evidence: Evidence) -> None:
    chart, plot = _survival(evidence, month=48.0)
    assert plot.gap is not None
    assert (plot.gap.low, plot.gap.high) == (45.9, 57.7)
    assert plot.gap.headline == "About 12 more per 100"
    assert plot.gap.detail == "alive at 4 years, read from the reconstructed curve"
    assert "about 12 more per 100 alive at 4 years" in chart.alt


def test_a_gap_of_published_rates_is_calculated_not_about(evidence: Evidence) -> None:
    _, plot = _survival(evidence, readout="os-eos-landmark", month=96.0)
    assert plot.gap is not None
    assert (plot.gap.headline, plot.gap.detail) == ("14 more per 100", "alive at 8 years, calculated")


def test_published_rates_are_preferred_to_the_curve_where_both_exist() -> None:
    rates = [{"month": 12.0, "arm": "new", "percent": 70.0}, {"month": 12.0, "arm": "old", "percent": 50.0}]
    curves = [_curve("new", 100, 66), _curve("old", 100, 51)]
    _, plot = _survival(made([{"curves": curves, "landmarks": rates}]), trial="made", month=12.0)
    assert plot.gap is not None
    assert (plot.gap.low, plot.gap.high, plot.gap.headline) == (50.0, 70.0, "20 more per 100")


def test_fewer_is_said_when_the_treated_arm_does_worse() -> None:
    rates = [{"month": 12.0, "arm": "new", "percent": 40.0}, {"month": 12.0, "arm": "old", "percent": 50.0}]
    _, plot = _survival(made([{"landmarks": rates}]), trial="made", month=12.0)
    assert plot.gap is not None
    assert plot.gap.headline == "10 fewer per 100"


def test_a_gap_beyond_the_published_figure_is_refused(evidence: Evidence) -> None:
    with pytest.raises(UnknownPath, match="96 months"):
        _survival(evidence, month=96.0)


def test_landmark_rates_are_points_and_never_become_a_curve(evidence: Evidence) -> None:
    chart, plot = _survival(evidence, trial="phila", endpoint="PFS")
    readout = evidence.trials["phila"].readout("pfs-5y")
    assert readout is not None
    assert plot.lines == ()
    assert {(p.month, p.percent) for p in plot.points} == {(r.month, r.percent) for r in readout.landmarks}
    assert chart.alt.startswith("Points for progression-free survival")


def test_curves_are_chosen_before_landmarks_and_a_named_readout_before_both(evidence: Evidence) -> None:
    assert _survival(evidence)[1].lines
    assert _survival(evidence, readout="os-eos-landmark")[1].points
    with pytest.raises(UnknownPath, match="neither a published curve nor landmark rates"):
        _survival(evidence, readout="os-2012")


def test_the_sources_name_the_curve_and_the_readout_it_is_checked_against(evidence: Evidence) -> None:
    curve, published = _survival(evidence)[0].sources
    assert "kmdata" in curve.citation
    assert curve.confidence == "secondary source"
    assert published.citation.startswith("Swain SM et al. N Engl J Med 2015")
    assert published.confidence == "verified"


def test_an_assessor_that_was_not_seen_is_said_for_progression_and_not_for_survival() -> None:
    rates = [{"month": 12.0, "arm": "new", "percent": 40.0}]
    evidence = made([{"landmarks": rates}, {"id": "pfs", "endpoint": "PFS", "landmarks": rates}])
    assert _survival(evidence, trial="made")[0].sources[0].assessor == ""
    assert _survival(evidence, trial="made", endpoint="PFS")[0].sources[0].assessor == "assessor not stated"


def test_a_cut_after_the_evidence_cut_off_is_marked() -> None:
    rates = [{"month": 12.0, "arm": "new", "percent": 40.0}]
    evidence = made([{"landmarks": rates, "cut": {"label": "update", "after": True}}])
    chart, _ = _survival(evidence, trial="made")
    assert "Published after this module's evidence cut-off: MADE (update)." in chart.notes
    assert chart.sources[0].after
