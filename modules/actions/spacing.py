"""When a family of items is due again: by the fixed plan, or by a memory model behind the same signature."""

from collections.abc import Callable, Sequence
from datetime import datetime

from fsrs import Card, Rating, Scheduler

from modules.core.review import CLOSE, Reviews, Seen, fixed

Spacing = Callable[[datetime, Sequence[Seen], Reviews], datetime | None]
"""From the completion, the reviews so far (oldest first) and the plan to the next date; None when it is over."""

_SCHEDULER = Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)
"""In whole days, without chance: a clinician reviews between clinics, not within minutes."""
_RATINGS = {1: Rating.Hard, 2: Rating.Good, 3: Rating.Easy}


def spacing(reviews: Reviews) -> Spacing:
    return by_memory if reviews.spacing == "fsrs" else fixed


def by_memory(completed: datetime, seen: Sequence[Seen], reviews: Reviews) -> datetime | None:
    """FSRS 6 (py-fsrs): completion counts as a first good answer. It ends when the follow-up closes.

    The first review is never before the first day of the plan: a model that knows one answer knows little.
    """
    card = _SCHEDULER.review_card(Card(card_id=1), Rating.Good, completed)[0]
    for one in seen:
        card = _SCHEDULER.review_card(card, _rating(one), one.at)[0]
    due = card.due
    if not seen and reviews.days:
        due = max(due, fixed(completed, (), reviews) or due)
    return due if due <= completed + CLOSE else None


def _rating(one: Seen) -> Rating:
    return _RATINGS[one.confidence or 2] if one.correct else Rating.Again
