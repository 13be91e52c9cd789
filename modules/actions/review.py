"""Reviews after completion: which families of items are due, which clone asks, and the learner's choice to stop."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from modules.actions.learn import stamp, standing
from modules.actions.spacing import spacing
from modules.core.errors import NotAllowed
from modules.core.events import ItemAnswered, ReviewChoice
from modules.core.items import Quiz, Scored
from modules.core.module import Module
from modules.core.progress import Progress
from modules.core.review import CLOSE, OPEN, Seen
from modules.core.sitting import Slot, family_of, quiz_for
from modules.records.records import Records


@dataclass(frozen=True, slots=True)
class Due:
    """A family and when its next review is due; `slot` is the clone that will ask, None when there is no other."""

    family: str
    at: datetime
    slot: Slot | None


def plan(module: Module, learner: str, mine: Progress) -> tuple[Due, ...]:
    """The next review of each family of the post-test, soonest first. Empty before it is passed and when stopped."""
    if mine.passed is None or not mine.reviewing:
        return ()
    when, completed = spacing(module.front.reviews), mine.passed.at
    found = []
    for family in families(quiz_for(module, learner, "post")):
        at = when(completed, _reviews(module, mine, family), module.front.reviews)
        if at is not None:
            found.append(Due(family, at, _clone(module, family, _answers(module, mine, family))))
    return tuple(sorted(found, key=lambda due: (due.at, due.family)))


def due(module: Module, learner: str, mine: Progress, now: datetime) -> tuple[Due, ...]:
    """What can be asked now."""
    return tuple(one for one in plan(module, learner, mine) if one.at <= now and one.slot is not None)


def choose(records: Records, learner: str, module: Module, *, active: bool, now: datetime) -> Progress:
    """Stops the reviews or takes them up again; choosing what already stands writes nothing."""
    mine = standing(records, learner, module)
    if mine.passed is None:
        raise NotAllowed("Reviews begin when you have passed the post-test.")
    if mine.reviewing == active:
        return mine
    made = stamp(learner, module, now, "review-choice", now.isoformat())
    records.append([ReviewChoice(**made, active=active)])
    return standing(records, learner, module)


def follow_up_window(mine: Progress) -> tuple[datetime, datetime] | None:
    """From 60 to 90 days after the post-test was passed; None before that."""
    return None if mine.passed is None else (mine.passed.at + OPEN, mine.passed.at + CLOSE)


def families(quiz: Quiz) -> tuple[str, ...]:
    return tuple(dict.fromkeys(i.family for i in quiz.items if isinstance(i, Scored)))


def clones(module: Module, family: str) -> tuple[Slot, ...]:
    """Every item of the family: in reserve first, then in the forms."""
    quizzes = (*module.front.reserve, *module.front.forms.values())
    return tuple(
        Slot(quiz, item.id, family)
        for quiz in quizzes
        for item in module.quizzes[quiz].items
        if isinstance(item, Scored) and item.family == family
    )


def _answers(module: Module, mine: Progress, family: str) -> list[ItemAnswered]:
    """Every answer to the family in any role, oldest first."""
    found = (a for a in mine.answers.values() if family_of(module, a.quiz, a.item) == family)
    return sorted(found, key=lambda a: (a.at, a.id))


def _clone(module: Module, family: str, answers: Iterable[ItemAnswered]) -> Slot | None:
    """One not met yet, else the one met longest ago; never the one met last."""
    met = [(a.quiz, a.item) for a in answers]
    last = {place: n for n, place in enumerate(met)}
    open_ = [s for s in clones(module, family) if not met or (s.quiz, s.item) != met[-1]]
    return min(open_, key=lambda s: last.get((s.quiz, s.item), -1), default=None)


def dates(module: Module, learner: str, mine: Progress) -> tuple[datetime, ...]:
    """Every review to come, if each is answered right and on its day; one a day, soonest first."""
    when, reviews = spacing(module.front.reviews), module.front.reviews
    found: dict[date, datetime] = {}
    for one in plan(module, learner, mine):
        seen = _reviews(module, mine, one.family)
        at: datetime | None = one.at
        while at is not None and mine.passed is not None:
            found.setdefault(at.date(), at)
            seen.append(Seen(at, correct=True))
            at = when(mine.passed.at, seen, reviews)
    return tuple(found[day] for day in sorted(found))


def _reviews(module: Module, mine: Progress, family: str) -> list[Seen]:
    answers = _answers(module, mine, family)
    return [Seen(a.at, a.score == 1, a.confidence) for a in answers if a.role == "review"]
