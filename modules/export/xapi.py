"""Every event of the journal as an xAPI 1.0.3 statement; its id is the event's, so telling it twice tells it once."""

from dataclasses import dataclass
from datetime import UTC
from typing import Any, assert_never
from uuid import UUID, uuid5

from modules.core.events import (
    NAMESPACE,
    AttemptClosed,
    CreditClaimed,
    Event,
    FeedbackShown,
    FrontMatterAcknowledged,
    ItemAnswered,
    LessonFinished,
    LessonOpened,
    PredictionMade,
    ReviewChoice,
)
from modules.core.module import Library, Module
from modules.export.xapi_items import bare_interaction, interaction, number_text, response_text, said
from modules.export.xapi_names import TYPES, Addresses, TypeName, VerbName, verb

Statement = dict[str, Any]
TITLES = {
    "pre": "Pre-test",
    "post": "Post-test",
    "evaluation": "Evaluation",
    "follow-up": "Follow-up",
}


@dataclass(frozen=True, slots=True)
class Telling:
    """What a statement needs besides its event. `free_text`: a learner's own words may go out."""

    addresses: Addresses
    library: Library
    free_text: bool = False


def statement(event: Event, telling: Telling) -> Statement:
    """No name, no e-mail and no certificate number: the actor is an account with the journal's opaque id."""
    done, object_, result, parent = _told(event, telling)
    made: Statement = {
        "id": str(event.id),
        "actor": {
            "objectType": "Agent",
            "account": {"homePage": telling.addresses.home, "name": event.learner},
        },
        "verb": verb(done),
        "object": object_,
        "timestamp": event.at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "context": _context(event, telling, parent),
    }
    if result:
        made["result"] = result
    return made


def registration(learner: str, module: str) -> UUID:
    """One for a learner's way through a module (xAPI: context.registration)."""
    return uuid5(NAMESPACE, f"registration/{learner}/{module}")


Told = tuple[VerbName, Statement, Statement, Statement | None]
"""Verb, object, result, and the activity the object is part of."""


def _told(event: Event, telling: Telling) -> Told:
    at = telling.addresses
    module = _module(event, telling)
    match event:
        case FrontMatterAcknowledged():
            return "initialized", module, {}, None
        case LessonOpened():
            return "initialized", _lesson(event.module, event.lesson, telling), {}, module
        case LessonFinished():
            return "completed", _lesson(event.module, event.lesson, telling), {"completion": True}, module
        case ItemAnswered():
            return "answered", _item(event, telling), _answer(event, telling), _quiz(event.quiz, event.role, telling)
        case AttemptClosed():
            return _closing(event), _quiz(event.quiz, event.role, telling), _outcome(event), module
        case FeedbackShown():
            return "experienced", _quiz(event.quiz, event.role, telling), {}, module
        case PredictionMade():
            lesson = _lesson(event.module, event.lesson, telling)
            return "answered", _figure(event, telling), _guess(event), lesson
        case ReviewChoice():
            reviews = _activity(at.reviews(event.module), "assessment", "Reviews")
            return "resumed" if event.active else "suspended", reviews, {}, module
        case CreditClaimed():
            return "satisfied", module, {"completion": True}, None
        case _:
            assert_never(event)


def _context(event: Event, telling: Telling, parent: Statement | None) -> Statement:
    """`revision`: the digest of the text that was on screen."""
    activities: Statement = {"grouping": [{"objectType": "Activity", "id": telling.addresses.module(event.module)}]}
    if parent is not None:
        activities["parent"] = [{"objectType": "Activity", "id": parent["id"]}]
    module = telling.library.modules.get(event.module)
    made: Statement = {
        "registration": str(registration(event.learner, event.module)),
        "contextActivities": activities,
        "revision": event.module_version,
        "platform": "Landmark",
        "language": module.front.language if module else "en",
    }
    extensions = {telling.addresses.extension(k): v for k, v in _extra(event).items()}
    return {**made, "extensions": extensions} if extensions else made


def _extra(event: Event) -> dict[str, object]:
    match event:
        case ItemAnswered():
            sure = {} if event.confidence is None else {"confidence": event.confidence}
            return {"role": event.role, "attempt": event.attempt, **sure}
        case AttemptClosed() | FeedbackShown():
            return {"role": event.role, "attempt": event.attempt}
        case PredictionMade():
            return {"unit": event.unit, "error": event.error}
        case CreditClaimed():
            return {"scheme": event.scheme}
        case _:
            return {}


def _answer(event: ItemAnswered, telling: Telling) -> Statement:
    """`success` is the whole item right; part of it gives a score without success."""
    result: Statement = {}
    given = response_text(event.response, free_text=telling.free_text)
    if given:
        result["response"] = given
    if event.score is not None:
        result["success"] = event.score == 1
        result["score"] = {"scaled": event.score, "raw": event.score, "min": 0, "max": 1}
    if event.seconds is not None:
        result["duration"] = f"PT{round(event.seconds, 2):.2f}S"
    return result


def _closing(event: AttemptClosed) -> VerbName:
    """cmi5: passed and failed judge a mastery score; a test without one is completed."""
    if event.needed is None:
        return "completed"
    return "passed" if event.passed else "failed"


def _outcome(event: AttemptClosed) -> Statement:
    judged = {} if event.needed is None else {"success": event.passed}
    if event.role not in ("pre", "post") or event.asked == 0:
        return {"completion": True, **judged}
    scaled = round(event.correct / event.asked, 4)
    score = {"scaled": scaled, "raw": event.correct, "min": 0, "max": event.asked}
    return {"completion": True, **judged, "score": score}


def _guess(event: PredictionMade) -> Statement:
    return {"response": number_text(event.guess)}


def _module(event: Event, telling: Telling) -> Statement:
    found = telling.library.modules.get(event.module)
    return _activity(telling.addresses.module(event.module), "module", found.front.title if found else None, found)


def _lesson(module: str, lesson: str, telling: Telling) -> Statement:
    found = telling.library.modules.get(module)
    known = found.lesson(lesson) if found else None
    return _activity(telling.addresses.lesson(module, lesson), "lesson", known.title if known else None, found)


def _quiz(quiz: str, role: str, telling: Telling) -> Statement:
    return _activity(telling.addresses.quiz(quiz), "assessment", TITLES.get(role, "Questions"))


def _item(event: ItemAnswered, telling: Telling) -> Statement:
    module = telling.library.modules.get(event.module)
    quiz = module.quizzes.get(event.quiz) if module else None
    item = quiz.item(event.item) if quiz else None
    made = _activity(telling.addresses.item(event.quiz, event.item), "interaction")
    if module is None or quiz is None or item is None:
        return {**made, "definition": {**made["definition"], **bare_interaction(event.response)}}
    language = module.front.language
    asked = {"description": {language: said(quiz, item.stem)}}
    return {**made, "definition": {**made["definition"], **asked, **interaction(item, quiz, language)}}


def _figure(event: PredictionMade, telling: Telling) -> Statement:
    made = _activity(telling.addresses.figure(event.module, event.lesson, event.figure), "interaction", event.figure)
    kind = {"interactionType": "numeric", "correctResponsesPattern": [number_text(event.truth)]}
    return {**made, "definition": {**made["definition"], **kind}}


def _activity(address: str, kind: TypeName, name: str | None = None, module: Module | None = None) -> Statement:
    definition: Statement = {"type": TYPES[kind]}
    if name is not None:
        definition["name"] = {module.front.language if module else "en": name}
    return {"objectType": "Activity", "id": address, "definition": definition}
