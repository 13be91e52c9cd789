"""Strict YAML with the line of every value: nothing is guessed, nothing is expanded, nothing crashes."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from modules.authoring.problems import Findings
from modules.authoring.waivers import yaml_waivers

Location = tuple[str | int, ...]
LARGEST = 500_000
DEEPEST = 40
_NUMBER = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,14})(\.[0-9]{1,15})?")
_CONSTANTS = {"": None, "~": None, "null": None, "true": True, "false": False}
# C0 controls except tab and line feed, C1 controls, and the two separators YAML takes for line ends.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff\ud800-\udfff]")


@dataclass(slots=True)
class Source:
    """A YAML text as read: `lines` holds the line of each key or entry in its file, `spans` where it ends."""

    value: Any = None
    lines: dict[Location, int] = field(default_factory=dict)
    spans: dict[Location, int] = field(default_factory=dict)
    text: tuple[str, ...] = ()
    first_line: int = 1

    def line(self, location: Location) -> int:
        """The line of a value, or of the nearest thing that holds it."""
        while location not in self.lines and location:
            location = location[:-1]
        return self.lines.get(location, self.first_line)

    def line_of(self, location: Location, needle: str) -> int:
        """The line within a text of several lines where `needle` stands."""
        start = self.line(location)
        for number in range(start, self.spans.get(location, start) + 1):
            if needle in self.text[number - self.first_line]:
                return number
        return start

    @property
    def inner_lines(self) -> set[int]:
        """The lines within texts of several lines, their first aside."""
        return {n for at, end in self.spans.items() for n in range(self.line(at) + 1, end + 1)}


def read_text(file: Path, findings: Findings) -> str | None:
    """The file as text with plain line ends; None, and a problem, when it is not text."""
    try:
        raw = file.read_bytes()
    except OSError as wrong:
        findings.add("S101", 1, f"the file cannot be opened: {wrong.strerror}")
        return None
    if len(raw) > LARGEST:
        findings.add("S101", 1, f"the file has {len(raw):,} bytes; more than {LARGEST:,} is not read")
        return None
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        line = raw.count(b"\n", 0, wrong.start) + 1
        findings.add("S101", line, "this line is not UTF-8 text", fix="Save the file as UTF-8.")
        return None
    return clean(text, findings)


def clean(text: str, findings: Findings) -> str | None:
    """Line ends made plain; None, and a problem, when a control character stands in the text."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if control := _CONTROL.search(text):
        line = text.count("\n", 0, control.start()) + 1
        code = f"U+{ord(control[0]):04X}"
        findings.add("S101", line, f"a control character ({code}) stands here", fix="Delete it.")
        return None
    return text


def read_yaml(text: str, findings: Findings, first_line: int = 1) -> Source | None:
    """The one document of a YAML text; None when it cannot be read or holds what is refused."""
    before = len(findings.problems)
    builder = _Builder(findings, first_line)
    try:
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            if not builder.take(event):
                break
    except yaml.MarkedYAMLError as wrong:
        not_closed = any(open_ in (wrong.context or "") for open_ in ("quoted scalar", "flow"))
        mark = (wrong.context_mark if not_closed else wrong.problem_mark) or wrong.context_mark
        findings.add("S102", (mark.line if mark else 0) + first_line, *_readable(wrong))
    except (yaml.YAMLError, UnicodeEncodeError):
        findings.add("S102", first_line, "this is not YAML text")
    if any(p.severity == "error" for p in findings.problems[before:]):
        return None
    source = Source(builder.root, builder.lines, builder.spans, tuple(text.split("\n")), first_line)
    if "waive" in text.casefold():
        yaml_waivers(source.text, first_line, source.inner_lines, findings)
    return source


_PHRASES = {
    "mapping values are not allowed": 'a colon and a space stand inside a text: put the text in "quotes"',
    "cannot start any token": 'a tab, or a text that starts with @ ` or %: use spaces, or "quotes"',
    "did not find expected key": "the indentation or the quotes are wrong at or just before this line",
    "could not find expected ':'": "a key without a colon at or just before this line",
    "did not find expected '-' indicator": "an entry of a list is indented differently from the others",
    "did not find expected ',' or": "a bracket or brace is not closed, or a comma is missing",
    "found unexpected end of stream": "a quotation mark is not closed",
    "block sequence entries are not allowed": "a list cannot start here; put it on the next line",
    "found unexpected ':'": 'a colon stands inside a text: put the text in "quotes"',
}


