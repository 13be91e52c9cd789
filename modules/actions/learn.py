"""What a learner does in a module: read the front matter, open and finish lessons, answer items."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import TypedDict, cast
from uuid import UUID

from modules.actions.attempts import CLOSED, UNKNOWN, before_lessons, closings, fold, refusal
from modules.actions.attempts import Address as Address
from modules.core.errors import NotAllowed, RecordsUnavailable
from modules.core.events import (
    Event,
    FrontMatterAcknowledged,
    ItemAnswered,
    LessonFinished,
    LessonOpened,
    event_id,
)
from modules.core.grading import Response, acceptable, grade
from modules.core.items import ScoredItem
from modules.core.module import Module
from modules.core.progress import Progress, progress
from modules.core.responses import Confidence, Draft
from modules.records.records import NOT_SAVED, Records


class Stamp(TypedDict):
    """What every event carries."""

    id: UUID
    learner: str
    module: str
    module_version: str
    at: datetime


def stamp(learner: str, module: Module, now: datetime, *address: object) -> Stamp:
    return {
        "id": event_id(learner, module.id, *address),
        "learner": learner,
        "module": module.id,
        "module_version": module.digest,
        "at": now,
    }


def standing(records: Records, learner: str, module: Module) -> Progress:
    """Where the learner stands; an attempt that has become complete is closed on the way."""
    events = records.events(learner, module.id)
    found = _folded(_Same(events))
    late = closings(module, learner, found)
    return progress((*events, *records.append(late))) if late else found


@dataclass(frozen=True, slots=True, eq=False)
class _Same:
    """Compared by identity: the records give the same tuple while nothing is new."""

    events: tuple[Event, ...]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.events is other.events

    def __hash__(self) -> int:
        return id(self.events)


@lru_cache(maxsize=500)
def _folded(journal: _Same) -> Progress:
    """One run of a page asks several times where the learner stands."""
    return progress(journal.events)


def acknowledge(
    records: Records, learner: str, module: Module, *, profession: str, country: str, now: datetime
) -> Progress:
    """Once for each version of the module's text."""
    profession, country = profession.strip(), country.strip()
    if not profession or not country:
        raise NotAllowed("Choose your profession and your country, then go on.")
    address = ("front-matter", module.digest)
    records.append(
        [FrontMatterAcknowledged(**stamp(learner, module, now, *address), profession=profession, country=country)]
    )
    return standing(records, learner, module)


def open_lesson(records: Records, learner: str, module: Module, lesson: str, *, now: datetime) -> Progress:
    """Makes the lesson the learner's current one; nothing is written when it already is."""
    events = records.events(learner, module.id)
    found = fold(module, learner, events)
    _admit_to_lesson(module, found, lesson)
    if found.last_lesson == lesson:
        return found
    visit = sum(isinstance(e, LessonOpened) for e in events)
    opened = LessonOpened(**stamp(learner, module, now, "opened", lesson, visit), lesson=lesson)
    return fold(module, learner, (*events, *records.append([opened])))


def finish_lesson(records: Records, learner: str, module: Module, lesson: str, *, now: datetime) -> Progress:
    """Once for each lesson; a second time changes nothing."""
    events = records.events(learner, module.id)
    found = fold(module, learner, events)
    _admit_to_lesson(module, found, lesson)
    if lesson in found.finished:
        return found
    finished = LessonFinished(**stamp(learner, module, now, "finished", lesson), lesson=lesson)
    return fold(module, learner, (*events, *records.append([finished])))


def _admit_to_lesson(module: Module, found: Progress, lesson: str) -> None:
    missing = "This lesson is not part of the module." if module.lesson(lesson) is None else before_lessons(found)
    if missing:
        raise NotAllowed(missing)


def answer_item(
    records: Records,
    learner: str,
    module: Module,
    address: Address,
    *,
    response: Response,
    now: datetime,
    confidence: Confidence | None = None,
    seconds: float | None = None,
) -> ItemAnswered:
    """Grades and keeps a response, closes the attempt it completes, and returns the response that stands.

    For formative items, and for tests that show rationales at once; other tests are kept as drafts (see sittings). A
    response already given at this address stands, whatever is sent now.
    """
    found = standing_to_save(records, learner, module)
    earlier = found.answer(address.quiz, address.attempt, address.item)
    if earlier is not None and earlier.role == address.role:
        return earlier
    if missing := refusal(module, learner, found, address, now=now):
        raise NotAllowed(missing)
    draft = Draft(response=response, confidence=confidence, seconds=seconds or 0)
    answered = graded(learner, module, address, draft, now=now)

    def follow(events: Sequence[Event]) -> Sequence[Event]:
        return closings(module, learner, progress(events))

    stands = cast(ItemAnswered, records.append([answered], follow)[0])
    if stands.role != address.role:
        raise NotAllowed(CLOSED)
    return stands


def standing_to_save(records: Records, learner: str, module: Module) -> Progress:
    """A response that cannot be compared with the earlier ones is not saved, and the sentence says that."""
    try:
        return standing(records, learner, module)
    except RecordsUnavailable as lost:
        raise RecordsUnavailable(NOT_SAVED) from lost


def graded(learner: str, module: Module, address: Address, draft: Draft, *, now: datetime) -> ItemAnswered:
    """The event of a response. NotAllowed when there is none, or it does not fit the item."""
    quiz = module.quizzes[address.quiz]
    item, response = quiz.item(address.item), draft.response
    if item is None or response is None:
        raise NotAllowed(UNKNOWN)
    if missing := acceptable(item, response):
        raise NotAllowed(missing)
    place = (address.quiz, address.attempt, address.item)
    return ItemAnswered(
        **stamp(learner, module, now, "answer", *place),
        role=address.role,
        quiz=address.quiz,
        attempt=address.attempt,
        item=address.item,
        objectives=item.objectives if isinstance(item, ScoredItem) else (),
        response=response,
        score=grade(item, response, quiz).score,
        confidence=draft.confidence,
        seconds=draft.seconds or None,
    )
