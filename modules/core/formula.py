"""The tree of a proof: terms are numbers, truths hold or do not. `core/proof.py` reads it from a text."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, assert_never

Operator = Literal["+", "-", "*", "/"]
Comparison = Literal["<", "<=", ">", ">=", "==", "!="]
Function = Literal["round", "abs", "min", "max"]
Question = Literal["reached", "published"]


@dataclass(frozen=True, slots=True)
class Number:
    value: float


@dataclass(frozen=True, slots=True)
class Figure:
    """A path into the evidence; `at` is its first character in the text, counted from 1."""

    path: str
    at: int


@dataclass(frozen=True, slots=True)
class Negative:
    of: "Term"


@dataclass(frozen=True, slots=True)
class Chain:
    """Terms joined from left to right by operators of one rank; flat, so that a long sum is not a deep tree."""

    first: "Term"
    rest: tuple[tuple[Operator, "Term"], ...]
    at: int


@dataclass(frozen=True, slots=True)
class Call:
    """The second argument of round is a whole Number."""

    name: Function
    arguments: tuple["Term", ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """`a < b < c` holds when each neighbouring pair does."""

    first: "Term"
    rest: tuple[tuple[Comparison, "Term"], ...]


@dataclass(frozen=True, slots=True)
class Joined:
    """Looked at from left to right and no further than needed, so `published(x) and x > 1` is safe."""

    word: Literal["and", "or"]
    parts: tuple["Truth", ...]


@dataclass(frozen=True, slots=True)
class Not:
    of: "Truth"


@dataclass(frozen=True, slots=True)
class Asked:
    question: Question
    figure: Figure


Term = Number | Figure | Negative | Chain | Call
Truth = Compared | Joined | Not | Asked
Formula = Term | Truth


def paths_in(formula: Formula) -> tuple[str, ...]:
    """The paths a formula reads or asks about, each once, in the order of the text."""
    return tuple(dict.fromkeys(_paths(formula)))


def _paths(formula: Formula) -> Iterator[str]:
    match formula:
        case Number():
            return
        case Figure(path):
            yield path
        case Negative(of) | Not(of):
            yield from _paths(of)
        case Asked(_, figure):
            yield figure.path
        case Chain() | Compared():
            yield from _paths(formula.first)
            for _, part in formula.rest:
                yield from _paths(part)
        case Call(_, parts) | Joined(_, parts):
            for inner in parts:
                yield from _paths(inner)
        case _:
            assert_never(formula)
