"""Learners brought to a place in the shipped module by the actions themselves, before anyone looks at a page."""

from datetime import UTC, datetime

from modules.actions.attempts import Address, Assessed
from modules.actions.house import ROOT
from modules.actions.learn import acknowledge, answer_item, finish_lesson, open_lesson, standing
from modules.authoring.library import load
from modules.core.grading import Chosen, Given, Response
from modules.core.items import (
    Estimated,
    ExtendedMatching,
    MultipleResponse,
    OneBest,
    Quiz,
    ScoredItem,
    ScriptConcordance,
    Sequencing,
)
from modules.core.module import Check, Module, walk
from modules.core.responses import Matched, Ordered
from modules.core.sitting import current
from modules.records.records import Records

MODULE = "her2-maintenance"


def shipped() -> Module:
    """The module as the server reads it."""
    return load(ROOT / "content", ROOT / "quizzes").library.modules[MODULE]


def right(item: ScoredItem, quiz: Quiz) -> Response:
    match item:
        case OneBest() | MultipleResponse():
            return Chosen(options=tuple(o.id for o in item.options if o.correct))
        case Estimated():
            return Given(value=quiz.keys[item.id])
        case ExtendedMatching():
            return Matched(pairs={s.id: s.key for s in item.stems})
        case Sequencing():
            return Ordered(steps=tuple(s.id for s in item.steps))
        case ScriptConcordance():
            return Chosen(options=("0",))


class Seed:
    """One learner; each method goes a step further."""

    def __init__(self, records: Records, module: Module, learner: str) -> None:
        self.records, self.module, self.learner = records, module, learner

    def declared(self) -> "Seed":
        acknowledge(
            self.records, self.learner, self.module, profession="Physician", country="NO", now=datetime.now(UTC)
        )
        return self

    def sat(self, role: Assessed, *, leaving: int = 0) -> "Seed":
        """The open attempt, rightly, but for its last items."""
        mine = standing(self.records, self.learner, self.module)
        here = current(self.module, self.learner, mine, role)
        for slot in here.slots[: len(here.slots) - leaving]:
            quiz = self.module.quizzes[slot.quiz]
            item = quiz.item(slot.item)
            assert isinstance(item, ScoredItem)
            self._answer(Address(role, slot.quiz, here.attempt, slot.item), right(item, quiz))
        return self

    def learnt(self) -> "Seed":
        """Every lesson opened and finished, every check answered."""
        for lesson in self.module.lessons:
            open_lesson(self.records, self.learner, self.module, lesson.id, now=datetime.now(UTC))
            for block in walk(lesson.blocks):
                if isinstance(block, Check):
                    self._check(block)
            finish_lesson(self.records, self.learner, self.module, lesson.id, now=datetime.now(UTC))
        return self

    def _check(self, block: Check) -> None:
        quiz = self.module.quizzes[block.quiz]
        item = quiz.item(block.item)
        assert isinstance(item, ScoredItem)
        self._answer(Address("check", quiz.id, 1, item.id), right(item, quiz))

    def _answer(self, address: Address, response: Response) -> None:
        answer_item(self.records, self.learner, self.module, address, response=response, now=datetime.now(UTC))
