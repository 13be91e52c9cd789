"""Benefit and harm together, no brand, no promotion (ACCME Standards 1 and 2; WHO ethical criteria, 1988)."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from modules.authoring.drafts import LessonDraft, ModuleDraft
from modules.authoring.lint.passages import AskedItem, Passage, trial_names, words_of
from modules.authoring.problems import Findings
from modules.authoring.sheet import Sheet
from modules.core.balance import HARM, MeterRow, Names, measure, of_chart, supported
from modules.core.evidence import Evidence, Readout, Trial
from modules.core.module import Chart, Image, Lesson, walk

MOST_EFFICACY = 3
MOST_WORDS = 0.6
_MARKS = re.compile(r"[™®]|\(R\)|\(TM\)")
_NAME = re.compile(r"[A-Z][\w-]*")
_LOGO = re.compile(r"\blogo\b|\blogotype\b", re.IGNORECASE)
# "Breakthrough therapy" is a designation of the FDA; breakthrough pain and infections are conditions.
_PROMOTES = re.compile(
    r"\b(?=[bgmuerd])(?:breakthroughs?(?! (?:therapy|designation|pain|infections?|bleeding|seizures?))|"
    r"game[- ]chang\w+|miracle\w*|miraculous\w*|unprecedented|exciting|"
    r"revolutioni[sz]\w+|revolutionary|dramatic(?:ally)?|remarkabl[ey])\b",
    re.IGNORECASE,
)
_TRADE_FIX = "Write the generic name: {}."


@dataclass(slots=True)
class _Harms:
    """What a module tells of harm, by trial and by product, and where it first shows the efficacy of each trial."""

    trials: set[str] = field(default_factory=set)
    products: set[str] = field(default_factory=set)
    efficacy: dict[str, tuple[Trial, LessonDraft, int]] = field(default_factory=dict)


@dataclass(slots=True)
class Read:
    """A module as its passages; `notes` are a speaker's, judged for their words and never counted."""

    welcome: tuple[Passage, ...]
    lessons: list[tuple[LessonDraft, Lesson, tuple[Passage, ...]]] = field(default_factory=list)
    notes: list[tuple[LessonDraft, tuple[Passage, ...]]] = field(default_factory=list)
    quizzes: list[tuple[Sheet, tuple[AskedItem, ...]]] = field(default_factory=list)


