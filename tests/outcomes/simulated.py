"""Learners with known abilities and items with known parameters (two-parameter logistic model)."""

from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID

import numpy as np

from modules.core.events import ItemAnswered
from modules.core.grading import Chosen
from modules.core.items import Quiz, QuizFile, Role
from modules.core.module import Module
from modules.core.progress import forms
from modules.core.responses import Confidence
from modules.outcomes.first_attempts import Test
from tests.builders import NOON, module, single

SAT: tuple[Test, ...] = ("pre", "post")
STEPS: tuple[Confidence, ...] = (1, 2, 3)
MISKEYED = 3
LEARNED = 0.8
"""How much abler everyone is after the lessons."""


@dataclass(frozen=True)
class Bank:
    """`slope` and `place` of each item of both forms; the key of item MISKEYED of form A is wrong on purpose."""

    module: Module
    slope: dict[str, np.ndarray]
    place: dict[str, np.ndarray]


def bank(items: int = 12) -> Bank:
    chance = np.random.default_rng(1)
    built = module()
    quizzes = {**built.quizzes}
    slope, place = {}, {}
    for letter in "AB":
        quiz = f"harbour/form-{letter.lower()}"
        asked = [
            single(f"{letter.lower()}{n}", right="b" if letter == "A" and n == MISKEYED else "a", options="abcd")
            for n in range(items)
        ]
        clones = tuple(item.model_copy(update={"clone": f"family-{n}"}) for n, item in enumerate(asked))
        quizzes[quiz] = Quiz(QuizFile(id=quiz, roles=("pre", "post"), form="A" if letter == "A" else "B", items=clones))
        slope[quiz] = chance.permutation(np.linspace(0.4, 2.6, items))
        place[quiz] = chance.uniform(-0.6, 0.6, items)
    return Bank(replace(built, quizzes=quizzes), slope, place)


def chances(made: Bank, quiz: str, ability: float) -> np.ndarray:
    """The probability of knowing each item."""
    return 1 / (1 + np.exp(-made.slope[quiz] * (ability - made.place[quiz])))


def sat(made: Bank, learners: int, seed: int = 2) -> tuple[list[ItemAnswered], dict[tuple[str, str], np.ndarray]]:
    """First attempts of all learners, and the mean probability of each item by (quiz, test)."""
    chance = np.random.default_rng(seed)
    events: list[ItemAnswered] = []
    expected: dict[tuple[str, str], list[np.ndarray]] = {}
    for number in range(learners):
        learner, ability = f"learner-{number}", chance.normal()
        for test, letter in zip(SAT, forms(learner, made.module.id), strict=True):
            quiz = made.module.form(letter)
            knows = chances(made, quiz.id, ability + (LEARNED if test == "post" else 0))
            expected.setdefault((quiz.id, test), []).append(knows)
            draws, distractors = chance.random(len(knows)), chance.integers(0, 3, len(knows))
            for n, item in enumerate(quiz.items):
                option = "a" if draws[n] < knows[n] else "bcd"[distractors[n]]
                key = "b" if item.id == f"a{MISKEYED}" else "a"
                place = len(events)
                events.append(
                    ItemAnswered.model_construct(
                        id=UUID(int=place), learner=learner, module=made.module.id, module_version="d", at=NOON,
                        role=test, quiz=quiz.id, attempt=1, item=item.id, objectives=("see",),
                        response=Chosen.model_construct(options=(option,)), score=float(option == key),
                        confidence=STEPS[chance.integers(0, 3)], seconds=float(20 + 10 * distractors[n]),
                        type="item-answered",
                    )
                )  # fmt: skip
    return events, {key: np.mean(found, axis=0) for key, found in expected.items()}


def again(event: ItemAnswered, attempt: int, role: Role) -> ItemAnswered:
    """The same answer as a later attempt or in another role."""
    later = {"id": UUID(int=10**12 + event.id.int + attempt), "attempt": attempt, "role": role}
    return event.model_copy(update={**later, "score": 0.0, "at": event.at + timedelta(hours=attempt)})
