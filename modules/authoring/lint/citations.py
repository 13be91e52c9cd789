"""What a sentence claims, and whether a source stands beside it (ACCME Standard 1: valid, referenced content)."""

import re
from collections.abc import Sequence

from modules.authoring.drafts import LessonDraft
from modules.authoring.lint.passages import AskedItem, Passage, trial_names
from modules.authoring.sheet import Sheet
from modules.authoring.source import Location
from modules.core.evidence import Evidence
from modules.core.sentences import Said

COMPARATIVE = re.compile(
    r"\b(?:better|worse|superior(?:ity)?|inferior(?:ity)?|non-inferior(?:ity)?|outperform\w*|safer|"
    r"(?:more|less) (?:effective|toxic|active)|as (?:effective|safe|active|toxic) as|"
    r"(?:longer|shorter|fewer|more|less|higher|lower|greater) (?:\w+ ){0,4}than|"
    r"(?:longer|prolong(?:s|ed)|improve[sd]|lengthen(?:s|ed)) (?:\w+ ){0,2}(?:survival|progression|control))\b",
    re.IGNORECASE,
)
SUPERLATIVE = re.compile(
    r"\b(?:best (?:regimen|treatment|option|drug|therapy|choice|outcome|evidence)s?|the best(?! of| interests?)|"
    r"the most (?!recent|likely|often|common|frequent|of\b)\w+|first[- ]choice|gold[- ]standard|"
    r"the only (?:\w+ )?(?:drug|regimen|treatment|option|therapy|trial)|unmatched|unrivalled|safest|"
    r"the (?:strongest|longest|largest|lowest|highest))\b",
    re.IGNORECASE,
)
# "Approve" and "licence" are meant of medicines; AGO, ASCO, ESMO and NCCN are the societies whose guidelines are meant.
GUIDELINE = re.compile(
    r"\b(?:(?i:guidelines?|guidance|standard of care|approv(?:ed|als?)|licen[sc]e[sd]|recommend(?:s|ed|ations?)?)|"
    r"AGO|ASCO|ESMO|NCCN)\b"
)
_WHAT = {
    "C102": ("the trial", "Cite where its result stands: {cite}`reference`."),
    "C103": ("the comparison", "Cite the trial that compared them: {cite}`reference`."),
    "C104": ("the superlative", "Cite who says so, or say less."),
    "C105": ("the guideline or licence word", "Cite the guideline, the label or the notice."),
}


class Citations:
    """The rules of sources, for the lessons and quizzes of one library."""

    def __init__(self, evidence: Evidence) -> None:
        self.patterns = {
            "C102": trial_names(evidence.trials.values()),
            "C103": COMPARATIVE,
            "C104": SUPERLATIVE,
            "C105": GUIDELINE,
        }

    def lesson(self, draft: LessonDraft, found: Sequence[Passage]) -> None:
        """Callouts and notes without figures lean on what the lesson cites; headings, what a source says are exempt."""
        lesson_cites = any(passage.cited for passage in found)
        for passage in found:
            leans = lesson_cites and passage.setting in ("callout", "notes")
            for index, sentence in enumerate(passage.sentences):
                self._figure(passage, index, draft)
                if not leans and not passage.cited:
                    self._claims(passage, sentence, draft)

    def _figure(self, passage: Passage, index: int, draft: LessonDraft) -> None:
        """C101: each figure carries its source one tap away; on paper and on slides only the citation is left.

        Its own source anywhere in the paragraph will do, or any citation in its sentence or a neighbouring one.
        """
        if passage.near(index):
            return
        for place, value in passage.sentences[index].values:
            if value.quantity.origin.source.reference in passage.references:
                continue
            message = f'the figure "{value.text}" has no citation in its sentence or a neighbouring one'
            draft.findings.add("C101", passage.line(place), message, fix=_cure(value.quantity.origin.source.reference))

    def _claims(self, passage: Passage, sentence: Said, draft: LessonDraft) -> None:
        for code, pattern in self.patterns.items():
            if hit := pattern.search(sentence.typed):
                what, fix = _WHAT[code]
                line = passage.line(sentence.start + hit.start())
                message = f'{what} "{hit[0]}" stands in a paragraph without a citation'
                draft.findings.add(code, line, message, fix=fix)

    def items(self, items: Sequence[AskedItem], sheet: Sheet) -> None:
        """An item cites once, in its stem or in a rationale; what an option claims is there to be judged."""
        for asked in items:
            if not any(passage.cited for passage in asked.passages.values()):
                for at, passage in asked.passages.items():
                    if at[-1] != "text":
                        self._item_text(passage, sheet, asked.at(at))

    def _item_text(self, passage: Passage, sheet: Sheet, at: Location) -> None:
        if passage.values:
            _, value = passage.values[0]
            line = sheet.source.line_of(at, value.quantity.path)
            message = f'the figure "{value.text}" has no citation in this item'
            sheet.findings.add("C101", line, message, fix=_cure(value.quantity.origin.source.reference))
        typed = "".join(sentence.typed for sentence in passage.sentences)
        if hit := GUIDELINE.search(typed):
            what, fix = _WHAT["C105"]
            line = sheet.source.line_of(at, hit[0])
            sheet.findings.add("C105", line, f'{what} "{hit[0]}" stands in an item without a citation', fix=fix)


def _cure(reference: str | None) -> str:
    return f"Its source is {{cite}}`{reference}`." if reference else "Cite its source."
