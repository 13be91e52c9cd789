"""A paragraph -> its sentences; and the leaves of a text with the place where each begins."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from modules.core.prose import Cite, Code, Emphasis, Inline, Link, Rich, Strong, TermUse, Value, Words

BLANK = "\x00"
_AROUND = (Strong, Emphasis, Link)
_MARKED = (Value, TermUse)
Leaf = Words | Code | Value | Cite | TermUse
_END = re.compile(r"[.!?]+[\"'”’)\]]*\s+(?=[\"'“‘(\[]*[A-Z0-9])")
# A full stop after these, or after a single capital (an initial), ends no sentence.
_SHORTENED = re.compile(r"(?:\b(?:e\.g|i\.e|vs|v|cf|al|approx|ca|Dr|Prof|Mr|Ms|St|Fig|Eq)|(?<![\w+])[A-Z])$")


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence, from the place `start` of its text on. `typed`: figures and terms blanked, place for place."""

    text: str
    typed: str
    start: int
    values: tuple[tuple[int, Value], ...]
    terms: tuple[TermUse, ...]
    references: tuple[str, ...]


def leaves(rich: Rich) -> Iterator[Leaf]:
    """What stands in a text, in reading order; emphasis and links are opened."""
    for inline in rich:
        if isinstance(inline, _AROUND):
            yield from leaves(inline.children)
        else:
            yield inline


def said(leaf: Leaf) -> str:
    """A leaf as it is read; a citation is not."""
    return "" if isinstance(leaf, Cite) else leaf.text


def placed(rich: Rich) -> tuple[tuple[int, Leaf], ...]:
    """The leaves, each with its place in the text that `reading` gives."""
    found = tuple(leaves(rich))
    return _placed(found, [said(leaf) for leaf in found])


def _placed(found: Sequence[Leaf], parts: Sequence[str]) -> tuple[tuple[int, Leaf], ...]:
    places = accumulate(map(len, parts), initial=0)
    return tuple(zip(places, found, strict=False))  # the last place is where the text ends


def reading(rich: Rich) -> str:
    """The text with all its spaces, so that places in it can be counted."""
    return "".join(said(leaf) for leaf in leaves(rich))


def bounds(text: str) -> tuple[tuple[int, int], ...]:
    """(start, end) of each sentence; the spaces and citations after a full stop go with the sentence they close."""
    if not text.strip():
        return ()
    ends = [m.end() for m in _END.finditer(text) if not _SHORTENED.search(text, max(0, m.start() - 8), m.start())]
    return tuple(zip([0, *ends], [*ends, len(text)], strict=True))


def told(rich: Rich) -> tuple[Said, ...]:
    """Each sentence with its figures, terms and citations."""
    whole = tuple(leaves(rich))
    parts = [said(leaf) for leaf in whole]
    found = _placed(whole, parts)
    text = "".join(parts)
    typed = "".join([BLANK * len(p) if isinstance(leaf, _MARKED) else p for leaf, p in zip(whole, parts, strict=True)])
    spans = bounds(text)
    if len(spans) == 1:
        return (_said(text, typed, 0, found),)
    return tuple(_said(text[a:b], typed[a:b], a, _between(found, a, b, last=b == len(text))) for a, b in spans)


def _between(found: Sequence[tuple[int, Leaf]], start: int, end: int, *, last: bool) -> list[tuple[int, Leaf]]:
    return [(place, leaf) for place, leaf in found if start <= place < end or (last and place == end)]


def _said(text: str, typed: str, start: int, inside: Sequence[tuple[int, Leaf]]) -> Said:
    values: list[tuple[int, Value]] = []
    terms: list[TermUse] = []
    cited: list[str] = []
    for place, leaf in inside:
        match leaf:
            case Value():
                values.append((place, leaf))
            case TermUse():
                terms.append(leaf)
            case Cite(references):
                cited += references
            case _:
                pass
    return Said(text, typed, start, tuple(values), tuple(terms), tuple(cited))


def sentences(rich: Rich) -> tuple[Rich, ...]:
    """Each sentence as its own text, with what it cites."""
    found = bounds(reading(rich))
    return tuple(_cut(rich, 0, *span, last=span == found[-1])[0] for span in found)


def _cut(rich: Rich, place: int, start: int, end: int, *, last: bool) -> tuple[Rich, int]:
    """What of a text lies between two places, and the place after it."""
    kept: list[Inline] = []
    for inline in rich:
        if isinstance(inline, _AROUND):
            children, after = _cut(inline.children, place, start, end, last=last)
            if children:
                kept.append(_around(inline, children))
        else:
            after = place + len(said(inline))
            if isinstance(inline, Words | Code):
                part = inline.text[max(0, start - place) : max(0, end - place)]
                kept += [type(inline)(part)] if part else []
            elif start <= place < end or (last and place == end):
                kept.append(inline)
        place = after
    return tuple(kept), place


def _around(inline: Strong | Emphasis | Link, children: Rich) -> Inline:
    return Link(inline.href, children) if isinstance(inline, Link) else type(inline)(children)
