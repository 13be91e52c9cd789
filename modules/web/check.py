"""A formative item where it stands in a lesson: first miss a hint and another try, second miss everything."""

from datetime import UTC, datetime

import streamlit as st

from modules.actions.house import house
from modules.actions.learn import Address, answer_item, standing
from modules.core.errors import LandmarkError, RecordsUnavailable
from modules.core.events import ItemAnswered
from modules.core.items import Estimated, Quiz, ScoredItem
from modules.core.module import Check, Module
from modules.core.progress import Progress
from modules.export.pieces import Pieces
from modules.web import feedback, item_form, session
from modules.web.attention import point
from modules.web.kept import kept
from modules.web.shell import guard, html

TRIES = 2
"""A first miss gives the rationale of the option chosen; a second shows all (conceptual feedback, Ryan 2020)."""


@st.fragment
def check(module: Module, learner: str, block: Check, pieces: Pieces) -> None:
    """Draws the item, its form or its verdict. Everything shown comes from the journal."""
    guard(lambda: _check(module, learner, block, pieces))


def _check(module: Module, learner: str, block: Check, pieces: Pieces) -> None:
    quiz = module.quizzes[block.quiz]
    item = quiz.item(block.item)
    if not isinstance(item, ScoredItem):
        return
    place = f"{quiz.id}/{item.id}"
    answers = _answers_if_read(module, learner, (quiz, item), place)
    here = pieces.within(f"check-{item.id}")
    # A citation's number depends on what else the lesson cites.
    key = f"{here.prefix}/{place}/{' '.join(here.references)}"
    stem = kept(key, lambda: feedback.stem_html(item, quiz, here))
    html(f'<div class="lm-check"><h3>Check your understanding</h3>{stem}</div>')
    if not answers or session.retrying(place):
        _form(module, learner, (quiz, item), int(session.on_screen(place) or 0) + 1)
    else:
        _verdict((quiz, item), answers, here)


def _answers_if_read(
    module: Module, learner: str, asked: tuple[Quiz, ScoredItem], place: str
) -> list[ItemAnswered] | None:
    """None when the records cannot be read: the form on screen stays, and the response in it."""
    try:
        answers = _answers(standing(house().records, learner, module), *asked)
    except RecordsUnavailable:
        if session.on_screen(place) is None:
            raise
        return None
    session.set_on_screen(place, str(len(answers)))
    return answers


def _answers(mine: Progress, quiz: Quiz, item: ScoredItem) -> list[ItemAnswered]:
    found: list[ItemAnswered] = []
    while answer := mine.answer(quiz.id, len(found) + 1, item.id):
        found.append(answer)
    return found


def _form(module: Module, learner: str, asked: tuple[Quiz, ScoredItem], attempt: int) -> None:
    quiz, item = asked
    place = f"{quiz.id}/{item.id}"
    key = f"check-{item.id}-{attempt}"

    def send() -> None:
        response = item_form.given(item, key=key)
        if response is None:
            session.set_notice(place, item_form.missing(item))
            return
        address = Address(role="check", quiz=quiz.id, attempt=attempt, item=item.id)
        try:
            answer_item(house().records, learner, module, address, response=response, now=datetime.now(UTC))
        except LandmarkError as refused:
            session.set_notice(place, str(refused))
            return
        session.set_notice(place, None)
        session.set_retrying(place, False)

    item_form.ask(item, quiz, key=key, button="Check answer", on_answer=send)
    if sentence := session.notice(place):
        st.error(sentence)


def _verdict(asked: tuple[Quiz, ScoredItem], answers: list[ItemAnswered], pieces: Pieces) -> None:
    quiz, item = asked
    last = answers[-1]
    correct, place = last.score == 1, f"{quiz.id}/{item.id}"
    more = not correct and len(answers) < TRIES and not isinstance(item, Estimated)
    anchor = f"verdict-{item.id}"
    body = (
        feedback.chosen_rationale_html(item, quiz, last.response, pieces)
        if more
        else feedback.options_html(item, quiz, last.response, pieces)
    )
    html(feedback.verdict_html(correct, anchor=anchor) + (f'<ul class="lm-options">{body}</ul>' if more else body))
    if more:
        st.button("Try again", key=f"again-{item.id}", on_click=session.set_retrying, args=(place, True))
    point(anchor, f"{anchor}-{len(answers)}", f"#{anchor}")
