"""Practice after completion: what to ask next. Nothing here touches a score, a pass or a certificate."""

from collections.abc import Iterator
from datetime import datetime

from modules.actions.review import clones, families
from modules.core.events import ItemAnswered
from modules.core.items import Scored
from modules.core.module import Module
from modules.core.progress import Progress
from modules.core.sitting import Slot, family_of, quiz_for, shuffled


def practice(module: Module, learner: str, mine: Progress) -> tuple[Slot, ...]:
    """Items worth practising, best first; empty before the post-test is passed.

    First clones of what was missed or guessed and not yet put right in practice, then items not met yet, then the rest
    by how long ago they were met.
    """
    if mine.passed is None:
        return ()
    met = {(a.quiz, a.item): a.at for a in sorted(mine.answers.values(), key=lambda a: a.at)}
    weak = weak_families(module, mine)
    pool = {slot.place: slot for slot in _pool(module, learner)}
    order = shuffled(pool, learner, module.id, "practice")
    never = datetime.min.replace(tzinfo=mine.passed.at.tzinfo)

    def rank(slot: Slot) -> tuple[bool, bool, datetime]:
        at = met.get((slot.quiz, slot.item))
        return slot.family not in weak, at is not None, at or never

    return tuple(sorted((pool[place] for place in order), key=rank))


def weak_families(module: Module, mine: Progress) -> frozenset[str]:
    """Families whose last answer was wrong, or right by a guess."""
    last: dict[str, ItemAnswered] = {}
    for answer in sorted(mine.answers.values(), key=lambda a: (a.at, a.id)):
        if answer.score is not None:
            last[family_of(module, answer.quiz, answer.item)] = answer
    return frozenset(family for family, a in last.items() if a.score != 1 or a.confidence == 1)


def _pool(module: Module, learner: str) -> Iterator[Slot]:
    """Clones of the test's items, and the items of the practice quizzes."""
    for family in families(quiz_for(module, learner, "post")):
        yield from clones(module, family)
    for quiz in module.quizzes.values():
        if "practice" in quiz.file.roles and quiz.id not in (*module.front.reserve, *module.front.forms.values()):
            yield from (Slot(quiz.id, i.id, i.family) for i in quiz.items if isinstance(i, Scored))
