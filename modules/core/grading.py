"""What a learner gave, what it earned, and reading what they typed."""

import math
import re
from typing import Annotated, Literal, assert_never

from pydantic import Field

from modules.core.authored import Authored
from modules.core.items import (
    Choice,
    FreeText,
    Likert,
    MultipleResponse,
    Numeric,
    Quiz,
    ScoredItem,
    SingleBest,
    UnscoredItem,
)


class Chosen(Authored):
    """The ids of the chosen options; for a Likert item the point, counted from 1."""

    kind: Literal["chosen"] = "chosen"
    options: tuple[str, ...]


class Given(Authored):
    """A number, in the item's unit."""

    kind: Literal["given"] = "given"
    value: float


class Written(Authored):
    kind: Literal["written"] = "written"
    text: str


Response = Annotated[Chosen | Given | Written, Field(discriminator="kind")]


class Grade(Authored):
    """`score` from 0 to 1; None for items that are not scored."""

    score: float | None

    @property
    def correct(self) -> bool:
        return self.score == 1


def grade(item: ScoredItem | UnscoredItem, response: Response, quiz: Quiz) -> Grade:
    """All-or-nothing for every scored type; the order of options never matters."""
    match item:
        case SingleBest() | MultipleResponse():
            key = {o.id for o in item.options if o.correct}
            return Grade(score=float(isinstance(response, Chosen) and set(response.options) == key))
        case Numeric():
            near = isinstance(response, Given) and within(response.value, quiz.keys[item.id], item.tolerance)
            return Grade(score=float(near))
        case Likert() | Choice() | FreeText():
            return Grade(score=None)
        case _:
            assert_never(item)


def within(value: float, key: float, tolerance: float) -> bool:
    """Inclusive, and blind to binary noise at the edge."""
    return abs(value - key) <= tolerance + 1e-9


def acceptable(item: ScoredItem | UnscoredItem, response: Response) -> str | None:
    """None when the response fits the item, else the sentence that says what is missing."""
    if isinstance(item, (Likert, Choice, FreeText)) and not item.required and response == Written(text=""):
        return None
    match item:
        case SingleBest() | Choice(many=False):
            fits = isinstance(response, Chosen) and len(response.options) == 1
            return None if fits and _known(item, response) else "Choose one answer, then go on."
        case MultipleResponse() | Choice():
            fits = isinstance(response, Chosen) and len(response.options) >= 1
            return None if fits and _known(item, response) else "Choose at least one answer, then go on."
        case Likert():
            points = {str(n + 1) for n in range(len(item.scale))}
            fits = isinstance(response, Chosen) and len(response.options) == 1
            return None if fits and _chosen(response) <= points else "Choose one point of the scale."
        case Numeric():
            fits = isinstance(response, Given) and math.isfinite(response.value)
            return None if fits else f"Type a number, in {item.unit}."
        case FreeText():
            if response == Written(text=""):
                return "Write an answer, then go on."
            fits = isinstance(response, Written) and len(response.text) <= item.longest
            return None if fits else f"Write at most {item.longest} characters."
        case _:
            assert_never(item)


def _chosen(response: Response) -> set[str]:
    return set(response.options) if isinstance(response, Chosen) else set()


def _known(item: SingleBest | MultipleResponse | Choice, response: Response) -> bool:
    return _chosen(response) <= {o.id for o in item.options}


_NUMBER = re.compile(r"^\s*([+-]?\d+(?:[.,]\d+)?)\s*([a-zA-Z% ]*)\s*$")


def read_number(typed: str) -> float | None:
    """`56.5`, `56,5` and `56.5 months` are the same number; None when it is not one number."""
    found = _NUMBER.match(typed.replace("\u00a0", " ").replace("\u2212", "-"))
    return float(found[1].replace(",", ".")) if found else None
