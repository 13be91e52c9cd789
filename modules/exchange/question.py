"""A question between two formats: plain words only, with what most formats hold; and what is said about it."""

from dataclasses import dataclass
from typing import Literal

from modules.core.errors import LandmarkError

Kind = Literal["single", "multiple", "numeric", "matching", "ordering", "essay"]
Level = Literal["left out", "lost", "changed", "add"]


@dataclass(frozen=True, slots=True)
class Answer:
    """An option, a number, or a step. `share`: percent of the mark, -100 to 100. `tolerance`: as wide to each side."""

    text: str
    share: float = 0
    feedback: str = ""
    tolerance: str = "0"


@dataclass(frozen=True, slots=True)
class Pair:
    """One match; an empty `left` makes `right` an option that fits nothing."""

    left: str
    right: str


@dataclass(frozen=True, slots=True)
class Question:
    """`text` holds paragraphs parted by an empty line; `feedback` is for the whole question, whatever the answer.

    `line` is where it begins in its file, 0 when it comes from one of our items. `fixed`: answers keep their order.
    """

    name: str
    kind: Kind
    text: str
    answers: tuple[Answer, ...] = ()
    pairs: tuple[Pair, ...] = ()
    feedback: str = ""
    unit: str = ""
    fixed: bool = False
    required: bool = True
    line: int = 0


@dataclass(frozen=True, slots=True)
class Note:
    """What became of an item: `what` and `why` are one sentence each, `cure` what to do. No `item`: the whole file."""

    item: str
    level: Level
    what: str
    cure: str = ""
    line: int = 0

    def __str__(self) -> str:
        place = self.item or "the file"
        if self.line:
            place += f" (line {self.line})"
        return " ".join(part for part in (f"{place}: {self.level}.", self.what, self.cure) if part)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file holds, and what of it does not fit."""

    questions: tuple[Question, ...]
    notes: tuple[Note, ...] = ()


class Unreadable(LandmarkError):
    """A file that cannot be read; the sentence names the line and the cure."""

    def __init__(self, line: int, sentence: str, cure: str = "") -> None:
        self.line, self.sentence = line, " ".join(part for part in (sentence, cure) if part)
        super().__init__(f"Line {line}: {self.sentence}")


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text, each with single spaces, none empty."""
    return [tidy(part) for part in text.split("\n\n") if tidy(part)]


def tidy(text: str) -> str:
    """One line with single spaces and no control characters."""
    kept = (" " if c < " " or "\x7f" <= c <= "\x9f" or c in _ODD else c for c in text)
    return " ".join("".join(kept).split())


_ODD = {
    "\u2028",
    "\u2029",
    "\ufffe",
    "\uffff",
    "\ufeff",
    *map(chr, range(0xFDD0, 0xFDF0)),
    *map(chr, range(0xD800, 0xE000)),
}
"""Line and paragraph separators, non-characters and halves of pairs, which no YAML text may hold."""
