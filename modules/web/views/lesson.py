"""One lesson: prose, charts, checks, and the way on."""

from collections.abc import Iterable
from datetime import UTC, datetime
from functools import partial

import streamlit as st

from modules.actions.house import house
from modules.actions.learn import finish_lesson, open_lesson
from modules.actions.predictions import Asked
from modules.core.errors import LandmarkError
from modules.core.module import CaseStudy, Chart, Check, Heading, Lesson, Module, walk
from modules.core.progress import Progress, resume_lesson, unfinished
from modules.export.addresses import read_url
from modules.export.front import accurate_text
from modules.web import session, shell
from modules.web.attention import arrive, point
from modules.web.explore import explore
from modules.web.lesson_parts import Part, Stretch, Veiled, lesson_pieces, parts
from modules.web.prediction import Place, prediction
from modules.web.question import question

BACK = ("post", "practice", "review")
"""The sittings that lead to a lesson and expect the learner back."""


def page() -> None:
    module = shell.current_module()
    learner, mine = shell.my_progress(module)
    lesson_id = session.query("lesson") or resume_lesson(module, mine)
    _gate(module, mine, lesson_id)
    lesson = module.lesson(lesson_id)
    if lesson is None:
        shell.title("Lesson not found")
        st.write("This module has no lesson at this address. It may have been renamed.")
        shell.step_button(module, mine, key="onward")
        return
    open_lesson(house().records, learner, module, lesson.id, now=datetime.now(UTC))
    _head(module, lesson)
    body(module, learner, lesson)
    _foot(module, learner, lesson, mine)
    arrive(f"{module.id}/{lesson.id}")
    if anchor := _wanted(lesson):
        point("at", f"{lesson.id}#{anchor}", f"#{anchor}", scroll=True)


def _gate(module: Module, mine: Progress, lesson_id: str) -> None:
    """ACCME: the learner is made to pass through the front matter; the pre-test comes before what it measures."""
    where = {"module": module.id, "lesson": lesson_id}
    if mine.acknowledged is None:
        st.switch_page(shell.MODULE, query_params=where)
    if not mine.attempts("pre"):
        st.switch_page(shell.QUIZ, query_params=where | {"role": "pre"})


def _wanted(lesson: Lesson) -> str | None:
    """The heading that a question has led to, if the lesson has it."""
    at = session.query("at")
    return at if at in {b.anchor for b in walk(lesson.blocks) if isinstance(b, Heading)} else None


def _head(module: Module, lesson: Lesson) -> None:
    shell.title(lesson.title)
    back = session.query("back")
    if back in BACK and st.button("Back to your questions", key="back-to-questions"):
        st.switch_page(shell.QUIZ, query_params={"module": module.id, "role": back})
    number, count = module.lessons.index(lesson) + 1, len(module.lessons)
    shell.html(
        f'<p class="lm-place">Lesson {number} of {count} · {lesson.minutes} min · '
        f"{accurate_text(module.front)}</p>"
        f'<div class="lm-bar" aria-hidden="true"><span style="width:{100 * number // count}%"></span></div>'
        f'<p class="lm-small"><a href="{read_url(module.id, lesson.id)}" target="_self">'
        "Read on a slow connection, or print</a></p>"
    )


def body(module: Module, learner: str, lesson: Lesson) -> None:
    """The lesson's parts in order; what a prediction veils is drawn by it."""
    theme = session.theme()
    pieces = lesson_pieces(module, lesson, theme)

    def draw(found: Iterable[Part]) -> None:
        for part in found:
            match part:
                case Stretch(made):
                    shell.html(made)
                case Chart():
                    explore(part.request, key=f"{lesson.id}-{part.number}")
                case Check():
                    question(module, f"check/{part.quiz}/{part.item}")
                case CaseStudy():
                    question(module, f"case/{part.quiz}/{part.case}")
                case Veiled(block, inside):
                    place = Place(module, learner, Asked(lesson.id, block.figure))
                    prediction(place, block, pieces, partial(draw, inside))

    draw(parts(module.digest, theme, lesson.id, module))


def _foot(module: Module, learner: str, lesson: Lesson, mine: Progress) -> None:
    index = module.lessons.index(lesson)
    following = module.lessons[index + 1] if index + 1 < len(module.lessons) else None
    left = set(unfinished(module, mine)) - {lesson.id}
    button = f"Next: {following.title}" if following else "Finish this lesson"

    def go_on() -> None:
        try:
            finish_lesson(house().records, learner, module, lesson.id, now=datetime.now(UTC))
        except LandmarkError as refused:
            session.set_notice("lesson", str(refused))
            return
        session.set_notice("lesson", None)
        if following:
            session.set_query(lesson=following.id)

    st.button(button, type="primary", on_click=go_on, key=f"next-{lesson.id}")
    if sentence := session.notice("lesson"):
        st.error(sentence)
    if lesson.id in mine.finished and not left:
        st.success("You have finished every lesson.")
        shell.step_button(module, mine, key="onward")
    _contents(module, lesson, mine)


def _contents(module: Module, lesson: Lesson, mine: Progress) -> None:
    """Every lesson, one tap away, with what is finished said in words."""
    with st.expander("All lessons"):
        for number, other in enumerate(module.lessons, 1):
            state = "finished" if other.id in mine.finished else f"{other.minutes} min"
            here = ", you are here" if other.id == lesson.id else ""
            st.button(
                f"{number}. {other.title} ({state}{here})",
                key=f"go-{other.id}",
                type="tertiary",
                disabled=other.id == lesson.id,
                on_click=session.set_query,
                kwargs={"lesson": other.id},
            )


if __name__ == "__main__":
    shell.guard(page)
