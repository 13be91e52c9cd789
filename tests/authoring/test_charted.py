"""Items on charts and cases against the rest of their module: what gives a prediction away, which step is in reach."""

import shutil
from pathlib import Path

import pytest

from modules.authoring.library import load
from modules.authoring.lint.charted import check_scale
from modules.authoring.problems import Findings
from modules.authoring.sheet import Sheet
from modules.authoring.source import Source
from modules.core.items import Numeric
from modules.core.scored import Scale
from tests.builders import numeric

GOOD = Path(__file__).parent / "good"
EXTRA = """id: demo/extra
items:
  - id: ex-value
    type: chart-value
    objectives: [judge]
    stem: About how long did half of the people on the old drug live?
    chart: {kind: comparison, readouts: [demo.os], title: How long people lived}
    answer: demo.os.old
    tolerance: 2
    unit: months
    scale: {low: 0, high: 60}
    rationale: It is read from the lower row.
    see: 01-start
    evidence: [demo.os]
"""


def told(tmp_path: Path, directive: str, opening: str = "") -> list[str]:
    """The codes after a directive was put before the prediction of the first lesson."""
    site = shutil.copytree(GOOD, tmp_path / "site")
    (site / "quizzes/demo/extra.yaml").write_text(EXTRA)
    if opening:
        case = site / "quizzes/demo/followed.yaml"
        case.write_text(case.read_text().replace("A person of 61 years", opening))
    lesson = site / "content/demo/01-start.md"
    lesson.write_text(lesson.read_text().replace("::::{predict}", f":::{{{directive}\n:::\n\n::::{{predict}}"))
    return [p.code for p in load(site / "content", site / "quizzes").problems]


def test_the_chart_of_a_check_gives_a_prediction_away(tmp_path: Path) -> None:
    assert told(tmp_path, "check} demo/extra#ex-value") == ["E133"]


def test_the_opening_of_a_case_gives_a_prediction_away(tmp_path: Path) -> None:
    opening = "Half of them lived {value}`demo.os.new` {cite}`doe-2030`. A person"
    assert told(tmp_path, "case} demo/followed#person", opening) == ["E133"]


def test_a_case_that_tells_of_something_else_gives_nothing_away(tmp_path: Path) -> None:
    assert told(tmp_path, "case} demo/followed#person") == []


@pytest.mark.parametrize(
    ("low", "high", "step", "key", "tolerance", "fits"),
    [
        (0, 60, 1, 33.3, 0.5, True),
        (0, 60, 1, 33.3, 0.2, False),
        (0, 60, 1, 60, 0, True),
        (0, 60, 1, 60.5, 1, False),
        (0.1, 1, 0.1, 0.7, 0, True),
        (0, 50, 20, 49, 9, True),
        (0, 50, 20, 49, 8, False),
        (-2, 2, 0.5, -1.6, 0.1, True),
    ],
)
def test_a_step_of_the_scale_comes_within_the_tolerance(
    low: float, high: float, step: float, *, key: float, tolerance: float, fits: bool
) -> None:
    scale = Scale(low=low, high=high, step=step)
    item: Numeric = numeric().model_copy(update={"scale": scale, "tolerance": tolerance})
    findings = Findings("quizzes/demo/extra.yaml")
    check_scale(item, key, Sheet(Source(), findings), ())
    assert [p.code for p in findings.problems] == ([] if fits else ["E117"])
