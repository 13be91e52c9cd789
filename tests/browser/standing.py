"""Puts a learner at any point of the module by writing the journal as the app does, without a screen."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Literal

from modules.actions.attempts import Address
from modules.actions.credit import Claim, claim_credit
from modules.actions.identity import new_learner
from modules.actions.learn import acknowledge, answer_item, finish_lesson, open_lesson, standing
from modules.actions.predictions import Asked, predict
from modules.core.credit import claimable
from modules.core.grading import Chosen, Given, Response, Written
from modules.core.items import (
    Commitment,
    CommitmentReview,
    Estimated,
    ExtendedMatching,
    FreeText,
    Likert,
    Listed,
    MultipleResponse,
    OneBest,
    Quiz,
    ScoredItem,
    ScriptConcordance,
    Sequencing,
)
from modules.core.items import UnscoredItem as Unscored
from modules.core.module import Module
from modules.core.responses import Committed, Matched, Ordered, Reviewed
from modules.core.sitting import current
from modules.records.records import Issued
from tests.browser.journal import records_of
from tests.browser.journey import MODULE
from tests.load.server import SECRET, Server

Tested = Literal["pre", "post", "evaluation"]


def response_to(quiz: Quiz, item: ScoredItem | Unscored, *, right: bool = True) -> Response:
    match item:
        case OneBest():
            return Chosen(options=(next(o.id for o in item.options if o.correct is right),))
        case MultipleResponse():
            return Chosen(options=tuple(o.id for o in item.options if o.correct is right))
        case Estimated():
            return Given(value=quiz.keys[item.id] if right else quiz.keys[item.id] * 3 + 7)
        case ExtendedMatching():
            return Matched(pairs={s.id: s.key if right else _other(item, s.key) for s in item.stems})
        case Sequencing():
            steps = tuple(s.id for s in item.steps)
            return Ordered(steps=steps if right else steps[::-1])
        case ScriptConcordance():
            return Chosen(options=("0",))
        case Likert():
            return Chosen(options=("4",))
        case Listed():
            return Chosen(options=(item.options[0].id,))
        case FreeText():
            return Written(text="As shown." if item.required else "")
        case Commitment():
            return Committed(statements=("As shown.",))
        case CommitmentReview():
            return Reviewed(states=(item.states[0].id,))


def _other(item: ExtendedMatching, key: str) -> str:
    return next(o.id for o in item.options if o.id != key)


class Standing:
    """One learner, moved on an act at a time; in the shipped module unless another is given."""

    def __init__(self, server: Server, learner: str | None = None, module: Module = MODULE) -> None:
        self.server, self.learner, self.module = server, learner or new_learner(), module

    def declared(self) -> Standing:
        with records_of(self.server) as records:
            acknowledge(records, self.learner, self.module, profession="Physician", country="AT", now=datetime.now(UTC))
        return self

    def answered(self, role: Tested, *, wrong: int = 0, only: int | None = None) -> Standing:
        """Answers the open attempt from its start, the first items wrongly; `only` so many, None all."""
        with records_of(self.server) as records:
            here = current(self.module, self.learner, standing(records, self.learner, self.module), role)
            for number, slot in enumerate(here.slots[:only], 1):
                quiz = self.module.quizzes[slot.quiz]
                item = next(i for i in quiz.items if i.id == slot.item)
                address = Address(role, slot.quiz, here.attempt, slot.item)
                given = response_to(quiz, item, right=number > wrong)
                answer_item(records, self.learner, self.module, address, response=given, now=datetime.now(UTC))
        return self

    def checked(self, quiz_id: str, item_id: str, *right: bool) -> Standing:
        """Answers one check as often as there are values."""
        quiz = self.module.quizzes[quiz_id]
        item = next(i for i in quiz.items if i.id == item_id)
        with records_of(self.server) as records:
            for attempt, good in enumerate(right, 1):
                address = Address("check", quiz_id, attempt, item_id)
                given = response_to(quiz, item, right=good)
                answer_item(records, self.learner, self.module, address, response=given, now=datetime.now(UTC))
        return self

    def predicted(self, lesson: str, figure: str, guess: float) -> Standing:
        """Says what a lesson's figure will be."""
        with records_of(self.server) as records:
            predict(records, self.learner, MODULE, Asked(lesson, figure), guess=guess, now=datetime.now(UTC))
        return self

    def read(self, *lessons: str) -> Standing:
        """Opens and finishes these lessons, all when none is named."""
        with records_of(self.server) as records:
            for lesson in lessons or tuple(x.id for x in self.module.lessons):
                open_lesson(records, self.learner, self.module, lesson, now=datetime.now(UTC))
                finish_lesson(records, self.learner, self.module, lesson, now=datetime.now(UTC))
        return self

    def claimed(self, name: str = "Zoë Ångström-O’Neill") -> Issued:
        claim = Claim(name, "zoe@example.org", claimable(self.module.front)[0])
        with records_of(self.server) as records:
            now = datetime.now(UTC)
            return claim_credit(records, self.learner, self.module, claim, secret=SECRET.encode(), now=now)

    def passed(self) -> Standing:
        """Everything up to the evaluation."""
        return self.declared().answered("pre", wrong=3).read().answered("post", wrong=1)
