"""Plain reading: the length of sentences, abbreviations, titles that say something, the time a lesson takes."""

import re
from collections.abc import Iterable, Iterator, Sequence

from modules.authoring.drafts import LessonDraft
from modules.authoring.lint.passages import AskedItem, Passage, headings, trial_names, words_of
from modules.authoring.lint.typed import Spoken
from modules.authoring.problems import Findings
from modules.authoring.sheet import Sheet
from modules.core.evidence import Evidence
from modules.core.module import Block, Heading, Lesson
from modules.core.prose import plain
from modules.core.sentences import BLANK, Said

LONGEST_SENTENCE = 32
MOST_ABBREVIATIONS = 4
TITLE_WORDS = (3, 14)
# Silent reading of English non-fiction: 238 words a minute (Brysbaert, J Mem Lang 2019;109:104047), rounded down.
WORDS_A_MINUTE = 230
OVER_TIME = 1.33
_CAPITALS = re.compile(r"[A-Z][a-z0-9]?[A-Z]")
_WORD = re.compile(r"[A-Za-z0-9][\w’'/+.-]*")
_INTERVAL = re.compile(r"\([^()]*% CI [^()]*\)")
_TOKEN = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:[-/][A-Za-z0-9]+)*")
_EXPANDED = re.compile(r"\(([^()]*)\)")
_JOINTS = re.compile(r"[-/]")
_ROMAN = re.compile(r"[IVX]+")
_TWO_SHORTS = re.compile(r"[A-Z][A-Za-z0-9]*(?:[-/][A-Z][A-Za-z0-9]*)+")
LONGEST_SHORT = 24
# Names that a healthcare professional meets spelt this way only, and words that stand in capitals for weight.
_NAMES = "HER2 CDK4 DNA RNA CT MRI HIV COVID US USA UK EU FDA EMA WHO ASCO ESMO NCCN"
KNOWN = frozenset(f"{_NAMES} MD PhD NOT EXCEPT LEAST BEST AND OR".split())


