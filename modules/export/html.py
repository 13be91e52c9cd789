"""Lesson blocks as safe HTML, the same for the app's pages and the plain ones."""

from html import escape
from typing import assert_never

from modules.core.module import (
    Block,
    Bullets,
    Callout,
    CaseStudy,
    Chart,
    Check,
    Heading,
    Image,
    Paragraph,
    Predict,
    Reveal,
    SourceSays,
    walk,
)
from modules.export.inline import rich_html
from modules.export.pieces import Pieces

CALLOUTS = {"note": "Note", "caution": "Caution", "takeaway": "Takeaway"}
STANDINGS = {
    "contradicted": "The record contradicts it",
    "imprecise": "The record is more precise",
    "supported": "The record supports it",
    "not found": "Not found in the record",
}


def lesson_html(blocks: tuple[Block, ...], pieces: Pieces) -> str:
    """No author's HTML passes; every text is escaped."""
    return "\n".join(_block(block, pieces.within(str(i))) for i, block in enumerate(blocks))


def chart_level(blocks: tuple[Block, ...], number: int) -> int:
    """The level of a chart's heading: 3 below a section, 2 before the first one."""
    for block in blocks:
        match block:
            case Heading():
                return 3
            case Chart() if block.number == number:
                return 2
            case Predict() if any(isinstance(b, Chart) and b.number == number for b in walk(block.blocks)):
                return 2
            case _:
                pass
    return 3


def _block(block: Block, pieces: Pieces) -> str:
    match block:
        case Heading():
            anchor = escape(block.anchor)
            return f'<h{block.level} id="{anchor}">{rich_html(block.content, pieces)}</h{block.level}>'
        case Paragraph():
            return f"<p>{rich_html(block.content, pieces)}</p>"
        case Bullets():
            tag = "ol" if block.ordered else "ul"
            rows = (_entry(entry, pieces.within(str(i))) for i, entry in enumerate(block.entries))
            return f"<{tag}>{''.join(f'<li>{row}</li>' for row in rows)}</{tag}>"
        case Chart():
            return pieces.figure(block)
        case Check():
            return pieces.check(block)
        case CaseStudy():
            return pieces.case(block)
        case Image():
            return pieces.image(block)
        case Callout():
            return _callout(block, pieces)
        case Reveal():
            inner = lesson_html(block.blocks, pieces)
            return f'<details class="lm-reveal"><summary>{escape(block.summary)}</summary>{inner}</details>'
        case Predict():
            return _predict(block, pieces)
        case SourceSays():
            return _source_says(block, pieces)
        case _:
            assert_never(block)


def _entry(blocks: tuple[Block, ...], pieces: Pieces) -> str:
    match blocks:
        case (Paragraph(content=content),):
            return rich_html(content, pieces)
        case _:
            return lesson_html(blocks, pieces)


def _callout(block: Callout, pieces: Pieces) -> str:
    """Kind and title are words, so the colour is never the only sign."""
    kind, title = CALLOUTS[block.kind], block.title
    label = kind if title is None else f"{kind}: {title}"
    return (
        f'<div class="lm-callout lm-{block.kind}" role="note" aria-label="{escape(label)}">'
        f'<p class="lm-callout-title">{escape(label)}</p>{lesson_html(block.blocks, pieces)}</div>'
    )


def _predict(block: Predict, pieces: Pieces) -> str:
    """Without a script: the question, and what answers it folded below; paper shows both."""
    inner = lesson_html(block.blocks, pieces)
    summary = f'<span class="lm-predict-word">Predict, then open:</span> {escape(block.ask)}'
    return f'<details class="lm-reveal lm-predict"><summary>{summary}</summary>{inner}</details>'


def _source_says(block: SourceSays, pieces: Pieces) -> str:
    return (
        f'<div class="lm-says" role="note" aria-label="The source document beside the record">'
        f'<div class="lm-says-part"><p class="lm-callout-title">The source document says</p>'
        f"<p>{escape(block.says)}</p></div>"
        f'<div class="lm-says-part"><p class="lm-callout-title">The record shows</p>'
        f"{lesson_html(block.blocks, pieces)}"
        f'<p class="lm-standing">{STANDINGS[block.standing]}</p></div></div>'
    )


def image_html(image: Image, url: str) -> str:
    """An image beside the lesson, with its caption."""
    caption = f"<figcaption>{escape(image.caption)}</figcaption>" if image.caption else ""
    picture = f'<img src="{escape(url)}" alt="{escape(image.alt)}" loading="lazy">'
    return f'<figure class="lm-figure">{picture}{caption}</figure>'
