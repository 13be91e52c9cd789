"""How items are written: the flaws that give an answer away or confuse (NBME item-writing guide)."""

import re
from collections.abc import Sequence
from statistics import median

from modules.authoring.drafts import QuizDraft
from modules.authoring.sheet import Sheet
from modules.authoring.source import Location
from modules.core.items import (
    Choice,
    MultipleResponse,
    Numeric,
    Option,
    PlainOption,
    Quiz,
    ScoredItem,
    SingleBest,
)
from modules.core.prose import plain

LONGEST_STEM = 120
KEY_TO_DISTRACTOR = 1.6
SHORT_OPTION = 40
_CATCH_ALL = re.compile(
    r"\b(?:all|none|both|neither) of (?:the|these) (?:above|below|options)|\ball of these\b", re.IGNORECASE
)
_NEGATIVE = re.compile(
    r"\b(?:EXCEPT|NOT|LEAST)\b|\bexcept\b[^.]*\?|\bwhich (?:\w+ ){0,4}(?:is|are|was|were|does|do) not\b"
)
_LOADED = re.compile(r"\b(?:always|never|only|invariably|often|rarely|frequently|usually|sometimes)\b", re.IGNORECASE)
_LEAD_IN = re.compile(r"\?|[:…]\s*$|\.\.\.\s*$")
_FIGURE = re.compile(r"^\D{0,3}(\d+(?:\.\d+)?)")


def check_items(draft: QuizDraft) -> None:
    """The rules of every item of a quiz that could be read."""
    if draft.quiz is None or draft.source is None:
        return
    sheet = Sheet(draft.source, draft.findings)
    for index, item in enumerate(draft.quiz.items):
        at: Location = ("items", index)
        if isinstance(item, SingleBest | MultipleResponse | Choice):
            _check_options(item.options, draft.quiz, sheet, at)
        if isinstance(item, SingleBest | MultipleResponse | Numeric):
            _check_stem(item, draft.quiz, sheet, at)
        if isinstance(item, SingleBest):
            _check_key(item, draft.quiz, sheet, at)


def _said(quiz: Quiz, text: str) -> str:
    return plain(quiz.rich(text)).strip()


def _check_options(options: Sequence[Option | PlainOption], quiz: Quiz, sheet: Sheet, at: Location) -> None:
    place = (*at, "options")
    sheet.twice(place, (o.id for o in options), "the option id")
    texts = [re.sub(r"\W+", " ", _said(quiz, o.text).casefold()).strip() or o.text for o in options]
    for index, text in enumerate(texts):
        if text in texts[:index]:
            first = sheet.source.line((*place, texts.index(text), "text"))
            sheet.add("I101", (*place, index, "text"), f"the same text stands in line {first}", "Make them differ.")
    for index, option in enumerate(options):
        if catch_all := _CATCH_ALL.search(option.text):
            sheet.add("I202", (*place, index, "text"), f'the option says "{catch_all[0]}"', "Write a real option.")
        loaded = _LOADED.search(option.text) if isinstance(option, Option) else None
        if loaded:
            sheet.add("I204", (*place, index, "text"), f'the option says "{loaded[0]}"', "Say what is meant.")


def _check_stem(item: ScoredItem, quiz: Quiz, sheet: Sheet, at: Location) -> None:
    stem = _said(quiz, item.stem)
    if not _LEAD_IN.search(stem):
        sheet.add("I201", (*at, "stem"), "the stem asks no question", "End it with a question.")
    if negative := _NEGATIVE.search(stem):
        sheet.add("I203", (*at, "stem"), f'the stem is negative: "{negative[0]}"', "Ask for what is true.")
    words = len(f"{_said(quiz, item.vignette) if item.vignette else ''} {stem}".split())
    if words > LONGEST_STEM:
        sheet.add("I206", at, f"stem and vignette have {words} words", f"Keep them under {LONGEST_STEM}.")


def _check_key(item: SingleBest, quiz: Quiz, sheet: Sheet, at: Location) -> None:
    said = [_said(quiz, o.text) for o in item.options]
    right = next(i for i, o in enumerate(item.options) if o.correct)
    others = median(len(s) for i, s in enumerate(said) if i != right)
    if len(said[right]) > max(SHORT_OPTION, KEY_TO_DISTRACTOR * others):
        message = f"the key has {len(said[right])} characters, the distractors {others:g} at the median"
        sheet.add("I205", (*at, "options", right, "text"), message, "Make the options alike in length.")
    figures = [float(found[1]) for s in said if (found := _FIGURE.match(s.replace(",", "")))]
    if len(figures) == len(said) > 1 and figures not in (sorted(figures), sorted(figures, reverse=True)):
        sheet.add("I207", (*at, "options"), "the options start with numbers out of order", "Put them in order.")
