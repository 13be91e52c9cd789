"""The ::: directives of a lesson: what each takes as argument, options and body."""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from modules.authoring.inline import Desk
from modules.authoring.lint.charts import ChartData
from modules.authoring.lint.typed import Spoken
from modules.authoring.predictions import OPTIONS, Range, asked_figure, asked_range
from modules.authoring.problems import Findings, did_you_mean
from modules.authoring.slide_hint import asked_slide
from modules.authoring.source import Source, read_yaml
from modules.authoring.validate import validate
from modules.core.figures import CHART_KINDS, AdverseEvents, Comparison, Cuts, Forest, IconArray, Survival, Timeline
from modules.core.module import (
    Block,
    Bullets,
    Callout,
    CaseStudy,
    Chart,
    Check,
    Image,
    Notes,
    Paragraph,
    Predict,
    Reveal,
    SourceSays,
    walk,
)

REQUESTS: dict[str, type[Survival | Forest | Comparison | Timeline | IconArray | AdverseEvents | Cuts]] = {
    "survival": Survival,
    "forest": Forest,
    "comparison": Comparison,
    "timeline": Timeline,
    "icon-array": IconArray,
    "adverse-events": AdverseEvents,
    "cuts": Cuts,
}
DIRECTIVES = (
    *CHART_KINDS, "check", "case", "note", "caution", "takeaway", "reveal", "predict", "image", "source-says", "notes",
)  # fmt: skip
STANDINGS: dict[str, Literal["contradicted", "imprecise", "supported", "not found"]] = {
    "contradicted": "contradicted",
    "imprecise": "imprecise",
    "supported": "supported",
    "not found": "not found",
}
CALLOUTS: dict[str, Literal["note", "caution", "takeaway"]] = {
    "note": "note",
    "caution": "caution",
    "takeaway": "takeaway",
}
PICTURES = (".png", ".jpg", ".jpeg", ".svg", ".webp", ".gif")
_HEAD = re.compile(r"^\{([^{}]*)\}\s*(.*?)\s*$")
_OPTION = re.compile(r"^:([A-Za-z][\w-]*):\s*(.*)$")
Inside = Callable[[str, int], tuple[Block, ...]]


@dataclass(frozen=True, slots=True)
class Directive:
    """As it stands in the file; `line` is that of its opening colons, `body_line` the one after it."""

    name: str
    argument: str
    body: str
    line: int

    @property
    def body_line(self) -> int:
        return self.line + 1

    @property
    def where(self) -> str:
        return f"{{{self.name}}}"


def named(info: str, body: str, line: int, findings: Findings) -> Directive | None:
    """A known directive, or a problem that says what was meant."""
    head = _HEAD.match(info.strip())
    if head is None:
        message = "a line of colons that opens no directive"
        findings.add("S203", line, message, fix="Nested directives need more colons outside; else remove it.")
        return None
    if head[1] not in DIRECTIVES:
        fix = did_you_mean(head[1], DIRECTIVES) or f"Directives: {', '.join(DIRECTIVES)}."
        findings.add("S202", line, f'unknown directive "{head[1]}"', fix=fix)
        return None
    return Directive(head[1], head[2], body, line)


