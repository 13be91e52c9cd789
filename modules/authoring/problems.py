"""What an author must mend: one line each, with a stable code, a place and a way out."""

import difflib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field

from modules.authoring.codes import CODES, Severity


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """`path` starts at the folder above content; `line` counts from 1; `where` names an item."""

    path: str
    line: int
    code: str
    message: str
    where: str = ""
    fix: str = ""
    severity: Severity = "error"

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        fix = f" {self.fix}" if self.fix else ""
        return f"{self.path}:{self.line}: [{self.code}] {place}{_sentence(self.message)}{fix}"


def _sentence(message: str) -> str:
    return message if message.endswith((".", "?", "!")) else f"{message}."


@dataclass(slots=True)
class Findings:
    """Problems of one file, as they are found."""

    path: str
    problems: list[Problem] = field(default_factory=list)

    def add(self, code: str, line: int, message: str, *, where: str = "", fix: str = "") -> None:
        found = Problem(self.path, max(line, 1), code, message, where, fix, CODES[code].severity)
        if found not in self.problems:
            self.problems.append(found)

    @property
    def broken(self) -> bool:
        return any(p.severity == "error" for p in self.problems)


def did_you_mean(wrong: str, known: Iterable[str], cutoff: float = 0.55) -> str:
    """`Did you mean "tolerance"?`, or nothing."""
    spelt = {name.casefold(): name for name in known}
    near = difflib.get_close_matches(wrong.casefold(), list(spelt), n=1, cutoff=cutoff)
    return f'Did you mean "{spelt[near[0]]}"?' if near else ""


def as_json(problems: Iterable[Problem], files: int, *, robot: object = None) -> str:
    """The whole report for a program to read; `robot` when it played."""
    listed = [asdict(p) for p in problems]
    errors = sum(p["severity"] == "error" for p in listed)
    report = {"errors": errors, "warnings": len(listed) - errors, "files": files, "problems": listed}
    if robot is not None:
        report["robot"] = robot
    return json.dumps(report, indent=2, ensure_ascii=False)
