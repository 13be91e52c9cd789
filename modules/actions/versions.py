"""Versions of a module: kept as they were shown, and compared with what the evidence says now."""

from datetime import datetime

from modules.actions.paper import paper
from modules.core.evidence import Evidence
from modules.core.module import Library, Module
from modules.core.progress import Progress
from modules.core.versions import Movement, ShownLesson, Snapshot, figures, movements
from modules.export.html import lesson_html
from modules.export.references import references_html
from modules.records.records import Records


def keep_versions(records: Records, library: Library, *, now: datetime) -> None:
    """Every module as it is offered now, once for each digest: what events and certificates pin stays readable."""
    for module in library.modules.values():
        if not records.has_version(module.digest):
            records.keep_version(snapshot(module, library.evidence), now)


def snapshot(module: Module, evidence: Evidence) -> Snapshot:
    return Snapshot(
        module=module.id,
        digest=module.digest,
        version=module.front.version,
        title=module.front.title,
        evidence_cutoff=module.front.evidence_cutoff,
        lessons=tuple(ShownLesson(id=x.id, title=x.title, html=_html(module, x.id, evidence)) for x in module.lessons),
        figures=figures(module, evidence),
        quizzes={name: quiz.file.model_dump_json() for name, quiz in module.quizzes.items()},
    )


def _html(module: Module, lesson_id: str, evidence: Evidence) -> str:
    lesson = module.lesson(lesson_id)
    if lesson is None:
        return ""
    pieces = paper(module, lesson.blocks, evidence)
    return lesson_html(lesson.blocks, pieces) + references_html(pieces.references)


def moved(records: Records, digest: str, module: Module | None, evidence: Evidence) -> tuple[Movement, ...]:
    """What has changed for someone who read the version `digest`; nothing where that version was never kept.

    Information only: credit once earned stands.
    """
    if module is not None and module.digest == digest:
        return ()
    then = records.version(digest)
    return () if then is None else movements(then, evidence)


def completed_version(mine: Progress) -> str | None:
    """The version a learner completed: the one they claimed credit for, else the one they passed."""
    if mine.claim is not None:
        return mine.claim.module_version
    return None if mine.passed is None else mine.passed.module_version
