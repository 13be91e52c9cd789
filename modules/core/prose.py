"""Inline content of a sentence, as the parser found it. Surfaces draw it; nobody parses it again."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from modules.core.quantity import Quantity, Style


@dataclass(frozen=True, slots=True)
class Words:
    text: str


@dataclass(frozen=True, slots=True)
class Strong:
    children: "Rich"


@dataclass(frozen=True, slots=True)
class Emphasis:
    children: "Rich"


@dataclass(frozen=True, slots=True)
class Code:
    text: str


@dataclass(frozen=True, slots=True)
class Link:
    href: str
    children: "Rich"


@dataclass(frozen=True, slots=True)
class Value:
    """A figure from the evidence; `text` is how it reads here, `form` the format it was asked in."""

    quantity: Quantity
    style: Style
    text: str
    form: str = ""


@dataclass(frozen=True, slots=True)
class Cite:
    """One or more references, by id, in the order written."""

    references: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TermUse:
    """A term of content/terms.yaml; `text` is what stands in the sentence."""

    term: str
    text: str


Inline = Words | Strong | Emphasis | Code | Link | Value | Cite | TermUse
Rich = tuple[Inline, ...]


def plain(rich: Rich) -> str:
    """The sentence as a reader hears it, without citations and the spaces before them."""
    text = ""
    for inline in rich:
        text = text.rstrip() if isinstance(inline, Cite) else text + _plain(inline)
    return text


def values(rich: Rich) -> Iterator[Value]:
    """The figures of a sentence, in reading order."""
    for inline in rich:
        match inline:
            case Value():
                yield inline
            case Strong(children) | Emphasis(children) | Link(_, children):
                yield from values(children)
            case _:
                pass


def restated(rich: Rich, anew: Callable[[Value], Value]) -> Rich:
    """The sentence with each of its figures replaced."""
    return tuple(_restated(inline, anew) for inline in rich)


def _restated(inline: Inline, anew: Callable[[Value], Value]) -> Inline:
    match inline:
        case Value():
            return anew(inline)
        case Strong(children) | Emphasis(children) | Link(_, children):
            return replace(inline, children=restated(children, anew))
        case _:
            return inline


def _plain(inline: Inline) -> str:
    match inline:
        case Words(text) | Code(text) | Value(text=text) | TermUse(_, text):
            return text
        case Strong(children) | Emphasis(children) | Link(_, children):
            return plain(children)
        case Cite():
            return ""
