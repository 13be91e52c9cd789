"""How figures are used: what rounding hides, what stands without its absolute side, what is no longer the newest."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from modules.authoring.drafts import LessonDraft
from modules.authoring.evidence_files import ReviewDay
from modules.authoring.lint.passages import AskedItem, Passage
from modules.authoring.sheet import Sheet
from modules.core.cuts import newest_path
from modules.core.evidence import Evidence, Readout, Trial
from modules.core.figures import Comparison, IconArray, Survival
from modules.core.items import Numeric
from modules.core.module import Chart, Lesson, walk
from modules.core.paths import readout_at
from modules.core.prose import Value
from modules.core.quantity import text as quantity_text
from modules.core.sentences import Said
from modules.core.shown import Shown, shown

LATE = timedelta(days=180)
_COMPARES = re.compile(
    r"\b(?:better|worse|longer|shorter|superior|inferior|outperform\w*|exceed\w*|beat\w*|than|versus|vs|"
    r"compar(?:ed|es|ing)|higher|lower|greater|smaller|doubled?|twice)\b",
    re.IGNORECASE,
)
_REFUSES = re.compile(
    r"\b(?:cannot|can not|can’t|must not|may not|should not|do not|does not|never|nor)\b", re.IGNORECASE
)
_SECONDARY = re.compile(
    r"\breported by\b|\bsecondary (?:source|report)|\b(?:press|news|company|manufacturer's) (?:report|release|page)",
    re.IGNORECASE,
)
Absolutes = set[tuple[str, str]]


class Binding:
    """The rules of figures, for the lessons and quizzes of one library."""

    def __init__(self, evidence: Evidence) -> None:
        self.evidence = evidence
        self.seen: dict[str, Shown | None] = {}
        self.newer = {trial.id: _newer(trial) for trial in evidence.trials.values()}

    def lesson(self, draft: LessonDraft, lesson: Lesson, found: Sequence[Passage]) -> None:
        absolute = self._absolutes([one for one in found if one.setting != "notes"], lesson)
        for passage in found:
            self._rounding(passage, draft)
            self._ratios(passage, draft, absolute)
            self._newest(passage, draft)
            for sentence in passage.sentences:
                self._medians(passage, sentence, draft)

    def _shown(self, value: Value) -> Shown | None:
        path = value.quantity.path
        if path not in self.seen:
            self.seen[path] = shown(self.evidence, path)
        return self.seen[path]

    def _rounding(self, passage: Passage, draft: LessonDraft) -> None:
        """E201: two figures of a readout that differ and read alike."""
        seen: list[Value] = []
        for place, value in passage.values:
            for other in seen:
                if value.text == other.text and _hidden(value, other) and self._same_readout(value, other):
                    whole = f"{quantity_text(other.quantity)} and {quantity_text(value.quantity)}"
                    message = f'"{value.text}" stands for {whole}: rounding hides the difference'
                    fix = "Leave the format out for both."
                    draft.findings.add("E201", passage.line(place), message, where="{value}", fix=fix)
            seen.append(value)

    def _same_readout(self, value: Value, other: Value) -> bool:
        one, two = self._shown(value), self._shown(other)
        return bool(one and two and one.readout and one.trial is two.trial and one.readout is two.readout)

    def _absolutes(self, found: Sequence[Passage], lesson: Lesson) -> Absolutes:
        """(trial, endpoint) of which the lesson shows a rate, a gain, a difference, or the medians of two arms."""
        known: Absolutes = set()
        arms: dict[tuple[str, str], set[str]] = {}
        for _, value in (pair for passage in found for pair in passage.values):
            what = self._shown(value)
            if what is None or what.readout is None:
                continue
            key = (what.trial.id, what.readout.endpoint)
            if what.kind in ("landmark", "gap"):
                known.add(key)
            elif what.kind in ("median", "rate") and what.arm:
                arms.setdefault(key, set()).add(what.arm)
        known |= {key for key, named in arms.items() if len(named) > 1}
        charts = (block.request for block in walk(lesson.blocks) if isinstance(block, Chart))
        for request in charts:
            if isinstance(request, Survival):
                known.add((request.trial, request.endpoint))
            elif isinstance(request, IconArray | Comparison):
                paths = request.readouts if isinstance(request, Comparison) else (request.readout,)
                known |= {(t.id, r.endpoint) for t, r in (readout_at(self.evidence, path) for path in paths)}
        return known

    def _ratios(self, passage: Passage, draft: LessonDraft, absolute: Absolutes) -> None:
        """E202: CONSORT 2010, item 17b, and PRISMA ask for absolute effects beside relative ones."""
        for place, value in passage.values:
            what = self._shown(value)
            if what is None or what.readout is None or what.kind not in ("ratio", "reduction"):
                continue
            endpoint = what.readout.endpoint
            if (what.trial.id, endpoint) not in absolute and _has_absolute(what.trial, endpoint):
                message = f"{what.trial.name}: a ratio for {endpoint} without an absolute figure in this lesson"
                fix = "Add a rate with its month, the medians of both arms, their difference, or a chart of them."
                draft.findings.add("E202", passage.line(place), message, where="{value}", fix=fix)

    def _medians(self, passage: Passage, sentence: Said, draft: LessonDraft) -> None:
        """E203: patients, lines and clocks differ between trials; only a randomised comparison compares."""
        if len(sentence.values) < 2:
            return
        word = _COMPARES.search(sentence.typed)
        if word is None or _REFUSES.search(sentence.typed):
            return
        first: Shown | None = None
        for place, value in sentence.values:
            what = self._shown(value)
            if what is None or value.quantity.unit != "months" or what.kind not in ("median", "gap"):
                continue
            if first and what.trial is not first.trial:
                message = f'"{word[0]}" sets a median of {what.trial.name} beside one of {first.trial.name}'
                fix = "Compare arms within a trial only; give each trial its own sentence."
                draft.findings.add("E203", passage.line(place), message, where="{value}", fix=fix)
                return
            first = first or what

    def _newest(self, passage: Passage, draft: LessonDraft) -> None:
        for place, older, newer in self._outdated(passage.values):
            message = f'"{older.trial.name}: {_cut(older)}" was replaced by a later cut ({newer.cut.label})'
            fix = f"Show {older.trial.id}.{newer.id} too, or instead."
            draft.findings.add("E204", passage.line(place), message, where="{value}", fix=fix)

    def _outdated(self, values: Iterable[tuple[int, Value]]) -> Iterator[tuple[int, Shown, Readout]]:
        """Figures that a later cut reports anew, where none of the later cuts is shown."""
        listed = [(place, what, v.quantity.path) for place, v in values if (what := self._shown(v)) and what.readout]
        present = {(what.trial.id, what.readout.id) for _, what, _ in listed if what.readout}
        told: set[tuple[str, str]] = set()
        for place, what, path in listed:
            key = (what.trial.id, what.readout.id if what.readout else "")
            newer = self.newer[key[0]].get(key[1], ())
            if not newer or key in told or newest_path(self.evidence, path) == path:
                continue
            if not any((key[0], r.id) in present for r in newer):
                told.add(key)
                yield place, what, newer[-1]

    def items(self, items: Sequence[AskedItem], sheet: Sheet) -> None:
        """E204 over the whole item; E205 where the mark of a secondary figure is lost: plain text and keys."""
        for asked in items:
            self._unmarked(asked, sheet)
            values = [pair for passage in asked.passages.values() for pair in passage.values]
            for _, older, newer in self._outdated(values):
                message = f'"{older.trial.name}: {_cut(older)}" was replaced by a later cut ({newer.cut.label})'
                sheet.add("E204", asked.at(()), message, f"Show {older.trial.id}.{newer.id} too, or instead.")

    def _unmarked(self, asked: AskedItem, sheet: Sheet) -> None:
        if any(_SECONDARY.search(said.text) for passage in asked.asked.values() for said in passage.sentences):
            return
        fix = 'Say "as reported by ..." or "secondary source" in the stem.'
        for place, passage in asked.asked.items():
            for _, value in passage.values if place[0] == "options" else ():
                if value.quantity.origin.confidence != "verified":
                    path = value.quantity.path
                    line = sheet.source.line_of(asked.at(place), path)
                    message = f'"{path}" is a secondary figure; an option shows no source'
                    sheet.findings.add("E205", line, message, where=asked.label, fix=fix)
        if isinstance(asked.item, Numeric):
            what = shown(self.evidence, asked.item.answer)
            if what and what.readout and what.readout.confidence != "verified":
                message = f'the key "{asked.item.answer}" is a secondary figure, and the stem does not say so'
                sheet.add("E205", asked.at(("answer",)), message, fix)


def check_review_days(used: Iterable[str], reviews: dict[str, ReviewDay], on: date | None) -> None:
    """E206 to E208: somebody looks, by a day that is known, whether a trial has reported again."""
    for trial in sorted(set(used) & reviews.keys()):
        day = reviews[trial]
        if day.review_by is None:
            fix = "Add review_by: with the day by which somebody looks whether the trial has reported again."
            day.findings.add("E207", day.line, "this trial is used, and nobody knows when to look again", fix=fix)
        elif on is not None and day.review_by < on:
            code = "E208" if on - day.review_by > LATE else "E206"
            message = f"its evidence was to be looked at again by {day.review_by}"
            day.findings.add(code, day.line, message, fix="Look for newer results, then write the next day.")


def _newer(trial: Trial) -> dict[str, tuple[Readout, ...]]:
    """For each readout those that replace it, by one step or several; not what came after a module's cut-off."""
    direct: dict[str, list[Readout]] = {}
    for readout in trial.readouts:
        for name in readout.supersedes:
            direct.setdefault(name, []).append(readout)
    found: dict[str, tuple[Readout, ...]] = {}
    for name in direct:
        reached: dict[str, Readout] = {}
        waiting = list(direct[name])
        while waiting:
            readout = waiting.pop(0)
            if readout.id not in reached and readout.id != name:
                reached[readout.id] = readout
                waiting += direct.get(readout.id, [])
        found[name] = tuple(r for r in reached.values() if not r.cut.after)
    return found


def _cut(what: Shown) -> str:
    return what.readout.cut.label if what.readout else ""


def _hidden(value: Value, other: Value) -> bool:
    one, two = value.quantity, other.quantity
    return one.unit == two.unit and one.value != two.value and quantity_text(one) != quantity_text(two)


def _has_absolute(trial: Trial, endpoint: str) -> bool:
    """Could the lesson show one? A trial that published only ratios cannot be asked for more."""
    rows = [r for r in trial.readouts if r.endpoint == endpoint]
    return any(len(r.estimates) > 1 or len(r.landmarks) > 1 or r.difference or r.curves for r in rows)
