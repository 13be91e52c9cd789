"""A prediction is asked once, and nothing on its page gives the answer before it is made."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from modules.authoring.drafts import ModuleDraft
from modules.authoring.problems import Findings
from modules.core.evidence import Evidence
from modules.core.figures import ChartRequest, Comparison, IconArray, Survival
from modules.core.items import ChartPoint, ChartValue, Quiz, Scored, ScoredItem, cases_of
from modules.core.module import Block, CaseStudy, Chart, Check, Heading, Paragraph, Predict, walk
from modules.core.prose import Emphasis, Link, Rich, Strong, Value

_AT = re.compile(r"\.at-(\d+(?:\.\d+)?)$")


def check_predictions(draft: ModuleDraft, evidence: Evidence) -> None:
    """E132 and E133 in every lesson, and E133 for a prediction on the module's own page."""
    quizzes = {q.id: q.quiz for q in draft.quizzes if q.quiz}
    for block in walk(draft.welcome):
        if isinstance(block, Predict):
            draft.findings.add("E133", block.line, "a prediction outside a lesson", where="{predict}")
    for lesson in draft.lessons:
        if lesson.lesson:
            _Page(lesson.lesson.blocks, quizzes, evidence, lesson.findings).check()


def same(path: str) -> str:
    """Paths that lead to one figure become one: `.median` and `.rate` may be left out."""
    return re.sub(r"\.(?:median|rate)$", "", path)


@dataclass(frozen=True, slots=True)
class _Page:
    """One lesson, and what its checks and charts read."""

    blocks: tuple[Block, ...]
    quizzes: dict[str, Quiz]
    evidence: Evidence
    findings: Findings

    def check(self) -> None:
        first: dict[str, int] = {}
        for block in walk(self.blocks):
            if isinstance(block, Predict):
                self._once(block, first.setdefault(same(block.figure), block.line))
                self._held_back(block)

    def _add(self, code: str, block: Predict, message: str, fix: str) -> None:
        self.findings.add(code, block.line, message, where="{predict}", fix=fix)

    def _once(self, block: Predict, line: int) -> None:
        if line != block.line:
            message = f'"{block.figure}" is asked for here and in line {line}'
            self._add("E132", block, message, "Ask for each figure once.")

    def _held_back(self, block: Predict) -> None:
        if not any(block is one for one in self.blocks):
            message = "a prediction inside another directive or a list, where its body cannot be held back"
            self._add("E133", block, message, "Put it between paragraphs.")
            return
        inside = {id(one) for one in walk((block,))}
        open_ = (one for one in walk(self.blocks) if id(one) not in inside)
        if told := next((one for one in open_ if self._tells(one, block.figure)), None):
            message = f'line {told.line} shows "{block.figure}" without a guess'
            self._add("E133", block, message, "Move that into the body of the prediction.")

    def _tells(self, block: Block, figure: str) -> bool:
        match block:
            case Heading() | Paragraph():
                return _reads(block.content, figure)
            case Check() | CaseStudy():
                drawn = any(self._draws(request, figure) for request in self._asked_charts(block))
                return drawn or any(_reads(rich, figure) for rich in self._asked(block))
            case Chart():
                return self._draws(block.request, figure)
            case _:
                return False

    def _items(self, block: Check | CaseStudy) -> Iterator[ScoredItem]:
        """The item that a check asks; of a case the first decision, for the others follow an answer."""
        quiz = self.quizzes.get(block.quiz)
        case = quiz.case(block.case) if quiz and isinstance(block, CaseStudy) else None
        name = block.item if isinstance(block, Check) else case.turns[0].item if case else ""
        item = quiz.item(name) if quiz else None
        if isinstance(item, Scored):
            yield item

    def _asked(self, block: Check | CaseStudy) -> Iterator[Rich]:
        """What a check or a case shows before it is answered."""
        quiz = self.quizzes.get(block.quiz)
        if quiz is None:
            return
        if isinstance(block, CaseStudy) and (case := quiz.case(block.case)):
            yield quiz.rich(case.opening)
        for item in self._items(block):
            yield from (quiz.rich(text) for text in cases_of(item).values())

    def _asked_charts(self, block: Check | CaseStudy) -> Iterator[ChartRequest]:
        return (item.chart for item in self._items(block) if isinstance(item, ChartPoint | ChartValue))

    def _draws(self, request: ChartRequest, figure: str) -> bool:
        """A chart with the arm's estimate, with the rate at the month asked for, or with the curves of both."""
        at = _AT.search(figure)
        trial, _, rest = figure.partition(".")
        name = rest.partition(".")[0]
        match request:
            case Comparison():
                return at is None and f"{trial}.{name}" in request.readouts
            case IconArray():
                return request.readout == f"{trial}.{name}" and request.month == (float(at[1]) if at else None)
            case Survival():
                return request.trial == trial and self._endpoint(trial, name) == request.endpoint
            case _:
                return False

    def _endpoint(self, trial: str, name: str) -> str | None:
        found = self.evidence.trials.get(trial)
        readout = found.readout(name) if found else None
        return readout.endpoint if readout else None


def _reads(rich: Rich, figure: str) -> bool:
    for inline in rich:
        match inline:
            case Value(quantity=quantity) if same(quantity.path) == same(figure):
                return True
            case Strong(children) | Emphasis(children) | Link(_, children) if _reads(children, figure):
                return True
            case _:
                pass
    return False
