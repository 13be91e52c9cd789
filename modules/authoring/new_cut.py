"""A trial file that is not published yet: read by the same rules, beside the library it may enter."""

from collections.abc import Mapping
from pathlib import Path

from modules.authoring.curve_files import CurveFiles
from modules.authoring.digitised import with_curves
from modules.authoring.lint.trials import check_trial
from modules.authoring.problems import Findings, Problem
from modules.authoring.sheet import Sheet
from modules.authoring.source import read_text, read_yaml
from modules.authoring.validate import validate
from modules.core.evidence import Reference, Trial


def read_cut(
    file: Path, references: Mapping[str, Reference], content: Path
) -> tuple[Trial | None, tuple[Problem, ...]]:
    """The trial of a file anywhere, or None and what is wrong with it.

    Its references must be in the library, its files of coordinates in `content`/trials/curves.
    """
    findings = Findings(str(file))
    text = read_text(file, findings)
    source = None if text is None else read_yaml(text, findings)
    trial = None if source is None else validate(Trial, source, findings)
    if trial is not None and source is not None:
        sheet, curves = Sheet(source, findings), CurveFiles(content / "trials/curves", "content/trials/curves")
        check_trial(trial, sheet, references)
        trial = trial if findings.broken else with_curves(trial, sheet, curves)
        findings.problems += [problem for one in curves.findings for problem in one.problems]
    return (None if findings.broken else trial), tuple(sorted(findings.problems))
