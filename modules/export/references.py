"""Which references a page cites, in the order it first cites them, and the list at its end."""

from collections.abc import Iterable, Iterator, Mapping
from html import escape

from modules.core.evidence import Reference
from modules.core.module import Block, Heading, Paragraph, walk
from modules.core.prose import Cite, Emphasis, Link, Rich, Strong
from modules.export.inline import citation_html


def cited(
    blocks: tuple[Block, ...], known: Mapping[str, Reference], *, also: Iterable[Rich] = ()
) -> dict[str, Reference]:
    """In order of first use; `also` holds what stands after the blocks (the rationales of checks)."""
    found: dict[str, Reference] = {}
    for rich in (*_sentences(blocks), *also):
        for reference in _in_sentence(rich):
            if reference in known:
                found.setdefault(reference, known[reference])
    return found


def _sentences(blocks: tuple[Block, ...]) -> Iterator[Rich]:
    for block in walk(blocks):
        match block:
            case Heading() | Paragraph():
                yield block.content
            case _:
                pass


def _in_sentence(rich: Rich) -> Iterator[str]:
    for inline in rich:
        match inline:
            case Cite(ids):
                yield from ids
            case Strong(children) | Emphasis(children) | Link(_, children):
                yield from _in_sentence(children)
            case _:
                pass


def references_html(references: Mapping[str, Reference], *, level: int = 2) -> str:
    """The numbered list that `[n]` leads to; empty when nothing is cited."""
    if not references:
        return ""
    return (
        f'<section class="lm-references" aria-labelledby="references">'
        f'<h{level} id="references">References</h{level}>'
        f"{references_list_html(references)}</section>"
    )


def references_list_html(references: Mapping[str, Reference]) -> str:
    """The list alone, where the page already names it."""
    rows = "".join(
        f'<li id="ref-{n}">{citation_html(reference)}{_numbers(reference)}</li>'
        for n, reference in enumerate(references.values(), 1)
    )
    return f"<ol>{rows}</ol>"


def _numbers(reference: Reference) -> str:
    parts = [f"doi:{reference.doi}"] if reference.doi else []
    parts += [f"PMID {reference.pmid}"] if reference.pmid else []
    return f" {escape('; '.join(parts))}" if parts else ""
