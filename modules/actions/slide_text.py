"""The words of a lesson's blocks for a slide or its speaker, and the sources of the figures among them."""

from collections.abc import Iterable, Iterator

from modules.core.module import Block, Bullets, Paragraph
from modules.core.prose import Rich, plain, values
from modules.core.quantity import Origin


def sentences_of(blocks: tuple[Block, ...]) -> Iterator[Rich]:
    """Paragraphs and the entries of lists, in reading order."""
    for block in blocks:
        match block:
            case Paragraph():
                yield block.content
            case Bullets():
                for entry in block.entries:
                    yield from sentences_of(entry)
            case _:
                pass


def said(told: Iterable[Rich]) -> tuple[str, ...]:
    return tuple(plain(rich) for rich in told)


def origins(told: Iterable[Rich]) -> tuple[str, ...]:
    """One line for each source of a figure, in the order of the figures."""
    found = dict.fromkeys(value.quantity.origin for rich in told for value in values(rich))
    return tuple(map(_origin, found))


def _origin(origin: Origin) -> str:
    told = (origin.trial, origin.cut, origin.source.citation)
    return "Source: " + "; ".join(part for part in told if part)
