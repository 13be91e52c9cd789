"""After a closed post-test attempt: the recorded score, every option explained, and the next step."""

from collections.abc import Callable
from functools import cache
from html import escape

import streamlit as st

from modules.actions.house import house
from modules.actions.learn import standing
from modules.core.events import AttemptClosed
from modules.core.grading import Response
from modules.core.items import Quiz, ScoredItem
from modules.core.module import Module
from modules.core.progress import Progress
from modules.export.pieces import Pieces
from modules.export.references import references_html
from modules.web import feedback, session, shell
from modules.web.attempt import Run, pieces_for
from modules.web.attention import point
from modules.web.kept import kept


def result(module: Module, learner: str, run: Run) -> None:
    mine = standing(house().records, learner, module)
    closed = next((a for a in mine.attempts("post") if a.attempt == run.number), None)
    if closed is None:
        return
    _score(closed)
    point("item", f"result-{run.number}", "#score")
    if mine.passed is None:
        st.button(
            "Try again",
            type="primary",
            on_click=session.set_retrying,
            args=(f"post/{run.number + 1}", True),
            key="retry",
        )
        if session.retrying(f"post/{run.number + 1}"):
            st.rerun()
    else:
        shell.step_button(module, mine, key="onward")
    _review(module, mine, run)


def _score(closed: AttemptClosed) -> None:
    word = "Passed" if closed.passed else "Not passed yet"
    kind, icon = ("right", "✓") if closed.passed else ("wrong", "✕")
    shell.html(
        f'<p class="lm-verdict lm-{kind}" id="score" role="status"><span aria-hidden="true">{icon}</span> '
        f"{word}: {closed.correct} of {closed.asked} correct, {closed.needed} needed</p>"
    )


def _review(module: Module, mine: Progress, run: Run) -> None:
    st.header("Every question, explained", anchor=False)
    pieces = cache(lambda: pieces_for("r", run.quiz.prose.values()))
    for number, item in enumerate(run.quiz.items, 1):
        if isinstance(item, ScoredItem):
            _item(module, mine, run, (number, item, pieces))
    shell.html(kept(f"review/{run.quiz.id}", lambda: references_html(pieces().references)))


def _item(module: Module, mine: Progress, run: Run, asked: tuple[int, ScoredItem, Callable[[], Pieces]]) -> None:
    number, item, pieces = asked
    answer = mine.answer(run.quiz.id, run.number, item.id)
    if answer is None:
        return
    verdict = "Correct" if answer.score == 1 else "Not quite"
    key = f"review/{run.quiz.id}/{item.id}/{answer.response.model_dump_json()}"
    body = kept(key, lambda: _explained(item, run.quiz, answer.response, pieces().within(item.id)))
    shell.html(f"<h3>Question {number}: {verdict}</h3>{body}")
    lesson = module.lesson(item.taught_in)
    if lesson:
        st.page_link(
            shell.LESSON,
            label=f"Where this is taught: {escape(lesson.title)}",
            query_params={"module": module.id, "lesson": lesson.id},
        )


def _explained(item: ScoredItem, quiz: Quiz, response: Response, pieces: Pieces) -> str:
    return feedback.stem_html(item, quiz, pieces) + feedback.options_html(item, quiz, response, pieces)
