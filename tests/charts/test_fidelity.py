"""What a survival chart says of curves that were rebuilt from coordinates."""

import pytest

from modules.authoring.evidence_files import read_shelf
from modules.charts.chart import SurvivalPlot
from modules.charts.draw import draw
from modules.charts.fidelity import fidelity_notes
from modules.core.evidence import Evidence, Trial
from modules.core.figures import Survival
from tests.authoring.reading import GOOD


@pytest.fixture(scope="module")
def traced() -> Evidence:
    return read_shelf(GOOD / "content").evidence


def test_the_badge_prints_every_result_recomputed_against_published(traced: Evidence) -> None:
    chart = draw(Survival(trial="traced", endpoint="OS", title="More are alive"), traced)
    assert chart.notes[:2] == (
        "Patients rebuilt from the published figure (Guyot method), recomputed against published: "
        "patients 118 of 118 (exactly); deaths 95 of 95 (within 5% or 1 in each arm); "
        "median with New 20.8 months against 20.8 months (within 5% or 1 month); "
        "median with Old 13 months against 13 months (within 5% or 1 month); "
        "hazard ratio 0.57 (95% CI 0.38 to 0.86) against 0.56 (95% CI 0.37 to 0.85) (within 0.05 on the log scale); "
        "curves up to 2.7 percentage points from the coordinates (within 2 points, or one patient's step). "
        "All within tolerance.",
        "Medians and ratios beside the curve are the published ones; none is read from the curve.",
    )


def test_beside_the_rebuilt_curves_stand_the_published_medians_and_ratio(traced: Evidence) -> None:
    plot = draw(Survival(trial="traced", endpoint="OS", title="More are alive"), traced).plot
    assert isinstance(plot, SurvivalPlot)
    assert [row.text for row in plot.published] == [
        "20.8 months (95% CI 14.3 to 36.1)",
        "13 months (95% CI 9.4 to 19.5)",
        "0.56 (95% CI 0.37 to 0.85)",
    ]


def test_the_badge_names_what_lies_outside(traced: Evidence) -> None:
    trial = traced.trials["traced"]
    assert _verdict(trial, 2) == "Outside its tolerance: median with New."


def _verdict(trial: Trial, missed: int) -> str:
    """The last sentence of the badge when one of the checks has failed."""
    published, drawn = trial.readouts
    assert drawn.fidelity is not None
    checks = tuple(c.model_copy(update={"within": n != missed}) for n, c in enumerate(drawn.fidelity.checks))
    changed = drawn.model_copy(update={"fidelity": drawn.fidelity.model_copy(update={"checks": checks})})
    return fidelity_notes(trial, changed, published)[0].partition("step). ")[2]
