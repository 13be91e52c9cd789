"""Which responses are taken, and when an attempt is complete. Pure: it reads progress and decides."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from modules.core.events import AttemptClosed, Event, event_id
from modules.core.items import Quiz, Role, ScoredItem
from modules.core.module import Module
from modules.core.progress import Progress, forms, next_item, open_attempt, progress, unfinished

Assessed = Literal["pre", "post", "evaluation"]
ASSESSED: tuple[Assessed, ...] = ("pre", "post", "evaluation")


@dataclass(frozen=True, slots=True)
class Address:
    """Where a response belongs; attempts count from 1."""

    role: Role
    quiz: str
    attempt: int
    item: str


def quiz_of(module: Module, learner: str, role: Assessed) -> Quiz:
    """The learner's own form for pre and post, the module's evaluation otherwise."""
    before, after = forms(learner, module.id)
    match role:
        case "pre":
            return module.form(before)
        case "post":
            return module.form(after)
        case "evaluation":
            return module.quizzes[module.front.evaluation]


def fold(module: Module, learner: str, events: Sequence[Event]) -> Progress:
    """Progress, with every complete attempt closed."""
    found = progress(events)
    late = closings(module, learner, found)
    return progress((*events, *late)) if late else found


def closings(module: Module, learner: str, standing: Progress) -> tuple[AttemptClosed, ...]:
    """What closes the attempts that have a response to every item but are still open.

    They close with their last response; or later, when an author takes out the item that was missing.
    """
    return tuple(
        _closing(module, learner, standing, role)
        for role in ASSESSED
        if not _over(standing, role)
        and next_item(standing, quiz_of(module, learner, role), open_attempt(standing, role)) is None
    )


def _over(standing: Progress, role: Assessed) -> bool:
    """Pre-test and evaluation are answered once, the post-test until it is passed."""
    return standing.passed is not None if role == "post" else bool(standing.attempts(role))


def _closing(module: Module, learner: str, standing: Progress, role: Assessed) -> AttemptClosed:
    """Dated by its last response, so that it is the same event whoever writes it."""
    quiz, attempt = quiz_of(module, learner, role), open_attempt(standing, role)
    scored = {i.id for i in quiz.items if isinstance(i, ScoredItem)}
    given = [a for i in quiz.items if (a := standing.answer(quiz.id, attempt, i.id)) is not None]
    return AttemptClosed(
        id=event_id(learner, module.id, "closed", role, quiz.id, attempt),
        learner=learner,
        module=module.id,
        module_version=module.digest,
        at=max(a.at for a in given),
        role=role,
        quiz=quiz.id,
        attempt=attempt,
        correct=sum(a.score == 1 for a in given if a.item in scored),
        asked=len(scored),
        needed=module.front.assessment.correct if role == "post" else None,
    )


def refusal(module: Module, learner: str, standing: Progress, address: Address) -> str | None:
    """None when a response is taken at this address now, else the sentence that says what is missing."""
    quiz = module.quizzes.get(address.quiz)
    if quiz is None or quiz.item(address.item) is None or address.role not in quiz.file.roles:
        return "This is not an item of the module."
    if missing := before_lessons(standing, pre=address.role != "pre"):
        return missing
    match address.role:
        case "pre" | "post" | "evaluation":
            return _assessed(module, learner, standing, address)
        case "check" | "practice" | "review" | "follow-up":
            return _formative(module, standing, address)


def before_lessons(standing: Progress, *, pre: bool = True) -> str | None:
    """None when the learner may go on to the lessons; with `pre` False, to the pre-test."""
    if standing.acknowledged is None:
        return "First read the page of information about this module and confirm it."
    if pre and not standing.attempts("pre"):
        return "Answer the pre-test first."
    return None


def _assessed(module: Module, learner: str, standing: Progress, address: Address) -> str | None:
    role: Assessed = "pre" if address.role == "pre" else "post" if address.role == "post" else "evaluation"
    if missing := _not_yet(module, standing, role):
        return missing
    if address.quiz != quiz_of(module, learner, role).id:
        return "This is not your form of the test."
    if _over(standing, role):
        return "You have passed the post-test." if role == "post" else "You have answered this already."
    return _attempt(address, open_attempt(standing, role))


def _not_yet(module: Module, standing: Progress, role: Assessed) -> str | None:
    if role == "post" and (left := len(unfinished(module, standing))):
        return f"Finish every lesson first; {left} of {len(module.lessons)} are left."
    if role == "evaluation" and standing.passed is None:
        return "Pass the post-test first."
    return None


def _formative(module: Module, standing: Progress, address: Address) -> str | None:
    """An item can be answered again, as the next attempt. The assessment's own items are never practised."""
    if address.quiz in (*module.front.forms.values(), module.front.evaluation):
        return "This item belongs to the test."
    following = 1
    while standing.answer(address.quiz, following, address.item):
        following += 1
    return _attempt(address, following)


def _attempt(address: Address, expected: int) -> str | None:
    return None if address.attempt == expected else "This attempt is not open any more. Reload the page."
