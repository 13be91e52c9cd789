"""A trial reports again: items on charts, matched stems and cases that read the old figure are named."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from modules.actions.impact import module_uses
from modules.authoring.library import load
from modules.core.evidence import Trial
from modules.core.impact import Use, versions
from modules.core.module import Library
from modules.core.versions import figures

GOOD = Path(__file__).resolve().parents[1] / "authoring" / "good"
EXTRA = """id: demo/extra
items:
  - id: ex-point
    type: chart-point
    objectives: [read]
    stem: Which row is that of the new drug?
    chart: {kind: comparison, readouts: [demo.os], title: How long people lived}
    options:
      - {id: upper, text: The upper row, mark: demo.os.new, correct: true, rationale: It is labelled so.}
      - {id: lower, text: The lower row, mark: demo.os.old, rationale: It is the other arm.}
    see: 02-reading
    evidence: [demo.os]

  - id: ex-value
    type: chart-value
    objectives: [read]
    stem: About how long did half of the people on the new drug live?
    chart: {kind: comparison, readouts: [demo.os], title: How long people lived}
    answer: demo.os.new
    tolerance: 2
    unit: months
    scale: {low: 0, high: 60}
    rationale: It is read from the upper row.
    see: 02-reading
    evidence: [demo.os]

  - id: ex-match
    type: extended-matching
    objectives: [read]
    stem: Which reading of each result is the best supported?
    options:
      - {id: longer, text: It was longer}
      - {id: shorter, text: It was shorter}
      - {id: open, text: It is unproven}
    stems:
      - id: alone
        text: Survival with the new drug
        key: longer
        rationale: "Half lived {value}`demo.os.new` or longer {cite}`doe-2030`."
      - {id: other, text: Survival with a third drug, key: open, rationale: Nobody looked.}
    see: 02-reading
    evidence: [demo.os]
    proof: {alone: demo.os.new < 34, other: demo.os.old < 12}
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    site = shutil.copytree(GOOD, tmp_path_factory.mktemp("items") / "site")
    (site / "quizzes/demo/extra.yaml").write_text(EXTRA)
    case = site / "quizzes/demo/followed.yaml"
    told = "The person understands that half lived {value}`demo.os.new` {cite}`doe-2030`."
    case.write_text(case.read_text().replace("{text: The person understands.}", f'{{text: "{told}"}}'))
    lesson = site / "content/demo/02-reading.md"
    lesson.write_text(f"{lesson.read_text()}\n:::{{check}} demo/extra#ex-point\n:::\n")
    loaded = load(site / "content", site / "quizzes")
    assert [str(p) for p in loaded.problems if p.severity == "error"] == []
    return loaded.library


@pytest.fixture(scope="module")
def uses(library: Library) -> list[Use]:
    """After the median of the new arm went from 33.3 to 35 months."""
    old = library.evidence.trials["demo"]
    found = list(module_uses(library.modules["demo"], versions(library.evidence, longer(old))))
    return [replace(use, line=1) for use in found if use.file.startswith("quizzes/")]


def longer(old: Trial) -> Trial:
    shown = old.readout("os")
    assert shown is not None
    estimates = tuple(e.model_copy(update={"value": 35.0}) if e.arm == "new" else e for e in shown.estimates)
    readout = shown.model_copy(update={"estimates": estimates})
    return old.model_copy(update={"readouts": tuple(readout if r.id == "os" else r for r in old.readouts)})


def named(uses: list[Use], name: str) -> set[tuple[str, str]]:
    return {(use.kind, use.standing) for use in uses if use.name == name}


def test_a_mark_and_the_chart_of_an_item_count_as_uses(uses: list[Use]) -> None:
    assert named(uses, "ex-point") == {("item", "reworded"), ("chart", "reworded")}


def test_a_value_to_be_read_off_a_chart_flips(uses: list[Use]) -> None:
    assert named(uses, "ex-value") == {("key", "flips"), ("chart", "reworded")}


def test_the_rationale_and_the_proof_of_a_stem_are_named(uses: list[Use]) -> None:
    assert named(uses, "ex-match") == {("item", "reworded"), ("key", "flips")}


def test_the_consequence_of_a_decision_is_named_by_its_case(uses: list[Use]) -> None:
    (use,) = [use for use in uses if use.name == "person"]
    assert (use.kind, use.standing, use.file) == ("item", "reworded", "quizzes/demo/followed.yaml")
    assert (use.old, use.new) == (
        "The person understands that half lived 33.3 months.",
        "The person understands that half lived 35 months.",
    )


def test_a_kept_version_holds_the_figures_of_checks_and_cases(library: Library) -> None:
    shown = figures(library.modules["demo"], library.evidence)
    assert {"demo.os.new", "demo.os.old", "definition.marker-cut.threshold"} <= set(shown)
