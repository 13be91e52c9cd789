"""The families E2, C, B and X1 over one module: what it claims, by which source, how fairly and how readably."""

from modules.authoring.drafts import ModuleDraft
from modules.authoring.lint.access import Access
from modules.authoring.lint.balance import Balance
from modules.authoring.lint.binding import Binding
from modules.authoring.lint.citations import Citations
from modules.core.evidence import Evidence


class Claims:
    """Made once for a library: patterns of its trials and products are compiled once."""

    def __init__(self, evidence: Evidence) -> None:
        self.binding, self.citations = Binding(evidence), Citations(evidence)
        self.balance, self.access = Balance(evidence), Access(evidence)

    def check(self, draft: ModuleDraft) -> None:
        """A file with errors is not read for its claims: half of a sentence proves nothing."""
        sound = not any(findings.broken for findings in draft.all_findings)
        for lesson in draft.lessons:
            if lesson.lesson and not lesson.findings.broken:
                self.binding.lesson(lesson, lesson.lesson)
                self.citations.lesson(lesson, lesson.lesson)
                self.access.lesson(lesson, lesson.lesson)
        for quiz in draft.quizzes:
            if quiz.quiz and not quiz.findings.broken:
                self.binding.quiz(quiz)
                self.citations.quiz(quiz)
                self.access.quiz(quiz)
        if not draft.findings.broken:
            self.access.welcome(draft)
        if sound:
            self.balance.texts(draft)
            self.balance.module(draft)
