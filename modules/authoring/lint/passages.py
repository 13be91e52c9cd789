"""A lesson cut into the passages that make claims: sentences with their lines, figures and citations."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, assert_never

from modules.authoring.lint.typed import Spoken
from modules.core.evidence import Evidence, Trial
from modules.core.module import (
    Block,
    Bullets,
    Callout,
    Chart,
    Check,
    Heading,
    Image,
    Paragraph,
    Reveal,
    SourceSays,
)
from modules.core.prose import Cite, Code, TermUse, Value, Words
from modules.core.sentences import Leaf, bounds, placed, said

Setting = Literal["text", "callout", "source", "item"]
BLANK = "\x00"


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence. `typed` has the text with figures and terms blanked, place for place."""

    text: str
    typed: str
    start: int
    leaves: tuple[tuple[int, Leaf], ...]

    @property
    def cited(self) -> bool:
        return any(isinstance(leaf, Cite) for _, leaf in self.leaves)

    @property
    def values(self) -> tuple[tuple[int, Value], ...]:
        return tuple((place, leaf) for place, leaf in self.leaves if isinstance(leaf, Value))


@dataclass(frozen=True)
class Passage:
    """A paragraph, where it stands, and its sentences."""

    paragraph: Paragraph
    setting: Setting

    @cached_property
    def leaves(self) -> tuple[tuple[int, Leaf], ...]:
        return placed(self.paragraph.content)

    @cached_property
    def sentences(self) -> tuple[Said, ...]:
        text = "".join(said(leaf) for _, leaf in self.leaves)
        typed = "".join(_typed(leaf) for _, leaf in self.leaves)
        spans = bounds(text)
        return tuple(
            Said(text[a:b], typed[a:b], a, tuple((p, x) for p, x in self.leaves if a <= p < b or p == b == len(text)))
            for a, b in spans
        )

    @cached_property
    def cited(self) -> bool:
        return any(isinstance(leaf, Cite) for _, leaf in self.leaves)

    @cached_property
    def references(self) -> frozenset[str]:
        return frozenset(name for _, leaf in self.leaves if isinstance(leaf, Cite) for name in leaf.references)

    @cached_property
    def values(self) -> tuple[tuple[int, Value], ...]:
        return tuple((place, leaf) for place, leaf in self.leaves if isinstance(leaf, Value))

    def line(self, place: int) -> int:
        return self.paragraph.line_at(place)

    def near(self, index: int) -> bool:
        """Is a source named in this sentence, the one before or the one after?"""
        return any(x.cited for x in self.sentences[max(0, index - 1) : index + 2])


def _typed(leaf: Leaf) -> str:
    match leaf:
        case Words(text) | Code(text):
            return text
        case Value(_, _, text) | TermUse(_, text):
            return BLANK * len(text)
        case Cite():
            return ""
        case _:
            assert_never(leaf)


def passages(blocks: tuple[Block, ...], setting: Setting = "text") -> Iterator[Passage]:
    """Every paragraph in reading order, and what it stands in."""
    for block in blocks:
        match block:
            case Paragraph():
                yield Passage(block, setting)
            case Bullets():
                for entry in block.entries:
                    yield from passages(entry, setting)
            case Callout():
                yield from passages(block.blocks, "callout")
            case SourceSays():
                yield from passages(block.blocks, "source")
            case Reveal():
                yield from passages(block.blocks, setting)
            case Heading() | Chart() | Check() | Image():
                pass
            case _:
                assert_never(block)


def headings(blocks: tuple[Block, ...]) -> Iterator[Heading]:
    return (block for block in blocks if isinstance(block, Heading))


def words_of(spoken: Spoken) -> str:
    return "".join(spoken.pieces)


def trial_names(trials: Iterable[Trial]) -> re.Pattern[str]:
    """The names of trials as a sentence has them: without what stands in brackets or after a colon."""
    names = {re.sub(r"\(.*?\)", "", t.name).partition(":")[0].strip() for t in trials}
    listed = sorted((re.escape(n) for n in names if len(n) > 2), key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(listed)})(?![\w]|-\d)") if listed else re.compile(r"(?!)")


def product_names(evidence: Evidence) -> dict[str, str]:
    """Every neutral name of a product, in small letters, with the product's id."""
    return {name.casefold(): p.id for p in evidence.products.values() for name in p.names}
