"""The author manual: its first module loads, its examples are accepted, its figures are in the evidence."""

import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from modules.authoring.codes import CODES
from modules.authoring.directives import DIRECTIVES
from modules.authoring.library import load
from modules.authoring.problems import Findings
from modules.authoring.source import read_yaml
from modules.authoring.validate import validate
from modules.core.digitised import Digitised, Tolerance
from modules.core.evidence import (
    Approval,
    Curve,
    Evidence,
    Fact,
    Fidelity,
    LandmarkRate,
    Milestone,
    Reference,
    Subgroup,
    Term,
    Trial,
)
from modules.core.module import FrontMatter, Library
from modules.core.paths import find
from modules.core.products import Product
from modules.core.proof import claim
from modules.core.proven import evaluate
from modules.core.quantity import FORMATS, text

ROOT = Path(__file__).resolve().parents[1]
MANUAL = (ROOT / "content" / "README.md").read_text()
ITEM_MANUAL = (ROOT / "quizzes" / "README.md").read_text()
FILES = dict(re.findall(r"^`((?:content|quizzes)/[^`]+)`\n\n```\w+\n(.*?)^```$", MANUAL, re.M | re.S))
LESSONS = [x for x in re.findall(r"^```markdown\n(.*?)^```$", MANUAL, re.M | re.S) if not x.startswith("---")]
YAML = [x for x in re.findall(r"^```yaml\n(.*?)^```$", MANUAL, re.M | re.S) if x not in FILES.values()]
FIGURES = re.findall(r"^- `` \{(value|estimate)\}`([^`|]+)\|?([^`|]*)` `` → (.+)$", MANUAL, re.M)
NO_PANEL = "I224"
"""A panel is asked, never invented: the sample has none."""
SAMPLES = re.findall(r"^```yaml\n(id: .*?)^```$", ITEM_MANUAL, re.M | re.S)
SHAPES: dict[str, type[BaseModel]] = {
    "landmarks": LandmarkRate, "subgroups": Subgroup, "curves": Curve, "fidelity": Fidelity,
    "digitised": Digitised,
    "facts": Fact, "milestones": Milestone, "approvals": Approval,
    "references": Reference, "terms": Term, "definitions": Fact, "products": Product,
}  # fmt: skip


@pytest.fixture(scope="module")
def evidence() -> Evidence:
    return load(ROOT / "content", ROOT / "quizzes").library.evidence


def beside_the_evidence(files: dict[str, str], folder: Path) -> tuple[Library, list[str]]:
    """The library, and the problems, of some files beside the shipped evidence."""
    shutil.copytree(ROOT / "content" / "trials", folder / "content" / "trials")
    for name in ("references", "terms", "definitions"):
        shutil.copy(ROOT / "content" / f"{name}.yaml", folder / "content")
    for name, body in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(body)
    loaded = load(folder / "content", folder / "quizzes")
    return loaded.library, [str(p) for p in loaded.problems]


def test_the_first_module_of_the_manual_loads_without_a_problem(tmp_path: Path) -> None:
    library, problems = beside_the_evidence(FILES, tmp_path)
    assert problems == []
    assert list(library.modules) == ["reading-curves"]


def test_every_lesson_example_is_accepted(tmp_path: Path) -> None:
    head = "---\ntitle: An example\nminutes: 1\nobjectives: [read-ratio]\n---\n"
    examples = {f"content/reading-curves/{n}-example.md": head + body for n, body in enumerate(LESSONS, 10)}
    picture = {"content/reading-curves/time-axis.svg": '<svg xmlns="http://www.w3.org/2000/svg"/>'}
    library, problems = beside_the_evidence(FILES | examples | picture, tmp_path)
    assert problems == []
    assert len(library.modules["reading-curves"].lessons) == 1 + len(LESSONS)


def test_every_directive_has_an_example() -> None:
    shown = {name for body in LESSONS for name in re.findall(r"^:{3,}\{([\w-]+)\}", body, re.M)}
    assert shown == set(DIRECTIVES)


@pytest.mark.parametrize(("style", "path", "form", "printed"), FIGURES)
def test_a_path_prints_what_the_manual_says(style: Any, path: str, form: str, printed: str, evidence: Evidence) -> None:
    assert text(find(evidence, path), style, form) == printed


