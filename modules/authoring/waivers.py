"""Waivers: comment lines by which a named person answers for an exception to a rule of judgement."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from markdown_it.token import Token

from modules.authoring.codes import CODES
from modules.authoring.problems import Findings, Problem, Waived, Waiver, did_you_mean

_MEANT = re.compile(r"(?:waive(?![\w-])|waive[drs]? +[a-z]\d)", re.IGNORECASE)
_WAIVER = re.compile(r"waive (?P<code>[A-Z]\d{3}): (?P<reason>.*\S) *\((?P<name>[^()]*[^\W\d_][^()]*)\)")
_FORM = "Write waive CODE: the reason in a few words (the name of who answers for it)."
_FEWEST_WORDS = 3


def yaml_waivers(lines: Sequence[str], first_line: int, inside: Collection[int], findings: Findings) -> None:
    """Notes the `# waive` lines of a YAML text; `inside` are the lines within a text, where # is no comment."""
    for index, line in enumerate(lines):
        if not line.lstrip(" ").startswith("#") or first_line + index in inside:
            continue
        waiver = _waiver(line.lstrip(" #"), first_line + index, findings)
        if waiver is not None:
            start = _next(lines, index + 1, "#")
            first, last = (start + first_line, _end(lines, start) + first_line) if start < len(lines) else (0, 0)
            findings.waivers.append(replace(waiver, first=first, last=last))


def _next(lines: Sequence[str], index: int, comment: str) -> int:
    """The next line that is neither blank nor a comment."""
    while index < len(lines) and (not lines[index].strip() or lines[index].lstrip(" ").startswith(comment)):
        index += 1
    return index


def _end(lines: Sequence[str], start: int) -> int:
    """The last line of the entry or key that starts here: what is indented deeper, and the entries of a key's list."""
    depth = _depth(lines[start])
    entry = _is_entry(lines[start])
    last = start
    for index in range(start + 1, len(lines)):
        line = lines[index]
        if not line.strip():
            continue
        if _depth(line) < depth or (_depth(line) == depth and (entry or not _is_entry(line))):
            break
        last = index
    return last


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _is_entry(line: str) -> bool:
    return line.lstrip(" ").startswith("- ") or line.strip() == "-"


class LessonWaivers:
    """The `% waive` lines of a lesson's body, each waiting for the block that starts after it."""

    def __init__(self, findings: Findings) -> None:
        self.findings = findings
        self.waiting: list[Waiver] = []

    def take(self, text: str, first_line: int) -> str:
        """The text without its comments, which become blank lines so that no line moves."""
        if not text.startswith("%") and "\n%" not in text:
            return text
        lines = text.split("\n")
        for index, line in enumerate(lines):
            if not line.startswith("%"):
                continue
            said = line.lstrip("% ")
            # A % within a paragraph is a sign that was wrapped to the start of a line, not a comment.
            if index and lines[index - 1].strip(": ") and not lines[index - 1].startswith(":::") and not _meant(said):
                continue
            lines[index] = ""
            waiver = _waiver(said, first_line + index, self.findings)
            if waiver is not None:
                self.waiting.append(replace(waiver, first=first_line + _next(lines, index + 1, "%")))
        return "\n".join(lines)

    def settle(self, tokens: Iterable[Token], first_line: int) -> None:
        """Gives each waiver the extent of the block that starts in its line; the outermost comes first."""
        if not self.waiting:
            return
        for token in tokens:
            start, end = token.map or (0, 0)
            for waiver in [w for w in self.waiting if end and w.first == start + first_line]:
                self.waiting.remove(waiver)
                self.findings.waivers.append(replace(waiver, last=end + first_line - 1))

    def close(self) -> None:
        """Those before no block can waive nothing, which will be told."""
        self.findings.waivers += self.waiting
        self.waiting = []


def _meant(said: str) -> bool:
    return _MEANT.match(said) is not None


def _waiver(said: str, line: int, findings: Findings) -> Waiver | None:
    """The waiver in a comment; None when there is none, or, with a problem, when it does not hold."""
    if not _meant(said):
        return None
    read = _WAIVER.fullmatch(said.strip())
    if read is None:
        findings.add("S401", line, "the waiver cannot be read, or has no name at its end", fix=_FORM)
        return None
    code, reason, name = read["code"], read["reason"], read["name"].strip()
    if len(re.findall(r"\w[\w'’-]*", reason)) < _FEWEST_WORDS:
        fix = f"Say in {_FEWEST_WORDS} words or more why the rule does not hold here."
        findings.add("S401", line, f'"{reason}" is no reason', fix=fix)
        return None
    if code not in CODES:
        fix = did_you_mean(code, CODES, 0.7)
        findings.add("S402", line, f"there is no rule {code} to waive", fix=fix)
        return None
    if not CODES[code].waivable:
        findings.add("S402", line, f"{code} cannot be waived: {CODES[code].sentence}", fix="Mend what it reports.")
        return None
    return Waiver(line, code, reason, name)


def settled(findings: Sequence[Findings]) -> tuple[tuple[Problem, ...], tuple[Waived, ...]]:
    """What is left to mend and what was waived, in order; a waiver that met nothing is a problem too."""
    for file in findings:
        used = {w.waiver for w in file.waived}
        # In a file that could not be read to its end, the rule may not have been asked yet.
        for waiver in () if file.broken else file.waivers:
            if waiver not in used:
                fix = "Remove it, or move it to the line before the block or entry it is meant for."
                file.add("S403", waiver.line, f"nothing here breaks {waiver.code}", fix=fix)
    return tuple(sorted(p for f in findings for p in f.problems)), tuple(sorted(w for f in findings for w in f.waived))
