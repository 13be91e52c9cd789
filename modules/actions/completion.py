"""Completion of one module, a row a learner, for its coordinator."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime

from modules.actions.access import allow
from modules.actions.attempts import fold
from modules.core.credit import QUARTER
from modules.core.events import AttemptClosed, Event
from modules.core.module import Module
from modules.core.people import Actor
from modules.core.progress import Stage, stage, unfinished
from modules.export.completion import csv_text
from modules.records.records import Person, Records

SHORT = 8


@dataclass(frozen=True, slots=True)
class CompletionRow:
    """Scores from 0 to 1, times in UTC; None where a learner has not come so far. Names come with a claim."""

    learner: str
    name: str | None
    email: str | None
    profession: str | None
    country: str | None
    stage: Stage
    lessons_finished: int
    lessons: int
    pre_score: float | None
    best_post_score: float | None
    post_attempts: int
    passed_on: date | None
    claimed_hours: float | None
    certificate: str | None
    first_activity: datetime
    last_activity: datetime


HEADER = tuple(f.name.replace("_", " ").capitalize() for f in fields(CompletionRow))


def completion_rows(actor: Actor, records: Records, module: Module) -> tuple[CompletionRow, ...]:
    """By the same fold that learners see; in the order learners began."""
    allow(actor, "see-completion")
    theirs: dict[str, list[Event]] = {}
    for event in records.journal(module.id):
        theirs.setdefault(event.learner, []).append(event)
    people = records.people(module.id)
    return tuple(_row(module, learner, events, people.get(learner)) for learner, events in theirs.items())


def completion_csv(actor: Actor, rows: Sequence[CompletionRow]) -> str:
    """Rows as a file that leaves the site."""
    allow(actor, "export-completion")
    return csv_text(HEADER, rows)


def _row(module: Module, learner: str, events: list[Event], person: Person | None) -> CompletionRow:
    found = fold(module, learner, events)
    pre, post = found.attempts("pre"), found.attempts("post")
    declared, claim = found.acknowledged, found.claim
    return CompletionRow(
        learner=learner[:SHORT],
        name=person.name if person else None,
        email=person.email if person else None,
        profession=declared.profession if declared else None,
        country=declared.country if declared else None,
        stage=stage(module, found),
        lessons_finished=len(module.lessons) - len(unfinished(module, found)),
        lessons=len(module.lessons),
        pre_score=_score(pre[0]) if pre else None,
        best_post_score=max(map(_score, post)) if post else None,
        post_attempts=len(post),
        passed_on=found.passed.at.date() if found.passed else None,
        claimed_hours=claim.quarter_hours * QUARTER if claim else None,
        certificate=claim.certificate if claim else None,
        first_activity=min(e.at for e in events),
        last_activity=max(e.at for e in events),
    )


def _score(attempt: AttemptClosed) -> float:
    return round(attempt.correct / attempt.asked, 4) if attempt.asked else 0.0
