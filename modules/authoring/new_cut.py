"""A trial file that is not published yet: read by the same rules, beside the library it may enter."""

from collections.abc import Mapping
from pathlib import Path

from modules.authoring.lint.trials import check_trial
from modules.authoring.problems import Findings, Problem
from modules.authoring.sheet import Sheet
from modules.authoring.source import read_text, read_yaml
from modules.authoring.validate import validate
from modules.core.evidence import Reference, Trial


def read_cut(file: Path, references: Mapping[str, Reference]) -> tuple[Trial | None, tuple[Problem, ...]]:
    """The trial of a file anywhere, or None and what is wrong with it. Its references must be in the library."""
    findings = Findings(str(file))
    text = read_text(file, findings)
    source = None if text is None else read_yaml(text, findings)
    trial = None if source is None else validate(Trial, source, findings)
    if trial is not None and source is not None:
        check_trial(trial, Sheet(source, findings), references)
    return (None if findings.broken else trial), tuple(sorted(findings.problems))
