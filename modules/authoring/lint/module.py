"""What must hold between the files of a module: everything named exists, every objective is tested."""

from collections import Counter
from collections.abc import Collection, Sequence
from functools import cached_property
from typing import Literal

from modules.authoring.drafts import LessonDraft, ModuleDraft, QuizDraft
from modules.authoring.lint.reserve import check_reserve, named_quiz
from modules.authoring.problems import did_you_mean
from modules.authoring.sheet import Sheet
from modules.core.items import FORMATIVE, Scored, ScoredItem
from modules.core.module import CaseStudy, Check, FrontMatter, Heading, walk

SCORED: Collection[str] = ("pre", "post")
ASKED: frozenset[str] = frozenset({"evaluation", "follow-up"})
"""Roles of quizzes that hold unscored items."""


def check_module(draft: ModuleDraft, references: Collection[str], retired: Collection[str]) -> None:
    _Crossing(draft, references, retired).check()


def _scored(draft: QuizDraft) -> list[ScoredItem]:
    items = draft.quiz.items if draft.quiz else ()
    return [i for i in items if isinstance(i, Scored)]


class _Crossing:
    """Compares the parts of one module."""

    def __init__(self, draft: ModuleDraft, references: Collection[str], retired: Collection[str]) -> None:
        self.draft, self.references, self.retired = draft, references, retired
        self.objectives = [o.id for o in draft.front.objectives] if draft.front else None

    def check(self) -> None:
        for lesson in self.draft.lessons:
            self._lesson(lesson)
        self._item_ids()
        for quiz in self.draft.quizzes:
            self._quiz(quiz)
        self._clones()
        front, source = self.draft.front, self.draft.source
        if front and source:
            self._front(front, Sheet(source, self.draft.findings))

    def _front(self, front: FrontMatter, sheet: Sheet) -> None:
        sheet.twice(("objectives",), (o.id for o in front.objectives), "the objective id")
        for index, name in enumerate(front.further_reading):
            if name not in self.references:
                fix = did_you_mean(name, self.references)
                sheet.add("R102", ("further_reading", index), f'no reference "{name}" in references.yaml', fix)
        letters: tuple[Literal["A", "B"], ...] = ("A", "B")
        for letter in letters:
            self._form(front, letter, sheet)
        self._evaluation(front, sheet)
        self._follow_up(front, sheet)
        check_reserve(front, self.draft, sheet)
        if not 1 <= front.assessment.correct <= front.assessment.asked:
            message = f"{front.assessment.correct} of {front.assessment.asked} is no pass mark"
            sheet.add("F109", ("assessment",), message)
        taught = {o for x in self.draft.lessons if x.lesson for o in x.lesson.objectives}
        readable = all(x.lesson for x in self.draft.lessons)
        for index, objective in enumerate(front.objectives):
            if readable and objective.id not in taught:
                sheet.add("I103", ("objectives", index), "no lesson lists this objective")

    def _form(self, front: FrontMatter, letter: Literal["A", "B"], sheet: Sheet) -> None:
        at = ("forms", letter)
        if letter not in front.forms:
            sheet.add(
                "F108",
                ("forms",),
                f"form {letter} is missing",
                f"Add {letter}: {front.id}/form-{letter.lower()}.",
            )
            return
        draft = self._named_quiz(front.forms[letter], at, sheet)
        if draft is None or draft.quiz is None:
            return
        file, scored = draft.quiz.file, _scored(draft)
        if file.form != letter or not set(SCORED) <= set(file.roles):
            fix = f"Write roles: [pre, post] and form: {letter} in it."
            sheet.add("F108", at, f'"{draft.id}" is not a pre- and post-test with form {letter}', fix)
        if len(scored) != front.assessment.asked:
            message = f'{front.assessment.asked} items are announced, "{draft.id}" has {len(scored)}'
            sheet.add("F109", ("assessment",), message, "Announce as many as each form asks.")
        asked = {o for item in scored for o in item.objectives}
        for index, objective in enumerate(front.objectives):
            if objective.id not in asked:
                sheet.add("I102", ("objectives", index), f"no scored item of form {letter} asks about it")

    def _evaluation(self, front: FrontMatter, sheet: Sheet) -> None:
        draft = self._named_quiz(front.evaluation, ("evaluation",), sheet)
        if draft and draft.quiz and tuple(draft.quiz.file.roles) != ("evaluation",):
            sheet.add("F108", ("evaluation",), f'"{draft.id}" does not have the one role evaluation')

    def _follow_up(self, front: FrontMatter, sheet: Sheet) -> None:
        if front.follow_up is None:
            return
        draft = self._named_quiz(front.follow_up, ("follow_up",), sheet)
        if draft and draft.quiz and tuple(draft.quiz.file.roles) != ("follow-up",):
            sheet.add("F108", ("follow_up",), f'"{draft.id}" does not have the one role follow-up')

    def _named_quiz(self, quiz_id: str, at: tuple[str, ...], sheet: Sheet) -> QuizDraft | None:
        return named_quiz(quiz_id, self.draft, sheet, at)

    def _lesson(self, draft: LessonDraft) -> None:
        if draft.head and draft.lesson:
            self._objectives(draft.lesson.objectives, ("objectives",), Sheet(draft.head, draft.findings))
        for block in walk(draft.lesson.blocks) if draft.lesson else ():
            if isinstance(block, Check | CaseStudy):
                self._check(block, draft)

    def _check(self, block: Check | CaseStudy, lesson: LessonDraft) -> None:
        def add(code: str, message: str, fix: str = "") -> None:
            where = "{check}" if isinstance(block, Check) else "{case}"
            lesson.findings.add(code, block.line, message, where=where, fix=fix)

        draft = self.draft.quiz(block.quiz)
        if draft is None:
            fix = did_you_mean(block.quiz, (q.id for q in self.draft.quizzes))
            add("R106", f'no quiz "{block.quiz}" in quizzes/{self.draft.id}', fix)
        elif draft.quiz and isinstance(block, CaseStudy) and draft.quiz.case(block.case) is None:
            fix = did_you_mean(block.case, (c.id for c in draft.quiz.file.cases))
            add("R117", f'no case "{block.case}" in "{block.quiz}"', fix)
        elif draft.quiz and isinstance(block, Check) and draft.quiz.item(block.item) is None:
            fix = did_you_mean(block.item, (i.id for i in draft.quiz.items))
            add("R107", f'no item "{block.item}" in "{block.quiz}"', fix)
        elif draft.quiz and not FORMATIVE.issuperset(draft.quiz.file.roles):
            add(
                "R111",
                f'"{block.quiz}" is a test or an evaluation',
                "Its items would be seen here; use a check quiz.",
            )

    def _objectives(self, named: Sequence[str], at: tuple[str | int, ...], sheet: Sheet) -> None:
        if self.objectives is None:
            return
        for index, name in enumerate(named):
            if name not in self.objectives:
                fix = did_you_mean(name, self.objectives)
                sheet.add("R108", (*at, index), f'no objective "{name}" in module.md', fix)

    def _quiz(self, draft: QuizDraft) -> None:
        if draft.quiz is None or draft.source is None:
            return
        sheet = Sheet(draft.source, draft.findings)
        is_evaluation = bool(ASKED & set(draft.quiz.file.roles))
        for index, item in enumerate(draft.quiz.items):
            scored = isinstance(item, Scored)
            if scored == is_evaluation:
                kind = "scored" if scored else "unscored"
                sheet.add(
                    "I104",
                    ("items", index),
                    f"a {kind} item in a quiz with the roles {', '.join(draft.quiz.file.roles)}",
                )
            if isinstance(item, Scored):
                self._objectives(item.objectives, ("items", index, "objectives"), sheet)
                self._taught(item, sheet, index)
            if f"{draft.id}#{item.id}" in self.retired:
                sheet.add(
                    "R110",
                    ("items", index),
                    "this id is retired: answers to another item carry it",
                    "Choose a new id.",
                )

    def _taught(self, item: ScoredItem, sheet: Sheet, index: int) -> None:
        at = ("items", index, "see")
        if item.taught_in not in self.lessons:
            fix = did_you_mean(item.taught_in, self.lessons)
            sheet.add("R105", at, f'no lesson "{item.taught_in}" in content/{self.draft.id}', fix)
            return
        anchors = self.lessons[item.taught_in]
        if item.taught_at and anchors is not None and item.taught_at not in anchors:
            known = f"Headings: {', '.join(anchors)}." if anchors else "It has no headings."
            fix = did_you_mean(item.taught_at, anchors) or known
            sheet.add("R116", at, f'no heading "{item.taught_at}" in the lesson "{item.taught_in}"', fix)

    @cached_property
    def lessons(self) -> dict[str, tuple[str, ...] | None]:
        """The anchors of each lesson's headings; None for a lesson that could not be read."""
        return {
            draft.id: tuple(b.anchor for b in draft.lesson.blocks if isinstance(b, Heading)) if draft.lesson else None
            for draft in self.draft.lessons
        }

    def _item_ids(self) -> None:
        """Ids are promises: unique across the quizzes of a module."""
        first: dict[str, str] = {}
        for draft in self.draft.quizzes:
            if draft.quiz is None or draft.source is None:
                continue
            sheet = Sheet(draft.source, draft.findings)
            named = [(item.id, ("items", n)) for n, item in enumerate(draft.quiz.items)]
            named += [(case.id, ("cases", n)) for n, case in enumerate(draft.quiz.file.cases)]
            for name, at in named:
                place = f"{draft.findings.path}:{draft.source.line(at)}"
                if name in first:
                    sheet.add("R101", at, f"the {at[0][:-1]} id stands here and in {first[name]}", "Give each its own.")
                first.setdefault(name, place)

    def _clones(self) -> None:
        """Items that share a clone name are parallel; a name that stands alone pairs nothing."""
        placed = [
            (draft, index, item)
            for draft in self.draft.quizzes
            for index, item in enumerate(_scored(draft))
            if item.clone is not None
        ]
        uses = Counter(item.clone for _, _, item in placed)
        for draft, index, item in placed:
            if uses[item.clone] == 1 and draft.source and all(q.quiz for q in self.draft.quizzes):
                message = f'no other item has the clone name "{item.clone}"'
                Sheet(draft.source, draft.findings).add("R114", ("items", index, "clone"), message)