class Balance:
    """The rules of balance, for the modules of one library."""

    def __init__(self, evidence: Evidence) -> None:
        self.evidence = evidence
        self.names = Names(evidence)
        self.trials = {t.name.partition(":")[0].strip(): t.id for t in evidence.trials.values()}
        self.trial_names = trial_names(evidence.trials.values())
        self.generic = {
            spelt: p.generic for p in evidence.products.values() for name in p.trade for spelt in (name, name.upper())
        }
        self.first = {word for name in self.generic for word in _NAME.findall(name)}
        listed = "|".join(re.escape(name) for name in sorted(self.generic, key=len, reverse=True))
        self.trade = re.compile(rf"\b(?:{listed})\b") if listed else re.compile(r"(?!)")

    def module(self, draft: ModuleDraft, read: Read) -> None:
        """Harm may stand in another lesson than benefit: judged over the whole module."""
        self._texts(draft, read)
        harms = _Harms()
        for lesson, content, found in read.lessons:
            self._survey(lesson, content, found, harms)
        for trial, lesson, line in harms.efficacy.values():
            self._unharmed(trial, harms, (lesson, line))
        self._meter(draft, read)

    def _survey(self, draft: LessonDraft, lesson: Lesson, found: Sequence[Passage], harms: _Harms) -> None:
        for passage in found:
            for sentence in passage.sentences:
                if HARM.search(sentence.text):
                    harms.products |= self.names.found(sentence.text)
                    harms.trials |= {
                        self.trials[n] for n in self.trial_names.findall(sentence.text) if n in self.trials
                    }
            for place, value in passage.values:
                what = self.names.shown(value.quantity.path)
                if what and what.readout and what.kind not in ("p", "other"):
                    self._note(what.trial, what.readout, harms, (draft, passage.line(place)))
        for block in walk(lesson.blocks):
            if isinstance(block, Chart):
                for trial, readout in of_chart(block, self.evidence):
                    self._note(trial, readout, harms, (draft, block.line))

    def _note(self, trial: Trial, readout: Readout, harms: _Harms, at: tuple[LessonDraft, int]) -> None:
        if readout.endpoint == "AE":
            harms.trials.add(trial.id)
            harms.products |= self.names.tests[trial.id]
            return
        known = harms.efficacy.get(trial.id)
        if known is None or (known[1] is at[0] and at[1] < known[2]):
            harms.efficacy[trial.id] = (trial, *at)

    def _unharmed(self, trial: Trial, harms: _Harms, at: tuple[LessonDraft, int]) -> None:
        tested = self.names.tests[trial.id]
        if not tested or trial.id in harms.trials or tested & harms.products:
            return
        names = ", ".join(sorted(self.evidence.products[id_].generic for id_ in tested))
        draft, line = at
        held = [r.id for r in trial.readouts if r.endpoint == "AE"]
        if held:
            message = f"{trial.name} shows what {names} gained, and the module nothing of its harm"
            draft.findings.add("B101", line, message, fix=f"Show {trial.id}.{held[0]}, or its like, too.")
        else:
            message = f"{trial.name} shows what {names} gained; neither module nor trial file says anything of harm"
            draft.findings.add("B106", line, message, fix="Find a published rate of harm, or say that none was seen.")

    def _meter(self, draft: ModuleDraft, read: Read) -> None:
        support = draft.front.support if draft.front else ()
        products = self.evidence.products.values()
        if draft.source is None or not any(supported(product, support) for product in products):
            return
        texts = (*read.welcome, *(passage for _, _, found in read.lessons for passage in found))
        sentences = [said for passage in texts for said in passage.sentences]
        charts = [b for _, lesson, _ in read.lessons for b in walk(lesson.blocks) if isinstance(b, Chart)]
        sheet = Sheet(draft.source, draft.findings)
        for row in measure((sentences, charts), support, self.names):
            if row.supporter and (fault := _lopsided(row)):
                message = f"{row.product.generic}, a product of the supporter: {fault}"
                sheet.add("B105", ("support",), message, "Run check --balance; add what is missing or cut.")

    def _texts(self, draft: ModuleDraft, read: Read) -> None:
        """B102 to B104, wherever a learner reads. What a source says may be quoted with its own words."""
        self._words(draft.findings, read.welcome)
        for lesson, content, found in read.lessons:
            self._words(lesson.findings, found)
            for spoken in lesson.titles:
                if spoken.lines:
                    self._judge(words_of(spoken), spoken.quoted, (lesson.findings, spoken.lines[0], spoken.where))
            for block in walk(content.blocks):
                if isinstance(block, Image) and (hit := _LOGO.search(f"{block.file} {block.alt} {block.caption}")):
                    message = f'the image "{block.file}" is a {hit[0].casefold()}'
                    lesson.findings.add("B103", block.line, message, where="{image}", fix="Leave it out.")
        for lesson, spoken_notes in read.notes:
            self._words(lesson.findings, spoken_notes)
        for sheet, items in read.quizzes:
            self._items(sheet, items)

    def _words(self, findings: Findings, found: Iterable[Passage]) -> None:
        for passage in found:
            for sentence in passage.sentences:
                for code, place, message, fix in self._faults(sentence.text):
                    findings.add(code, passage.line(sentence.start + place), message, fix=fix)

    def _judge(self, text: str, quoted: bool, at: tuple[Findings, int, str]) -> None:
        findings, line, where = at
        for code, _, message, fix in self._faults(text):
            if not (quoted and code == "B104"):
                findings.add(code, line, message, where=where, fix=fix)

    def _faults(self, text: str) -> Iterator[tuple[str, int, str, str]]:
        for hit in self.trade.finditer(text) if not self.first.isdisjoint(_NAME.findall(text)) else ():
            yield "B102", hit.start(), f'"{hit[0]}" is a trade name', _TRADE_FIX.format(self.generic[hit[0]])
        for hit in _MARKS.finditer(text) if any(mark in text for mark in ("™", "®", "(R)", "(TM)")) else ():
            yield "B103", hit.start(), f'the trade mark sign "{hit[0]}"', "Leave it out."
        for hit in _PROMOTES.finditer(text):
            yield "B104", hit.start(), f'"{hit[0]}" promotes', "Say what was measured."

    def _items(self, sheet: Sheet, items: Sequence[AskedItem]) -> None:
        for asked in items:
            for at, passage in asked.passages.items():
                for fault in (fault for said in passage.sentences for fault in self._faults(said.text)):
                    code, _, message, fix = fault
                    line = sheet.source.line_of(asked.at(at), message.split('"')[1])
                    sheet.findings.add(code, line, message, where=asked.label, fix=fix)


def _lopsided(row: MeterRow) -> str:
    if row.efficacy > MOST_EFFICACY * row.harm:
        return f"{row.efficacy} sentences of efficacy to {row.harm} of harm"
    return f"{row.share:.0%} of all words about products" if row.share > MOST_WORDS else ""
