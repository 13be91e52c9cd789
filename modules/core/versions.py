"""What a version of a module showed, kept so that it stays readable; and what the evidence has done since."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from modules.core.authored import Authored
from modules.core.cuts import followed
from modules.core.errors import UnknownPath
from modules.core.evidence import Evidence
from modules.core.inventory import reading
from modules.core.items import ChartPoint, Estimated, Quiz, texts_of, texts_of_case
from modules.core.module import Block, CaseStudy, Check, Heading, Module, Paragraph, walk
from modules.core.paths import find
from modules.core.prose import Rich, values
from modules.core.quantity import Quantity


class ShownLesson(Authored):
    """`html` is the lesson's body as it stood on the page, charts and tables in it."""

    id: str
    title: str
    html: str


class Snapshot(Authored):
    """`figures`: path -> how each figure of the lessons and their checks read then, later cuts followed.

    `quizzes`: each as asked.
    """

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
    """How the figures of a module's lessons, checks and cases read, by path, once later cuts are followed."""
    current = followed(evidence)
    told = (value.quantity.path for rich in _sentences(module) for value in values(rich))
    paths = dict.fromkeys((*told, *_pointed(module)))
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


def _sentences(module: Module) -> Iterator[Rich]:
    for block in _blocks(module):
        match block:
            case Heading() | Paragraph():
                yield block.content
            case Check() | CaseStudy():
                quiz = module.quizzes.get(block.quiz)
                yield from () if quiz is None else _asked(block, quiz)
            case _:
                pass


def _asked(block: Check | CaseStudy, quiz: Quiz) -> Iterator[Rich]:
    """What a check or a case tells where it stands, before and after the answer."""
    items = [item for name in _items(block, quiz) if (item := quiz.item(name)) is not None]
    case = quiz.case(block.case) if isinstance(block, CaseStudy) else None
    texts = [text for item in items for text in texts_of(item)]
    texts += texts_of_case(case).values() if case else ()
    return (quiz.rich(text) for text in texts)


def _items(block: Check | CaseStudy, quiz: Quiz) -> tuple[str, ...]:
    if isinstance(block, Check):
        return (block.item,)
    case = quiz.case(block.case)
    return tuple(turn.item for turn in case.turns) if case else ()


def _pointed(module: Module) -> Iterator[str]:
    """The figures that a check has a learner find on a chart."""
    for block in _blocks(module):
        quiz = module.quizzes.get(block.quiz) if isinstance(block, Check | CaseStudy) else None
        for name in _items(block, quiz) if quiz and isinstance(block, Check | CaseStudy) else ():
            match quiz.item(name) if quiz else None:
                case ChartPoint(options=options):
                    yield from (option.mark for option in options if option.mark)
                case Estimated(answer=answer):
                    yield answer
                case _:
                    pass


def _blocks(module: Module) -> Iterator[Block]:
    return (block for lesson in module.lessons for block in walk(lesson.blocks))