class Access:
    """The rules of plain reading, for the lessons and quizzes of one library."""

    def __init__(self, evidence: Evidence) -> None:
        self.evidence = evidence
        self.trials = trial_names(evidence.trials.values())
        self.terms = {id_: _shorts(f"{t.term} {t.expansion or ''}") for id_, t in evidence.terms.items()}
        self.of_term = {short: id_ for id_, found in self.terms.items() for short in found}
        self.of_term |= {t.term: id_ for id_, t in evidence.terms.items()}

    def lesson(self, draft: LessonDraft, lesson: Lesson, found: Sequence[Passage]) -> None:
        self._titles(draft, lesson)
        self._load(draft, lesson, self.reading(draft.findings, found, draft.titles))

    def reading(self, findings: Findings, found: Iterable[Passage], titles: Iterable[Spoken]) -> int:
        """Sentences and abbreviations, in the order of the file; returns how many words a learner reads."""
        known = set(KNOWN)
        count = 0
        parts: list[tuple[int, Passage | Spoken]] = [(p.paragraph.line, p) for p in found]
        parts += [(spoken.lines[0], spoken) for spoken in titles if spoken.lines]
        for line, part in sorted(parts, key=lambda pair: pair[0]):
            if isinstance(part, Spoken):
                text = words_of(part)
                count += words(text)
                self._define(text, known)
                for hit in self._undefined(text, known):
                    findings.add("X107", line, *self._undefined_message(hit), where=part.where, fix=self._cure(hit))
            else:
                read = self._passage(findings, part, known)
                count += 0 if part.setting == "notes" else read
        return count

    def _passage(self, findings: Findings, passage: Passage, known: set[str]) -> int:
        total = 0
        for sentence in passage.sentences:
            for hit in self._unexplained(sentence, known):
                place = passage.line(sentence.start + sentence.typed.index(hit))
                findings.add("X107", place, *self._undefined_message(hit), fix=self._cure(hit))
            line = passage.line(sentence.start)
            count = words(sentence.text)
            total += count
            if count > LONGEST_SENTENCE:
                fix = f"Make two of it; {LONGEST_SENTENCE} words are the limit."
                findings.add("X106", line, f"a sentence of {count} words (intervals not counted)", fix=fix)
            if len(_CAPITALS.findall(sentence.typed)) <= MOST_ABBREVIATIONS:
                continue
            bare = self.trials.sub(" ", sentence.typed)
            shorts = {part for _, parts in _abbreviations(bare) for part in parts} - {"HER2"}
            if len(shorts) > MOST_ABBREVIATIONS:
                message = f"{len(shorts)} different abbreviations in a sentence ({', '.join(sorted(shorts))})"
                findings.add("X108", line, message, fix="Write some of them out.")
        return total

    def _unexplained(self, sentence: Said, known: set[str]) -> list[str]:
        """What is explained in the sentence itself counts as explained."""
        for use in sentence.terms:
            known |= self.terms.get(use.term, frozenset()) | _shorts(use.text)
        if "(" in sentence.text:
            self._define(sentence.text, known)
        return self._undefined(sentence.typed, known)

    def _define(self, text: str, known: set[str]) -> None:
        """`central nervous system (CNS)`, or `CNS (central nervous system)`."""
        for inside in _EXPANDED.finditer(text):
            head = text[: inside.start()].rstrip()
            before = head.rpartition(" ")[2]
            if _shorts(before) and " " in inside[1]:
                known |= _shorts(before)
            elif head[-1:].isalpha() and len(inside[1]) < LONGEST_SHORT:
                known |= _shorts(inside[1])

    def _undefined(self, text: str, known: set[str]) -> list[str]:
        if not _CAPITALS.search(text):
            return []
        bare = self.trials.sub(lambda hit: BLANK * len(hit[0]), text)
        found: list[str] = []
        for whole, parts in _abbreviations(bare):
            if not {whole, whole.removesuffix("s")} & known:
                unknown = [p for p in parts if p not in known and p.removesuffix("s") not in known]
                found += [whole] if unknown and _TWO_SHORTS.fullmatch(whole) else unknown
        known |= set(found)
        return found

    def _undefined_message(self, hit: str) -> tuple[str]:
        return (f'the abbreviation "{hit}" is used before it is explained',)

    def _cure(self, hit: str) -> str:
        term = self.of_term.get(hit)
        role = f"Write {{term}}`{hit} <{term}>` at its first use, or" if term else "Write"
        return f"{role} the full words with ({hit}) behind them."

    def _load(self, draft: LessonDraft, lesson: Lesson, count: int) -> None:
        minutes = count / WORDS_A_MINUTE
        if draft.head and minutes > OVER_TIME * lesson.minutes:
            message = f"{count} words take about {minutes:.1f} minutes to read; {lesson.minutes} are stated"
            draft.findings.add("X110", draft.head.line(("minutes",)), message, fix="State more minutes, or shorten it.")

    def _titles(self, draft: LessonDraft, lesson: Lesson) -> None:
        least, most = TITLE_WORDS
        for spoken in draft.titles:
            if spoken.part != "title":
                continue
            count = len(words_of(spoken).split())
            if not least <= count <= most:
                message = f"a chart title of {count} word{'' if count == 1 else 's'}"
                fix = f"Say the finding in {least} to {most} words."
                draft.findings.add("X109", spoken.lines[0], message, where=spoken.where, fix=fix)
        for heading in _shouting(lesson.blocks, self.trials):
            message = f'the heading "{plain(heading.content)}" is in capitals'
            fix = "Write it in small letters; a screen reader may spell capitals out."
            draft.findings.add("X109", heading.line, message, fix=fix)

    def items(self, items: Sequence[AskedItem], sheet: Sheet) -> None:
        """X107 item by item: a test shows its items alone. The length of items is judged by I206."""
        for asked in items:
            known = set(KNOWN)
            for at, passage in asked.passages.items():
                for hit in (hit for said in passage.sentences for hit in self._unexplained(said, known)):
                    line = sheet.source.line_of(asked.at(at), hit)
                    where, fix = asked.label, self._cure(hit)
                    sheet.findings.add("X107", line, *self._undefined_message(hit), where=where, fix=fix)


def words(text: str) -> int:
    """Words as a reader meets them; the interval of an estimate is a look, not a reading."""
    return len(_WORD.findall(_INTERVAL.sub(" ", text)))


def _abbreviations(text: str) -> Iterator[tuple[str, list[str]]]:
    """(the whole token, its parts in capitals): HR-positive gives HR, T-DXd gives DXd."""
    for token in _TOKEN.findall(text) if _CAPITALS.search(text) else ():
        if not _CAPITALS.search(token):
            continue
        parts = [part for part in _JOINTS.split(token) if _is_short(part)]
        if parts:
            yield token, parts


def _is_short(part: str) -> bool:
    """Two capitals or more, and fewer small letters: PFS and DXd, but not MedAll, and no Roman numeral."""
    capitals = sum(c.isupper() for c in part)
    small = sum(c.islower() for c in part)
    return capitals > 1 and small < capitals and not _ROMAN.fullmatch(part)


def _shorts(text: str) -> frozenset[str]:
    """The abbreviations in a text, whole and by their parts."""
    return frozenset(name for whole, parts in _abbreviations(text) for name in (whole, *parts))


def _shouting(blocks: tuple[Block, ...], trials: re.Pattern[str]) -> Iterator[Heading]:
    for heading in headings(blocks):
        text = trials.sub(" ", plain(heading.content))
        letters = [c for c in text if c.isalpha()]
        if len(text.split()) > 1 and len(letters) > 7 and all(c.isupper() for c in letters):
            yield heading
