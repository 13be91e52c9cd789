"""First attempts only: each learner's pre-test, and their first post-test. Retries measure persistence."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from modules.core.events import Event, ItemAnswered

Test = Literal["pre", "post"]
TESTS: tuple[Test, ...] = ("pre", "post")


@dataclass(frozen=True, slots=True)
class FirstAttempt:
    """One learner's answers to one form, by item."""

    learner: str
    test: Test
    quiz: str
    answers: dict[str, ItemAnswered]

    @property
    def total(self) -> float:
        return sum(right(a) for a in self.answers.values())

    def rest(self, item: str) -> float:
        """The score without this item."""
        return self.total - right(self.answers[item])


def right(answer: ItemAnswered) -> int:
    """1 for a full score, else 0: a part of an item is no right answer."""
    return int(answer.score == 1)


def first_attempts(events: Iterable[Event]) -> tuple[FirstAttempt, ...]:
    """In the order of learner, test and form; the order and repeats of events do not matter."""
    unique = {e.id: e for e in events if isinstance(e, ItemAnswered) and e.attempt == 1 and e.score is not None}
    found: dict[tuple[str, Test, str], dict[str, ItemAnswered]] = {}
    for answer in unique.values():
        test = next((t for t in TESTS if t == answer.role), None)
        if test is not None:
            found.setdefault((answer.learner, test, answer.quiz), {})[answer.item] = answer
    return tuple(FirstAttempt(*key, answers=dict(sorted(found[key].items()))) for key in sorted(found))
