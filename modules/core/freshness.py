"""Which evidence is due for a look: trials by the day somebody promised to check whether they have reported again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from modules.core.evidence import Trial

SOON = timedelta(days=60)
State = Literal["undated", "overdue", "soon", "later"]
ORDER: tuple[State, ...] = ("overdue", "undated", "soon", "later")


@dataclass(frozen=True, slots=True)
class Due:
    """One trial's standing; `by` None when no day was promised."""

    trial: Trial
    by: date | None
    state: State


def freshness(trials: Mapping[str, Trial], *, on: date) -> tuple[Due, ...]:
    """Every trial, the most pressing first."""
    found = [Due(trial, trial.review_by, _state(trial.review_by, on)) for trial in trials.values()]
    return tuple(sorted(found, key=lambda due: (ORDER.index(due.state), due.by or date.min, due.trial.name)))


def _state(by: date | None, on: date) -> State:
    if by is None:
        return "undated"
    if by < on:
        return "overdue"
    return "soon" if by <= on + SOON else "later"
