"""What to look at first after a test, and how well a learner's sureness matched their answers. Never scored."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from modules.core.events import ItemAnswered
from modules.core.items import MultipleResponse, OneBest, Option, Scored
from modules.core.responses import Chosen, Confidence

Kind = Literal["unsafe", "sure and wrong", "wrong", "right by a guess", "right"]
ORDER: tuple[Kind, ...] = ("unsafe", "sure and wrong", "wrong", "right by a guess", "right")
SURE: Confidence = 3
GUESS: Confidence = 1


@dataclass(frozen=True, slots=True)
class Looked:
    """One answered item; `place` is where it stood in the test, from 1."""

    place: int
    item: Scored
    answer: ItemAnswered

    @property
    def kind(self) -> Kind:
        """A wrong answer given with full confidence is corrected best (hypercorrection, Butterfield 2001)."""
        sure, right = self.answer.confidence, self.answer.score == 1
        if not right and (sure or 0) > GUESS and unsafe_chosen(self.item, self.answer):
            return "unsafe"
        if not right:
            return "sure and wrong" if sure == SURE else "wrong"
        return "right by a guess" if sure == GUESS else "right"


@dataclass(frozen=True, slots=True)
class Step:
    """One step of confidence: how many answers were given with it, and how many of them were right."""

    confidence: Confidence
    asked: int
    right: int


def debrief(looked: Iterable[Looked]) -> tuple[Looked, ...]:
    """Unsafe choices first, then sure and wrong; the test's order within each."""
    return tuple(sorted(looked, key=lambda one: (ORDER.index(one.kind), one.place)))


def unsafe_chosen(item: Scored, answer: ItemAnswered) -> tuple[Option, ...]:
    """The options that would do harm among those chosen."""
    if not isinstance(item, OneBest | MultipleResponse) or not isinstance(answer.response, Chosen):
        return ()
    return tuple(o for o in item.options if o.unsafe is not None and o.id in answer.response.options)


def calibration(answers: Iterable[ItemAnswered]) -> tuple[Step, ...]:
    """The steps that were used, from guess to sure; only answers with a score and a confidence count."""
    given = [(a.confidence, a.score == 1) for a in answers if a.score is not None and a.confidence is not None]
    steps: tuple[Confidence, ...] = (1, 2, 3)
    counts = ((step, [right for sure, right in given if sure == step]) for step in steps)
    return tuple(Step(step, len(rights), sum(rights)) for step, rights in counts if rights)
