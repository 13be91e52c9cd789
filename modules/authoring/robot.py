"""The test-wise robot: five ways to answer without knowledge, and whether one of them beats chance over a bank.

Each strategy narrows an item to the options it would take. Under an honest bank the key is any option with the
same probability, so a strategy that takes 1 of 4 hits with probability 1/4, and one that takes 2 of 4 with 2/4. The
number of hits then has the Poisson binomial law, whose upper tail is exact. At `ALPHA` for each of five strategies an
honest bank is refused with a probability of at most 5% (Bonferroni), and less in truth, since counts move in steps.
The cues are those of test-wiseness research (Millman, Bishop and Ebel, Educ Psychol Meas 1965;25:707-26).
"""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from modules.authoring.chance import needed, upper_tail
from modules.authoring.wording import Said, said, telling
from modules.core.items import OneBest
from modules.core.module import Module

ALPHA = 0.01
FEWEST = 12
"""Of 8 items with three options, a cue that gives away eight in ten is caught half of the time; of 12, 79%."""
GIVEN_AWAY = 0.6
_ABSOLUTE = re.compile(
    r"\b(?:always|never|only|invariably|all|every|none|any|must|cannot|exactly|entirely|completely|totally|whatever"
    r"|impossible|certainly|proves?|proven)\b",
    re.IGNORECASE,
)
_HEDGED = re.compile(
    r"\b(?:may|might|could|can|often|usually|sometimes|generally|mostly|probably|likely|possibl[ey]|perhaps|suggests?"
    r"|seems?|tends?|some)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Played:
    """One single-best item as the robot sees it; `key` is where its right option stands."""

    quiz: str
    item: str
    heard: Said
    key: int


@dataclass(frozen=True, slots=True)
class Strategy:
    """`takes` gives the places of the options it would take: all of them when it has no opinion."""

    code: str
    name: str
    takes: Callable[[Said], frozenset[int]]


@dataclass(frozen=True, slots=True)
class Game:
    """What one strategy made of a bank; `needed` hits would be too many for chance, None if no number would be.

    `tail` is the probability of so many hits or more, `reverse` of so few or fewer: authors who keep a key from being
    the longest option can do so too well. A reverse is told and fails nothing, so the stated rate stays what it is.
    """

    strategy: Strategy
    decided: int
    hits: tuple[Played, ...]
    expected: float
    needed: int | None
    tail: float
    reverse: float

    @property
    def won(self) -> bool:
        return self.tail <= ALPHA

    @property
    def shunned(self) -> bool:
        return self.reverse <= ALPHA


def bank(module: Module) -> tuple[Played, ...]:
    """Every item of a module with one best option, on a chart too, in the order of its quizzes, reserve forms too."""
    return tuple(
        Played(quiz.id, item.id, heard, heard.key)
        for quiz in module.quizzes.values()
        for item in quiz.items
        if isinstance(item, OneBest) and (heard := said(item, quiz)).key is not None
    )


def play(items: Sequence[Played]) -> tuple[Game, ...]:
    """All five strategies; none for a bank too small to judge."""
    return tuple(_game(s, items) for s in STRATEGIES) if len(items) >= FEWEST else ()


def power(items: Sequence[Played], given_away: float = GIVEN_AWAY) -> float:
    """The probability that a strategy is caught which takes one option of each item and is right in this share."""
    wanted = needed([1 / len(p.heard.options) for p in items], ALPHA)
    return 0.0 if wanted is None else upper_tail([given_away] * len(items), wanted)


def _game(strategy: Strategy, items: Sequence[Played]) -> Game:
    taken = [(p, strategy.takes(p.heard)) for p in items]
    decided = [(p, places) for p, places in taken if len(places) < len(p.heard.options)]
    hits = tuple(p for p, places in decided if p.key in places)
    chances = [len(places) / len(p.heard.options) for p, places in decided]
    return Game(
        strategy,
        len(decided),
        hits,
        expected=sum(chances),
        needed=needed(chances, ALPHA),
        tail=upper_tail(chances, len(hits)),
        reverse=upper_tail([1 - chance for chance in chances], len(decided) - len(hits)),
    )


def _most(scores: Sequence[int]) -> frozenset[int]:
    return frozenset(n for n, score in enumerate(scores) if score == max(scores))


def _longest(heard: Said) -> frozenset[int]:
    return _most([len(text) for text in heard.options])


def _overlap(heard: Said) -> frozenset[int]:
    asked = telling(f"{heard.vignette} {heard.stem}")
    return _most([len(telling(text) & asked) for text in heard.options])


def _no_absolutes(heard: Said) -> frozenset[int]:
    """Passes over absolutes; where that leaves all or nothing, takes the hedged options."""
    every = frozenset(range(len(heard.options)))
    mild = frozenset(n for n in every if not _ABSOLUTE.search(heard.options[n]))
    hedged = frozenset(n for n in every if _HEDGED.search(heard.options[n]))
    return mild if mild and mild < every else hedged or every


def _middle(heard: Said) -> frozenset[int]:
    count = len(heard.options)
    return frozenset({(count - 1) // 2, count // 2})


def _convergence(heard: Said) -> frozenset[int]:
    elements = [telling(text) for text in heard.options]
    uses = Counter(element for found in elements for element in found)
    return _most([sum(uses[element] - 1 for element in found) for found in elements])


STRATEGIES = (
    Strategy("I301", "longest option", _longest),
    Strategy("I302", "most words of the stem", _overlap),
    Strategy("I303", "no absolutes", _no_absolutes),
    Strategy("I304", "middle option", _middle),
    Strategy("I305", "most like the others", _convergence),
)