def test_every_format_is_shown() -> None:
    assert {form for _, _, form, _ in FIGURES} == set(FORMATS)


@pytest.mark.parametrize("body", YAML)
def test_a_yaml_example_holds_what_its_file_may_hold(body: str) -> None:
    findings = Findings("README.md")
    source = read_yaml(body, findings)
    assert source is not None
    if source.value is None:
        assert body.startswith("# yaml-language-server: $schema=../../assets/schema/")
    elif "arms" in source.value:
        validate(Trial, source, findings)
    else:
        for key, value in source.value.items():
            for at in [(key, n) for n in range(len(value))] if isinstance(value, tuple) else [(key,)]:
                validate(SHAPES[key], source, findings, at)
    assert [str(p) for p in findings.problems] == []


def test_the_trial_example_agrees_with_the_trial_file(evidence: Evidence) -> None:
    body = next(x for x in YAML if x.startswith("id: "))
    source = read_yaml(body, Findings("README.md"))
    assert source is not None
    shown = validate(Trial, source, Findings("README.md"))
    assert shown is not None
    shipped = evidence.trials[shown.id]
    assert {a.id: a.n for a in shown.arms} == {a.id: a.n for a in shipped.arms}
    for readout in shown.readouts:
        theirs = shipped.readout(readout.id)
        assert theirs is not None
        assert (readout.estimates, readout.ratio, readout.difference) == (
            theirs.estimates, theirs.ratio, theirs.difference,
        )  # fmt: skip


def test_the_proofs_of_the_item_manual_can_be_worked_out(evidence: Evidence) -> None:
    section = ITEM_MANUAL[ITEM_MANUAL.index("## Proof") : ITEM_MANUAL.index("## Writing a good item")]
    shown = re.findall(r"^  [a-z]+: (.+)$|^\| [^|]+ \| `([^`]+ .+?)`(?: \(.+\))? \|$", section, re.M)
    holds = [evaluate(claim(block or row), evidence) for block, row in shown]
    assert holds == [True, False, False, True, False, True, False, True, False, True]


def test_the_samples_of_the_item_manual_are_accepted_beside_the_shipped_module(tmp_path: Path) -> None:
    for folder in ("content", "quizzes"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    for body in SAMPLES:
        (tmp_path / "quizzes" / f"{body.removeprefix('id: ').splitlines()[0]}.yaml").write_text(body)
    loaded = load(tmp_path / "content", tmp_path / "quizzes")
    found = [str(p) for p in loaded.problems if "/sample-" in p.path and p.code != NO_PANEL]
    assert found == []
    assert len([quiz for quiz in loaded.library.modules["her2-maintenance"].quizzes if "/sample-" in quiz]) == len(
        SAMPLES
    )


def test_the_tolerances_of_digitised_curves_are_the_ones_in_force() -> None:
    stated = dict(re.findall(r"`(\w+): (\d[\d.]*)`", MANUAL[MANUAL.index("| result | may differ by | key |") :]))
    assert {name: float(value) for name, value in stated.items()} == Tolerance().model_dump()


def test_every_key_of_the_front_matter_is_in_the_table() -> None:
    table = MANUAL[MANUAL.index("## module.md") : MANUAL.index("## Lessons")]
    listed = re.findall(r"^\| `(\w+)`\*? \|", table, re.M)
    assert listed == list(FrontMatter.model_fields)
    starred = set(re.findall(r"^\| `(\w+)`\* \|", table, re.M))
    assert starred == {n for n, field in FrontMatter.model_fields.items() if not field.is_required()}


def test_every_letter_of_a_problem_code_is_explained() -> None:
    assert set(re.findall(r"^\| ([A-Z]) \|", MANUAL, re.M)) == {code[0] for code in CODES}


def test_links_inside_the_manual_lead_somewhere() -> None:
    titles = re.findall(r"^##+ (.+)$", MANUAL, re.M)
    headings = {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}
    anchors = headings | set(re.findall(r'<a id="([\w-]+)">', MANUAL))
    assert set(re.findall(r"\]\(#([\w-]+)\)", MANUAL)) <= anchors
    for file in re.findall(r"\]\((?!https?:|#)([^)#]+)", MANUAL):
        assert (ROOT / "content" / file).exists(), file
