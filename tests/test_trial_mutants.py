"""Mutants of the shipped trials: no estimate can change by a tenth without the check or the impact report saying so.

What a module reads is found here by another way than the report's own: by the names of readouts in its files.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from modules.actions.access import OPERATOR
from modules.actions.impact import impact, module_uses
from modules.authoring.library import load
from modules.authoring.lint.trials import check_trial
from modules.authoring.problems import Findings
from modules.authoring.sheet import Sheet
from modules.authoring.source import Source
from modules.core.evidence import Bounds, Readout, Trial
from modules.core.impact import changes, versions
from modules.core.module import Library

ROOT = Path(__file__).resolve().parents[1]
Mutant = tuple[str, Trial]
"""(the part of the readout that was changed, the trial with it)"""


@pytest.fixture(scope="module")
def library() -> Library:
    return load(ROOT / "content", ROOT / "quizzes").library


def off(value: float) -> float:
    """A tenth more, or less where more would pass a hundred."""
    return round(value * (1.1 if value <= 90 else 0.9), 6)


def bounds(ci: Bounds | None) -> Iterator[Bounds]:
    """Each end changed by itself."""
    if ci is not None:
        low, high = ci
        if low is not None:
            yield off(low), high
        if high is not None:
            yield low, off(high)


def mutants(trial: Trial) -> Iterator[tuple[str, str, Trial]]:
    """(readout, part, mutated trial) for every published estimate and each end of its interval."""
    for place, readout in enumerate(trial.readouts):
        for part, changed in parts(readout):
            readouts = (*trial.readouts[:place], changed, *trial.readouts[place + 1 :])
            yield readout.id, part, trial.model_copy(update={"readouts": readouts})


def parts(readout: Readout) -> Iterator[tuple[str, Readout]]:
    for name, figure in (("estimates", "value"), ("landmarks", "percent"), ("subgroups", "value")):
        rows = getattr(readout, name)
        for i, row in enumerate(rows):
            value = getattr(row, figure)
            updates = [{figure: off(value)}] if value is not None else []
            updates += [{"ci": ci} for ci in bounds(row.ci)]
            for update in updates:
                changed = (*rows[:i], row.model_copy(update=update), *rows[i + 1 :])
                yield f"{name}.{i}.{next(iter(update))}", readout.model_copy(update={name: changed})
    for name in ("ratio", "difference"):
        one = getattr(readout, name)
        updates = [{"value": off(one.value)}] if one and one.value is not None else []
        updates += [{"ci": ci} for ci in bounds(one.ci)] if one else []
        for update in updates:
            yield f"{name}.{next(iter(update))}", readout.model_copy(update={name: one.model_copy(update=update)})
    for i, curve in enumerate(readout.curves):
        middle = len(curve.percent) // 2
        percent = (*curve.percent[:middle], off(curve.percent[middle]), *curve.percent[middle + 1 :])
        changed = (*readout.curves[:i], curve.model_copy(update={"percent": percent}), *readout.curves[i + 1 :])
        yield f"curves.{i}.percent", readout.model_copy(update={"curves": changed})


def refused(trial: Trial) -> bool:
    """Whether the check finds the mutated file itself impossible."""
    findings = Findings("mutant.yaml")
    check_trial(trial, Sheet(Source(), findings), {r.source.reference or "": 0 for r in trial.readouts})
    return any(problem.code.startswith("E10") for problem in findings.problems)


def test_every_estimate_that_changes_by_a_tenth_is_named(library: Library) -> None:
    """The goal is 95%; a figure that nothing reads is named among the changes of the file."""
    survivors, count = [], 0
    for trial in library.evidence.trials.values():
        for readout, part, mutant in mutants(trial):
            count += 1
            named = any(change.path.split(".")[1] == readout for change in changes(trial, mutant))
            if not (named or refused(mutant)):
                survivors.append(f"{trial.id}.{readout} {part}")
    score = 1 - len(survivors) / count
    assert count > 600, count
    assert score >= 0.95, f"{score:.1%} of {count} mutants were caught; not: {survivors}"


def typed(trial: str) -> dict[str, set[str]]:
    """Readout -> what the shipped module names inside it: by roles; "" when a chart or an item rests on all of it."""
    texts = [p.read_text() for p in (*(ROOT / "content/her2-maintenance").glob("*.md"),)]
    texts += [p.read_text() for p in (ROOT / "quizzes/her2-maintenance").glob("*.yaml")]
    text = "\n".join(texts)
    path = rf"(?<![\w-]){re.escape(trial)}\.([a-z0-9-]+)\.?([a-z0-9.-]*)"
    roles = re.compile(r"\{(?:value|estimate)\}`([^`|]+)[^`]*`")
    found: dict[str, set[str]] = {}
    for role in roles.findall(text):
        if named := re.fullmatch(path, role):
            found.setdefault(named[1], set()).add(named[2] or "ratio")
    for readout, _inside in re.findall(path, roles.sub("", text)):
        found.setdefault(readout, set()).add("")
    return found


def is_read(named: set[str], part: str, readout: Readout) -> bool:
    """Whether one of the names leads to this part; a name alone leads to the ratio, as a role reads it."""
    kind, *rest = part.split(".")
    if "" in named:
        return True
    if kind in ("estimates", "landmarks"):
        row = getattr(readout, kind)[int(rest[0])]
        at = f".at-{row.month:g}" if kind == "landmarks" else ""
        return any(n == f"{row.arm}{at}" or n.startswith(f"{row.arm}{at}.") for n in named) or (
            kind == "estimates" and bool({f"{row.arm}.median", f"{row.arm}.rate", "difference"} & named)
        )
    if kind == "subgroups":
        return f"subgroup.{readout.subgroups[int(rest[0])].id}" in named
    return bool(named & ({"ratio", "hr", "reduction"} if kind == "ratio" else {"published-difference"}))


def test_every_estimate_a_module_reads_is_named_with_the_place(library: Library) -> None:
    """For each readout the module names, one figure of each kind that is off by a tenth leads to a place in it."""
    (module,) = library.modules.values()
    survivors, count = [], 0
    for trial in library.evidence.trials.values():
        read = typed(trial.id)
        seen: set[tuple[str, str]] = set()
        for readout, part, mutant in mutants(trial):
            kind, original = part.split(".")[0], trial.readout(readout)
            if original is None or (readout, kind) in seen or not is_read(read.get(readout, set()), part, original):
                continue
            seen.add((readout, kind))
            count += 1
            if not any(module_uses(module, versions(library.evidence, mutant))):
                survivors.append(f"{trial.id}.{readout} {part}")
    score = 1 - len(survivors) / count
    assert count > 100, count
    assert score >= 0.95, f"{score:.1%} of {count} mutants were placed; not: {survivors}"


def test_a_trial_as_it_stands_touches_nothing(library: Library) -> None:
    for trial in library.evidence.trials.values():
        report = impact(OPERATOR, library, trial, None)
        assert report is not None
        assert (report.changes, report.touched) == ((), ())
