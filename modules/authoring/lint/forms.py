"""What holds for a whole test: where its keys stand, how much is recall, whether each objective gets its share."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from modules.authoring.chance import chi_square_tail
from modules.authoring.drafts import ModuleDraft, QuizDraft
from modules.authoring.sheet import Sheet
from modules.authoring.source import Location
from modules.core.items import Scored, ScoredItem, SingleBest

FEWEST_OF_A_TEST = 5
"""Shares of fewer items say nothing: one item more or less turns them round."""
FEWEST_FOR_CHI_SQUARE = 12
SIGNIFICANT = 0.05
LARGEST_SHARE_OF_RECALL = 0.4
LARGEST_SHARE_OF_A_POSITION = 0.5
FEWEST_OPTIONS = 3


@dataclass(frozen=True, slots=True)
class _Key:
    """Where the key of an item stands, among how many options."""

    sheet: Sheet
    at: Location
    place: int
    options: int


def check_forms(draft: ModuleDraft) -> None:
    keys = [key for quiz in draft.quizzes for key in _keys(quiz)]
    if keys and all(quiz.quiz for quiz in draft.quizzes):
        _uneven(keys)
    for quiz in draft.quizzes:
        if quiz.quiz and quiz.source and {"pre", "post"} & set(quiz.quiz.file.roles):
            _test(quiz, Sheet(quiz.source, quiz.findings), draft)


def _keys(draft: QuizDraft) -> list[_Key]:
    if draft.quiz is None or draft.source is None:
        return []
    sheet = Sheet(draft.source, draft.findings)
    return [
        _Key(sheet, ("items", n), [o.correct for o in item.options].index(True), len(item.options))
        for n, item in enumerate(draft.quiz.items)
        if isinstance(item, SingleBest)
    ]


def _uneven(keys: Sequence[_Key]) -> None:
    """Pearson's chi-square over the positions, each item adding 1/n to each of its own n.

    With items of unlike length the statistic runs a little low, so the test errs on the side of silence.
    """
    if len(keys) < FEWEST_FOR_CHI_SQUARE:
        return
    positions = max(key.options for key in keys)
    seen = Counter(key.place for key in keys)
    expected = [sum(1 / key.options for key in keys if key.options > place) for place in range(positions)]
    statistic = sum((seen[n] - wanted) ** 2 / wanted for n, wanted in enumerate(expected))
    tail = chi_square_tail(statistic, positions - 1)
    if tail < SIGNIFICANT:
        counts = ", ".join(f"{seen[n]} at {n + 1}" for n in range(positions))
        message = f"the {len(keys)} keys of the module stand {counts} (chi-square p {tail:.3f})"
        keys[0].sheet.add("I212", keys[0].at, message, "Change the order of options in some items.")


def _test(quiz: QuizDraft, sheet: Sheet, module: ModuleDraft) -> None:
    scored = [(n, item) for n, item in enumerate(quiz.quiz.items if quiz.quiz else ()) if isinstance(item, Scored)]
    if len(scored) < FEWEST_OF_A_TEST:
        return
    _positions(_keys(quiz), sheet)
    for n, item in scored:
        if isinstance(item, SingleBest) and len(item.options) < FEWEST_OPTIONS:
            message = f"{len(item.options)} options: guessing is right half of the time"
            sheet.add("I217", ("items", n, "options"), message, "Add a mistake that people make.")
    recall = [n for n, item in scored if item.level == "recall"]
    if len(recall) > LARGEST_SHARE_OF_RECALL * len(scored):
        message = f"{len(recall)} of {len(scored)} items ask for recall"
        sheet.add("I218", ("items", recall[0]), message, "Ask for the use of the knowledge; set level.")
    if module.front and quiz.quiz and quiz.quiz.file.form and len(scored) >= 2 * len(module.front.objectives):
        _shares(scored, sheet)


def _positions(keys: Sequence[_Key], sheet: Sheet) -> None:
    if not FEWEST_OF_A_TEST <= len(keys) < FEWEST_FOR_CHI_SQUARE:
        return
    place, count = Counter(key.place for key in keys).most_common(1)[0]
    if count > LARGEST_SHARE_OF_A_POSITION * len(keys):
        first = next(key for key in keys if key.place == place)
        message = f"{count} of {len(keys)} keys stand at position {place + 1}"
        sheet.add("I213", first.at, message, "Spread the keys over the positions.")


def _shares(scored: Sequence[tuple[int, ScoredItem]], sheet: Sheet) -> None:
    """A form that is long enough asks about each objective twice: one item is too few to report on it."""
    asked = Counter(objective for _, item in scored for objective in item.objectives)
    for n, item in scored:
        for place, objective in enumerate(item.objectives):
            if asked[objective] == 1:
                message = f'this is the one item of {len(scored)} about "{objective}"'
                sheet.add("I219", ("items", n, "objectives", place), message, "Ask two or more.")
