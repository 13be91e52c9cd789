"""The families E2, C, B and X1 over one module: what it claims, by which source, how fairly and how readably."""

from modules.authoring.drafts import ModuleDraft
from modules.authoring.lint.access import Access
from modules.authoring.lint.balance import Balance, Read
from modules.authoring.lint.binding import Binding
from modules.authoring.lint.citations import Citations
from modules.authoring.lint.passages import asked_items, passages
from modules.authoring.sheet import Sheet
from modules.core.evidence import Evidence


class Claims:
    """Made once for a library: patterns of its trials and products are compiled once."""

    def __init__(self, evidence: Evidence) -> None:
        self.binding, self.citations = Binding(evidence), Citations(evidence)
        self.balance, self.access = Balance(evidence), Access(evidence)

    def check(self, draft: ModuleDraft) -> None:
        """A file with errors is not read for its claims: half of a sentence proves nothing."""
        sound = not any(findings.broken for findings in draft.all_findings)
        read = Read(tuple(passages(draft.welcome)))
        for lesson in draft.lessons:
            if lesson.lesson and not lesson.findings.broken:
                found = tuple(passages(lesson.lesson.blocks))
                notes = tuple(one for said in lesson.lesson.notes for one in passages(said.blocks, "notes"))
                read.lessons.append((lesson, lesson.lesson, found))
                read.notes.append((lesson, notes))
                self.binding.lesson(lesson, lesson.lesson, (*found, *notes))
                self.citations.lesson(lesson, (*found, *notes))
                self.access.lesson(lesson, lesson.lesson, (*found, *notes))
        for quiz in draft.quizzes:
            if quiz.quiz and quiz.source and not quiz.findings.broken:
                sheet, items = Sheet(quiz.source, quiz.findings), asked_items(quiz.quiz)
                read.quizzes.append((sheet, items))
                for family in (self.binding, self.citations, self.access):
                    family.items(items, sheet)
        if not draft.findings.broken:
            self.access.reading(draft.findings, read.welcome, ())
        if sound:
            self.balance.module(draft, read)
