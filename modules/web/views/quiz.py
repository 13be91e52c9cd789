"""The pre-test, the post-test, the evaluation and what comes after completion: one card on the page."""

import streamlit as st

from modules.core.module import Module
from modules.web import session, shell
from modules.web.attention import arrive
from modules.web.question import question

TITLES = {
    "pre": "Pre-test",
    "post": "Post-test",
    "evaluation": "Evaluation",
    "follow-up": "Follow-up",
    "practice": "Practice",
    "review": "Review",
}


def page() -> None:
    module = shell.current_module()
    _, mine = shell.my_progress(module)
    role = session.query("role") or "pre"
    if mine.acknowledged is None:
        st.switch_page(shell.MODULE, query_params={"module": module.id})
    if role not in TITLES:
        shell.title("Questions not found")
        shell.step_button(module, mine, key="onward")
        return
    shell.title(TITLES[role])
    arrive(f"{module.id}/{role}")
    if question(module, role, lesson=session.query("lesson") or "") == "onward":
        _onward(module)


def _onward(module: Module) -> None:
    """Where the learner stands now; after the pre-test to the lesson they came for."""
    _, mine = shell.my_progress(module)
    _, page, where = shell.step(module, mine)
    wanted = module.lesson(session.query("lesson") or "")
    if wanted and page == shell.LESSON:
        where = where | {"lesson": wanted.id}
    st.switch_page(page, query_params=where)


if __name__ == "__main__":
    shell.guard(page)
