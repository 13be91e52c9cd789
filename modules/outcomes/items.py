"""The report on the items of a module's tests, from first attempts: how hard, how telling, how much was learned."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from modules.core.events import Event, ItemAnswered
from modules.core.items import OneBest, Scored
from modules.core.module import Module
from modules.core.responses import Chosen, Confidence
from modules.outcomes.first_attempts import FirstAttempt, Test, first_attempts, right
from modules.outcomes.statistics import (
    Interval,
    alpha,
    alpha_interval,
    correlation,
    error_of_measurement,
    fisher,
    gain,
    mcnemar,
    quartiles,
    wilson,
)

FEWEST_SHARES = 10
FEWEST_DISCRIMINATION = 30
FEWEST_DISTRACTORS = 40
FEWEST_PAIRS = 10
FEWEST_RELIABILITY = (10, 50)
"""Items and learners."""
FUNCTIONAL = 0.05
"""A distractor fewer choose is no distractor (Haladyna and Downing 1993)."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A value with its interval and how many answers it rests on.

    `value` None: too few answers, or (with `enough`) all the same, so that there is nothing to tell.
    """

    n: int
    value: float | None = None
    interval: Interval | None = None
    enough: bool = False


@dataclass(frozen=True, slots=True)
class OptionUse:
    """`share` of all answers, `best` of those by the better third; `with_rest`: correlation with the rest score."""

    option: str
    correct: bool
    share: float
    best: float
    with_rest: float | None


@dataclass(frozen=True, slots=True)
class Step:
    """One step of confidence: how many answers were given with it, how many right, and the share's figure."""

    confidence: Confidence
    right: int
    n: int
    share: Figure


@dataclass(frozen=True, slots=True)
class ItemReport:
    """One item as asked in one test. `functional`: the share of its distractors that are chosen at all."""

    quiz: str
    item: str
    family: str
    test: Test
    difficulty: Figure
    discrimination: Figure
    options: tuple[OptionUse, ...]
    functional: Figure
    calibration: tuple[Step, ...]
    confidence: Figure
    """The mean of the steps 1 to 3."""
    seconds: tuple[float, float, float] | None
    timed: int


@dataclass(frozen=True, slots=True)
class FamilyReport:
    """What changed between the pre-test and the first post-test, by learner; `p` of the exact McNemar test."""

    family: str
    kept: int
    gained: int
    lost: int
    still_wrong: int
    sensitivity: Figure
    p: float | None

    @property
    def n(self) -> int:
        return self.kept + self.gained + self.lost + self.still_wrong


@dataclass(frozen=True, slots=True)
class FormReport:
    """A form in one test. `error`: the standard error of measurement, in items."""

    quiz: str
    test: Test
    items: int
    learners: int
    reliability: Figure
    error: float | None


@dataclass(frozen=True, slots=True)
class Report:
    items: tuple[ItemReport, ...]
    families: tuple[FamilyReport, ...]
    forms: tuple[FormReport, ...]


def item_report(module: Module, events: Iterable[Event]) -> Report:
    """`events`: a module's journal, of all learners, in any order."""
    attempts = first_attempts(events)
    by_form = [
        (quiz, test, list(found))
        for (quiz, test), found in groupby(sorted(attempts, key=_form), key=_form)
        if quiz in module.front.forms.values()
    ]
    items = tuple(r for quiz, test, found in by_form for r in _items(module, quiz, test, found))
    forms = tuple(_form_report(quiz, test, found) for quiz, test, found in by_form)
    return Report(items, _families(module, attempts), forms)


def _form(attempt: FirstAttempt) -> tuple[str, Test]:
    return attempt.quiz, attempt.test


def _items(module: Module, quiz: str, test: Test, attempts: Sequence[FirstAttempt]) -> list[ItemReport]:
    items = [i for i in module.quizzes[quiz].items if isinstance(i, Scored)]
    asked = ((i, [a for a in attempts if i.id in a.answers]) for i in items)
    return [_item(quiz, test, item, found) for item, found in asked if found]


def _item(quiz: str, test: Test, item: Scored, attempts: Sequence[FirstAttempt]) -> ItemReport:
    answers = [a.answers[item.id] for a in attempts]
    rights = list(map(right, answers))
    rest = [a.total - r for a, r in zip(attempts, rights, strict=True)]
    times = [a.seconds for a in answers if a.seconds is not None]
    options = _options(item, answers, rest)
    return ItemReport(
        quiz=quiz,
        item=item.id,
        family=item.family,
        test=test,
        difficulty=share(sum(rights), len(answers)),
        discrimination=_discrimination(rights, rest),
        options=options,
        functional=_functional(options, len(answers)),
        calibration=_calibration(answers),
        confidence=_confidence(answers),
        seconds=quartiles(times) if len(times) >= FEWEST_SHARES else None,
        timed=len(times),
    )