def _readable(wrong: yaml.MarkedYAMLError) -> tuple[str]:
    said = wrong.problem or "the YAML cannot be read"
    return (next((ours for theirs, ours in _PHRASES.items() if theirs in said), said),)


def _scalar(event: Any) -> object:
    """Only true, false, null, whole numbers and plain decimals are more than text."""
    text: str = event.value
    if not event.implicit[0]:
        return text
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    if number := _NUMBER.fullmatch(text):
        return float(text) if number[1] else int(text)
    return text


@dataclass(slots=True)
class _Open:
    """A mapping or list whose end has not come yet."""

    location: Location
    values: dict[str, Any] | list[Any]
    key: str | None = None
    doubled: int = 0


class _Builder:
    """Turns the parser's events into values; stops at the first thing that is refused."""

    def __init__(self, findings: Findings, first_line: int) -> None:
        self.findings, self.first_line = findings, first_line
        self.root: Any = None
        self.lines: dict[Location, int] = {}
        self.spans: dict[Location, int] = {}
        self.open: list[_Open] = []
        self.documents = 0

    def take(self, event: Any) -> bool:
        """False when nothing more should be read."""
        line = event.start_mark.line + self.first_line
        match event:
            case yaml.ScalarEvent() | yaml.MappingStartEvent() | yaml.SequenceStartEvent():
                return self._node(event, line)
            case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                self._close()
            case yaml.DocumentStartEvent():
                self.documents += 1
                if self.documents > 1:
                    return self._refuse(line, "a second YAML document starts here", "Keep one document a file.")
            case yaml.AliasEvent():
                return self._refuse(line, f"the alias *{event.anchor}", "Write the value out.")
        return True

    def _refuse(self, line: int, message: str, fix: str) -> bool:
        self.findings.add("S109", line, f"not allowed: {message}", fix=fix)
        return False

    def _node(self, event: Any, line: int) -> bool:
        if event.anchor is not None:
            return self._refuse(line, f"the anchor &{event.anchor}", "Write the value where it is needed.")
        if event.tag is not None:
            return self._refuse(line, f"the tag {event.tag}", "Write the value without a tag.")
        if self._wants_key():
            return self._key(event, line)
        location = self._next_location(line)
        if isinstance(event, yaml.ScalarEvent):
            end: Any = event.end_mark
            self.spans[location] = max(end.line + self.first_line - (end.column == 0), line)
            self._put(_scalar(event))
        elif len(self.open) >= DEEPEST:
            self.findings.add("S111", line, f"more than {DEEPEST} levels of lists and mappings")
            return False
        else:
            self.open.append(_Open(location, {} if isinstance(event, yaml.MappingStartEvent) else []))
        return True

    def _wants_key(self) -> bool:
        return bool(self.open) and isinstance(self.open[-1].values, dict) and self.open[-1].key is None

    def _key(self, event: Any, line: int) -> bool:
        if not isinstance(event, yaml.ScalarEvent):
            return self._refuse(line, "a list or mapping as a key", "Put the text of the key in quotes.")
        top = self.open[-1]
        top.key = event.value
        location = (*top.location, event.value)
        if top.key in top.values:
            first = self.lines[location]
            self.findings.add("S103", line, f'the key "{event.value}" stands here and in line {first}', fix="Keep one.")
            top.doubled += 1
            top.key = f"{event.value}\n{top.doubled}"
            location = (*top.location, top.key)
        self.lines[location] = line
        return True

    def _next_location(self, line: int) -> Location:
        if not self.open:
            self.lines[()] = line
            return ()
        top = self.open[-1]
        if isinstance(top.values, list):
            location = (*top.location, len(top.values))
            self.lines[location] = line
            return location
        return (*top.location, top.key or "")

    def _put(self, value: Any) -> None:
        if not self.open:
            self.root = value
            return
        top = self.open[-1]
        if isinstance(top.values, list):
            top.values.append(value)
        else:
            top.values[top.key or ""] = value
            top.key = None

    def _close(self) -> None:
        values = self.open.pop().values
        self._put(tuple(values) if isinstance(values, list) else values)
