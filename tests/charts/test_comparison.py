"""Comparison: values, intervals, arrows for what was not reached."""

import pytest

from modules.charts.chart import Chart, ComparisonPlot
from modules.charts.draw import draw
from modules.charts.sources import ACROSS_TRIALS
from modules.core.errors import UnknownPath
from modules.core.evidence import Evidence
from modules.core.figures import Comparison
from tests.charts.made import made
from tests.charts.readback import drawn, of_kind, words


def _comparison(evidence: Evidence, *readouts: str) -> tuple[Chart, ComparisonPlot]:
    chart = draw(Comparison(title="Side by side", readouts=readouts), evidence)
    assert isinstance(chart.plot, ComparisonPlot)
    return chart, chart.plot


def test_each_arm_has_its_published_value_and_interval(evidence: Evidence) -> None:
    chart, plot = _comparison(evidence, "cleopatra.os-final")
    (group,) = plot.groups
    assert [bar.text for bar in group.bars] == [
        "56.5 months (95% CI 49.3 to not reached)",
        "40.8 months (95% CI 35.8 to 48.3)",
    ]
    assert plot.axis == "Months"
    assert plot.ticks[0] == 0
    assert ACROSS_TRIALS not in chart.notes


def test_a_median_not_reached_is_an_arrow_without_a_bar(evidence: Evidence) -> None:
    chart, plot = _comparison(evidence, "cleopatra.os-interim2-medians")
    first = plot.groups[0].bars[0]
    assert (first.value, first.text) == (None, "not reached")
    root = drawn(chart)
    assert len(of_kind(root, "arrow")) == 1
    assert len(of_kind(root, "value")) == 1


def test_an_interval_that_was_not_published_is_said(evidence: Evidence) -> None:
    _, plot = _comparison(evidence, "alternative.ae")
    assert plot.groups[0].bars[0].text == "69% (interval not published)"
    assert plot.axis == "Percent of patients"


def test_a_printed_difference_is_published_and_ours_is_calculated() -> None:
    estimates = [
        {"arm": "new", "value": 20.0, "unit": "months"},
        {"arm": "old", "value": 12.5, "unit": "months"},
    ]
    printed = {"treated": "new", "control": "old", "value": 7.6, "unit": "months"}
    ours = made([{"estimates": estimates}])
    theirs = made([{"estimates": estimates, "difference": printed}])
    assert _comparison(ours, "made.os")[1].groups[0].footer == "Difference 7.5 months, calculated"
    assert _comparison(theirs, "made.os")[1].groups[0].footer == "Difference 7.6 months, published"


def test_trials_side_by_side_carry_the_caution_and_single_arms_are_welcome(evidence: Evidence) -> None:
    chart, plot = _comparison(evidence, "cleopatra.os-final", "peruse.os")
    assert ACROSS_TRIALS in chart.notes
    assert len(plot.groups[1].bars) == 1
    assert plot.groups[1].heading.startswith("PERUSE")


def test_two_units_in_one_chart_are_refused(evidence: Evidence) -> None:
    with pytest.raises(UnknownPath, match="one unit, not months and percent"):
        _comparison(evidence, "cleopatra.os-final", "m77001.orr")


def test_landmark_rates_stand_in_where_there_is_no_estimate(evidence: Evidence) -> None:
    _, plot = _comparison(evidence, "cleopatra.os-eos-landmark")
    assert [(bar.label, bar.value) for bar in plot.groups[0].bars] == [
        ("Pertuzumab + T + D at 8 years", 37.0),
        ("Placebo + T + D at 8 years", 23.0),
    ]


def test_percentages_never_run_past_one_hundred() -> None:
    estimates = [{"arm": "new", "value": 97.0, "unit": "percent", "ci": [92.0, 99.0]}]
    _, plot = _comparison(made([{"estimates": estimates}]), "made.os")
    assert plot.end == 100


def test_every_value_text_stands_in_the_svg(evidence: Evidence) -> None:
    chart, plot = _comparison(evidence, "patina.pfs", "her2climb-05.pfs")
    shown = " ".join(words(drawn(chart)))
    for bar in (bar for group in plot.groups for bar in group.bars):
        assert bar.text in shown
        assert bar.label in shown
