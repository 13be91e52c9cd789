"""What an author must mend: one line each, with a stable code, a place and a way out."""

import difflib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import TypeVar

from modules.authoring.codes import CODES, Severity

Found = TypeVar("Found")


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


@dataclass(frozen=True, slots=True, order=True)
class Waiver:
    """Somebody answers for an exception to a rule in the lines from `first` to `last`; `line` is its own."""

    line: int
    code: str
    reason: str
    name: str
    first: int = 0
    last: int = 0

    def covers(self, code: str, line: int) -> bool:
        return code == self.code and self.first <= line <= self.last


@dataclass(frozen=True, slots=True, order=True)
class Waived:
    problem: Problem
    waiver: Waiver


@dataclass(slots=True)
class Findings:
    """Problems of one file, as they are found; those that a waiver covers are kept apart."""

    path: str
    problems: list[Problem] = field(default_factory=list)
    waivers: list[Waiver] = field(default_factory=list)
    waived: list[Waived] = field(default_factory=list)

    def add(self, code: str, line: int, message: str, *, where: str = "", fix: str = "") -> None:
        found = Problem(self.path, max(line, 1), code, message, where, fix, CODES[code].severity)
        waiver = next((w for w in self.waivers if w.covers(code, found.line)), None)
        if waiver is None:
            _once(found, self.problems)
        else:
            _once(Waived(found, waiver), self.waived)

    @property
    def broken(self) -> bool:
        return any(p.severity == "error" for p in self.problems)


def _once(found: Found, among: list[Found]) -> None:
    if found not in among:
        among.append(found)


def did_you_mean(wrong: str, known: Iterable[str], cutoff: float = 0.55) -> str:
    """`Did you mean "tolerance"?`, or nothing."""
    spelt = {name.casefold(): name for name in known}
    near = difflib.get_close_matches(wrong.casefold(), list(spelt), n=1, cutoff=cutoff)
    return f'Did you mean "{spelt[near[0]]}"?' if near else ""


def as_json(problems: Iterable[Problem], waived: Iterable[Waived], files: int, *, robot: object = None) -> str:
    """The whole report for a program to read; `robot` when it played."""
    listed = [asdict(p) for p in problems]
    errors = sum(p["severity"] == "error" for p in listed)
    report = {"errors": errors, "warnings": len(listed) - errors, "files": files, "problems": listed}
    report["waived"] = [_with_its_waiver(w) for w in waived]
    if robot is not None:
        report["robot"] = robot
    return json.dumps(report, indent=2, ensure_ascii=False)


def _with_its_waiver(waived: Waived) -> dict[str, object]:
    waiver = waived.waiver
    return asdict(waived.problem) | {"reason": waiver.reason, "name": waiver.name, "waiver_line": waiver.line}
