"""An item as a card draws it: the order of its options, its sources, its chart, and what it says once answered."""

from collections.abc import Iterable, Mapping

from modules.actions.drawing import drawing
from modules.actions.paper import inline_svg
from modules.actions.stage.visit import Sent, Visit
from modules.charts.theme import CSS
from modules.core.evidence import Reference
from modules.core.figures import ChartRequest
from modules.core.grading import acceptable
from modules.core.items import (
    MultipleResponse,
    OneBest,
    Quiz,
    Role,
    ScoredItem,
    Sequencing,
    UnscoredItem,
    cases_of,
    texts_of,
)
from modules.core.module import Chart, Check, Lesson, walk
from modules.core.prose import Rich
from modules.core.responses import Draft
from modules.core.sitting import conduct_of, shuffled
from modules.export.cards.ask import Ask
from modules.export.cards.reading import draft_of, missing, own
from modules.export.pieces import Pieces
from modules.export.references import cited, references_list_html

Item = ScoredItem | UnscoredItem


def ask_of(visit: Visit, role: Role, quiz: Quiz, item: Item, *, draft: Draft | None = None) -> Ask:
    conduct = conduct_of(visit.module, role)

    def chart(request: ChartRequest) -> str:
        # Without its table: that would hold the figure to be read off.
        return inline_svg(drawing(visit.module, Chart(request, 0, 0), visit.evidence, width=360, palette=CSS))

    return Ask(
        quiz,
        item,
        chart,
        order=order_of(visit, quiz, item, shuffle=bool(conduct.shuffle_options)),
        draft=draft or Draft(),
        confidence=bool(conduct.confidence),
    )


def order_of(visit: Visit, quiz: Quiz, item: Item, *, shuffle: bool) -> tuple[str, ...]:
    """The same for a learner whenever the item is shown; steps never stand in the right order."""
    seed = (visit.learner, visit.module.id, quiz.id, item.id)
    match item:
        case OneBest() | MultipleResponse():
            written = tuple(o.id for o in item.options)
            return written if item.fixed or not shuffle else shuffled(written, *seed)
        case Sequencing():
            right = tuple(s.id for s in item.steps)
            mixed = shuffled(right, *seed)
            return mixed if mixed != right else right[::-1]
        case _:
            return ()


def given(sent: Sent, item: Item, *, prefix: str = "") -> Draft:
    """The response in the form; one that is there and cannot be read is refused in words by the caller."""
    fields = own(sent.fields, prefix)
    return draft_of(item, fields, flagged="flag" in fields, seconds=sent.spent)


def lacking(sent: Sent, item: Item, draft: Draft, *, prefix: str = "") -> str | None:
    """What to say when the form holds something that is no response; None when it is empty or fits."""
    if draft.response is not None:
        return acceptable(item, draft.response)
    begun = any(
        name.startswith(f"{prefix}answer") and any(value.strip() for value in values)
        for name, values in sent.fields.items()
    )
    return missing(item) if begun else None


def pieces(visit: Visit, texts: Iterable[Rich], prefix: str) -> Pieces:
    """Citations are numbered over these texts alone."""
    return _pieces(visit, cited((), visit.evidence.references, also=texts), prefix)


def lesson_pieces(visit: Visit, quiz: Quiz, item: Item, prefix: str) -> Pieces:
    """In a lesson citations have the numbers of the lesson's own list; elsewhere those of the item."""
    lesson = _lesson_with(visit, quiz, item)
    if lesson is None:
        return pieces(visit, asked_texts(quiz, item), prefix)
    return _pieces(visit, lesson_references(visit, lesson), prefix)


def lesson_references(visit: Visit, lesson: Lesson) -> dict[str, Reference]:
    also = (
        quiz.rich(text)
        for block in walk(lesson.blocks)
        if isinstance(block, Check) and (quiz := visit.module.quizzes.get(block.quiz))
        if (item := quiz.item(block.item))
        for text in texts_of(item)
    )
    return cited(lesson.blocks, visit.evidence.references, also=also)


def _lesson_with(visit: Visit, quiz: Quiz, item: Item) -> Lesson | None:
    wanted = (quiz.id, item.id)
    for lesson in visit.module.lessons:
        if any(isinstance(b, Check) and (b.quiz, b.item) == wanted for b in walk(lesson.blocks)):
            return lesson
    return None


def asked_texts(quiz: Quiz, item: Item) -> list[Rich]:
    """Only what is read before the response."""
    return [quiz.rich(text) for text in cases_of(item).values()]


def all_texts(quiz: Quiz, item: Item) -> list[Rich]:
    return [quiz.rich(text) for text in texts_of(item)]


def _pieces(visit: Visit, references: Mapping[str, Reference], prefix: str) -> Pieces:
    return Pieces(_nothing, _nothing, _nothing, references, visit.evidence.terms, prefix)


def _nothing(_block: object) -> str:
    return ""


def sources_html(here: Pieces) -> str:
    if not here.references:
        return ""
    return f"<details><summary>References</summary>{references_list_html(here.references)}</details>"
