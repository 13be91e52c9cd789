"""The evaluation: all its items on one form, none of them scored."""

from datetime import UTC, datetime

import streamlit as st

from modules.actions.house import house
from modules.actions.learn import Address, answer_item, standing
from modules.core.errors import LandmarkError, RecordsUnavailable
from modules.core.grading import Response, Written
from modules.core.items import FreeText, Quiz, ScoredItem, UnscoredItem
from modules.core.module import Module
from modules.core.progress import open_attempt
from modules.web import item_form, session, shell


@st.fragment
def evaluation(module: Module, learner: str) -> None:
    shell.guard(lambda: _evaluation(module, learner))


def _evaluation(module: Module, learner: str) -> None:
    quiz = module.quizzes[module.front.evaluation]
    left = _left(module, learner, quiz)
    if not left:
        st.rerun()
    shell.html("<p>Credit needs this form. Your answers are reported only as totals.</p>")
    with st.form("evaluation", border=False):
        for item in left:
            item_form.draw(item, quiz, key=f"ev-{item.id}")
        st.form_submit_button("Send evaluation", type="primary", on_click=_send, args=(module, learner, quiz, left))
    if sentence := session.notice("evaluation"):
        st.error(sentence)


def _left(module: Module, learner: str, quiz: Quiz) -> list[ScoredItem | UnscoredItem]:
    """Without a response; when the records cannot be read, those on screen stay, with what was given."""
    try:
        mine = standing(house().records, learner, module)
    except RecordsUnavailable:
        shown = session.on_screen("evaluation")
        if shown is None:
            raise
        return [i for i in quiz.items if i.id in shown.split()]
    number = 1 if mine.attempts("evaluation") else open_attempt(mine, "evaluation")
    left = [i for i in quiz.items if mine.answer(quiz.id, number, i.id) is None]
    session.set_on_screen("evaluation", " ".join(i.id for i in left))
    return left


def _send(module: Module, learner: str, quiz: Quiz, left: list[ScoredItem | UnscoredItem]) -> None:
    """All or none at first sight: nothing is sent while a required answer is missing."""
    answers = [(item, item_form.given(item, key=f"ev-{item.id}")) for item in left]
    missing = [i for i, response in answers if _lacks(i, response)]
    if missing:
        count = len(missing)
        words = "one question still needs" if count == 1 else f"{count} questions still need"
        session.set_notice("evaluation", f"Nothing was sent yet: {words} an answer.")
        return
    try:
        number = open_attempt(standing(house().records, learner, module), "evaluation")
        for item, response in answers:
            address = Address(role="evaluation", quiz=quiz.id, attempt=number, item=item.id)
            answer_item(
                house().records, learner, module, address, response=response or Written(text=""), now=datetime.now(UTC)
            )
    except LandmarkError as refused:
        session.set_notice("evaluation", str(refused))
        return
    session.set_notice("evaluation", None)


def _lacks(item: ScoredItem | UnscoredItem, response: Response | None) -> bool:
    if isinstance(item, ScoredItem) or not item.required:
        return False
    if isinstance(item, FreeText):
        return not (isinstance(response, Written) and response.text)
    return response is None
