"""What comes back after completion: due questions, practice, the follow-up, and the learner's say in it."""

from datetime import UTC, datetime

import streamlit as st

from modules.actions.house import house
from modules.actions.review import choose, due, follow_up_window, plan
from modules.core.errors import LandmarkError
from modules.core.module import Module
from modules.core.progress import Progress
from modules.export.addresses import calendar_url
from modules.web import session, shell


def due_line(module: Module, learner: str, mine: Progress) -> None:
    """On the home page: what can be answered today, with the way to it. Nothing when nothing is due."""
    now = datetime.now(UTC)
    if count := len(due(module, learner, mine, now)):
        noun = "question is" if count == 1 else "questions are"
        _way(module, "review", f"{count} {noun} due for review", key=f"due-{module.id}")
    if _follow_up_open(module, mine, now):
        _way(module, "follow-up", "Tell what came of it (follow-up, 2 min)", key=f"followed-{module.id}")


def reviews(module: Module, learner: str, mine: Progress) -> None:
    """On My learning, once the post-test is passed."""
    if mine.passed is None:
        return
    due_line(module, learner, mine)
    planned = plan(module, learner, mine)
    now = datetime.now(UTC)
    if planned and planned[0].at > now:
        st.write(f"Next review: {planned[0].at:%-d %B %Y}. A minute or two, not graded.")
    _way(module, "practice", "Practise", key=f"practise-{module.id}")
    if planned:
        shell.html(f'<p><a href="{calendar_url(module.id)}" download>Add the dates to my calendar (.ics)</a></p>')
    _choice(module, learner, mine, bool(planned))
    if sentence := session.notice(f"reviews-{module.id}"):
        st.error(sentence)


def _choice(module: Module, learner: str, mine: Progress, planned: bool) -> None:
    if mine.reviewing and not planned:
        return
    label = "Stop these reviews" if mine.reviewing else "Take the reviews up again"

    def turn() -> None:
        try:
            choose(house().records, learner, module, active=not mine.reviewing, now=datetime.now(UTC))
        except LandmarkError as refused:
            session.set_notice(f"reviews-{module.id}", str(refused))
            return
        session.set_notice(f"reviews-{module.id}", None)

    if not mine.reviewing:
        st.write("You have stopped the reviews of this module.")
    st.button(label, type="tertiary", key=f"reviewing-{module.id}", on_click=turn)


def _follow_up_open(module: Module, mine: Progress, now: datetime) -> bool:
    """From day 60 until it is answered: late is better than never."""
    window = follow_up_window(mine)
    return bool(module.front.follow_up and window and now >= window[0] and not mine.attempts("follow-up"))


def _way(module: Module, role: str, label: str, *, key: str) -> None:
    if st.button(label, key=key):
        st.switch_page(shell.QUIZ, query_params={"module": module.id, "role": role})
