"""A check where it stands in a lesson: first miss a hint and another try, second miss everything."""

from dataclasses import dataclass

from modules.actions.attempts import next_free
from modules.actions.learn import Address, answer_item
from modules.actions.stage.drawn import ask_of, given, lacking, lesson_pieces
from modules.actions.stage.explained import answered_html
from modules.actions.stage.visit import CHANGED, NOWHERE, Card, Sent, Visit, item_of, quiz_of
from modules.core.errors import NotAllowed
from modules.core.events import ItemAnswered
from modules.core.items import Quiz, Scored, ScoredItem
from modules.core.progress import Progress
from modules.core.responses import Draft
from modules.export.cards.card import fields_html
from modules.export.cards.reading import missing
from modules.export.cards.verdict import hints
from modules.export.stage_html import Button, Frame, form_html

TRIES = 2
"""A first miss gives the rationale of the option chosen; a second shows all (conceptual feedback, Ryan 2020)."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A formative item on screen."""

    quiz: Quiz
    item: ScoredItem

    @property
    def place(self) -> str:
        return f"{self.quiz.id}#{self.item.id}"

    @property
    def anchor(self) -> str:
        return f"verdict-{self.item.id}"


def check_card(visit: Visit, name: str) -> Card:
    """`name` is `<quiz>/<item>`."""
    asked = asked_at(visit, name)
    answers = answers_to(visit.standing(), asked.quiz.id, asked.item.id)
    return _verdict(visit, asked, answers) if answers else _form(visit, asked)


def check_act(visit: Visit, name: str, sent: Sent) -> Card:
    asked = asked_at(visit, name)
    if sent.do == "again":
        return _form(visit, asked)
    if sent.do != "answer":
        raise NotAllowed(NOWHERE)
    if sent.version != visit.module.digest:
        return stale(_form(visit, asked, given(sent, asked.item)))
    journaled(visit, asked, sent)
    return _verdict(visit, asked, answers_to(visit.standing(), asked.quiz.id, asked.item.id))


def journaled(visit: Visit, asked: Asked, sent: Sent) -> ItemAnswered:
    """Keeps the response in the form as a check; one that stands at its attempt is returned as it is."""
    draft = given(sent, asked.item)
    said = lacking(sent, asked.item, draft)
    if draft.response is None or said:
        raise NotAllowed(said or missing(asked.item))
    address = Address("check", asked.quiz.id, sent.number("attempt"), asked.item.id)
    return answer_item(
        visit.records, visit.learner, visit.module, address,
        response=draft.response, now=visit.now, confidence=draft.confidence, seconds=draft.seconds,
    )  # fmt: skip


def stale(card: Card) -> Card:
    return Card(card.html, card.focus, status=409, error=CHANGED)


def asked_at(visit: Visit, name: str) -> Asked:
    quiz_id, _, item_id = name.rpartition("/")
    quiz = quiz_of(visit.module, quiz_id)
    item = item_of(quiz, item_id)
    if not isinstance(item, Scored) or "check" not in quiz.file.roles:
        raise NotAllowed(NOWHERE)
    return Asked(quiz, item)


def answers_to(mine: Progress, quiz: str, item: str) -> list[ItemAnswered]:
    """As a check, oldest first; practice of the same item does not count here."""
    found = (a for (q, _, i), a in mine.answers.items() if (q, i) == (quiz, item) and a.role == "check")
    return sorted(found, key=lambda a: a.attempt)


def ask_html(visit: Visit, asked: Asked, draft: Draft | None = None) -> str:
    here = lesson_pieces(visit, asked.quiz, asked.item, f"check-{asked.item.id}")
    return fields_html(ask_of(visit, "check", asked.quiz, asked.item, draft=draft), here)


def _form(visit: Visit, asked: Asked, draft: Draft | None = None) -> Card:
    attempt = next_free(visit.standing(), asked.quiz.id, asked.item.id)
    body = f'<h3 id="{_head(asked)}">Check your understanding</h3>{ask_html(visit, asked, draft)}'
    frame = Frame(visit.module.digest, {"place": asked.place, "attempt": str(attempt)})
    form = form_html(frame, body, [Button("answer", "Check answer", main=True)], label="Check your understanding")
    return Card(f'<div class="lm-check">{form}</div>', focus=f"#{_head(asked)}")


def _verdict(visit: Visit, asked: Asked, answers: list[ItemAnswered]) -> Card:
    last = answers[-1]
    more = last.score != 1 and last.score is not None and len(answers) < TRIES and hints(asked.item)
    told = answered_html(visit, "check", last, anchor=asked.anchor, everything=not more)
    body = f'<h3 id="{_head(asked)}">Check your understanding</h3>{told}'
    ways = [Button("again", "Try again", main=True)] if more else []
    form = form_html(Frame(visit.module.digest), body, ways, label="Check your understanding")
    return Card(f'<div class="lm-check">{form}</div>', focus=f"#{asked.anchor}")


def _head(asked: Asked) -> str:
    return f"check-{asked.item.id}"
