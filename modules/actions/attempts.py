"""Which responses are taken, and when an attempt is complete. Pure: it reads progress and decides."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from modules.core.credit import day_text
from modules.core.events import AttemptClosed, Event, event_id
from modules.core.items import Role, Scored
from modules.core.module import Module
from modules.core.progress import Progress, open_attempt, progress, unfinished
from modules.core.sitting import ASSESSED as ASSESSED
from modules.core.sitting import Assessed as Assessed
from modules.core.sitting import (
    Sitting,
    conduct_of,
    current,
    families,
    families_right,
    follow_up_at,
    next_attempt_at,
    over,
    quiz_for,
    unanswered,
)

CLOSED = "This attempt is not open any more. Reload the page."
UNKNOWN = "This is not an item of the module."


@dataclass(frozen=True, slots=True)
class Address:
    """Where a response belongs; attempts count from 1. Whatever the role, one address holds one response."""

    role: Role
    quiz: str
    attempt: int
    item: str


def fold(module: Module, learner: str, events: Sequence[Event]) -> Progress:
    """Progress, with every complete attempt closed."""
    found = progress(events)
    late = closings(module, learner, found)
    return progress((*events, *late)) if late else found


def closings(module: Module, learner: str, standing: Progress) -> tuple[AttemptClosed, ...]:
    """What closes the attempts that have a response to every item but are still open.

    They close with their last response; or later, when an author takes out the item that was missing.
    """
    here = (current(module, learner, standing, role) for role in ASSESSED if not over(standing, role))
    return tuple(
        _closing(module, learner, standing, found) for found in here if found.slots and not unanswered(found, standing)
    )


def _closing(module: Module, learner: str, standing: Progress, found: Sitting) -> AttemptClosed:
    """Dated by its last response, so that it is the same event whoever writes it.

    A post-test counts families right so far, in this attempt or one before it; the other tests count their items.
    """
    given = [(s, a) for s in found.slots if (a := found.answer(standing, s)) is not None]
    scored = [a for s, a in given if isinstance(module.quizzes[s.quiz].item(s.item), Scored)]
    post = found.role == "post"
    return AttemptClosed(
        id=event_id(learner, module.id, "closed", found.role, found.quiz, found.attempt),
        learner=learner,
        module=module.id,
        module_version=module.digest,
        at=max(a.at for _, a in given),
        role=found.role,
        quiz=found.quiz,
        attempt=found.attempt,
        correct=families_right(module, learner, standing, found.attempt) if post else sum(a.score == 1 for a in scored),
        asked=len(families(module, learner)) if post else len(scored),
        needed=module.front.assessment.correct if post else None,
    )


def refusal(module: Module, learner: str, standing: Progress, address: Address, *, now: datetime) -> str | None:
    """None when a response is taken at this address now, else the sentence that says what is missing."""
    quiz = module.quizzes.get(address.quiz)
    item = quiz.item(address.item) if quiz else None
    if quiz is None or item is None:
        return UNKNOWN
    match address.role:
        case "pre" | "post" | "evaluation" | "follow-up":
            return _assessed(module, learner, standing, address, now=now)
        case "check":
            return _check(module, standing, address)
        case "practice" | "review":
            known = isinstance(item, Scored) and _exercised(module, address.quiz)
            return _after_completion(standing, address) if known else UNKNOWN


def before_lessons(standing: Progress, *, pre: bool = True) -> str | None:
    """None when the learner may go on to the lessons; with `pre` False, to the pre-test."""
    if standing.acknowledged is None:
        return "First read the page of information about this module and confirm it."
    if pre and not standing.attempts("pre"):
        return "Answer the pre-test first."
    return None


def barred(module: Module, learner: str, standing: Progress, role: Assessed, *, now: datetime) -> str | None:
    """None when this test can be sat now, else the sentence that says what is missing or when it opens."""
    if missing := before_lessons(standing, pre=role != "pre"):
        return missing
    if role == "post" and (left := len(unfinished(module, standing))):
        return f"Finish every lesson first; {left} of {len(module.lessons)} are left."
    if role in ("evaluation", "follow-up") and standing.passed is None:
        return "Pass the post-test first."
    if over(standing, role):
        return "You have passed the post-test." if role == "post" else "You have answered this already."
    match role:
        case "post":
            return _no_retry(module, learner, standing, now)
        case "follow-up":
            return _no_follow_up(module, standing, now)
        case "pre" | "evaluation":
            return None


def lateness(standing: Progress, *, now: datetime) -> str | None:
    """What a learner is told who comes to the follow-up after its time; the responses are taken all the same."""
    span = follow_up_at(standing)
    if span is None or now <= span[1]:
        return None
    return f"This follow-up was due by {day_text(span[1].date())}. Your answers still count; they are marked as late."


def _no_retry(module: Module, learner: str, standing: Progress, now: datetime) -> str | None:
    attempt, most = open_attempt(standing, "post"), conduct_of(module, "post").attempts
    help_at = f"Who can help: {module.front.contact}"
    if most is not None and attempt > most:
        used = "your one attempt" if most == 1 else f"all {most} attempts"
        return f"You have used {used} at the post-test. {help_at}"
    if not current(module, learner, standing, "post").slots:
        return f"No further questions are left on what you missed. {help_at}"
    opens = next_attempt_at(module, standing)
    return f"The next attempt opens on {_moment(opens)}." if opens and now < opens else None


def _no_follow_up(module: Module, standing: Progress, now: datetime) -> str | None:
    span = follow_up_at(standing)
    if module.front.follow_up is None or span is None:
        return "This module has no follow-up."
    return f"The follow-up opens on {_moment(span[0])}." if now < span[0] else None


def _moment(at: datetime) -> str:
    utc = at.astimezone(UTC)
    return f"{day_text(utc.date())} at {utc:%H:%M} UTC"


def _assessed(module: Module, learner: str, standing: Progress, address: Address, *, now: datetime) -> str | None:
    role: Assessed = next(r for r in ASSESSED if r == address.role)
    own = quiz_for(module, learner, role)
    if address.quiz not in _asks(module, role):
        return UNKNOWN
    if missing := barred(module, learner, standing, role, now=now):
        return missing
    if role in ("pre", "post") and address.quiz in module.front.forms.values() and address.quiz != own.id:
        return "This is not your form of the test."
    found = current(module, learner, standing, role)
    slot = found.slot(f"{address.quiz}#{address.item}")
    return None if slot in unanswered(found, standing) and address.attempt == found.attempt else CLOSED


def _asks(module: Module, role: Assessed) -> set[str]:
    """The quizzes a test may take its items from."""
    front = module.front
    match role:
        case "pre":
            return {*front.forms.values()}
        case "post":
            return {*front.forms.values(), *front.reserve}
        case "evaluation":
            return {front.evaluation}
        case "follow-up":
            return {front.follow_up} if front.follow_up else set()


def _check(module: Module, standing: Progress, address: Address) -> str | None:
    """A check, or a decision of a case, can be answered again, as the next attempt. Items of a test are no checks."""
    if "check" not in module.quizzes[address.quiz].file.roles:
        return UNKNOWN
    if missing := before_lessons(standing):
        return missing
    front = module.front
    if address.quiz in (*front.forms.values(), *front.reserve, front.evaluation, front.follow_up):
        return "This item belongs to the test."
    return _next_free(standing, address)


def _exercised(module: Module, quiz: str) -> bool:
    """Whether practice and review may ask it: checks, the forms and the reserve, but no evaluation."""
    return quiz not in (module.front.evaluation, module.front.follow_up)


def _after_completion(standing: Progress, address: Address) -> str | None:
    """An item of a test may be practised only when the test can no longer be failed."""
    return "Pass the post-test first." if standing.passed is None else _next_free(standing, address)


def next_free(standing: Progress, quiz: str, item: str) -> int:
    """The attempt that a formative response to this item takes: the first no role has used."""
    following = 1
    while standing.answer(quiz, following, item):
        following += 1
    return following


def _next_free(standing: Progress, address: Address) -> str | None:
    return None if address.attempt == next_free(standing, address.quiz, address.item) else CLOSED
