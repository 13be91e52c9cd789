"""The front door: every module, and where this learner stands in it."""

import streamlit as st

from modules.actions.access import Act, may
from modules.actions.house import house
from modules.actions.learn import standing
from modules.core.module import Module
from modules.core.people import learner_in
from modules.core.progress import Progress, stage
from modules.export.front import PROFESSIONALS, accurate_text, support_text
from modules.web import session, shell
from modules.web.attention import arrive
from modules.web.reviews import due_line

DUTY_LINKS: tuple[tuple[Act, str, str], ...] = (
    ("present", shell.LIVE, "Live sessions: present a module, let the room vote"),
    ("see-completion", shell.COMPLETION, "Completion: who started, who completed"),
    ("see-learner", shell.CERTIFICATES, "Certificates: find one, correct a name, revoke"),
    ("export-registers", shell.REGISTERS, "Registers: credit to report to PARS and CPE Monitor"),
    ("see-items", shell.ITEMS, "Items: how each question does"),
    ("see-problems", shell.PROBLEMS, "Problems: what authors need to mend"),
    ("see-evidence-due", shell.DUE, "Evidence: what is due, and what a new data cut would change"),
    ("see-people", shell.PEOPLE, "People: who has an account, and what they may do"),
)


def page() -> None:
    _follow_deep_link()
    shell.title("Landmark")
    shell.html(
        f'<p class="lm-lead">What landmark trials showed, in minutes.</p><p class="lm-small">{PROFESSIONALS}</p>'
    )
    modules = house().shelf.current().library.modules
    if not modules:
        st.info("No module is open yet. If you look after this site, open Problems to see what needs mending.")
    for module in modules.values():
        _card(module)
    _duty_links()
    arrive("catalogue")


def _follow_deep_link() -> None:
    """`/?module=...&lesson=...` opens the lesson; `/?module=...` the module."""
    module, lesson = session.query("module"), session.query("lesson")
    if module and lesson:
        st.switch_page(shell.LESSON, query_params={"module": module, "lesson": lesson})
    if module:
        st.switch_page(shell.MODULE, query_params={"module": module})


def _card(module: Module) -> None:
    asked = session.actor()
    with st.container(border=True):
        st.subheader(module.front.title, anchor=False)
        shell.html(
            f"<p>{module.front.summary}</p>"
            f'<p class="lm-place">{module.front.minutes} min · {len(module.lessons)} lessons · '
            f"{accurate_text(module.front)}</p>"
            f'<p class="lm-small">{support_text(module.front)}</p>'
        )
        if asked is None:
            shell.current_actor()
            return
        learner = learner_in(asked, module.id)
        mine = standing(house().records, learner, module)
        st.markdown(f"**{_standing_text(module, mine)}**")
        due_line(module, learner, mine)
        shell.step_button(module, mine, key=f"go-{module.id}")
        st.page_link(shell.MODULE, label="About this module", query_params={"module": module.id})


def _standing_text(module: Module, mine: Progress) -> str:
    match stage(module, mine):
        case "front-matter":
            return "Not started"
        case "pre":
            return "Next: the pre-test, which is not graded"
        case "lessons":
            return f"{len(mine.finished)} of {len(module.lessons)} lessons finished"
        case "post":
            return "All lessons finished. Next: the post-test"
        case "evaluation":
            return "Post-test passed. Next: the evaluation"
        case "claim":
            return "Everything is done. Your certificate is ready to claim"
        case "done":
            return "Completed"


def _duty_links() -> None:
    """Only what this person may open: learners see none of it."""
    actor = session.actor()
    open_to_them = [(page, label) for act, page, label in DUTY_LINKS if actor is not None and may(actor, act)]
    if open_to_them:
        with st.expander("For those who look after this site"):
            for page, label in open_to_them:
                st.page_link(page, label=label)


if __name__ == "__main__":
    shell.guard(page)
