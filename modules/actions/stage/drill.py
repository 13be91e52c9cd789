"""Practice and review after completion: one question at a time, its verdict at once, then the next."""

from typing import Literal

from modules.actions.attempts import next_free
from modules.actions.learn import Address, answer_item
from modules.actions.practice import practice
from modules.actions.review import due
from modules.actions.stage.drawn import ask_of, asked_texts, given, lacking, pieces, sources_html
from modules.actions.stage.explained import answered_html
from modules.actions.stage.visit import CHANGED, NOWHERE, Card, Sent, Visit, item_of, quiz_of
from modules.actions.stage.ways import notice_card
from modules.core.errors import NotAllowed
from modules.core.progress import Progress
from modules.core.responses import Draft
from modules.core.sitting import Slot
from modules.export.cards.card import fields_html
from modules.export.cards.reading import missing
from modules.export.stage_html import Button, Frame, form_html, head_html

Drilled = Literal["practice", "review"]
FIRST = "Pass the post-test first."
NONE: dict[Drilled, str] = {
    "practice": "There is nothing to practise in this module yet.",
    "review": "No question is due for review now.",
}


def drill_card(visit: Visit, role: Drilled) -> Card:
    mine = visit.standing()
    slots = _slots(visit, role, mine)
    if not slots:
        return notice_card(visit, mine, FIRST if mine.passed is None else NONE[role])
    return _question(visit, role, mine, slots)


def drill_act(visit: Visit, role: Drilled, sent: Sent) -> Card:
    if sent.do == "next":
        return drill_card(visit, role)
    quiz_id, _, item_id = sent.first("place").partition("#")
    quiz = quiz_of(visit.module, quiz_id)
    item = item_of(quiz, item_id)
    if sent.do != "answer":
        raise NotAllowed(NOWHERE)
    draft = given(sent, item)
    if sent.version != visit.module.digest:
        found = drill_card(visit, role)
        return Card(found.html, found.focus, status=409, error=CHANGED)
    said = lacking(sent, item, draft)
    if draft.response is None or said:
        raise NotAllowed(said or missing(item))
    stands = answer_item(
        visit.records, visit.learner, visit.module, Address(role, quiz_id, sent.number("attempt"), item_id),
        response=draft.response, now=visit.now, confidence=draft.confidence, seconds=draft.seconds,
    )  # fmt: skip
    body = answered_html(visit, role, stands, anchor="verdict")
    left = len(_slots(visit, role, visit.standing()))
    way = Button("next", "Next question" if left else "Done", main=True)
    return Card(form_html(Frame(visit.module.digest), body, [way]), focus="#verdict")


def _slots(visit: Visit, role: Drilled, mine: Progress) -> tuple[Slot, ...]:
    if role == "practice":
        return practice(visit.module, visit.learner, mine)
    return tuple(one.slot for one in due(visit.module, visit.learner, mine, visit.now) if one.slot)


def _question(visit: Visit, role: Drilled, mine: Progress, slots: tuple[Slot, ...]) -> Card:
    slot = slots[0]
    quiz = quiz_of(visit.module, slot.quiz)
    item = item_of(quiz, slot.item)
    head = "Practice" if role == "practice" else f"Review: {len(slots)} due"
    here = pieces(visit, asked_texts(quiz, item), f"{role}-{item.id}")
    fields = fields_html(ask_of(visit, role, quiz, item, draft=Draft()), here)
    hidden = {"place": slot.place, "attempt": str(next_free(mine, slot.quiz, slot.item))}
    body = head_html(head, small="Not graded; nothing here changes your result.") + fields
    form = form_html(Frame(visit.module.digest, hidden), body, [Button("answer", "Send answer", main=True)])
    return Card(f'<div class="lm-item">{form}{sources_html(here)}</div>', focus="#item-head")
