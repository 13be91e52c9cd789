"""A lesson's Markdown -> blocks, every one with its line; what lessons do not have is a problem."""

import re
import unicodedata
from pathlib import Path

from markdown_it.tree import SyntaxTreeNode

from modules.authoring.directives import Drafter, named
from modules.authoring.inline import Desk, Sentence
from modules.authoring.lint.typed import Spoken, check_typed
from modules.authoring.markup import block_tokens
from modules.authoring.problems import Findings
from modules.authoring.waivers import LessonWaivers
from modules.core.module import Block, Bullets, Heading, Paragraph
from modules.core.prose import Rich, plain

_REFUSED = {
    "table": ("a table", "Use a list, or a :::{comparison} chart, which comes with its table."),
    "fence": ("a block of code", "Lessons have none; a chart or callout opens with three colons."),
    "code_block": ("a line indented by four spaces", "Remove the indentation."),
    "blockquote": ("a quotation", "Use :::{note}."),
    "hr": ("a horizontal rule", "Use a heading."),
}
DEEPEST = 4


class Reader:
    """Reads the Markdown of one file, directives within directives included."""

    def __init__(self, desk: Desk, findings: Findings, folder: Path, names: re.Pattern[str]) -> None:
        self.desk, self.findings, self.names = desk, findings, names
        self.drafter = Drafter(desk, findings, folder, self._inside)
        self.spoken: list[Spoken] = []
        self.waivers = LessonWaivers(findings)
        self.anchors: set[str] = set()
        self.level = 1
        self.depth = 0

    def read(self, text: str, first_line: int) -> tuple[Block, ...]:
        """The blocks of a whole body; `first_line` is the body's first line in its file."""
        blocks = self._blocks(self.waivers.take(text, first_line), first_line)
        self.waivers.close()
        check_typed([*self.spoken, *self.drafter.titles], self.names, self.findings)
        return blocks

    def _inside(self, text: str, first_line: int) -> tuple[Block, ...]:
        if self.depth >= DEEPEST:
            self.findings.add("S111", first_line, f"directives stand more than {DEEPEST} deep")
            return ()
        self.depth += 1
        blocks = self._blocks(text, first_line)
        self.depth -= 1
        return blocks

    def _blocks(self, text: str, first_line: int) -> tuple[Block, ...]:
        tokens = block_tokens(text)
        self.waivers.settle(tokens, first_line)
        for token in tokens:
            # Sentences are read later, with a limit: the tree would follow their nesting without one.
            token.meta["sentence"], token.children = token.children, None
        root = SyntaxTreeNode(tokens)
        lines = text.split("\n")
        return self._each(root.children, first_line, lines)

    def _each(self, nodes: list[SyntaxTreeNode], base: int, lines: list[str]) -> tuple[Block, ...]:
        found = (self._block(node, base, lines) for node in nodes)
        return tuple(block for block in found if block is not None)

    def _block(self, node: SyntaxTreeNode, base: int, lines: list[str]) -> Block | None:
        line = base + (node.map[0] if node.map else 0)
        match node.type:
            case "paragraph":
                sentence = Sentence(self.desk, self.findings, line)
                return Paragraph(self._rich(node, sentence), line, tuple(sentence.marks))
            case "heading":
                return self._heading(node, line)
            case "bullet_list" | "ordered_list":
                entries = tuple(self._each(entry.children, base, lines) for entry in node.children)
                return Bullets(entries, node.type == "ordered_list", line)
            case "colon_fence":
                return self._directive(node, line, lines)
        what, fix = _REFUSED.get(node.type, (f"Markdown of the kind {node.type}", ""))
        self.findings.add("S205", line, f"{what} is not part of a lesson", fix=fix)
        return None

    def _rich(self, node: SyntaxTreeNode, sentence: Sentence) -> Rich:
        rich = sentence.rich(node.children[0].meta["sentence"] or []) if node.children else ()
        self.spoken.append(sentence.spoken)
        return rich

    def _heading(self, node: SyntaxTreeNode, line: int) -> Heading | None:
        level = int(node.tag[1])
        content = self._rich(node, Sentence(self.desk, self.findings, line))
        if not plain(content).strip():
            self.findings.add("X104", line, "a heading without words")
        if self.depth or node.level:
            self.findings.add("X102", line, "a heading inside a directive or list", fix="Use **bold** words there.")
        elif level not in (2, 3):
            self.findings.add("X102", line, f"a heading of level {level}", fix="Lessons have ## and ### only.")
        elif level > self.level + 1:
            self.findings.add("X103", line, f"a heading of level {level} after level {self.level}", fix="Use ##.")
        else:
            self.level = level
        return Heading(level, content, self._anchor(plain(content)), line)

    def _anchor(self, words: str) -> str:
        bare = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().casefold()
        stem = re.sub(r"[^a-z0-9]+", "-", bare).strip("-") or "part"
        anchor, count = stem, 1
        while anchor in self.anchors:
            count += 1
            anchor = f"{stem}-{count}"
        self.anchors.add(anchor)
        return anchor

    def _directive(self, node: SyntaxTreeNode, line: int, lines: list[str]) -> Block | None:
        directive = named(node.info, node.content, line, self.findings)
        if directive is None:
            return None
        start, end = node.map or (0, 1)
        last = lines[end - 1].strip() if end - 1 > start and end <= len(lines) else ""
        if set(last) != {":"} or len(last) < len(node.markup):
            fix = f"End it with a line {node.markup}; a directive around another needs more colons."
            self.findings.add("S203", line, "the directive is not closed", where=directive.where, fix=fix)
            return None
        return self.drafter.draft(directive)
