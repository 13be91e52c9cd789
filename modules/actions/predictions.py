"""A learner says what a figure will be before it is shown. Formative: never graded, no part of credit."""

import math
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from modules.actions.attempts import before_lessons
from modules.actions.learn import stamp, standing_to_save
from modules.core.errors import NotAllowed
from modules.core.events import PredictionMade
from modules.core.module import Module, Predict, walk
from modules.core.prediction import error, span
from modules.records.records import Records


@dataclass(frozen=True, slots=True)
class Asked:
    """Where a prediction belongs: one a figure and lesson."""

    lesson: str
    figure: str


def predict(
    records: Records, learner: str, module: Module, asked: Asked, *, guess: float | None, now: datetime
) -> PredictionMade:
    """Keeps the guess and returns the one that stands: the first, whatever is sent later. None: nothing was given."""
    block = _asked_in(module, asked)
    found = standing_to_save(records, learner, module)
    earlier = found.prediction(asked.lesson, asked.figure)
    if earlier is not None:
        return earlier
    if missing := before_lessons(found):
        raise NotAllowed(missing)
    given, truth = _acceptable(block, guess), _truth(block)
    made = PredictionMade(
        **stamp(learner, module, now, "prediction", asked.lesson, asked.figure),
        lesson=asked.lesson,
        figure=asked.figure,
        unit=block.quantity.unit,
        guess=given,
        truth=truth,
        error=error(given, truth),
    )
    return cast(PredictionMade, records.append([made])[0])


def _asked_in(module: Module, asked: Asked) -> Predict:
    lesson = module.lesson(asked.lesson)
    for block in walk(lesson.blocks) if lesson else ():
        if isinstance(block, Predict) and block.figure == asked.figure:
            return block
    raise NotAllowed("This prediction is not part of the lesson.")


def _acceptable(block: Predict, guess: float | None) -> float:
    """A number in the range. NaN is in no range."""
    if guess is None or not math.isfinite(guess) or not block.low <= guess <= block.high:
        raise NotAllowed(f"Move the slider or type one number {span(block)}, then lock it in.")
    return float(guess)


def _truth(block: Predict) -> float:
    """The check of the content refuses a prediction of a figure without a value (E130)."""
    if block.quantity.value is None:
        raise NotAllowed("This figure has no published value to compare with.")
    return float(block.quantity.value)
