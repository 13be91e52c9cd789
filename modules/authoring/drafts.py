"""A module on its way from files to a core Module: parts, where each was read, and what is wrong with it."""

from dataclasses import dataclass, field

from modules.authoring.lint.typed import Spoken
from modules.authoring.problems import Findings
from modules.authoring.source import Source
from modules.core.authored import Authored, Id, Text
from modules.core.items import Quiz
from modules.core.module import Block, FrontMatter, Lesson


class LessonHead(Authored):
    """The front matter of a lesson."""

    title: Text
    minutes: int
    objectives: tuple[Id, ...]


@dataclass(slots=True)
class LessonDraft:
    """`titles`: the texts that stand in no paragraph (of charts, callouts, reveals, what a source says)."""

    id: str
    findings: Findings
    head: Source | None = None
    lesson: Lesson | None = None
    titles: tuple[Spoken, ...] = ()


@dataclass(slots=True)
class QuizDraft:
    id: str
    findings: Findings
    source: Source | None = None
    quiz: Quiz | None = None


@dataclass(slots=True)
class ModuleDraft:
    """`front` None: module.md could not be used."""

    id: str
    findings: Findings
    source: Source | None = None
    front: FrontMatter | None = None
    welcome: tuple[Block, ...] = ()
    lessons: list[LessonDraft] = field(default_factory=list)
    quizzes: list[QuizDraft] = field(default_factory=list)

    @property
    def all_findings(self) -> list[Findings]:
        return [self.findings, *(x.findings for x in self.lessons), *(x.findings for x in self.quizzes)]

    def quiz(self, quiz_id: str) -> QuizDraft | None:
        return next((q for q in self.quizzes if q.id == quiz_id), None)
