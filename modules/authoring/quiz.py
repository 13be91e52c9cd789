"""A quiz file -> Quiz: its prose parsed once, its numeric keys found, its evidence proven to exist."""

import re
from collections.abc import Mapping
from pathlib import Path

from modules.authoring.drafts import QuizDraft
from modules.authoring.inline import Desk, Sentence
from modules.authoring.lint.charted import check_charted, check_scale
from modules.authoring.lint.typed import Spoken, check_typed
from modules.authoring.problems import Findings, did_you_mean
from modules.authoring.sheet import Sheet
from modules.authoring.source import Location, Source, read_text, read_yaml
from modules.authoring.validate import validate, where
from modules.core.errors import UnknownPath
from modules.core.figures import ChartRequest
from modules.core.items import (
    Case,
    ChartPoint,
    ChartValue,
    Estimated,
    Quiz,
    QuizFile,
    Scored,
    ScoredItem,
    UnscoredItem,
    cases_of,
    rationales_of,
    texts_of_case,
)
from modules.core.paths import find, readout_at
from modules.core.prose import Rich

Texts = Mapping[Location, str]


def read_quiz(file: Path, findings: Findings, desk: Desk, names: re.Pattern[str]) -> QuizDraft:
    quiz_id = f"{file.parent.name}/{file.stem}"
    draft = QuizDraft(quiz_id, findings)
    text = read_text(file, findings)
    source = draft.source = None if text is None else read_yaml(text, findings)
    read = None if source is None else validate(QuizFile, source, findings)
    if source is None or read is None:
        return draft
    if read.id != quiz_id:
        message = f'the id "{read.id}" differs from the folder and file name'
        findings.add("S302", source.line(("id",)), message, fix=f"Write id: {quiz_id}.")
    draft.quiz = _Furnisher(source, findings, desk, names).furnish(read)
    return draft


class _Furnisher:
    """Reads every text of a quiz file and looks up what its items rest on."""

    def __init__(self, source: Source, findings: Findings, desk: Desk, names: re.Pattern[str]) -> None:
        self.source, self.findings, self.desk, self.names = source, findings, desk, names
        self.prose: dict[str, Rich] = {}
        self.keys: dict[str, float] = {}

    def furnish(self, file: QuizFile) -> Quiz:
        for index, item in enumerate(file.items):
            at: Location = ("items", index)
            self._texts(item, at)
            if isinstance(item, Scored):
                self._evidence(item, at)
                check_charted(item, self.desk, Sheet(self.source, self.findings), at)
            if isinstance(item, ChartPoint | ChartValue):
                self._titles(item.chart, (*at, "chart"))
            if isinstance(item, Estimated):
                self._key(item, at)
        for index, case in enumerate(file.cases):
            self._case(case, ("cases", index))
        lines = {item.id: self.source.line(("items", index)) for index, item in enumerate(file.items)}
        lines |= {case.id: self.source.line(("cases", index)) for index, case in enumerate(file.cases)}
        return Quiz(file, self.prose, self.keys, self.findings.path, lines)

    def _texts(self, item: ScoredItem | UnscoredItem, at: Location) -> None:
        """Figures may be typed in a case and in distractors, but not in a rationale."""
        self._told(cases_of(item), rationales_of(item), at)

    def _case(self, case: Case, at: Location) -> None:
        """Figures may be typed of the patient in the opening; what follows a decision tells of trials."""
        texts = texts_of_case(case)
        opening: Texts = {("opening",): texts.pop(("opening",))}
        self._told(opening, texts, at)
        said = Spoken(where=where(self.source.value, at))
        said.say(case.title, self.source.line((*at, "title")))
        check_typed([said], self.names, self.findings)

    def _titles(self, request: ChartRequest, at: Location) -> None:
        """The words of a chart, as in a lesson; its own month may be named in them."""
        for key in ("title", "caption", "event"):
            said = Spoken(where=where(self.source.value, at))
            said.say(getattr(request, key, None) or "", self.source.line((*at, key)))
            said.months = {month for month in (getattr(request, "month", None),) if month is not None}
            check_typed([said], self.names, self.findings)

    def _told(self, cases: Texts, rationales: Texts, at: Location) -> None:
        own = {location: Findings(self.findings.path) for location in (*cases, *rationales)}
        spoken = {location: self._read(text, own[location], (*at, *location)) for location, text in cases.items()}
        for location, text in rationales.items():
            spoken[location] = self._read(text, own[location], (*at, *location))
        months = {month for said in spoken.values() for month in said.months}
        for location in rationales:
            spoken[location].months = months
            check_typed([spoken[location]], self.names, own[location])
        for location, found in own.items():
            self._place(found, (*at, *location))

    def _read(self, text: str, own: Findings, at: Location) -> Spoken:
        place = where(self.source.value, at)
        sentence = Sentence(self.desk, own, self.source.line(at), place, Spoken(where=place))
        self.prose[text] = sentence.read(text)
        return sentence.spoken

    def _place(self, found: Findings, at: Location) -> None:
        """A folded text has lost its line ends: find what is wrong in the file's own lines."""
        for problem in found.problems:
            quoted = re.search(r'"([^"]+)"', problem.message)
            line = self.source.line_of(at, quoted[1]) if quoted else self.source.line(at)
            self.findings.add(problem.code, line, problem.message, where=problem.where, fix=problem.fix)

    def _key(self, item: Estimated, at: Location) -> None:
        line, place = self.source.line((*at, "answer")), where(self.source.value, at)
        found = self.desk.figure(item.answer, self.findings, line, place)
        if found is None:
            return
        if found.value is None:
            self.findings.add("E108", line, f'"{item.answer}" has no published value', where=place)
            return
        self.keys[item.id] = found.value
        check_scale(item, found.value, Sheet(self.source, self.findings), at)
        if found.unit != item.unit:
            message = f'the unit is "{item.unit}" but "{item.answer}" is in {found.unit or "no unit"}'
            self.findings.add("E109", self.source.line((*at, "unit")), message, where=place)

    def _evidence(self, item: ScoredItem, at: Location) -> None:
        for index, path in enumerate(item.evidence):
            line, place = self.source.line((*at, "evidence", index)), where(self.source.value, at)
            if not self.desk.blocked(path, self.findings, line, place):
                self._named(path, line, place)

    def _named(self, path: str, line: int, place: str) -> None:
        """A readout, fact, approval, milestone or definition; or any figure inside one."""
        evidence = self.desk.evidence
        head, *rest = path.split(".")
        trial = evidence.trials.get(head)
        if head == "definition" and len(rest) == 1:
            known: list[str] = list(evidence.definitions)
        elif trial and len(rest) == 2 and rest[0] in ("fact", "approval", "milestone"):
            known = [entry.id for entry in getattr(trial, f"{rest[0]}s")]
        else:
            self._readout_or_figure(path, line, place)
            return
        if rest[-1] not in known:
            fix = did_you_mean(rest[-1], known)
            self.findings.add("E101", line, f'"{path}" names nothing in the evidence', where=place, fix=fix)

    def _readout_or_figure(self, path: str, line: int, place: str) -> None:
        try:
            if path.count(".") == 1 and not path.endswith(".n"):
                readout_at(self.desk.evidence, path)
            else:
                find(self.desk.evidence, path)
        except UnknownPath as unknown:
            fix = f'Did you mean "{unknown.near[0]}"?' if unknown.near else ""
            self.findings.add("E101", line, f'"{path}" names nothing in the evidence: {unknown}', where=place, fix=fix)
