"""Walks a learner through the module of builders.py, one action at a time."""

from datetime import datetime

from modules.actions.attempts import Address, Assessed
from modules.actions.learn import acknowledge, answer_item, finish_lesson, open_lesson, standing
from modules.actions.sittings import keep, send
from modules.core.events import AttemptClosed
from modules.core.grading import Chosen, Given, Response, Written
from modules.core.module import Module
from modules.core.progress import Progress, open_attempt
from modules.core.responses import Draft
from modules.core.sitting import Sitting, Slot, sitting
from modules.records.records import Records
from tests.builders import minutes, module

RIGHT: dict[str, Response] = {
    "one": Chosen(options=("a",)),
    "two": Chosen(options=("b", "a")),
    "three": Given(value=56.4),
    "useful": Chosen(options=("4",)),
    "wish": Written(text=""),
    "kept": Chosen(options=("4",)),
    "look": Chosen(options=("a",)),
}
WRONG: dict[str, Response] = {
    "one": Chosen(options=("b",)),
    "two": Chosen(options=("a",)),
    "three": Given(value=99),
}
"""By family: the clones of an item have its key."""


class Walk:
    """One learner in one module; every step is a minute later than the one before."""

    def __init__(self, records: Records, learner: str = "ann", built: Module | None = None) -> None:
        self.records, self.learner = records, learner
        self.module = built or module()
        self.minute = 0

    def now(self) -> datetime:
        self.minute += 1
        return minutes(self.minute)

    def begin(self) -> "Walk":
        acknowledge(self.records, self.learner, self.module, profession="Pilot", country="NO", now=self.now())
        return self

    def learn(self) -> "Walk":
        for lesson in self.module.lessons:
            open_lesson(self.records, self.learner, self.module, lesson.id, now=self.now())
            finish_lesson(self.records, self.learner, self.module, lesson.id, now=self.now())
        return self

    def standing(self) -> Progress:
        return standing(self.records, self.learner, self.module)

    def sitting(self, role: Assessed, attempt: int | None = None) -> Sitting:
        """The attempt that is open, unless another is named."""
        mine = self.standing()
        return sitting(self.module, self.learner, mine, role, attempt=attempt or open_attempt(mine, role))

    def address(self, role: Assessed, family: str, attempt: int | None = None) -> Address:
        """Of the item of that family."""
        here = self.sitting(role, attempt)
        slot = next((s for s in here.slots if s.family == family), Slot(here.quiz, family, family))
        return Address(role, slot.quiz, here.attempt, slot.item)

    def answer(self, address: Address, response: Response) -> float | None:
        return answer_item(self.records, self.learner, self.module, address, response=response, now=self.now()).score

    def keep(self, role: Assessed, slot: Slot, draft: Draft) -> None:
        keep(self.records, self.learner, self.module, role, place=slot.place, draft=draft, now=self.now())

    def draft(self, role: Assessed, wrong: tuple[str, ...] = ()) -> "Walk":
        """Keeps a draft of every item, those of the families in `wrong` wrong."""
        for slot in self.sitting(role).slots:
            response = WRONG[slot.family] if slot.family in wrong else RIGHT[slot.family]
            self.keep(role, slot, Draft(response=response))
        return self

    def send(self, role: Assessed, attempt: int | None = None) -> AttemptClosed:
        return send(self.records, self.learner, self.module, role, now=self.now(), attempt=attempt)

    def sit(self, role: Assessed, wrong: tuple[str, ...] = ()) -> "Walk":
        """Drafts and sends in a whole attempt."""
        self.draft(role, wrong).send(role)
        return self

    def finish(self) -> "Walk":
        """Everything before the claim."""
        return self.begin().sit("pre").learn().sit("post").sit("evaluation")
