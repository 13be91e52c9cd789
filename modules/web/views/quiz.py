"""The pre-test, the post-test and the evaluation: one task on the screen at a time."""

import streamlit as st

from modules.core.credit import requirements
from modules.core.module import Module
from modules.core.progress import Progress, stage, unfinished
from modules.web import session, shell
from modules.web.attempt import TITLES, Run, attempt, run_for
from modules.web.attention import arrive
from modules.web.evaluation import evaluation
from modules.web.result import result


def page() -> None:
    module = shell.current_module()
    learner, mine = shell.my_progress(module)
    role = session.query("role") or "pre"
    if mine.acknowledged is None:
        st.switch_page(shell.MODULE, query_params={"module": module.id})
    if role not in TITLES:
        shell.title("Questions not found")
        shell.step_button(module, mine, key="onward")
        return
    shell.title(TITLES[role])
    arrive(f"{module.id}/{role}")
    match role:
        case "pre":
            _pre(module, learner, mine)
        case "post":
            _post(module, learner, mine)
        case _:
            _evaluation(module, learner, mine)


def _pre(module: Module, learner: str, mine: Progress) -> None:
    if not mine.attempts("pre"):
        shell.html(
            "<p>These questions show what you know now. They are not graded; the answers come in the lessons.</p>"
        )
    attempt(module, learner, run_for(module, learner, mine, "pre"), done=pre_done)


def pre_done(module: Module, _learner: str, _run: Run) -> None:
    st.success("Thank you. Your starting point is recorded.")
    lesson = module.lesson(session.query("lesson") or "") or module.lessons[0]
    if st.button(f"Read: {lesson.title}", type="primary", key="to-lesson"):
        st.switch_page(shell.LESSON, query_params={"module": module.id, "lesson": lesson.id})


def _post(module: Module, learner: str, mine: Progress) -> None:
    left = unfinished(module, mine)
    rule = module.front.assessment
    shell.html(f"<p>To pass: <strong>{rule.correct} of {rule.asked}</strong> correct. You may try again.</p>")
    if stage(module, mine) == "pre" or (left and mine.passed is None):
        st.info(f"The post-test opens when every lesson is finished: {len(left)} to go.")
        shell.step_button(module, mine, key="onward")
        return
    attempt(module, learner, run_for(module, learner, mine, "post"), done=result)


def _evaluation(module: Module, learner: str, mine: Progress) -> None:
    if mine.attempts("evaluation"):
        st.success("Thank you. Your evaluation is recorded.")
        shell.step_button(module, mine, key="onward")
        return
    if mine.passed is None:
        unmet = [r.name for r in requirements(module, mine, on=module.front.released) if not r.met]
        st.info(f"The evaluation opens when the post-test is passed. Still to do: {unmet[0].lower()}.")
        shell.step_button(module, mine, key="onward")
        return
    evaluation(module, learner)


if __name__ == "__main__":
    shell.guard(page)
