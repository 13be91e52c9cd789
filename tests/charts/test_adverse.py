"""Adverse events: two arms back to back, grades of one event together, the difference per 100."""

import pytest

from modules.charts.adverse import GRADE_WORDS, SEVERITY
from modules.charts.chart import AdversePlot, Chart
from modules.charts.draw import draw
from modules.charts.figure import figure
from modules.charts.theme import DARK, LIGHT
from modules.core.errors import UnknownPath
from modules.core.evidence import Evidence
from modules.core.figures import AdverseEvents
from tests.charts.made import made
from tests.charts.readback import drawn, of_kind, words


def _adverse(evidence: Evidence, *readouts: str, order: str = "difference") -> tuple[Chart, AdversePlot]:
    request = {"title": "Harm", "readouts": readouts, "order": order}
    chart = draw(AdverseEvents.model_validate(request), evidence)
    assert isinstance(chart.plot, AdversePlot)
    return chart, chart.plot


def _rates(name: str, new: float, old: float, **more: object) -> dict[str, object]:
    estimates = [{"arm": "new", "value": new, "unit": "percent"}, {"arm": "old", "value": old, "unit": "percent"}]
    return {"id": name, "endpoint": "AE", "event": "rash", "estimates": estimates, **more}


def test_the_control_arm_stands_on_the_left(evidence: Evidence) -> None:
    _, plot = _adverse(evidence, "destiny-breast09.g3", "destiny-breast09.ild")
    assert (plot.left, plot.right) == (("THP", "control"), ("T-DXd + P", "a"))


def test_rows_go_by_the_largest_difference_or_as_they_were_listed(evidence: Evidence) -> None:
    paths = ("destiny-breast09.g3", "destiny-breast09.ild", "destiny-breast09.ae-anaemia")
    ild = "Interstitial lung disease or pneumonitis"
    assert [r.event for r in _adverse(evidence, *paths)[1].rows] == [ild, "Anaemia", "Any adverse event"]
    assert _adverse(evidence, *paths, order="given")[1].rows[0].event == "Any adverse event"


def test_any_grade_and_grade_three_of_one_event_stand_together_the_milder_first() -> None:
    severe, other = _rates("severe", 20, 5, grade="3+"), _rates("other", 40, 1, event="pain")
    evidence = made([severe, other, _rates("all", 50, 40, grade="any")])
    _, plot = _adverse(evidence, "made.severe", "made.other", "made.all")
    assert [(r.event, r.grade, r.severe) for r in plot.rows] == [
        ("Pain", "", False),
        ("Rash", "any grade", False),
        ("Rash", "grade 3 or higher", True),
    ]


def test_the_difference_is_per_100_and_says_which_way(evidence: Evidence) -> None:
    chart, plot = _adverse(evidence, "destiny-breast09.ild", "destiny-breast09.ae-neutropenia")
    assert [r.difference for r in plot.rows] == ["11.1 more per 100", "9.3 fewer per 100"]
    assert chart.table.columns[-1] == "Difference with T-DXd + P, calculated"
    assert chart.table.rows[1] == ("Neutropenia", "grade 3 or higher", "33.2%", "23.9%", "9.3 fewer per 100")
    assert _adverse(made([_rates("a", 5, 5)]), "made.a")[1].rows[0].difference == "no difference"


def test_another_population_than_the_first_one_is_named_with_its_event(evidence: Evidence) -> None:
    _, plot = _adverse(evidence, "cleopatra.sae", "cleopatra.fn-asia", order="given")
    assert [r.event for r in plot.rows] == [
        "Any adverse event",
        "Febrile neutropenia (safety population, Asian patients)",
    ]


def test_what_was_read_in_one_publication_has_one_source_line(evidence: Evidence) -> None:
    chart, _ = _adverse(evidence, "destiny-breast09.ae-neutropenia", "destiny-breast09.ae-anaemia")
    (source,) = chart.sources
    assert source.detail == "DESTINY-Breast09: neutropenia of grade ≥3, anaemia of grade ≥3"


@pytest.mark.parametrize(
    ("paths", "why"),
    [
        (("cleopatra.sae", "pertain.ae"), "from PERTAIN"),
        (("cleopatra.os-final",), "endpoint is OS"),
        (("marianne.ae",), "exactly two arms"),
        (("cleopatra.sae", "cleopatra.sae"), "stands twice"),
    ],
)
def test_readouts_that_do_not_share_two_arms_are_refused(evidence: Evidence, paths: tuple[str, ...], why: str) -> None:
    with pytest.raises(UnknownPath, match=why):
        _adverse(evidence, *paths)


def test_severe_grades_are_filled_and_milder_ones_tinted_so_that_greyscale_tells_them_apart() -> None:
    evidence = made([_rates("all", 50, 40, grade="any"), _rates("severe", 20, 5, grade="3+")])
    chart, _ = _adverse(evidence, "made.all", "made.severe")
    tinted = [bar.get("fill-opacity") is not None for bar in of_kind(drawn(chart), "bar")]
    assert tinted == [True, True, False, False]
    colours = [trace["marker"]["color"].startswith("rgba") for trace in figure(chart, DARK)["data"]]
    assert colours == [True, True, False, False]


def test_bars_start_at_zero_on_both_sides_and_no_text_has_a_sign(evidence: Evidence) -> None:
    chart, _ = _adverse(evidence, "destiny-breast09.ae-neutropenia")
    built = figure(chart, LIGHT)
    assert [trace["x"] for trace in built["data"]] == [[-33.2], [23.9]]
    assert [trace["text"] for trace in built["data"]] == [["33.2%"], ["23.9%"]]
    assert built["layout"]["xaxis"]["ticktext"][0] == built["layout"]["xaxis"]["ticktext"][-1]


def test_an_interval_that_was_published_is_drawn_and_said() -> None:
    estimates = [
        {"arm": "new", "value": 20.0, "unit": "percent", "ci": [15.0, 26.0]},
        {"arm": "old", "value": 5.0, "unit": "percent"},
    ]
    chart, plot = _adverse(made([{"endpoint": "AE", "estimates": estimates}]), "made.os")
    assert len(of_kind(drawn(chart), "interval")) == 1
    assert plot.rows[0].right.text == "20% (95% CI 15 to 26)"
    left, right = figure(chart, LIGHT)["data"]
    assert (left["error_x"]["visible"], right["error_x"]["array"], right["error_x"]["arrayminus"]) == (False, [6], [5])


@pytest.mark.parametrize("width", [360, 720, 1280])
def test_every_event_grade_and_value_stands_in_the_svg(evidence: Evidence, width: int) -> None:
    chart, plot = _adverse(
        evidence, "destiny-breast09.g3", "destiny-breast09.ild", "destiny-breast09.ae-discontinuation"
    )
    said = " ".join(" ".join(words(drawn(chart, width))).split())
    for row in plot.rows:
        for part in (row.event, row.grade, row.left.text, row.right.text, row.difference):
            assert part in said


def test_every_grade_has_words_and_a_place() -> None:
    assert set(GRADE_WORDS) == set(SEVERITY)
