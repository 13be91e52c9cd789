"""The evaluation and the follow-up: every question on one card, kept as they are given, sent in at once."""

from dataclasses import replace
from typing import Literal

from modules.actions.attempts import barred, lateness
from modules.actions.sittings import drafts_of, keep, send
from modules.actions.stage.drawn import Item, ask_of, asked_texts, given, lacking, pieces
from modules.actions.stage.visit import CHANGED, KEPT, NOWHERE, Card, Sent, Visit, item_of, quiz_of
from modules.actions.stage.ways import notice_card, thanks_card
from modules.core.errors import Incomplete, NotAllowed
from modules.core.progress import Progress
from modules.core.responses import Committed, Draft
from modules.core.sitting import Sitting, Slot, current, over, unanswered
from modules.export.cards.card import fields_html
from modules.export.stage_html import Button, Frame, form_html, head_html

Asking = Literal["evaluation", "follow-up"]
NAMES: dict[Asking, str] = {"evaluation": "evaluation", "follow-up": "follow-up"}
TOLD: dict[Asking, str] = {
    "evaluation": "Credit needs this form. Your answers are reported only as totals.",
    "follow-up": "What came of what you meant to do. Your answers are reported only as totals.",
}


def survey_card(visit: Visit, role: Asking) -> Card:
    mine = visit.standing()
    if over(mine, role):
        return thanks_card(visit, mine, f"Thank you. Your {NAMES[role]} is recorded.")
    if said := barred(visit.module, visit.learner, mine, role, now=visit.now):
        return notice_card(visit, mine, said)
    return _form(visit, role, mine, drafts_of(visit.records, visit.learner, visit.module, role))


def survey_act(visit: Visit, role: Asking, sent: Sent) -> Card:
    mine = visit.standing()
    if over(mine, role):
        return survey_card(visit, role)
    if said := barred(visit.module, visit.learner, mine, role, now=visit.now):
        raise NotAllowed(said)
    if sent.do not in ("draft", "send"):
        raise NotAllowed(NOWHERE)
    here = current(visit.module, visit.learner, mine, role)
    drafts = _given(visit, here, mine, sent)
    if sent.version != visit.module.digest and sent.do == "send":
        found = _form(visit, role, mine, drafts)
        return Card(found.html, found.focus, status=409, error=CHANGED)
    _keep(visit, role, drafts)
    return KEPT if sent.do == "draft" else _sent_in(visit, role, here)


def _sent_in(visit: Visit, role: Asking, here: Sitting) -> Card:
    try:
        send(visit.records, visit.learner, visit.module, role, now=visit.now, attempt=here.attempt)
    except Incomplete as lacks:
        raise NotAllowed(str(lacks)) from lacks
    return survey_card(visit, role)


def _given(visit: Visit, here: Sitting, mine: Progress, sent: Sent) -> dict[str, Draft]:
    """What the form holds, by place. Each input's name starts with the number of its question."""
    found = {}
    for slot in unanswered(here, mine):
        item, prefix = _item(visit, slot), _prefix(here, slot)
        draft = given(sent, item, prefix=prefix)
        if said := lacking(sent, item, draft, prefix=prefix):
            raise NotAllowed(f"Question {here.slots.index(slot) + 1}: {said}")
        found[slot.place] = draft.model_copy(update={"seconds": 0.0})
    return found


def _keep(visit: Visit, role: Asking, drafts: dict[str, Draft]) -> None:
    """Only what has changed is written."""
    before = drafts_of(visit.records, visit.learner, visit.module, role)
    for place, draft in drafts.items():
        if draft != before.get(place, Draft()):
            keep(visit.records, visit.learner, visit.module, role, place=place, draft=draft, now=visit.now)


def _form(visit: Visit, role: Asking, mine: Progress, drafts: dict[str, Draft]) -> Card:
    here = current(visit.module, visit.learner, mine, role)
    waiting = unanswered(here, mine)
    late = lateness(mine, now=visit.now) if role == "follow-up" else None
    body = head_html(f"{len(waiting)} questions", small=TOLD[role]) + (f"<p>{late}</p>" if late else "")
    for slot in waiting:
        body += _question(visit, role, here, (slot, drafts.get(slot.place, Draft()), mine))
    frame = Frame(visit.module.digest, {"attempt": str(here.attempt)}, drafts=True)
    return Card(form_html(frame, body, [Button("send", f"Send {NAMES[role]}", main=True)]), focus="#item-head")


def _question(visit: Visit, role: Asking, here: Sitting, asked: tuple[Slot, Draft, Progress]) -> str:
    slot, draft, mine = asked
    quiz, item = quiz_of(visit.module, slot.quiz), _item(visit, slot)
    bare = ask_of(visit, role, quiz, item, draft=draft)
    ask = replace(bare, confidence=False, statements=statements(mine), prefix=_prefix(here, slot))
    fields = fields_html(ask, pieces(visit, asked_texts(quiz, item), f"{role}-{item.id}"))
    number = here.slots.index(slot) + 1
    return f'<div class="lm-question"><p class="lm-place">Question {number} of {len(here.slots)}</p>{fields}</div>'


def statements(mine: Progress) -> tuple[str, ...]:
    """What the learner committed to in the evaluation."""
    said = [a.response for a in mine.answers.values() if a.role == "evaluation" and isinstance(a.response, Committed)]
    return said[-1].statements if said else ()


def _item(visit: Visit, slot: Slot) -> Item:
    return item_of(quiz_of(visit.module, slot.quiz), slot.item)


def _prefix(here: Sitting, slot: Slot) -> str:
    return f"q{here.slots.index(slot) + 1}-"
