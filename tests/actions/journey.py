"""Walks a learner through the module of builders.py, one action at a time."""

from dataclasses import replace
from datetime import datetime

from modules.actions.attempts import Address, Assessed
from modules.actions.learn import acknowledge, answer_item, finish_lesson, open_lesson, standing
from modules.core.grading import Chosen, Given, Response, Written
from modules.core.items import ScoredItem
from modules.core.module import Module
from modules.core.progress import open_attempt
from modules.core.sitting import quiz_for
from modules.records.records import Records
from tests.builders import minutes, module

RIGHT: dict[str, Response] = {
    "one": Chosen(options=("a",)),
    "two": Chosen(options=("b", "a")),
    "three": Given(value=56.4),
    "useful": Chosen(options=("4",)),
    "wish": Written(text=""),
    "look": Chosen(options=("a",)),
}
WRONG: dict[str, Response] = {
    "one": Chosen(options=("b",)),
    "two": Chosen(options=("a",)),
    "three": Given(value=99),
}


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

    def address(self, role: Assessed, item: str, attempt: int | None = None) -> Address:
        """In the attempt that is open, unless another is named."""
        number = attempt or open_attempt(standing(self.records, self.learner, self.module), role)
        return Address(role, quiz_for(self.module, self.learner, role).id, number, item)

    def answer(self, address: Address, response: Response) -> float | None:
        return answer_item(self.records, self.learner, self.module, address, response=response, now=self.now()).score

    def sit(self, role: Assessed, wrong: tuple[str, ...] = ()) -> "Walk":
        """Answers a whole attempt, the items in `wrong` wrongly."""
        first = self.address(role, "")
        for item in quiz_for(self.module, self.learner, role).items:
            response = WRONG[item.id] if item.id in wrong and isinstance(item, ScoredItem) else RIGHT[item.id]
            self.answer(replace(first, item=item.id), response)
        return self

    def finish(self) -> "Walk":
        """Everything before the claim."""
        return self.begin().sit("pre").learn().sit("post").sit("evaluation")
