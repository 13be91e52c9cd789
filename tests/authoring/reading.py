"""Lesson text in, a readable picture of its blocks and problems out; and the small site all tests share."""

import re
from functools import cache
from pathlib import Path
from typing import assert_never

from modules.authoring.evidence_files import Shelf, read_shelf
from modules.authoring.inline import Desk
from modules.authoring.lesson import Reader
from modules.authoring.problems import Findings
from modules.core.module import (
    Block,
    Bullets,
    Callout,
    Chart,
    Check,
    Heading,
    Image,
    Paragraph,
    Predict,
    Reveal,
    SourceSays,
)
from modules.core.prose import Cite, Code, Emphasis, Inline, Link, Rich, Strong, TermUse, Value, Words

HERE = Path(__file__).parent
GOOD = HERE / "good"
_CASE = re.compile(r"^(?P<title>[^\n]+)\n\.\n(?P<given>.*?)\n\.\n(?P<expected>.*?)\n\.$", re.DOTALL | re.MULTILINE)


@cache
def shelf() -> Shelf:
    return read_shelf(GOOD / "content")


def cases(name: str) -> list[tuple[str, str, str]]:
    """(title, input, expected) of each case in cases/<name>.md."""
    text = (HERE / "cases" / f"{name}.md").read_text(encoding="utf-8")
    return [(m["title"], m["given"], m["expected"]) for m in _CASE.finditer(text)]


def picture(text: str) -> str:
    """What a lesson with this body holds, and what is wrong with it."""
    findings = Findings("lesson")
    reader = Reader(Desk(shelf().evidence), findings, GOOD / "content/demo", shelf().names)
    lines = [line for block in reader.read(text, 1) for line in _block(block)]
    for notes in reader.drafter.notes:
        lines += [f"{notes.line} notes", *_indented(_blocks(notes.blocks))]
    return "\n".join([*lines, *(f"! {p.line} {p.code} {p.message}" for p in sorted(findings.problems))])


def _block(block: Block) -> list[str]:
    match block:
        case Heading(level, content, anchor, line):
            return [f"{line} heading {level} #{anchor}: {_rich(content)}"]
        case Paragraph(content, line):
            return [f"{line} paragraph: {_rich(content)}"]
        case Bullets(entries, ordered, line):
            inside = [f"{'*' if n == 0 else ' '} {x}" for entry in entries for n, x in enumerate(_blocks(entry))]
            return [f"{line} {'numbered list' if ordered else 'list'}", *_indented(inside)]
        case Chart(request, number, line):
            return [f"{line} chart {number}: {request.kind} {request.title!r}{_slide(block.slide)}"]
        case Check(quiz, item, line):
            return [f"{line} check: {quiz} {item}"]
        case Callout(kind, title, blocks, line):
            return [f"{line} {kind}: {title}{_slide(block.slide)}", *_indented(_blocks(blocks))]
        case Reveal(summary, blocks, line):
            return [f"{line} reveal: {summary}", *_indented(_blocks(blocks))]
        case Predict(quantity, ask, low, high, step, blocks, line):
            scale = f"{low:g} to {high:g} by {step:g}"
            return [f"{line} predict {quantity.path}, {scale}: {ask}{_slide(block.slide)}", *_indented(_blocks(blocks))]
        case Image(file, alt, caption, line):
            return [f"{line} image: {file} {alt!r} {caption!r}"]
        case SourceSays(says, standing, blocks, line):
            return [f"{line} source says, {standing}: {says}", *_indented(_blocks(blocks))]
    assert_never(block)


def _slide(hint: str) -> str:
    return f", slide {hint!r}" if hint else ""


def _blocks(blocks: tuple[Block, ...]) -> list[str]:
    return [line for block in blocks for line in _block(block)]


def _indented(lines: list[str]) -> list[str]:
    return [f"  {line}" for line in lines]


def _rich(rich: Rich) -> str:
    return "".join(_inline(piece) for piece in rich)


def _inline(piece: Inline) -> str:
    match piece:
        case Words(text):
            return text
        case Strong(children):
            return f"<strong {_rich(children)}>"
        case Emphasis(children):
            return f"<em {_rich(children)}>"
        case Code(text):
            return f"<code {text}>"
        case Link(href, children):
            return f"<link {href} {_rich(children)}>"
        case Value(quantity, style, text):
            return f"<{style} {quantity.path} = {text}>"
        case Cite(references):
            return f"<cite {', '.join(references)}>"
        case TermUse(term, text):
            return f"<term {term} = {text}>"
    assert_never(piece)