class Drafter:
    """Turns directives into blocks; `inside` reads a body that is Markdown itself."""

    def __init__(self, desk: Desk, findings: Findings, folder: Path, inside: Inside) -> None:
        self.desk, self.findings, self.folder, self.inside = desk, findings, folder, inside
        self.charts = 0
        self.notes: list[Notes] = []
        self.titles: list[Spoken] = []

    def draft(self, directive: Directive) -> Block | None:
        match directive.name:
            case "check" | "case":
                return self._asked(directive)
            case name if name in CALLOUTS:
                return self._callout(directive)
            case "reveal":
                return self._reveal(directive)
            case "predict":
                return self._predict(directive)
            case "image":
                return self._image(directive)
            case "source-says":
                return self._source_says(directive)
            case "notes":
                self._notes(directive)
                return None
        return self._chart(directive)

    def _add(self, directive: Directive, code: str, message: str, fix: str = "") -> None:
        self.findings.add(code, directive.line, message, where=directive.where, fix=fix)

    def _title(self, directive: Directive, text: str, line: int, month: float | None = None) -> None:
        """Keeps a title for the check on typed figures; a chart's own month may be named in it."""
        said = Spoken(where=directive.where, quoted=directive.name == "source-says")
        said.say(text, line)
        said.months |= set() if month is None else {month}
        self.titles.append(said)

    def _chart(self, directive: Directive) -> Chart | None:
        if directive.argument:
            self._add(directive, "S204", "a chart takes no argument", "Move it into the body as a key.")
        source = read_yaml(directive.body, self.findings, directive.body_line)
        if source is None:
            return None
        if source.value is None:
            self._add(directive, "S204", "the body is empty", "Write the chart's keys, one a line.")
            return None
        source.lines[()] = directive.line
        slide = self._slide_key(directive, source)
        shape = REQUESTS[directive.name]
        hidden = Findings(self.findings.path)
        request = validate(shape, source, hidden)
        for problem in hidden.problems:
            known = problem.fix.replace(", kind", ", slide")
            self.findings.add(problem.code, problem.line, problem.message, where=directive.where, fix=known)
        if request is None:
            return None
        self.charts += 1
        ChartData(self.desk, self.findings, source, directive.where).check(request)
        for key in ("title", "caption", "event"):
            self._title(directive, str(source.value.get(key) or ""), source.line((key,)), source.value.get("month"))
            self.titles[-1].part = key
        return Chart(request, self.charts, directive.line, slide)

    def _slide_key(self, directive: Directive, source: Source) -> str:
        """The hint is the deck's, not the chart's: taken out before the chart's own keys are read."""
        if not isinstance(source.value, dict) or "slide" not in source.value:
            return ""
        return self._slide(directive, source.value.pop("slide"), source.line(("slide",)))

    def _slide(self, directive: Directive, hint: object, line: int) -> str:
        slide = asked_slide(hint, line, directive.where, self.findings)
        self._title(directive, slide, line)
        return slide

    def _asked(self, directive: Directive) -> Check | CaseStudy | None:
        what = "item" if directive.name == "check" else "case"
        quiz, hash_sign, name = directive.argument.partition("#")
        if not (quiz and hash_sign and name) or " " in directive.argument:
            article = "an" if what == "item" else "a"
            fix = f"Write :::{{{directive.name}}} module/quiz#{what}."
            self._add(directive, "S204", f"the argument must be a quiz and {article} {what}", fix)
            return None
        if directive.body.strip():
            message = f"a {directive.name} has no body"
            self._add(directive, "S204", message, "Remove the lines before its closing colons.")
        if what == "item":
            return Check(quiz, name, directive.line)
        return CaseStudy(quiz, name, directive.line)

    def _callout(self, directive: Directive) -> Callout:
        kind = CALLOUTS[directive.name]
        if directive.argument:
            self._title(directive, directive.argument, directive.line)
        options, body, skipped = self._options(directive, ("slide",)) if kind == "takeaway" else ({}, directive.body, 0)
        slide = self._slide(directive, options["slide"], directive.body_line) if "slide" in options else ""
        return Callout(kind, directive.argument or None, self._body(directive, body, skipped), directive.line, slide)

    def _reveal(self, directive: Directive) -> Reveal:
        if not directive.argument:
            self._add(directive, "S204", "a reveal needs a summary", "Write :::{reveal} What is hidden here.")
        self._title(directive, directive.argument, directive.line)
        return Reveal(directive.argument, self._body(directive, directive.body, 0), directive.line)

    def _predict(self, directive: Directive) -> Predict | None:
        options, body, skipped = self._options(directive, (*OPTIONS, "slide"))
        head = directive.body.split("\n")[:skipped]
        lines = {o[1]: directive.body_line + n for n, line in enumerate(head) if (o := _OPTION.match(line))}
        if directive.argument:
            self._add(directive, "S204", "a prediction takes no argument", "Write the question after :ask:.")
        for name in ("figure", "ask", "from", "to"):
            if not options.get(name):
                self._add(directive, "S204", f"the prediction's :{name}: is missing", OPTIONS[name])
        said = Spoken(where=directive.where)
        said.say(options.get("ask", ""), lines.get("ask", directive.line))
        said.gap(lines.get("ask", directive.line), options.get("figure", ""))
        self.titles.append(said)
        blocks = self._body(directive, body, skipped)
        slide = self._slide(directive, options["slide"], lines["slide"]) if "slide" in options else ""
        sheet = Range(self.desk, self.findings, directive.where, options, lines, directive.line)
        quantity = asked_figure(sheet)
        between = asked_range(sheet, quantity)
        if quantity is None or between is None:
            return None
        return Predict(quantity, options.get("ask", ""), *between, blocks, directive.line, slide)

    def _image(self, directive: Directive) -> Image | None:
        options, rest, _ = self._options(directive, ("alt", "caption"))
        if not directive.argument or rest.strip():
            self._add(
                directive,
                "S204",
                "an image takes a file name, options, and no body",
                "Write :::{image} file.png.",
            )
            return None
        file = self.folder / directive.argument
        plain_name = Path(directive.argument).name == directive.argument and not directive.argument.startswith(".")
        if not (plain_name and file.suffix.lower() in PICTURES and file.is_file()):
            self._add(
                directive,
                "X105",
                f'no image "{directive.argument}" beside the lesson',
                f"Endings: {' '.join(PICTURES)}.",
            )
        alt = options.get("alt", "")
        if not alt:
            self._add(directive, "X101", "the image has no text alternative", "Add :alt: and say what it shows.")
        return Image(directive.argument, alt, options.get("caption") or None, directive.line)

    def _source_says(self, directive: Directive) -> SourceSays | None:
        options, body, skipped = self._options(directive, ("says",))
        standing = STANDINGS.get(directive.argument)
        if standing is None:
            known = ", ".join(STANDINGS)
            fix = did_you_mean(directive.argument, STANDINGS) or f"Write one of: {known}."
            self._add(directive, "S204", f'"{directive.argument}" is no standing', fix)
        if not options.get("says"):
            self._add(directive, "S204", "what the source states is missing", "Add :says: and one sentence.")
        blocks = self._body(directive, body, skipped)
        if standing is None:
            return None
        says = options.get("says", "")
        self._title(directive, says, directive.body_line)
        return SourceSays(says, standing, blocks, directive.line)

    def _notes(self, directive: Directive) -> None:
        """Kept apart from the blocks: they speak to the slide of what stands above them."""
        if directive.argument:
            self._add(directive, "S204", "speaker notes take no argument", "Write the notes on the lines below.")
        before = len(self.notes)
        blocks = self._body(directive, directive.body, 0)
        if len(self.notes) > before or not all(isinstance(b, Paragraph | Bullets) for b in walk(blocks)):
            fix = "Keep paragraphs and lists here; move the rest above or below."
            self._add(directive, "S204", "speaker notes hold something other than text", fix)
        self.notes.append(Notes(blocks, directive.line))

    def _body(self, directive: Directive, body: str, skipped: int) -> tuple[Block, ...]:
        if not body.strip():
            self._add(directive, "S204", "the body is empty", "Write what the reader should know.")
        return self.inside(body, directive.body_line + skipped)

    def _options(self, directive: Directive, known: Collection[str]) -> tuple[dict[str, str], str, int]:
        """The :name: lines at the head of the body, the rest, and how many lines they took."""
        options: dict[str, str] = {}
        lines = directive.body.split("\n")
        name = ""
        for number, line in enumerate(lines):
            if option := _OPTION.match(line):
                name = option[1]
                if name in options or name not in known:
                    self._odd_option(directive, number, name, known)
                options[name] = option[2].strip()
            elif name and line[:1] in (" ", "\t") and line.strip():
                options[name] = f"{options[name]} {line.strip()}".strip()
            else:
                return options, "\n".join(lines[number:]), number
        return options, "", len(lines)

    def _odd_option(self, directive: Directive, number: int, name: str, known: Collection[str]) -> None:
        line = directive.body_line + number
        if name in known:
            self.findings.add(
                "S103", line, f'the option ":{name}:" stands twice', where=directive.where, fix="Keep one."
            )
        else:
            fix = did_you_mean(name, known) or f"Options: {', '.join(known)}."
            self.findings.add("S104", line, f'unknown option ":{name}:"', where=directive.where, fix=fix)
