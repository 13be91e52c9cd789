"""A learner of the made-up module who has passed, with two quizzes in reserve: a ground for reviews and practice."""

from dataclasses import replace
from datetime import datetime, timedelta

from modules.core.events import AttemptClosed, Event, ItemAnswered, event_id
from modules.core.grading import Chosen
from modules.core.items import Quiz, QuizFile, SingleBest
from modules.core.module import Module
from modules.core.progress import forms
from tests.builders import NOON, acknowledged, finished, module, single

FAMILIES = ("one", "two", "three")


def bank() -> Module:
    """Forms A to D with three families of single-best items, and a practice quiz."""
    built = module()
    quizzes = {**built.quizzes}
    for letter in "ABCD":
        quiz = f"harbour/form-{letter.lower()}"
        items = tuple(_item(f"{letter.lower()}-{family}", family) for family in FAMILIES)
        roles = ("pre", "post") if letter in "AB" else ("post", "review", "practice")
        quizzes[quiz] = Quiz(QuizFile(id=quiz, roles=roles, form=letter, items=items))
    quizzes["harbour/practice"] = Quiz(
        QuizFile(id="harbour/practice", roles=("practice",), items=(single("p-knots"), single("p-sails")))
    )
    front = built.front.model_copy(update={"reserve": ("harbour/form-c", "harbour/form-d")})
    return replace(built, front=front, quizzes=quizzes)


def _item(item_id: str, family: str) -> SingleBest:
    return single(item_id).model_copy(update={"clone": family})


def passed(bank: Module, learner: str = "ann", *, wrong: str | None = None, at: datetime = NOON) -> list[Event]:
    """Everything up to a passed post-test; `wrong`: a family missed in it."""
    before, after = forms(learner, bank.id)
    events: list[Event] = [
        acknowledged(learner, at=at),
        *(finished(x.id, at=at, learner=learner) for x in bank.lessons),
    ]
    for role, letter, hours in (("pre", before, 0), ("post", after, 1)):
        quiz, when = bank.form(letter), at + timedelta(hours=hours)
        for item in quiz.items:
            assert isinstance(item, SingleBest)
            right = role == "pre" or item.family != wrong
            events.append(given(bank, learner, (role, quiz.id, 1, item.id), right=right, at=when))
        events.append(
            _closed(bank, learner, (role, quiz.id), right=3 - (role == "post" and wrong is not None), at=when)
        )
    return events


def given(
    bank: Module, learner: str, address: tuple[str, str, int, str], *, right: bool, at: datetime, confidence: int = 2
) -> ItemAnswered:
    role, quiz, attempt, item = address
    return ItemAnswered.model_validate(
        {
            "id": event_id(learner, bank.id, "answer", quiz, attempt, item),
            "learner": learner, "module": bank.id, "module_version": bank.digest, "at": at,
            "role": role, "quiz": quiz, "attempt": attempt, "item": item,
            "response": Chosen(options=("a" if right else "b",)), "score": float(right), "confidence": confidence,
        }
    )  # fmt: skip


def _closed(bank: Module, learner: str, address: tuple[str, str], *, right: int, at: datetime) -> AttemptClosed:
    role, quiz = address
    return AttemptClosed.model_validate(
        {
            "id": event_id(learner, bank.id, "closed", role, quiz, 1),
            "learner": learner, "module": bank.id, "module_version": bank.digest, "at": at,
            "role": role, "quiz": quiz, "attempt": 1, "correct": right, "asked": 3,
            "needed": 2 if role == "post" else None,
        }
    )  # fmt: skip
