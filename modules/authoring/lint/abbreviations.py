"""Abbreviations of terms.yaml in items: each is spelled out in the item, or by the lesson that it sees."""

import re
from collections.abc import Iterator, Mapping

from modules.authoring.drafts import LessonDraft, ModuleDraft, QuizDraft
from modules.authoring.sheet import Sheet
from modules.authoring.source import Location
from modules.core.evidence import Term
from modules.core.items import Scored, ScoredItem, cases_of
from modules.core.module import Heading, Paragraph, walk
from modules.core.prose import Emphasis, Link, Rich, Strong, TermUse, plain

_SHORT = re.compile(r"^(?=(?:.*[A-Z]){2})[A-Za-z0-9-]+$")


def check_abbreviations(draft: ModuleDraft, terms: Mapping[str, Term]) -> None:
    """What the front matter says stands: it is read, and acknowledged, before the first item."""
    known = {short: term for term in terms.values() if term.expansion for short in _shorts(term.term)}
    front = draft.front
    opening = "\n".join([front.title, front.purpose, *(o.text for o in front.objectives)]) if front else ""
    wanted = {short: term for short, term in known.items() if not _holds(opening, short)}
    lessons = {lesson.id: lesson for lesson in draft.lessons}
    for quiz in draft.quizzes:
        _quiz(quiz, wanted, lessons)


class _Page:
    """What a reader has been told: the terms explained, and the words."""

    def __init__(self, texts: tuple[Rich, ...]) -> None:
        self.terms = {term for rich in texts for term in _terms(rich)}
        self.words = " ".join(plain(rich) for rich in texts).casefold()

    @classmethod
    def of(cls, draft: LessonDraft) -> "_Page":
        blocks = walk(draft.lesson.blocks) if draft.lesson else ()
        return cls(tuple(b.content for b in blocks if isinstance(b, Heading | Paragraph)))

    def explains(self, short: str, term: Term) -> bool:
        spelled = re.sub(r"\([^)]*\)", "", term.expansion or "").strip().casefold()
        return term.id in self.terms or spelled in self.words or f"({short.casefold()})" in self.words


def _quiz(draft: QuizDraft, wanted: Mapping[str, Term], lessons: Mapping[str, LessonDraft]) -> None:
    if draft.quiz is None or draft.source is None:
        return
    sheet = Sheet(draft.source, draft.findings)
    for index, item in enumerate(draft.quiz.items):
        if isinstance(item, Scored):
            asked = {("items", index, *at): draft.quiz.rich(text) for at, text in _asked(item)}
            texts = {at: plain(rich) for at, rich in asked.items()}
            used = {short: at for short in wanted if (at := _place(short, texts))}
            pages = [_Page(tuple(asked.values()))] if used else []
            pages += [_Page.of(lessons[item.taught_in])] if used and item.taught_in in lessons else []
            for short, at in used.items():
                term = wanted[short]
                if not any(page.explains(short, term) for page in pages):
                    fix = f"Spell it out, or write {{term}}`{short} <{term.id}>`."
                    sheet.add("I211", at, f'"{short}" is not spelled out ({term.expansion})', fix)


def _asked(item: ScoredItem) -> Iterator[tuple[Location, str]]:
    yield from cases_of(item).items()


def _shorts(name: str) -> list[str]:
    return [short for short in name.split(" / ") if _SHORT.match(short)]


def _place(short: str, texts: Mapping[Location, str]) -> Location | None:
    return next((at for at, text in texts.items() if _holds(text, short)), None)


def _holds(text: str, short: str) -> bool:
    return short in text and re.search(rf"(?<![\w-]){re.escape(short)}(?!\w)", text) is not None


def _terms(rich: Rich) -> Iterator[str]:
    for inline in rich:
        match inline:
            case TermUse(term, _):
                yield term
            case Strong(children) | Emphasis(children) | Link(_, children):
                yield from _terms(children)
            case _:
                pass
