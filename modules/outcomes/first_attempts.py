"""First attempts only: each learner's pre-test, and their first post-test. Retries measure persistence."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from modules.core.events import Event, ItemAnswered

Test = Literal["pre", "post"]


@dataclass(frozen=True, slots=True)
class FirstAttempt:
    """One learner's answers to one form, by item, in the order of their ids."""

    learner: str
    test: Test
    quiz: str
    answers: dict[str, ItemAnswered]
    total: int
    """How many are right."""


def right(answer: ItemAnswered) -> int:
    """1 for a full score, else 0: a part of an item is no right answer."""
    return int(answer.score == 1)


def first_attempts(events: Iterable[Event]) -> tuple[FirstAttempt, ...]:
    """In the order of learner, test and form; the order and repeats of events do not matter.

    Should an item stand twice in one attempt, the earlier response counts.
    """
    found: dict[tuple[str, Test, str], dict[str, ItemAnswered]] = {}
    for answer in events:
        if not isinstance(answer, ItemAnswered) or answer.attempt != 1 or answer.score is None:
            continue
        if answer.role == "pre" or answer.role == "post":
            theirs = found.setdefault((answer.learner, answer.role, answer.quiz), {})
            theirs[answer.item] = min(theirs.get(answer.item, answer), answer, key=_age)
    return tuple(_attempt(key, found[key]) for key in sorted(found))


def _age(answer: ItemAnswered) -> tuple[datetime, UUID]:
    return answer.at, answer.id


def _attempt(key: tuple[str, Test, str], answers: dict[str, ItemAnswered]) -> FirstAttempt:
    return FirstAttempt(*key, dict(sorted(answers.items())), sum(map(right, answers.values())))