def share(count: int, n: int) -> Figure:
    """With its interval, from FEWEST_SHARES answers on."""
    return Figure(n, count / n, wilson(count, n), True) if n >= FEWEST_SHARES else Figure(n)


def _discrimination(rights: Sequence[int], rest: Sequence[int]) -> Figure:
    n = len(rights)
    if n < FEWEST_DISCRIMINATION:
        return Figure(n)
    found = correlation(rights, rest)
    return Figure(n, enough=True) if found is None else Figure(n, found, fisher(found, n), True)


def _options(item: Scored, answers: Sequence[ItemAnswered], rest: Sequence[int]) -> tuple[OptionUse, ...]:
    """Empty for items without one best option, and under the threshold."""
    n = len(answers)
    if not isinstance(item, OneBest) or n < FEWEST_DISTRACTORS:
        return ()
    cut = sorted(rest, reverse=True)[max(0, n // 3 - 1)]
    chosen = [a.response.options if isinstance(a.response, Chosen) else () for a in answers]
    found = []
    for option in item.options:
        chose = [int(option.id in theirs) for theirs in chosen]
        best = [c for c, r in zip(chose, rest, strict=True) if r >= cut]
        with_rest = correlation(chose, rest)
        found.append(OptionUse(option.id, option.correct, sum(chose) / n, sum(best) / len(best), with_rest))
    return tuple(found)


def _functional(options: Sequence[OptionUse], n: int) -> Figure:
    wrong = [o for o in options if not o.correct]
    return Figure(n, sum(o.share >= FUNCTIONAL for o in wrong) / len(wrong), enough=True) if wrong else Figure(n)


def _calibration(answers: Sequence[ItemAnswered]) -> tuple[Step, ...]:
    steps: tuple[Confidence, ...] = (1, 2, 3)
    rights = ((c, [right(a) for a in answers if a.confidence == c]) for c in steps)
    return tuple(Step(c, sum(found), len(found), share(sum(found), len(found))) for c, found in rights if found)


def _confidence(answers: Sequence[ItemAnswered]) -> Figure:
    told = [a.confidence for a in answers if a.confidence is not None]
    n = len(told)
    return Figure(n, sum(told) / n, enough=True) if n >= FEWEST_SHARES else Figure(n)


def _families(module: Module, attempts: Sequence[FirstAttempt]) -> tuple[FamilyReport, ...]:
    """Each learner once: what they gave to a family before, and to its clone after."""
    family = {(q.id, i.id): i.family for q in module.quizzes.values() for i in q.items if isinstance(i, Scored)}
    rights: dict[tuple[str, str], dict[Test, int]] = {}
    for attempt in attempts:
        for item, answer in attempt.answers.items():
            if name := family.get((attempt.quiz, item)):
                rights.setdefault((name, attempt.learner), {})[attempt.test] = right(answer)
    pairs: dict[str, list[tuple[int, int]]] = {}
    for (name, _), both in rights.items():
        if "pre" in both and "post" in both:
            pairs.setdefault(name, []).append((both["pre"], both["post"]))
    return tuple(_family(name, pairs[name]) for name in sorted(pairs))


def _family(name: str, pairs: Sequence[tuple[int, int]]) -> FamilyReport:
    cells = {pair: pairs.count(pair) for pair in ((1, 1), (0, 1), (1, 0), (0, 0))}
    gained, lost, n = cells[0, 1], cells[1, 0], len(pairs)
    enough = n >= FEWEST_PAIRS
    sensitivity = Figure(n, *gain(gained, lost, n), True) if enough else Figure(n)
    p = mcnemar(gained, lost) if enough else None
    return FamilyReport(name, cells[1, 1], gained, lost, cells[0, 0], sensitivity, p)


def _form_report(quiz: str, test: Test, attempts: Sequence[FirstAttempt]) -> FormReport:
    """Of those who answered the same items: a form that was changed in between is two, and the larger is told."""
    sets = Counter(tuple(a.answers) for a in attempts)
    asked = max(sets, key=lambda items: (sets[items], items))
    most, whole = len(asked), [a for a in attempts if tuple(a.answers) == asked]
    fewest_items, fewest_learners = FEWEST_RELIABILITY
    if most < fewest_items or len(whole) < fewest_learners:
        return FormReport(quiz, test, most, len(whole), Figure(len(whole)), None)
    found = alpha([[right(answer) for answer in a.answers.values()] for a in whole])
    if found is None:
        return FormReport(quiz, test, most, len(whole), Figure(len(whole), enough=True), None)
    interval = alpha_interval(found, most, len(whole))
    error = error_of_measurement([a.total for a in whole], found)
    return FormReport(quiz, test, most, len(whole), Figure(len(whole), found, interval, True), error)
