"""A sentence as HTML: figures and terms open a native popover, citations lead to the reference list."""

import re
from html import escape
from typing import assert_never

from modules.core.evidence import Reference, Source, Term
from modules.core.prose import Cite, Code, Emphasis, Inline, Link, Rich, Strong, TermUse, Value, Words
from modules.core.quantity import Origin, Quantity, number
from modules.export.pieces import Pieces

_ASSESSED = re.compile(r"progression|response|treatment failure|PFS|TTP|ORR", re.IGNORECASE)
_GLUED = re.compile(
    r'(\(?)(<span popover="auto"[^<]*(?:<(?!button)[^<]*)*'
    r'<button type="button" class="lm-(?:value|term)"[^>]*>[^<]{1,28}</button>)([.,;:)?]*)',
)
CONFIDENCE = {"verified": "Verified against the source", "secondary": "Secondary source"}


def rich_html(rich: Rich, pieces: Pieces) -> str:
    """Everything authored is escaped. Ids are the prefix and the place within the sentence."""
    return _GLUED.sub(_glue, "".join(_inline(inline, pieces.within(str(i))) for i, inline in enumerate(rich)))


def _glue(found: re.Match[str]) -> str:
    """A browser breaks a line on either side of a button: brackets and full stops stay with it."""
    return f'<span class="lm-glue">{found[0]}</span>' if found[1] or found[3] else found[0]


def _inline(inline: Inline, pieces: Pieces) -> str:
    match inline:
        case Words(text):
            return escape(text)
        case Strong(children):
            return f"<strong>{rich_html(children, pieces)}</strong>"
        case Emphasis(children):
            return f"<em>{rich_html(children, pieces)}</em>"
        case Code(text):
            return f"<code>{escape(text)}</code>"
        case Link(href, children):
            return link_html(href, rich_html(children, pieces))
        case Value():
            return _value(inline, pieces.prefix)
        case Cite(ids):
            return _cite(ids, tuple(pieces.references))
        case TermUse(term, text):
            return _term(pieces.terms.get(term), text, pieces.prefix)
        case _:
            assert_never(inline)


def link_html(href: str, inner: str) -> str:
    """A link out; anything but https stays plain text."""
    if not href.startswith(("https://", "#")):
        return inner
    return f'<a href="{escape(href)}" rel="noopener noreferrer">{inner}</a>'


def popover_html(kind: str, label: str, *, name: str, inner: str, anchor: str) -> str:
    """A native popover: opens by tap, Enter or Space, closes by Escape; no script."""
    return (
        f'<span popover="auto" id="{escape(anchor)}" class="lm-source" role="dialog" '
        f'aria-label="{escape(name)}">{inner}</span>'
        f'<button type="button" class="lm-{kind}" popovertarget="{escape(anchor)}">{label}</button>'
    )


def _value(value: Value, anchor: str) -> str:
    """The button holds the figure; its interval stays outside, so that a long estimate can break."""
    head, opening, tail = value.text.partition(" (")
    name, inner = f"Source of {value.text}", source_html(value.quantity)
    return popover_html("value", escape(head), name=name, inner=inner, anchor=anchor) + escape(opening + tail)


def source_html(quantity: Quantity) -> str:
    """What stands behind one figure, line by line."""
    where = quantity.origin
    rows = [_row("lm-source-title", _title(where)), _row("", escape(_cut(where))) if where.cut else ""]
    if assessor := assessor_text(where):
        rows.append(_row("", escape(assessor)))
    if quantity.calculated:
        how = f"Calculated: {quantity.calculated}; not printed by the source."
        rows.append(_row("lm-calculated", escape(how)))
    rows.append(_row("", citation_html(where.source)))
    if where.after:
        rows.append(_row("lm-after", "Published after this module’s evidence cut-off."))
    rows.append(_row("lm-confidence", f"{CONFIDENCE[where.confidence]}."))
    return "".join(rows)


def _row(kind: str, inner: str) -> str:
    attribute = f' class="{kind}"' if kind else ""
    return f"<span{attribute}>{inner}</span>"


def _title(where: Origin) -> str:
    name = f"<strong>{escape(where.trial)}</strong>: " if where.trial else ""
    return name + escape(where.detail)


def _cut(where: Origin) -> str:
    followed = "" if where.follow_up is None else f"; median follow-up {number(where.follow_up)} months"
    return f"Data cut: {where.cut}{followed}"


def assessor_text(where: Origin) -> str:
    """Who judged the endpoint; said to be missing where someone must have judged it."""
    if where.assessor:
        return f"Assessed by: {where.assessor}"
    return "Assessor not stated" if _ASSESSED.search(where.detail) else ""


def citation_html(source: Source | Reference) -> str:
    """The citation with its link: the one given, else the DOI, else PubMed."""
    href = source.link or (f"https://doi.org/{source.doi}" if source.doi else None)
    if href is None and source.pmid:
        href = f"https://pubmed.ncbi.nlm.nih.gov/{source.pmid}/"
    return link_html(href, escape(source.citation)) if href else escape(source.citation)


def _cite(ids: tuple[str, ...], order: tuple[str, ...]) -> str:
    numbers = [order.index(i) + 1 for i in ids if i in order]
    links = ", ".join(f'<a href="#ref-{n}" aria-label="Reference {n}">{n}</a>' for n in numbers)
    return f'<span class="lm-cite">[{links}]</span>' if links else ""


def _term(term: Term | None, text: str, anchor: str) -> str:
    if term is None:
        return escape(text)
    head = escape(term.term) + (f": {escape(term.expansion)}" if term.expansion else "")
    inner = _row("lm-source-title", f"<strong>{head}</strong>") + _row("", escape(term.definition))
    return popover_html("term", escape(text), name=f"Meaning of {term.term}", inner=inner, anchor=anchor)
