"""Progress: a fold of one learner's events in one module. Order and repeats do not change it."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from modules.core.events import (
    AttemptClosed,
    CreditClaimed,
    Event,
    FeedbackShown,
    FrontMatterAcknowledged,
    ItemAnswered,
    LessonFinished,
    LessonOpened,
    PredictionMade,
    ReviewChoice,
)
from modules.core.items import Role
from modules.core.module import Module

Letter = Literal["A", "B"]
Stage = Literal["front-matter", "pre", "lessons", "post", "evaluation", "claim", "done"]


@dataclass(frozen=True, slots=True)
class Progress:
    """Where one learner stands. Sets and the latest events only; scores are those recorded.

    `claims` by scheme, the first of each; `explained`: attempts of the post-test whose explained result was shown.
    """

    acknowledged: FrontMatterAcknowledged | None
    opened: frozenset[str]
    finished: frozenset[str]
    last_lesson: str | None
    answers: dict[tuple[str, int, str], ItemAnswered]
    closed: dict[tuple[str, str, int], AttemptClosed]
    claim: CreditClaimed | None
    predictions: dict[tuple[str, str], PredictionMade]
    reviewing: bool = True
    claims: dict[str, CreditClaimed] = field(default_factory=dict)
    explained: frozenset[int] = frozenset()

    def answer(self, quiz: str, attempt: int, item: str) -> ItemAnswered | None:
        return self.answers.get((quiz, attempt, item))

    def prediction(self, lesson: str, figure: str) -> PredictionMade | None:
        """Shown again to the learner; neither a stage nor a requirement looks at it."""
        return self.predictions.get((lesson, figure))

    def attempts(self, role: str) -> tuple[AttemptClosed, ...]:
        """Closed attempts of a role, oldest first."""
        return tuple(sorted((c for c in self.closed.values() if c.role == role), key=lambda c: c.attempt))

    @property
    def passed(self) -> AttemptClosed | None:
        return next((a for a in self.attempts("post") if a.passed), None)


def progress(events: Iterable[Event]) -> Progress:
    """Fold the events of one learner in one module, in any order."""
    ordered = sorted({e.id: e for e in events}.values(), key=lambda e: (e.at, e.id))
    acknowledged = [e for e in ordered if isinstance(e, FrontMatterAcknowledged)]
    opened = [e.lesson for e in ordered if isinstance(e, LessonOpened)]
    claims = [e for e in ordered if isinstance(e, CreditClaimed)]
    return Progress(
        acknowledged=acknowledged[-1] if acknowledged else None,
        opened=frozenset(opened),
        finished=frozenset(e.lesson for e in ordered if isinstance(e, LessonFinished)),
        last_lesson=opened[-1] if opened else None,
        answers={(e.quiz, e.attempt, e.item): e for e in ordered if isinstance(e, ItemAnswered)},
        closed={(e.role, e.quiz, e.attempt): e for e in ordered if isinstance(e, AttemptClosed)},
        claim=claims[0] if claims else None,
        predictions={(e.lesson, e.figure): e for e in ordered if isinstance(e, PredictionMade)},
        reviewing=next((e.active for e in reversed(ordered) if isinstance(e, ReviewChoice)), True),
        claims={e.scheme: e for e in reversed(claims)},
        explained=frozenset(e.attempt for e in ordered if isinstance(e, FeedbackShown)),
    )


def forms(learner: str, module: str) -> tuple[Letter, Letter]:
    """(before, after): half the learners meet form A first, half form B, by hash of learner and module."""
    even = hashlib.sha256(f"{module}/{learner}".encode()).digest()[0] % 2 == 0
    return ("A", "B") if even else ("B", "A")


def open_attempt(standing: Progress, role: Role) -> int:
    """The number of the attempt that is open now, counted from 1."""
    return len(standing.attempts(role)) + 1


def unfinished(module: Module, standing: Progress) -> tuple[str, ...]:
    return tuple(x.id for x in module.lessons if x.id not in standing.finished)


def stage(module: Module, standing: Progress) -> Stage:
    """What comes next for this learner."""
    if standing.acknowledged is None:
        return "front-matter"
    if not standing.attempts("pre"):
        return "pre"
    if standing.claim is not None:
        return "done"
    if unfinished(module, standing):
        return "lessons"
    if standing.passed is None:
        return "post"
    return "claim" if standing.attempts("evaluation") else "evaluation"


def resume_lesson(module: Module, standing: Progress) -> str:
    """The lesson last opened if unfinished, else the first unfinished, else the first."""
    left = unfinished(module, standing)
    if standing.last_lesson in left and standing.last_lesson is not None:
        return standing.last_lesson
    return left[0] if left else module.lessons[0].id
