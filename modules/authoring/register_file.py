"""content/registers.yaml: read strictly, or problems."""

import re
from pathlib import Path

from modules.authoring.problems import Findings, Problem
from modules.authoring.source import read_text, read_yaml
from modules.authoring.validate import validate
from modules.core.registers import Registers

FILE = "registers.yaml"


def read_registers(content: Path) -> tuple[Registers | None, tuple[Problem, ...]]:
    """None when the file is missing or has problems."""
    findings = Findings(f"{content.name}/{FILE}")
    text = read_text(content / FILE, findings)
    source = read_yaml(text, findings) if text is not None else None
    found = validate(Registers, source, findings) if source is not None else None
    if found is not None and source is not None:
        for index, rule in enumerate(found.registers):
            if not _compiles(rule.activity):
                line = source.line(("registers", index, "activity"))
                findings.add("S107", line, f'"{rule.activity}" is not a regular expression', where=rule.id)
    return (None if findings.broken else found), tuple(findings.problems)


def _compiles(pattern: str) -> bool:
    try:
        re.compile(pattern)
    except re.error:
        return False
    return True
