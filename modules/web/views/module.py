"""The front matter a learner passes through, then the module's table of contents."""

from datetime import UTC, datetime

import streamlit as st

from modules.actions.house import house
from modules.actions.learn import acknowledge
from modules.core.errors import LandmarkError
from modules.core.module import Module
from modules.core.professions import PROFESSIONS
from modules.core.progress import Progress
from modules.export.addresses import present_url, read_url
from modules.export.countries import countries
from modules.export.front import front_matter_html
from modules.export.html import lesson_html
from modules.export.pieces import Pieces
from modules.export.references import cited
from modules.web import session, shell
from modules.web.attention import arrive
from modules.web.requirement_list import requirement_list


def page() -> None:
    module = shell.current_module()
    learner, mine = shell.my_progress(module)
    if session.onward():
        lesson = session.query("lesson")
        where = {"module": module.id, "role": "pre"} | ({"lesson": lesson} if lesson else {})
        st.switch_page(shell.QUIZ, query_params=where)
    shell.title(module.front.title)
    if mine.acknowledged is None:
        _lesson_wanted(module)
        _front_matter(module)
        _declaration(module, learner)
    else:
        requirement_list(module, mine)
        shell.step_button(module, mine, key="onward")
        _contents(module, mine)
        with st.expander("About this module: objectives, faculty, disclosures, support"):
            _front_matter(module)
    arrive(f"{module.id}/module/{mine.acknowledged is None}")


def _lesson_wanted(module: Module) -> None:
    lesson = module.lesson(session.query("lesson") or "")
    if lesson:
        st.info(f"After this page and the pre-test you go on to: {lesson.title}.")


def _front_matter(module: Module) -> None:
    evidence = house().shelf.current().library.evidence
    references = cited(tuple(b for x in module.lessons for b in x.blocks), evidence.references)
    pieces = Pieces(lambda _: "", lambda _: "", lambda _: "", references, evidence.terms, "front")
    today = datetime.now(UTC).date()
    shell.html(
        lesson_html(module.welcome, pieces) + front_matter_html(module.front, references=references, on=today, level=2)
    )


def _declaration(module: Module, learner: str) -> None:
    """Self-declared profession and country, kept with the version that was read."""

    def send() -> None:
        profession, country = session.typed("profession"), session.typed("country")
        if not (profession and country and session.typed("declared")):
            session.set_notice(
                "declaration", "Choose your profession and country, and tick the declaration, then go on."
            )
            return
        try:
            acknowledge(house().records, learner, module, profession=profession, country=country, now=datetime.now(UTC))
        except LandmarkError as refused:
            session.set_notice("declaration", str(refused))
            return
        session.set_notice("declaration", None)
        session.ask_onward()

    st.header("Your declaration", anchor=False)
    with st.form("declaration", border=False):
        st.selectbox("Profession", PROFESSIONS, index=None, key="profession", placeholder="Choose your profession")
        names = countries()
        st.selectbox(
            "Country where you practise",
            list(names),
            index=None,
            key="country",
            format_func=names.__getitem__,
            placeholder="Choose a country",
        )
        st.checkbox("I am a healthcare professional, and I have read the information above.", key="declared")
        st.form_submit_button("Go on to the pre-test", type="primary", on_click=send)
    if sentence := session.notice("declaration"):
        st.error(sentence)


def _contents(module: Module, mine: Progress) -> None:
    st.header("Lessons", anchor=False)
    for number, lesson in enumerate(module.lessons, 1):
        state = "finished" if lesson.id in mine.finished else f"{lesson.minutes} min"
        st.page_link(
            shell.LESSON,
            label=f"{number}. {lesson.title} ({state})",
            query_params={"module": module.id, "lesson": lesson.id},
        )
    shell.html(
        f'<p class="lm-small"><a href="{read_url(module.id)}" target="_self">'
        "Read on a slow connection, or print</a> · "
        f'<a href="{present_url(module.id)}" target="_blank">Present as slides</a></p>'
    )


if __name__ == "__main__":
    shell.guard(page)
