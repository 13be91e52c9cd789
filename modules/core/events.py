"""The journal's event types: what learners did, as it happened. Events are added, never changed."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID, uuid5

from pydantic import Field, FiniteFloat, TypeAdapter

from modules.core.authored import Authored
from modules.core.certificates import from_quarter_hours
from modules.core.items import Role
from modules.core.responses import Confidence, Response
from modules.core.schemes import PARTICIPATION, Amount

NAMESPACE = UUID("6f1d8a52-3a54-5d0e-9a0b-2f2a6f0d1c55")
"""All event ids derive from it, so the same act written twice is one event."""


class _Event(Authored):
    """`at` is UTC; `module_version` is the digest of the text that was on screen."""

    id: UUID
    learner: str
    module: str
    module_version: str
    at: datetime


class FrontMatterAcknowledged(_Event):
    """The learner passed through the front matter and declared a profession and country."""

    type: Literal["front-matter-acknowledged"] = "front-matter-acknowledged"
    profession: str
    country: str


class LessonOpened(_Event):
    """Written each time a lesson becomes the learner's current one; the last one is where they resume."""

    type: Literal["lesson-opened"] = "lesson-opened"
    lesson: str


class LessonFinished(_Event):
    type: Literal["lesson-finished"] = "lesson-finished"
    lesson: str


class ItemAnswered(_Event):
    """`score` from 0 to 1 as graded then; None for unscored items. `role` is what the quiz was for.

    `confidence`: 1 a guess, 2 fairly sure, 3 sure; None when it was not asked. `seconds`: from the item on screen to
    the response; None when not known.
    """

    type: Literal["item-answered"] = "item-answered"
    role: Role
    quiz: str
    attempt: int
    item: str
    objectives: tuple[str, ...] = ()
    response: Response
    score: float | None
    confidence: Confidence | None = None
    seconds: Annotated[FiniteFloat, Field(ge=0)] | None = None


class AttemptClosed(_Event):
    """Written with the last answer of an attempt; never recomputed. `needed` is the pass rule of that day."""

    type: Literal["attempt-closed"] = "attempt-closed"
    role: Literal["pre", "post", "evaluation", "follow-up"]
    quiz: str
    attempt: int
    correct: int
    asked: int
    needed: int | None = None

    @property
    def passed(self) -> bool:
        return self.needed is not None and self.correct >= self.needed


class PredictionMade(_Event):
    """A guess made before a lesson showed the figure. Formative: it has no score, and no credit rests on it.

    `figure` is the path, `truth` what the record showed then, `error` the guess minus the truth; all in `unit`.
    """

    type: Literal["prediction-made"] = "prediction-made"
    lesson: str
    figure: str
    unit: str
    guess: FiniteFloat
    truth: FiniteFloat
    error: FiniteFloat


class ReviewChoice(_Event):
    """The learner stops the reviews of a module, or takes them up again. The last choice stands."""

    type: Literal["review-choice"] = "review-choice"
    active: bool


class FeedbackShown(_Event):
    """The explained result of an attempt was on the learner's screen: every response with key and rationales."""

    type: Literal["feedback-shown"] = "feedback-shown"
    role: Literal["post"] = "post"
    quiz: str
    attempt: int


class CreditClaimed(_Event):
    """`amount` of `unit` is the learner's own claim, at most the designation; `quarter_hours` the time it stands for.

    Events from before there were schemes hold quarter hours alone. Name and e-mail are not in the journal.
    """

    type: Literal["credit-claimed"] = "credit-claimed"
    scheme: str
    quarter_hours: int
    certificate: str
    amount: Amount = Field(default_factory=from_quarter_hours)
    unit: str = PARTICIPATION.unit


Event = Annotated[
    FrontMatterAcknowledged
    | LessonOpened
    | LessonFinished
    | ItemAnswered
    | AttemptClosed
    | PredictionMade
    | ReviewChoice
    | FeedbackShown
    | CreditClaimed,
    Field(discriminator="type"),
]
EVENT: TypeAdapter[Event] = TypeAdapter(Event)


def event_id(learner: str, *address: object) -> UUID:
    """The id of an act: the same learner and address give the same id, so a second write is no write."""
    return uuid5(NAMESPACE, "/".join((learner, *map(str, address))))
