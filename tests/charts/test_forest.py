"""Forest: ratios, directions, the caution across trials."""

import math

import pytest

from modules.charts.chart import Chart, ForestPlot
from modules.charts.draw import draw
from modules.charts.figure import figure
from modules.charts.sources import ACROSS_TRIALS
from modules.charts.theme import LIGHT
from modules.core.errors import UnknownPath
from modules.core.evidence import Evidence
from modules.core.figures import Forest
from tests.charts.made import made
from tests.charts.plotly_text import words as plotly_words
from tests.charts.readback import corners, drawn, of_kind, place_of, scaled, words


def _forest(evidence: Evidence, **options: object) -> tuple[Chart, ForestPlot]:
    chart = draw(Forest.model_validate({"title": "Who benefits", **options}), evidence)
    assert isinstance(chart.plot, ForestPlot)
    return chart, chart.plot


def _readout(**ratio: object) -> dict[str, object]:
    return {"ratio": {"value": 0.5, "ci": [0.25, 0.8], "treated": "new", "control": "old", **ratio}}


def test_subgroups_follow_the_whole_population_in_the_order_of_the_file(evidence: Evidence) -> None:
    chart, plot = _forest(evidence, subgroups="ipass.pfs")
    assert [row.label for row in plot.rows] == [
        "Overall (ITT)",
        "EGFR mutation positive",
        "EGFR mutation negative",
    ]
    assert [row.value for row in plot.rows] == [0.74, 0.48, 2.85]
    assert plot.heading == "Hazard ratio (95% CI)"
    assert plot.rows[0].text == "0.74 (0.65 to 0.85)"
    assert ACROSS_TRIALS not in chart.notes


def test_the_sides_of_one_are_named_by_the_treated_and_the_control_arm(evidence: Evidence) -> None:
    _, plot = _forest(evidence, subgroups="her2climb.bm-type")
    assert (plot.below, plot.above) == ("favours Tucatinib + T + Cap", "favours Placebo + T + Cap")


def test_more_responses_favour_the_treated_arm_on_the_other_side() -> None:
    response = {"endpoint": "ORR", **_readout(kind="relative risk", value=1.5, ci=[1.1, 2.0])}
    _, plot = _forest(made([response]), readouts=("made.os",))
    assert (plot.below, plot.above) == ("favours Old", "favours New <A&B>")


def test_nothing_is_favoured_when_the_source_does_not_say_which_way_round() -> None:
    chart, plot = _forest(made([_readout(treated=None, control=None)]), readouts=("made.os",))
    assert (plot.below, plot.above) == (None, None)
    assert plot.rows[0].slot is None
    assert chart.table.rows[0][1] == "not stated"


def test_readouts_of_several_trials_carry_the_caution_and_say_what_was_compared(evidence: Evidence) -> None:
    chart, plot = _forest(evidence, readouts=("cleopatra.os-final", "patina.pfs"))
    assert ACROSS_TRIALS in chart.notes
    assert [row.label for row in plot.rows] == ["CLEOPATRA", "PATINA"]
    assert plot.rows[0].detail == "OS: Pertuzumab + T + D v Placebo + T + D"


def test_another_level_of_confidence_is_printed_with_its_own_row(evidence: Evidence) -> None:
    _, plot = _forest(evidence, readouts=("interest.os", "isel.os"))
    assert plot.heading == "Hazard ratio"
    assert plot.rows[0].text == "1.02 (96% CI 0.905 to 1.15)"
    assert plot.rows[1].text == "0.89 (95% CI 0.77 to 1.02)"


def test_a_missing_interval_is_said(evidence: Evidence) -> None:
    _, plot = _forest(evidence, readouts=("cleopatra.pfs-asia",))
    assert plot.rows[0].ci is None
    assert plot.rows[0].text == "0.68; no interval published"


def test_a_readout_with_only_a_p_value_is_refused(evidence: Evidence) -> None:
    with pytest.raises(UnknownPath, match="has no ratio"):
        _forest(evidence, readouts=("m77001.os",))


@pytest.mark.parametrize("width", [360, 720, 1280])
def test_the_svg_shows_each_ratio_and_interval_on_a_log_axis(evidence: Evidence, width: int) -> None:
    chart, plot = _forest(evidence, subgroups="ipass.pfs")
    root = drawn(chart, width)
    ends = place_of(root, "0.5", "middle")[0], place_of(root, "2", "middle")[0]
    logs = math.log(0.5), math.log(2)
    for row, mark, interval in zip(plot.rows, of_kind(root, "estimate"), of_kind(root, "interval"), strict=True):
        assert row.ci is not None
        centre = float(mark.get("x", "nan")) + float(mark.get("width", "nan")) / 2
        assert math.exp(scaled(centre, ends, logs)) == pytest.approx(row.value, rel=0.01)
        shown = [math.exp(scaled(x, ends, logs)) for x, _ in corners(interval)]
        assert shown == pytest.approx([row.ci.low, row.ci.high], rel=0.01)
    assert len(of_kind(root, "reference")) == 1
    assert "0.48 (0.36 to 0.64)" in words(root)


def _grouped(*rows: dict[str, object]) -> Evidence:
    groups = [{"id": f"g{n}", "label": f"Group {n}", "value": 0.6, "ci": [0.4, 0.9], **r} for n, r in enumerate(rows)]
    return made([{**_readout(), "subgroups": groups}])


def test_groups_stand_below_their_factor_with_its_interaction_p() -> None:
    age = {"factor": "Age"}
    evidence = _grouped({**age, "interaction": "0.04"}, age, {"factor": "Sex"}, {"factor": "Sex"})
    chart, plot = _forest(evidence, subgroups="made.os")
    assert [row.heading for row in plot.rows] == [
        "",
        "Age: interaction p 0.04",
        "",
        "Sex: interaction p not found",
        "",
    ]
    assert [row[-1] for row in chart.table.rows] == ["", "0.04", "0.04", "not found", "not found"]
    assert chart.table.columns[-1] == "Interaction p"
    assert chart.notes[0].startswith("Interaction p not found in the sources read for Sex:")
    for said in (" ".join(words(drawn(chart, 360))), " ".join(plotly_words(figure(chart, LIGHT)))):
        assert "Age: interaction p 0.04" in said
        assert "Sex: interaction p not found" in said


def test_that_no_interaction_p_was_found_is_said_once(evidence: Evidence) -> None:
    chart, plot = _forest(evidence, subgroups="her2climb.bm-type")
    assert {row.heading for row in plot.rows} == {""}
    assert chart.notes[0].startswith("Interaction p not found in the sources read:")
    across, _ = _forest(evidence, readouts=("cleopatra.os-final", "patina.pfs"))
    assert not any("Interaction" in note for note in across.notes)


def test_a_factor_s_heading_takes_room_and_the_marks_stay_in_their_rows() -> None:
    age = {"factor": "Age", "interaction": "0.04"}
    chart, plot = _forest(_grouped(age, age), subgroups="made.os")
    (trace,) = figure(chart, LIGHT)["data"]
    plain = figure(_forest(_grouped({}, {}), subgroups="made.os")[0], LIGHT)["data"][0]
    assert trace["y"][0] == plain["y"][0]
    assert all(with_heading > without for with_heading, without in zip(trace["y"][1:], plain["y"][1:], strict=True))
    assert len(of_kind(drawn(chart), "estimate")) == len(plot.rows)
