"""A test kept as drafts until it is sent in; then every response and the closed attempt are written together."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from modules.actions.attempts import CLOSED, UNKNOWN, Address, barred, closings, fold
from modules.actions.learn import graded, standing, standing_to_save
from modules.core.errors import Incomplete, NotAllowed
from modules.core.events import AttemptClosed, Event, ItemAnswered
from modules.core.grading import acceptable
from modules.core.items import ScoredItem, Survey, UnscoredItem
from modules.core.module import Module
from modules.core.progress import Progress, open_attempt, progress
from modules.core.responses import Draft, Written
from modules.core.sitting import Assessed, Sitting, Slot, current, unanswered
from modules.records.records import Desk, Records


@dataclass(frozen=True, slots=True)
class Sent:
    """What is sent in: the drafts by place, for the attempt with this number."""

    role: Assessed
    attempt: int
    drafts: dict[str, Draft]
    at: datetime


def keep(
    records: Records, learner: str, module: Module, role: Assessed, *, place: str, draft: Draft, now: datetime
) -> None:
    """Keeps a response to the item at `place`, `<quiz>#<item>`, until the test is sent in; the newest draft stands.

    A response begun and not complete is kept as None, with its flag. Refused with a sentence (NotAllowed) when the
    test is not open, the item is not in it or has an answer in the journal, or the response does not fit.
    """
    number = open_attempt(standing_to_save(records, learner, module), role)

    def admit(events: Sequence[Event]) -> None:
        mine = fold(module, learner, events)
        here = _open(module, learner, mine, role, now=now)
        slot = here.slot(place)
        if slot is None or here.attempt != number:
            raise NotAllowed(CLOSED)
        if slot not in unanswered(here, mine):
            raise NotAllowed("You have answered this question already.")
        if draft.response is not None and (missing := acceptable(_item(module, slot), draft.response)):
            raise NotAllowed(missing)

    records.keep_draft(_desk(learner, module, role, number), place, draft, now, admit=admit)


def drafts_of(records: Records, learner: str, module: Module, role: Assessed) -> dict[str, Draft]:
    """The drafts of the attempt that is open now, by place; only of items that still wait for an answer."""
    mine = standing(records, learner, module)
    waiting = {slot.place for slot in unanswered(current(module, learner, mine, role), mine)}
    found = records.drafts(_desk(learner, module, role, open_attempt(mine, role)))
    return {place: draft for place, draft in found.items() if place in waiting}


def send(
    records: Records, learner: str, module: Module, role: Assessed, *, now: datetime, attempt: int | None = None
) -> AttemptClosed:
    """Grades every draft and writes all responses and the closed attempt in one transaction; the drafts go with it.

    `attempt`: the one on screen. One that is closed already is returned as it stands; so is the last one when no
    attempt is named and nothing of the next has begun. Raises Incomplete while an item has no answer.
    """
    number = attempt or open_attempt(standing_to_save(records, learner, module), role)

    def made(events: Sequence[Event], drafts: dict[str, Draft]) -> Sequence[Event]:
        mine = fold(module, learner, events)
        idle = attempt is None and not drafts and not any(a.attempt == number for a in _given(mine, role))
        stands = [c for c in mine.attempts(role) if c.attempt == number or idle]
        return [stands[-1]] if stands else _sent(module, learner, events, Sent(role, number, drafts, now))

    written = records.send_in(_desk(learner, module, role, number), made)
    return next(e for e in written if isinstance(e, AttemptClosed))


def _sent(module: Module, learner: str, events: Sequence[Event], sent: Sent) -> Sequence[Event]:
    mine = fold(module, learner, events)
    here = _open(module, learner, mine, sent.role, now=sent.at)
    waiting = unanswered(here, mine)
    # An address that another role has used cannot hold this response.
    if here.attempt != sent.attempt or any(mine.answer(s.quiz, here.attempt, s.item) for s in waiting):
        raise NotAllowed(CLOSED)
    drafts = {slot: found for slot in waiting if (found := _answer(_item(module, slot), sent.drafts.get(slot.place)))}
    if lacking := tuple(n for n, slot in enumerate(here.slots, 1) if slot in waiting and slot not in drafts):
        raise Incomplete(lacking)
    answers = [graded(learner, module, _address(here, s), draft, now=sent.at) for s, draft in drafts.items()]
    return (*answers, *closings(module, learner, progress((*events, *answers))))


def _open(module: Module, learner: str, mine: Progress, role: Assessed, *, now: datetime) -> Sitting:
    if missing := barred(module, learner, mine, role, now=now):
        raise NotAllowed(missing)
    return current(module, learner, mine, role)


def _answer(item: ScoredItem | UnscoredItem, draft: Draft | None) -> Draft | None:
    """The draft to grade; None when it lacks a response that fits. What may be left empty is sent as empty."""
    if isinstance(item, Survey) and not item.required and (draft is None or draft.response is None):
        return (draft or Draft()).model_copy(update={"response": Written(text="")})
    fits = draft is not None and draft.response is not None and acceptable(item, draft.response) is None
    return draft if fits else None


def _given(mine: Progress, role: Assessed) -> list[ItemAnswered]:
    return [a for a in mine.answers.values() if a.role == role]


def _address(here: Sitting, slot: Slot) -> Address:
    return Address(here.role, slot.quiz, here.attempt, slot.item)


def _item(module: Module, slot: Slot) -> ScoredItem | UnscoredItem:
    found = module.quizzes[slot.quiz].item(slot.item)
    if found is None:
        raise NotAllowed(UNKNOWN)
    return found


def _desk(learner: str, module: Module, role: Assessed, attempt: int) -> Desk:
    return Desk(learner, module.id, f"{role}/{attempt}")
