"""Spaced review after completion: when the next question on one idea is due, and how long the plan runs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated, Literal

from pydantic import Field, model_validator

from modules.core.authored import Authored
from modules.core.responses import Confidence

OPEN, CLOSE = timedelta(days=60), timedelta(days=90)
"""The follow-up on commitments: from 60 to 90 days after completion."""


class Reviews(Authored):
    """`days`: after completion, rising. Two reviews at day 8 and 24 by default (spacing of 8 and 16 days; Kerfoot).

    `spacing`: `fixed` keeps to `days`; `fsrs` lets a memory model set the dates until the follow-up closes.
    """

    days: Annotated[tuple[Annotated[int, Field(ge=1)], ...], Field(max_length=10)] = (8, 24)
    spacing: Literal["fixed", "fsrs"] = "fixed"

    @model_validator(mode="after")
    def _rise(self) -> "Reviews":
        if list(self.days) != sorted(set(self.days)):
            raise ValueError(f"the days must rise, each once: {', '.join(map(str, self.days))} do not")
        return self


@dataclass(frozen=True, slots=True)
class Seen:
    """One answer to an item of a family."""

    at: datetime
    correct: bool
    confidence: Confidence | None = None


def fixed(completed: datetime, seen: Sequence[Seen], reviews: Reviews) -> datetime | None:
    """When the next review of a family is due; None when the plan is done. `seen`: its reviews, oldest first.

    A late review shifts those after it, so that the gaps of the plan are kept.
    """
    if len(seen) >= len(reviews.days):
        return None
    planned = timedelta(days=reviews.days[len(seen)])
    if not seen:
        return completed + planned
    gap = planned - timedelta(days=reviews.days[len(seen) - 1])
    return max(completed + planned, seen[-1].at + gap)
