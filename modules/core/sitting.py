"""Which items a learner meets in an attempt. Pure: the same events give the same items in the same order."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from modules.core.conduct import DEFAULT, FORMATIVE, Conduct, conduct
from modules.core.events import ItemAnswered
from modules.core.items import Quiz, Role, Scored
from modules.core.module import Module
from modules.core.progress import Progress, forms, open_attempt

Assessed = Literal["pre", "post", "evaluation", "follow-up"]
ASSESSED: tuple[Assessed, ...] = ("pre", "post", "evaluation", "follow-up")
FOLLOW_UP_OPENS = timedelta(days=60)
FOLLOW_UP_LATE = timedelta(days=90)
"""From the post-test passed. A later follow-up is taken all the same, and said to be late."""


@dataclass(frozen=True, slots=True)
class Slot:
    """One item of a sitting; `family` is what its clones share."""

    quiz: str
    item: str
    family: str

    @property
    def place(self) -> str:
        """Its address in the library: `<quiz>#<item>`."""
        return f"{self.quiz}#{self.item}"


@dataclass(frozen=True, slots=True)
class Sitting:
    """One attempt: `quiz` names it in the journal, `slots` in the order they are asked."""

    role: Assessed
    quiz: str
    attempt: int
    slots: tuple[Slot, ...]

    def slot(self, place: str) -> Slot | None:
        return next((s for s in self.slots if s.place == place), None)

    def answer(self, standing: Progress, slot: Slot) -> ItemAnswered | None:
        """The response in the journal; None as well when another role has taken the address."""
        found = standing.answer(slot.quiz, self.attempt, slot.item)
        return found if found is not None and found.role == self.role else None


def conduct_of(module: Module, role: Role) -> Conduct:
    """The front matter first, then the accreditor's preset, then the default; formative roles keep their own."""
    if role not in ("pre", "post"):
        return FORMATIVE
    stated = [module.front.conduct, *([module.preset.conduct] if module.preset else [])]
    found = conduct(DEFAULT, *stated)
    # A pre-test that told its answers would teach the post-test.
    return found.model_copy(update={"rationales": "after-passing", "attempts": 1}) if role == "pre" else found


def may_explain(module: Module, standing: Progress, role: Role, attempt: int) -> bool:
    """Whether the key and rationales of an item may be shown, once its response in this attempt is in the journal.

    Never before: an item without a response in the journal is not explained, whatever this says.
    """
    if role in ("practice", "review"):
        return standing.passed is not None
    match conduct_of(module, role).rationales:
        case "after-attempt":
            return any(closed.attempt == attempt for closed in standing.attempts(role))
        case "after-passing":
            return standing.passed is not None
        case _:
            return True


def current(module: Module, learner: str, standing: Progress, role: Assessed) -> Sitting:
    """The attempt that is open now; whether it may be sat is for `barred` in actions.attempts to say."""
    return sitting(module, learner, standing, role, attempt=open_attempt(standing, role))


def sitting(module: Module, learner: str, standing: Progress, role: Assessed, *, attempt: int) -> Sitting:
    """The attempt with this number, from 1. Without slots when no clone is left for what was missed."""
    quiz = quiz_for(module, learner, role)
    if role == "post" and attempt > 1:
        missed = missed_families(module, learner, standing, attempt)
        found = tuple(s for family in missed if (s := _clone(module, standing, family, attempt)))
        slots = found if len(found) == len(missed) else ()
    else:
        slots = () if role == "follow-up" and module.front.follow_up is None else _slots(quiz)
    if role in ("pre", "post") and conduct_of(module, role).shuffle_items:
        by_place = {slot.place: slot for slot in slots}
        slots = tuple(by_place[place] for place in shuffled(by_place, learner, module.id, role, attempt))
    return Sitting(role, quiz.id, attempt, slots)


def unanswered(found: Sitting, standing: Progress) -> tuple[Slot, ...]:
    """The slots without a response in the journal, in the order they are asked."""
    return tuple(slot for slot in found.slots if found.answer(standing, slot) is None)


def over(standing: Progress, role: Assessed) -> bool:
    """The post-test is sat until it is passed, the others once."""
    return standing.passed is not None if role == "post" else bool(standing.attempts(role))


def quiz_for(module: Module, learner: str, role: Assessed) -> Quiz:
    """The learner's own form for pre and post, else the quiz the front matter names."""
    before, after = forms(learner, module.id)
    match role:
        case "pre":
            return module.form(before)
        case "post":
            return module.form(after)
        case "evaluation":
            return module.quizzes[module.front.evaluation]
        case "follow-up":
            return module.quizzes[module.front.follow_up or module.front.evaluation]


def families(module: Module, learner: str) -> tuple[str, ...]:
    """What the learner's post-test asks and scores, each once, in the form's order."""
    items = quiz_for(module, learner, "post").items
    return tuple(dict.fromkeys(i.family for i in items if isinstance(i, Scored)))


def missed_families(module: Module, learner: str, standing: Progress, attempt: int) -> tuple[str, ...]:
    """Families of the post-test not yet answered right in an attempt before this one, in the form's order."""
    right = {
        family_of(module, answer.quiz, answer.item)
        for answer in standing.answers.values()
        if answer.role == "post" and answer.attempt < attempt and answer.score == 1
    }
    return tuple(family for family in families(module, learner) if family not in right)


def families_right(module: Module, learner: str, standing: Progress, attempt: int) -> int:
    """How many families of the post-test are right by the end of this attempt, those before it included."""
    return len(families(module, learner)) - len(missed_families(module, learner, standing, attempt + 1))


def family_of(module: Module, quiz: str, item_id: str) -> str:
    found = module.quizzes[quiz].item(item_id) if quiz in module.quizzes else None
    return found.family if isinstance(found, Scored) else item_id


def next_attempt_at(module: Module, standing: Progress) -> datetime | None:
    """When the next post-test attempt opens; None when no delay is asked or none has failed."""
    closed, delay = standing.attempts("post"), conduct_of(module, "post").delay_hours
    return closed[-1].at + timedelta(hours=delay) if closed and delay else None


def follow_up_at(standing: Progress) -> tuple[datetime, datetime] | None:
    """From when the follow-up is open, and from when it is late; None before the post-test is passed."""
    passed = standing.passed
    return (passed.at + FOLLOW_UP_OPENS, passed.at + FOLLOW_UP_LATE) if passed else None


def shuffled(names: Iterable[str], *seed: object) -> tuple[str, ...]:
    """In an order that only the seed decides: the same in every process and every release of Python."""
    return tuple(sorted(names, key=lambda name: _hash((*seed, name))))


def _hash(seed: tuple[object, ...]) -> bytes:
    return hashlib.sha256("/".join(map(str, seed)).encode()).digest()


def _slots(quiz: Quiz) -> tuple[Slot, ...]:
    return tuple(Slot(quiz.id, i.id, i.family if isinstance(i, Scored) else i.id) for i in quiz.items)


def _clone(module: Module, standing: Progress, family: str, attempt: int) -> Slot | None:
    """The clone this attempt has asked, else the first in reserve that the learner has never answered."""
    kept = [slot for quiz in module.front.reserve for slot in _slots(module.quizzes[quiz]) if slot.family == family]
    answers = standing.answers.values()
    here = {(a.quiz, a.item) for a in answers if a.role == "post" and a.attempt == attempt}
    met = {(a.quiz, a.item) for a in answers}
    asked = next((s for s in kept if (s.quiz, s.item) in here), None)
    return asked or next((s for s in kept if (s.quiz, s.item) not in met), None)
