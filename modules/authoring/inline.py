"""A sentence's Markdown and roles -> Rich: figures, references, terms; or a problem at its line."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from markdown_it.token import Token

from modules.authoring.lint.typed import Spoken
from modules.authoring.markup import RAW_HTML, inline_tokens
from modules.authoring.problems import Findings, did_you_mean
from modules.core.errors import UnknownPath
from modules.core.evidence import Evidence
from modules.core.paths import find
from modules.core.prose import Cite, Code, Emphasis, Inline, Link, Rich, Strong, TermUse, Value, Words
from modules.core.quantity import FORMATS, Quantity, Style
from modules.core.quantity import text as quantity_text
from modules.core.sentences import said

DEEPEST = 20
_AROUND = (Strong, Emphasis, Link)
ROLES = ("value", "estimate", "cite", "term")
_TITLED = re.compile(r"^(?P<text>.+?)\s*<(?P<id>[^<>]+)>$", re.DOTALL)
_FITS = {"years": ("months",), "per-100": ("percent",)}


@dataclass(frozen=True, slots=True)
class Desk:
    """What a writer has at hand: the evidence, the broken trial files, and which trials were read.

    `figures` and `values` keep what was found and how it reads: the same figure is asked for again and again.
    """

    evidence: Evidence
    broken: Mapping[str, str] = field(default_factory=dict)
    reads: set[str] = field(default_factory=set)
    figures: dict[str, Quantity] = field(default_factory=dict)
    values: dict[tuple[str, Style, str], Value] = field(default_factory=dict)

    def figure(self, path: str, findings: Findings, line: int, where: str = "") -> Quantity | None:
        """The figure at a path; a problem when there is none."""
        if self.blocked(path, findings, line, where):
            return None
        try:
            if path not in self.figures:
                self.figures[path] = find(self.evidence, path)
            return self.figures[path]
        except UnknownPath as unknown:
            fix = f'Did you mean "{unknown.near[0]}"?' if unknown.near else ""
            findings.add("E101", line, f'"{path}" leads to no figure: {unknown}', where=where, fix=fix)
            return None

    def blocked(self, path: str, findings: Findings, line: int, where: str = "") -> bool:
        """Notes the trial a path starts with as read; True, with a problem, when it could not be loaded."""
        trial = path.partition(".")[0]
        self.reads.add(trial)
        if trial not in self.broken:
            return False
        findings.add(
            "E111",
            line,
            f"{self.broken[trial]} has problems of its own",
            where=where,
            fix="Mend that file first.",
        )
        return True


@dataclass(slots=True)
class Sentence:
    """Reads one text; `spoken` collects the typed words for the check on typed figures.

    `marks` notes at which place of the text each line of the file begins; `after` is the line a role ends in.
    """

    desk: Desk
    findings: Findings
    line: int
    where: str = ""
    spoken: Spoken = field(default_factory=Spoken)
    first: int = field(init=False)
    depth: int = 0
    place: int = 0
    after: int = 0
    marks: list[tuple[int, int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.first = self.line

    def read(self, text: str) -> Rich:
        return self.rich(inline_tokens(text))

    def rich(self, children: list[Token]) -> Rich:
        return _joined(self._run(iter(children), ""))

    def _run(self, tokens: Iterator[Token], until: str) -> Iterator[Inline]:
        for token in tokens:
            if token.type == until:
                return
            if self.after > self.line:
                self.line = self.after
            for piece in self._one(token, tokens):
                self._mark(piece)
                yield piece

    def _mark(self, piece: Inline) -> None:
        if isinstance(piece, _AROUND):
            return
        new_line = not self.marks or self.marks[-1][1] != self.line
        if new_line and not (isinstance(piece, Words) and piece.text == " "):
            self.marks.append((self.place, self.line))
        self.place += len(said(piece))

    def _inside(self, rest: Iterator[Token], until: str) -> Rich:
        if self.depth >= DEEPEST:
            self._add("S111", f"emphasis and links stand more than {DEEPEST} deep")
            for token in rest:
                if token.level == 0 or (token.type == until and token.level <= self.depth):
                    break
            return ()
        self.depth += 1
        children = _joined(self._run(rest, until))
        self.depth -= 1
        return children

    def _one(self, token: Token, rest: Iterator[Token]) -> Rich:
        match token.type:
            case "text":
                return self._words(token.content)
            case "myst_role":
                return self._role(token)
            case "softbreak" | "hardbreak":
                self.line += 1
                self.spoken.say(" ", self.line)
                return (Words(" "),)
            case "code_inline":
                self.spoken.gap(self.line)
                return (Code(token.content),)
            case "strong_open":
                return (Strong(self._inside(rest, "strong_close")),)
            case "em_open":
                return (Emphasis(self._inside(rest, "em_close")),)
            case "link_open":
                return self._link(str(token.attrGet("href") or ""), rest)
            case "image":
                self._add("S205", "an image inside a sentence", "Use the directive :::{image} with its :alt: text.")
                return (Words(token.content),)
        return self._words(token.content)

    def _add(self, code: str, message: str, fix: str = "") -> None:
        self.findings.add(code, self.line, message, where=self.where, fix=fix)

    def _words(self, text: str) -> Rich:
        if "<" in text and (html := RAW_HTML.search(text)):
            self._add("S206", f"{html[0]} is raw HTML; a reader will see it as text", "Use Markdown.")
        self.spoken.say(text, self.line)
        return (Words(text),)

    def _link(self, href: str, rest: Iterator[Token]) -> Rich:
        line = self.line
        children = self._inside(rest, "link_close")
        if not _safe(href):
            self.findings.add(
                "S207",
                line,
                f'the link "{href}" is refused',
                where=self.where,
                fix="Links start with https://.",
            )
            return children
        if not any(not isinstance(c, Words) or c.text.strip() for c in children):
            self.findings.add(
                "X104", line, f"the link {href} has no words", where=self.where, fix="Say where it leads."
            )
        return (Link(href, children),)

    def _role(self, token: Token) -> Rich:
        name, content = token.meta["name"], token.content.strip()
        self.line = max(self.line, self.first + int(token.meta["line"]))
        self.after = self.first + int(token.meta["last"])
        match name:
            case "value" | "estimate":
                return self._value(name, content)
            case "cite":
                return self._cite(content)
            case "term":
                return self._term(content)
        fix = did_you_mean(name, ROLES) or f"Roles: {', '.join(ROLES)}."
        self._add("S201", f'unknown role "{name}"', fix)
        return ()

    def _value(self, style: Style, content: str) -> Rich:
        path, bar, form = (part.strip() for part in content.partition("|"))
        self.spoken.gap(self.line, path)
        if not path or (bar and form not in FORMATS[1:]):
            message = f'"{form}" is not a format' if path else "the role is empty"
            self._add("S208", message, did_you_mean(form, FORMATS) or f"Formats: {', '.join(FORMATS[1:])}.")
            return ()
        quantity = self.desk.figure(path, self.findings, self.line, self.where)
        if quantity is None:
            return ()
        if form in _FITS and quantity.unit not in _FITS[form]:
            self._add(
                "S208",
                f'the format "{form}" needs {_FITS[form][0]}; "{path}" is in {quantity.unit or "no unit"}',
            )
            return ()
        asked = (path, style, form)
        if asked not in self.desk.values:
            self.desk.values[asked] = Value(quantity, style, quantity_text(quantity, style, form), form)
        return (self.desk.values[asked],)

    def _cite(self, content: str) -> Rich:
        names = tuple(name.strip() for name in content.split(","))
        known = self.desk.evidence.references
        for name in names:
            if name not in known:
                self._add("R102", f'no reference "{name}" in references.yaml', did_you_mean(name, known))
        return (Cite(names),) if all(name in known for name in names) else ()

    def _term(self, content: str) -> Rich:
        titled = _TITLED.match(content)
        wanted, shown = (titled["id"].strip(), titled["text"]) if titled else (content, "")
        found = term_id(self.desk.evidence, wanted)
        if found is None:
            known = [*self.desk.evidence.terms, *(t.term for t in self.desk.evidence.terms.values())]
            self._add("R103", f'no term "{wanted}" in terms.yaml', did_you_mean(wanted, known))
            return ()
        text = shown or (content if content != found else self.desk.evidence.terms[found].term)
        self.spoken.gap(self.line)
        return (TermUse(found, text),)


def term_id(evidence: Evidence, wanted: str) -> str | None:
    """A term by its id, or by the word it explains whatever its case."""
    if wanted in evidence.terms:
        return wanted
    return next((t.id for t in evidence.terms.values() if t.term.casefold() == wanted.casefold()), None)


def _safe(href: str) -> bool:
    try:
        address = urlsplit(href)
        return address.scheme == "https" and bool(address.hostname) and not address.username
    except ValueError:
        return False


def _joined(pieces: Iterator[Inline]) -> Rich:
    """Neighbouring words become one piece."""
    joined: list[Inline] = []
    for piece in pieces:
        if isinstance(piece, Words) and joined and isinstance(last := joined[-1], Words):
            joined[-1] = Words(last.text + piece.text)
        else:
            joined.append(piece)
    return tuple(joined)
