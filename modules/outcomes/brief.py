"""The wrong ideas a room may bring: what learners chose in their first pre-test, and were sure of. Aggregates only."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from modules.core.debrief import GUESS, SURE
from modules.core.events import Event, ItemAnswered
from modules.core.items import MultipleResponse, OneBest, Option
from modules.core.module import Module
from modules.core.responses import Chosen, Confidence
from modules.core.small_cells import LEAST
from modules.outcomes.first_attempts import FirstAttempt, first_attempts

FEWEST = 10
MOST = 3
FAIRLY_SURE: Confidence = 2
Place = tuple[str, str, str]
"""A quiz, an item, an option."""


@dataclass(frozen=True, slots=True)
class Idea:
    """`chose` of `asked` learners chose it with at least this confidence; `place`: where most of them did.

    `chose` None: all but so few that they are not told, either.
    """

    name: str
    place: Place
    unsafe: bool
    least: Confidence
    chose: int | None
    asked: int


@dataclass(frozen=True, slots=True)
class Brief:
    """`n` learners have sat their first pre-test; below FEWEST nothing else is told."""

    n: int
    ideas: tuple[Idea, ...] = ()

    @property
    def enough(self) -> bool:
        return self.n >= FEWEST


@dataclass(slots=True)
class _Seen:
    """One idea while it is counted: learners asked, and by least confidence who chose it and where."""

    asked: set[str] = field(default_factory=set)
    chose: dict[Confidence, set[str]] = field(default_factory=lambda: {FAIRLY_SURE: set(), SURE: set()})
    places: dict[Confidence, Counter[Place]] = field(default_factory=lambda: {FAIRLY_SURE: Counter(), SURE: Counter()})


_Key = tuple[str, bool]
"""The idea's name, and whether acting on it would do harm."""


def brief(module: Module, events: Iterable[Event]) -> Brief:
    """Unsafe ideas first, then those held with full confidence, then those held fairly surely; the commonest first."""
    attempts = [one for one in first_attempts(events) if one.test == "pre"]
    n = len({one.learner for one in attempts})
    if n < FEWEST:
        return Brief(n)
    seen = _counted(module, attempts)
    unsafe = {key: one for key, one in seen.items() if key[1]}
    ranked = (*_ranked(unsafe, FAIRLY_SURE), *_ranked(seen, SURE), *_ranked(seen, FAIRLY_SURE))
    once = {idea.name: idea for idea in reversed(ranked)}
    return Brief(n, tuple(idea for idea in ranked if once[idea.name] is idea)[:MOST])


def _ranked(seen: dict[_Key, _Seen], least: Confidence) -> list[Idea]:
    told = [
        (len(one.chose[least]), _idea(key, one, least))
        for key, one in seen.items()
        if len(one.chose[least]) >= LEAST and len(one.asked) >= FEWEST
    ]
    return [idea for _, idea in sorted(told, key=lambda each: (-each[0] / each[1].asked, -each[0], each[1].name))]


def _idea(key: _Key, seen: _Seen, least: Confidence) -> Idea:
    name, unsafe = key
    places, chose, asked = seen.places[least], len(seen.chose[least]), len(seen.asked)
    place = min(places, key=lambda one: (-places[one], one))
    return Idea(name, place, unsafe, least, None if asked - chose < LEAST else chose, asked)


def _counted(module: Module, attempts: Iterable[FirstAttempt]) -> dict[_Key, _Seen]:
    """A learner counts once for an idea, however many items offered it."""
    seen: dict[_Key, _Seen] = defaultdict(_Seen)
    for attempt in attempts:
        for answer in attempt.answers.values():
            for key, option, chosen in _offered(module, answer):
                one = seen[key]
                one.asked.add(attempt.learner)
                sure = answer.confidence or GUESS
                for least in one.chose if chosen else ():
                    if sure >= least:
                        one.chose[least].add(attempt.learner)
                        one.places[least][answer.quiz, answer.item, option] += 1
    return seen


def _offered(module: Module, answer: ItemAnswered) -> Iterator[tuple[_Key, str, bool]]:
    """Each wrong option of the item: its idea, its id, and whether it was chosen."""
    quiz = module.quizzes.get(answer.quiz)
    item = None if quiz is None else quiz.item(answer.item)
    if isinstance(item, OneBest | MultipleResponse) and isinstance(answer.response, Chosen):
        for option in item.options:
            if not option.correct:
                yield _key(item, answer.quiz, option), option.id, option.id in answer.response.options


def _key(item: OneBest | MultipleResponse, quiz: str, option: Option) -> _Key:
    """Clones ask for the same idea: by the misconception that is named, else the unsafe choice of the family."""
    if option.misconception is not None:
        return option.misconception, option.unsafe is not None
    return (f"{item.family}: unsafe", True) if option.unsafe is not None else (f"{quiz}#{item.id}: {option.id}", False)
