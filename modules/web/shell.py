"""What every page shares: navigation, the current module, HTML in the house style, the error boundary."""

import logging
import secrets
from collections.abc import Callable
from urllib.parse import quote, urlsplit

import streamlit as st

from modules.actions.house import house
from modules.actions.learn import standing
from modules.actions.onward import step_words
from modules.core.errors import LandmarkError
from modules.core.module import Module
from modules.core.people import Actor, learner_in
from modules.core.progress import Progress, resume_lesson, stage
from modules.web import session
from modules.web.watch import watch

log = logging.getLogger("landmark.web")

CATALOGUE, MODULE, LESSON, QUIZ = "views/catalogue.py", "views/module.py", "views/lesson.py", "views/quiz.py"
CREDIT, LEARNING, EVIDENCE = "views/credit.py", "views/learning.py", "views/evidence.py"
COMPLETION, PROBLEMS, TRIAL = "views/completion.py", "views/problems.py", "views/trial.py"
DUE, ITEMS, PEOPLE = "views/evidence_due.py", "views/items.py", "views/people.py"
CERTIFICATES = "views/certificates.py"
REGISTERS = "views/registers.py"
LIVE = "views/live.py"


def navigate() -> None:
    """Three doors for learners; pages inside a module are reached from within it, the owner's from the catalogue."""
    shown = [
        st.Page(CATALOGUE, title="Modules", default=True),
        st.Page(LEARNING, title="My learning", url_path="learning"),
        st.Page(EVIDENCE, title="Evidence", url_path="evidence"),
    ]
    inside = [
        st.Page(path, title=title, url_path=url, visibility="hidden")
        for path, title, url in (
            (MODULE, "Before you start", "module"),
            (LESSON, "Lesson", "lesson"),
            (QUIZ, "Questions", "quiz"),
            (CREDIT, "Certificate", "credit"),
            (TRIAL, "Trial", "trial"),
            (COMPLETION, "Completion", "completion"),
            (PROBLEMS, "Problems", "problems"),
            (DUE, "Evidence due", "evidence-due"),
            (ITEMS, "Items", "items"),
            (PEOPLE, "People", "people"),
            (CERTIFICATES, "Certificates", "certificates"),
            (REGISTERS, "Registers", "registers"),
            (LIVE, "Live sessions", "live"),
        )
    ]
    page = st.navigation([*shown, *inside], position="top")
    if house().settings.watch:
        watch()
    with session.one_run():
        account_link()
        page.run()


def account_link() -> None:
    """To the plain pages of accounts, which set cookies as Streamlit cannot."""
    asked = session.actor()
    here = quote(urlsplit(st.context.url or "/").path or "/")
    where, words = ("/account", "Account") if asked and asked.account else (f"/account/sign-in?next={here}", "Sign in")
    html(f'<p class="lm-account"><a href="{where}" target="_self">{words}</a></p>')


def guard(page: Callable[[], None]) -> None:
    """Our own sentence for broken promises, a reference for anything else; the log has the rest."""
    try:
        page()
    except LandmarkError as broken:
        log.warning("%s", broken)
        st.error(str(broken))
    except Exception:
        reference = secrets.token_hex(2).upper()
        log.exception("reference %s", reference)
        st.error(f"Something went wrong (ref {reference}). Your answers so far are saved. Reload the page to go on.")


def html(body: str) -> None:
    """A piece of the page in the content style, in the theme on screen."""
    st.html(f'<div class="lm" data-theme="{session.theme()}">{body}</div>')


def title(text: str) -> None:
    """The one level-1 heading, which also names the browser's tab."""
    st.set_page_config(page_title=text if text == "Landmark" else f"{text} · Landmark")
    st.title(text, anchor=False)


def current_learner(module: str = "") -> str:
    """Whose journal stands for this person in a module. Stops the page with a sentence when nobody is known."""
    return learner_in(current_actor(), module)


def current_actor() -> Actor:
    """The account or guest of this browser. Stops the page with a sentence when there is neither."""
    found = session.actor()
    if found is None and session.ended():
        st.warning("You are no longer signed in here. What you have done is kept. Sign in again, or reload the page.")
        html('<p><a href="/account/sign-in" target="_self">Sign in again</a></p>')
        st.stop()
    if found is None:
        st.warning(
            "Landmark keeps your place with one cookie, and this browser has not sent it. "
            "Allow cookies for this site, then reload the page."
        )
        st.stop()
    return found


def current_module() -> Module:
    """The module the URL names, or the only one. Stops the page when there is none."""
    modules: dict[str, Module] = house().shelf.current().library.modules
    wanted = session.query("module")
    if wanted is None and len(modules) == 1:
        return next(iter(modules.values()))
    if wanted not in modules:
        title("Module not found")
        st.write("No module here has this address. It may have been renamed, or it is being corrected.")
        st.page_link(CATALOGUE, label="See all modules")
        st.stop()
    return modules[wanted]


def my_progress(module: Module) -> tuple[str, Progress]:
    learner = current_learner(module.id)
    return learner, standing(house().records, learner, module)


def step(module: Module, mine: Progress) -> tuple[str, str, dict[str, str]]:
    """(label, page, query) of what comes next for this learner."""
    where, at, words = {"module": module.id}, stage(module, mine), step_words(module, mine)
    match at:
        case "front-matter":
            return words, MODULE, where
        case "lessons":
            lesson_id = resume_lesson(module, mine)
            return words, LESSON, where | {"lesson": lesson_id}
        case "claim" | "done":
            return words, CREDIT, where
        case _:
            return words, QUIZ, where | {"role": at}


def step_button(module: Module, mine: Progress, *, key: str) -> None:
    label, page, where = step(module, mine)
    if st.button(label, type="primary", key=key):
        st.switch_page(page, query_params=where)
