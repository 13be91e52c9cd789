"""What a version of a module showed, kept so that it stays readable; and what the evidence has done since."""

from dataclasses import dataclass
from datetime import date

from modules.core.authored import Authored
from modules.core.cuts import followed
from modules.core.errors import UnknownPath
from modules.core.evidence import Evidence
from modules.core.inventory import reading
from modules.core.module import Heading, Module, Paragraph, walk
from modules.core.paths import find
from modules.core.prose import Rich, values
from modules.core.quantity import Quantity


class ShownLesson(Authored):
    """`html` is the lesson's body as it stood on the page, charts and tables in it."""

    id: str
    title: str
    html: str


class Snapshot(Authored):
    """`figures`: path -> how each figure of the lessons read then, later cuts followed. `items`: quiz -> as asked."""

    module: str
    digest: str
    version: str
    title: str
    evidence_cutoff: date
    lessons: tuple[ShownLesson, ...]
    figures: dict[str, str]
    quizzes: dict[str, str] = {}

    def lesson(self, lesson_id: str) -> ShownLesson | None:
        return next((x for x in self.lessons if x.id == lesson_id), None)


@dataclass(frozen=True, slots=True)
class Movement:
    """One figure that reads differently now; `now` None when it is no longer published here."""

    path: str
    trial: str
    detail: str
    was: str
    now: str | None
    cut: str


def figures(module: Module, evidence: Evidence) -> dict[str, str]:
    """How the figures of a module's lessons read, by path, once later cuts are followed."""
    current = followed(evidence)
    paths = dict.fromkeys(value.quantity.path for rich in _sentences(module) for value in values(rich))
    return {path: reading(found) for path in paths if (found := _found(current, path)) is not None}


def movements(then: Snapshot, evidence: Evidence) -> tuple[Movement, ...]:
    """The figures a learner read in that version which the evidence now states otherwise."""
    current = followed(evidence)
    found = (_movement(path, was, _found(current, path), evidence) for path, was in then.figures.items())
    return tuple(one for one in found if one is not None)


def _movement(path: str, was: str, now: Quantity | None, evidence: Evidence) -> Movement | None:
    if now is None:
        trial = evidence.trials.get(path.partition(".")[0])
        return Movement(path, trial.name if trial else path, "", was, None, "")
    where = now.origin
    if reading(now) == was:
        return None
    return Movement(path, where.trial or "", where.detail, was, reading(now), where.cut or "")


def _found(evidence: Evidence, path: str) -> Quantity | None:
    try:
        return find(evidence, path)
    except UnknownPath:
        return None


def _sentences(module: Module) -> tuple[Rich, ...]:
    blocks = (block for lesson in module.lessons for block in walk(lesson.blocks))
    return tuple(block.content for block in blocks if isinstance(block, Heading | Paragraph))
