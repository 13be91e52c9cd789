"""What an author must mend: one line each, with a stable code, a place and a way out."""

import difflib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Literal, NamedTuple

Severity = Literal["error", "warning"]


class Meaning(NamedTuple):
    severity: Severity
    sentence: str


def _error(sentence: str) -> Meaning:
    return Meaning("error", sentence)


def _warning(sentence: str) -> Meaning:
    return Meaning("warning", sentence)


CODES: dict[str, Meaning] = {
    # S: the file's shape
    "S101": _error("the file is not readable text (UTF-8, no control characters, under 500 kB)"),
    "S102": _error("the YAML cannot be read"),
    "S103": _error("a key stands twice in the same mapping"),
    "S104": _error("an unknown key"),
    "S105": _error("a missing key"),
    "S106": _error("a value of the wrong kind (text, number, list, mapping, true or false, date)"),
    "S107": _error("a value outside the closed list of choices"),
    "S108": _error("an unknown item type"),
    "S109": _error("YAML that is refused: anchors, aliases, tags, several documents, keys that are not text"),
    "S110": _error("the front matter between --- and --- is missing or not closed"),
    "S111": _error("nested too deeply"),
    "S112": _error("a rule between values is broken (one key, equal lengths, one of two)"),
    "S113": _error("a number, a text or a list is too small, too large, too short or too long"),
    "S114": _error("an id with characters that ids do not have"),
    "S201": _error("an unknown role"),
    "S202": _error("an unknown directive"),
    "S203": _error("a directive that is not closed"),
    "S204": _error("a directive's argument, option or body is missing or not allowed"),
    "S205": _error("Markdown that lessons do not have: tables, images, code blocks, quotations, rules"),
    "S206": _error("raw HTML: it is shown as text"),
    "S207": _error("a link that is not a plain https address"),
    "S208": _error("a role with empty or unreadable content, or a format that does not fit"),
    "S209": _error("a lesson without any text"),
    "S301": _error("a file or folder whose name does not follow the rules"),
    "S302": _error("an id that differs from the file's or folder's name"),
    # R: references and ids
    "R101": _error("an id used twice"),
    "R102": _error("no such reference in references.yaml"),
    "R103": _error("no such term in terms.yaml"),
    "R104": _error("no such trial"),
    "R105": _error("no such lesson in the module"),
    "R106": _error("no such quiz in the module"),
    "R107": _error("no such item in the quiz"),
    "R108": _error("no such objective in the module"),
    "R109": _error("no such definition in definitions.yaml"),
    "R110": _error("a retired item id used again"),
    "R111": _error("a check that would show a scored or an evaluation item inside a lesson"),
    "R112": _error("no such arm in the trial"),
    "R113": _error("no such readout in the trial"),
    "R114": _warning("a clone that pairs with no other item"),
    "R115": _warning("a quiz folder without a module"),
    # E: evidence
    "E101": _error("a path that leads to no figure in the evidence"),
    "E102": _error("a figure typed in prose; it must come from the evidence through a role"),
    "E103": _error("a number word before a clinical unit; it must come from the evidence through a role"),
    "E104": _error("an interval that does not contain its estimate, or runs backwards"),
    "E105": _error("a percentage outside 0 to 100"),
    "E106": _error("a curve whose months do not rise or whose percentages rise"),
    "E107": _error("an arm twice in one readout's estimates, landmark rates or curves"),
    "E108": _error("a numeric answer without a published value"),
    "E109": _error("a unit that differs from the unit in the evidence"),
    "E110": _error("a chart that asks for data the readout does not have"),
    "E111": _error("a trial file that is used here has problems of its own"),
    # I: items
    "I101": _error("two options of an item with the same text"),
    "I102": _error("an objective that no scored item of a form asks about"),
    "I103": _warning("an objective that no lesson teaches"),
    "I104": _error("a scored item in an evaluation, or an unscored item in another quiz"),
    "I201": _warning("a stem that asks no question and leaves nothing to complete"),
    "I202": _error("an option of the kind all, none or both of the above"),
    "I203": _warning("a negative stem (except, not, least)"),
    "I204": _warning("an absolute or a vague word in an option (always, never, only; often, rarely)"),
    "I205": _warning("the key is much longer than the distractors"),
    "I206": _warning("a stem and vignette of more than 120 words"),
    "I207": _warning("numbers in options that do not stand in order"),
    # F: front matter
    "F101": _error("the review is more than three years old"),
    "F102": _warning("the module has expired: no credit can be earned"),
    "F103": _error("it expires more than three years after release or review"),
    "F104": _error("dates out of order (released, reviewed, expires)"),
    "F105": _error("someone in the faculty has no disclosure"),
    "F106": _error("support named with an image, a logo or a trade mark"),
    "F107": _error("an image in the front matter"),
    "F108": _error("a form or the evaluation does not have the role or letter it must have"),
    "F109": _error("the pass mark does not fit the forms"),
    "F110": _error("the credit is not in quarter hours, or more than the minutes allow"),
    "F111": _error("a module without lessons or without something it must name"),
    # X: access
    "X101": _error("an image without a text alternative"),
    "X102": _error("a heading of a level that lessons do not have, or out of place"),
    "X103": _error("a heading that jumps a level"),
    "X104": _error("a link or heading without words"),
    "X105": _error("an image file that does not exist beside the lesson, or is not an image"),
}


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


def as_json(problems: Iterable[Problem], files: int) -> str:
    """The whole report for a program to read."""
    listed = [asdict(p) for p in problems]
    errors = sum(p["severity"] == "error" for p in listed)
    report = {"errors": errors, "warnings": len(listed) - errors, "files": files, "problems": listed}
    return json.dumps(report, indent=2, ensure_ascii=False)
