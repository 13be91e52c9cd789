"""An answered item: its verdict, and every rationale where the rules allow it. Only from what is in the journal."""

from modules.actions.stage.drawn import Item, all_texts, ask_of, lesson_pieces, pieces
from modules.actions.stage.visit import Visit, item_of, quiz_of
from modules.core.events import ItemAnswered
from modules.core.items import Quiz, Role, Scored
from modules.core.sitting import may_explain
from modules.export.addresses import lesson_url
from modules.export.cards.verdict import explained_html, verdict_html
from modules.export.pieces import Pieces
from modules.export.stage_html import stem_html, taught_html


def answered_html(
    visit: Visit, role: Role, answer: ItemAnswered, *, anchor: str, everything: bool = True, stem: bool = True
) -> str:
    """Stem, verdict, rationales and the way to the lesson; `everything` False keeps the key for another try."""
    quiz = quiz_of(visit.module, answer.quiz)
    item = item_of(quiz, answer.item)
    if not isinstance(item, Scored):
        return ""
    name = f"{role}-{item.id}"
    here = (lesson_pieces if role == "check" else _own)(visit, quiz, item, name)
    said = stem_html(item, quiz, here.within("q")) if stem else ""
    said += verdict_html(item, answer.response, answer.score, anchor=anchor)
    said += explanation(visit, answer, here, everything=everything)
    return said + (taught(visit, item, role) if role != "check" else "")


def _own(visit: Visit, quiz: Quiz, item: Item, name: str) -> Pieces:
    return pieces(visit, all_texts(quiz, item), name)


def explanation(visit: Visit, answer: ItemAnswered, here: Pieces, *, everything: bool = True) -> str:
    """Empty while the rationales must not show."""
    if not may_explain(visit.module, visit.standing(), answer.role, answer.attempt):
        return ""
    quiz = quiz_of(visit.module, answer.quiz)
    item = item_of(quiz, answer.item)
    ask = ask_of(visit, answer.role, quiz, item)
    return explained_html(ask, answer.response, here, everything=everything)


def taught(visit: Visit, item: Scored, back: str) -> str:
    """The way to the heading that teaches it, and back."""
    lesson = visit.module.lesson(item.taught_in)
    if lesson is None:
        return ""
    href = lesson_url(visit.module.id, lesson.id, at=item.taught_at, back=back)
    return taught_html(href, f"Take me to where this is taught: {lesson.title}")
