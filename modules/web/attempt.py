"""One attempt at a scored quiz: an item at a time, each response in the journal before the next is drawn."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

import streamlit as st

from modules.actions.house import house
from modules.actions.learn import Address, answer_item, standing
from modules.core.errors import LandmarkError, RecordsUnavailable
from modules.core.items import Quiz, ScoredItem
from modules.core.module import Module
from modules.core.progress import Progress, open_attempt
from modules.core.prose import Rich
from modules.core.sitting import quiz_for, sitting, unanswered
from modules.export.pieces import Pieces
from modules.export.references import cited, references_list_html
from modules.web import feedback, item_form, session
from modules.web.attention import point
from modules.web.shell import guard, html

TITLES = {"pre": "Pre-test", "post": "Post-test", "evaluation": "Evaluation"}
Done = Callable[[Module, str, "Run"], None]


@dataclass(frozen=True, slots=True)
class Run:
    """Which quiz is being answered, for what, and for the how-manieth time."""

    role: Literal["pre", "post"]
    quiz: Quiz
    number: int


def run_for(module: Module, learner: str, mine: Progress, role: Literal["pre", "post"]) -> Run:
    """The attempt on screen: the open one, or the last closed one when it needs no other."""
    quiz = quiz_for(module, learner, role)
    closed = mine.attempts(role)
    number = open_attempt(mine, role)
    started = any(a.role == role and a.attempt == number for a in mine.answers.values())
    wants_more = started or session.retrying(f"{role}/{number}")
    return Run(role, quiz, number if not closed or wants_more else closed[-1].attempt)


def pieces_for(prefix: str, texts: Iterable[Rich]) -> Pieces:
    """For items outside a lesson: citations are numbered over these texts alone."""
    evidence = house().shelf.current().library.evidence
    references = cited((), evidence.references, also=texts)
    return Pieces(lambda _: "", lambda _: "", lambda _: "", references, evidence.terms, prefix)


def stem_texts(item: ScoredItem, quiz: Quiz) -> list[Rich]:
    return [quiz.rich(text) for text in (item.vignette, item.stem) if text]


@st.fragment
def attempt(module: Module, learner: str, run: Run, *, done: Done) -> None:
    """The next unanswered item, or what comes when all are answered."""
    guard(lambda: _attempt(module, learner, run, done))


def _attempt(module: Module, learner: str, run: Run, done: Done) -> None:
    found = _item(module, learner, run)
    if found is None:
        done(module, learner, run)
        return
    quiz, item, place, count = found
    pieces = pieces_for(f"q-{item.id}", stem_texts(item, quiz))
    html(
        f'<div class="lm-item"><h2 id="item-head">Question {place} of {count}</h2>'
        f"{feedback.stem_html(item, quiz, pieces)}</div>"
    )
    _form(module, learner, Run(run.role, quiz, run.number), item)
    if pieces.references:
        html(f"<details><summary>References</summary>{references_list_html(pieces.references)}</details>")
    if place > 1:
        point("item", f"{run.role}-{run.number}-{place}", "#item-head")


def _item(module: Module, learner: str, run: Run) -> tuple[Quiz, ScoredItem, int, int] | None:
    """The next one, its number and how many; when the records cannot be read, the one on screen stays."""
    key = f"{run.role}/{run.number}"
    try:
        mine = standing(house().records, learner, module)
        here = sitting(module, learner, mine, run.role, attempt=run.number)
        left = unanswered(here, mine)
        shown = f"{left[0].place} {here.slots.index(left[0]) + 1} {len(here.slots)}" if left else ""
    except RecordsUnavailable:
        kept = session.on_screen(key)
        if kept is None:
            raise
        shown = kept
    session.set_on_screen(key, shown)
    if not shown:
        return None
    place, number, count = shown.split()
    quiz = module.quizzes[place.partition("#")[0]]
    item = quiz.item(place.partition("#")[2])
    return (quiz, item, int(number), int(count)) if isinstance(item, ScoredItem) else None


def _form(module: Module, learner: str, run: Run, item: ScoredItem) -> None:
    key = f"{run.role}-{run.number}-{item.id}"
    address = Address(role=run.role, quiz=run.quiz.id, attempt=run.number, item=item.id)

    def send() -> None:
        response = item_form.given(item, key=key)
        if response is None:
            session.set_notice(key, item_form.missing(item))
            return
        try:
            answer_item(house().records, learner, module, address, response=response, now=datetime.now(UTC))
        except LandmarkError as refused:
            session.set_notice(key, str(refused))
            return
        session.set_notice(key, None)

    item_form.ask(item, run.quiz, key=key, button="Send answer", on_answer=send)
    if sentence := session.notice(key):
        st.error(sentence)
