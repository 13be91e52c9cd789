"""How items are written: the flaws that give an answer away or confuse (NBME item-writing guide)."""

from collections.abc import Sequence

from modules.authoring.drafts import QuizDraft
from modules.authoring.lint.options import check_key, check_options, in_order
from modules.authoring.lint.stems import check_stem
from modules.authoring.sheet import Sheet
from modules.authoring.source import Location
from modules.authoring.wording import said
from modules.core.items import (
    ExtendedMatching,
    MultipleResponse,
    OneBest,
    Option,
    PlainOption,
    Quiz,
    Scored,
    ScoredItem,
    ScriptConcordance,
    Stem,
    UnscoredItem,
)
from modules.core.prose import plain
from modules.core.scored import PANEL

TESTS: frozenset[str] = frozenset({"pre", "post"})


def check_items(draft: QuizDraft) -> None:
    """The rules of every item of a quiz that could be read."""
    if draft.quiz is None or draft.source is None:
        return
    sheet = Sheet(draft.source, draft.findings)
    in_a_test = bool(TESTS & set(draft.quiz.file.roles))
    for index, item in enumerate(draft.quiz.items):
        at: Location = ("items", index)
        _lists(item, draft.quiz, sheet, at)
        if isinstance(item, OneBest | MultipleResponse):
            _unsafe(item, sheet, at)
            _shuffled(item, draft.quiz, sheet, at)
        if isinstance(item, MultipleResponse) and in_a_test and "scoring" not in item.model_fields_set:
            message = "several answers in a test, scored by the default"
            sheet.add("I223", at, message, "Write scoring: all-or-nothing or right-minus-wrong, or move it to a check.")
        if isinstance(item, ScriptConcordance):
            _concordance(item, in_a_test, sheet, at)
        if isinstance(item, Scored):
            heard = said(item, draft.quiz)
            check_stem(heard, sheet, at)
            check_key(heard, sheet, at)


def _lists(item: ScoredItem | UnscoredItem, quiz: Quiz, sheet: Sheet, at: Location) -> None:
    """What a learner chooses from, matches or puts in order: each with its own id and its own words."""
    for key in ("options", "stems", "steps", "states"):
        entries: Sequence[Option | PlainOption | Stem] = getattr(item, key, ())
        if not entries:
            continue
        place = (*at, key)
        texts = tuple(_plain(quiz, entry.text) for entry in entries)
        sheet.twice(place, (entry.id for entry in entries), f"the {key[:-1]} id")
        scored = isinstance(item, OneBest | MultipleResponse | ExtendedMatching) and key == "options"
        check_options(texts, scored, sheet, place)


def _plain(quiz: Quiz, text: str) -> str:
    """The states of a commitment's review are words alone, without roles."""
    return plain(quiz.rich(text)).strip() if text in quiz.prose else text


def _unsafe(item: OneBest | MultipleResponse, sheet: Sheet, at: Location) -> None:
    for n, option in enumerate(item.options):
        if option.correct and option.unsafe is not None:
            message = f'"{option.id}" is right and marked unsafe'
            sheet.add("I106", (*at, "options", n, "unsafe"), message, "Only a distractor can be unsafe.")


def _shuffled(item: OneBest | MultipleResponse, quiz: Quiz, sheet: Sheet, at: Location) -> None:
    if not item.fixed and in_order([_plain(quiz, option.text) for option in item.options]):
        message = "the options are numbers in order, and are shuffled for each learner"
        sheet.add("I225", (*at, "options"), message, "Write fixed: true.")


def _concordance(item: ScriptConcordance, in_a_test: bool, sheet: Sheet, at: Location) -> None:
    if in_a_test:
        message = "script concordance in a test: it has no key to pass or fail by"
        sheet.add("I105", at, message, "Move it to a check or to practice.")
    if len(item.panel) < PANEL:
        message = f"a panel of {len(item.panel)}: it is asked and discussed, but not scored"
        place = (*at, "panel") if item.panel else at
        sheet.add("I224", place, message, f"Ask {PANEL} experts or more; never make answers up.")
