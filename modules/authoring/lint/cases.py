"""Branching cases: each decision is an item with one best option, every option leads on, and every turn is reached."""

from collections.abc import Sequence

from modules.authoring.drafts import QuizDraft
from modules.authoring.problems import did_you_mean
from modules.authoring.sheet import Sheet
from modules.authoring.source import Location
from modules.core.items import Case, OneBest, Quiz, Turn


def check_cases(draft: QuizDraft) -> None:
    if draft.quiz is None or draft.source is None or not draft.quiz.file.cases:
        return
    sheet = Sheet(draft.source, draft.findings)
    for n, case in enumerate(draft.quiz.file.cases):
        at: Location = ("cases", n)
        sheet.twice((*at, "turns"), (turn.item for turn in case.turns), "the decision")
        for place, turn in enumerate(case.turns):
            _turn(turn, case, draft.quiz, (sheet, (*at, "turns", place)))
        _ways(case, sheet, at)


def _turn(turn: Turn, case: Case, quiz: Quiz, where: tuple[Sheet, Location]) -> None:
    sheet, at = where
    item = quiz.item(turn.item)
    if item is None:
        fix = did_you_mean(turn.item, (i.id for i in quiz.items))
        sheet.add("R107", (*at, "item"), f'no item "{turn.item}" in this quiz', fix)
        return
    if not isinstance(item, OneBest):
        sheet.add("I107", (*at, "item"), f'"{turn.item}" has no one best option', "Decide by a single-best item.")
        return
    options = [option.id for option in item.options]
    for name in turn.leads:
        if name not in options:
            fix = did_you_mean(name, options)
            sheet.add("I107", (*at, "leads", name), f'"{name}" is no option of "{turn.item}"', fix)
    if missing := [name for name in options if name not in turn.leads]:
        message = f'the option "{missing[0]}" of "{turn.item}" leads to nothing'
        sheet.add("I107", (*at, "leads"), message, f'Add "{missing[0]}:" with the text of what follows.')
    turns = [one.item for one in case.turns]
    for name, led in turn.leads.items():
        if led.to is not None and led.to not in turns:
            fix = did_you_mean(led.to, turns) or f"Turns: {', '.join(turns)}."
            sheet.add("I109", (*at, "leads", name, "to"), f'"{led.to}" is no turn of the case', fix)


def _ways(case: Case, sheet: Sheet, at: Location) -> None:
    """From the first turn every turn can be reached, and from every turn the end."""
    steps = [_next(case.turns, n) for n in range(len(case.turns))]
    reached = _from(0, steps)
    for n, turn in enumerate(case.turns):
        place = (*at, "turns", n)
        if n not in reached:
            sheet.add("I109", place, f'no way leads to "{turn.item}"', "Let an option lead there, or remove it.")
        elif len(case.turns) not in _from(n, steps):
            sheet.add("I109", place, f'from "{turn.item}" no way leads to the end', "Let an option lead on.")


def _next(turns: Sequence[Turn], n: int) -> set[int]:
    """The turns that follow one; the number after the last is the end. A way to no turn of the case counts as on."""
    places = {turn.item: place for place, turn in enumerate(turns)}
    return {n + 1 if led.to is None else places.get(led.to, n + 1) for led in turns[n].leads.values()}


def _from(start: int, steps: Sequence[set[int]]) -> set[int]:
    found, waiting = {start}, [start]
    while waiting:
        place = waiting.pop()
        new = (steps[place] if place < len(steps) else set()) - found
        found |= new
        waiting += new
    return found
