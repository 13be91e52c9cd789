"""My learning: every module this learner has touched, what is left, and the certificates."""

import streamlit as st

from modules.actions.house import house
from modules.actions.learn import standing
from modules.actions.versions import completed_version, moved
from modules.core.module import Module
from modules.core.people import learner_in
from modules.export.movements import movements_html
from modules.web import shell
from modules.web.attention import arrive
from modules.web.certificate_card import certificate_card
from modules.web.requirement_list import requirement_list
from modules.web.reviews import reviews


def page() -> None:
    shell.title("My learning")
    asked = shell.current_actor()
    records = house().records
    modules = house().shelf.current().library.modules
    names = sorted({name for learner in asked.learners for name in records.modules_of(learner)})
    touched = [modules[name] for name in names if name in modules]
    if not touched:
        first = next(iter(modules.values()), None)
        length = f" ({first.front.minutes} min)" if first else ""
        st.info(f"No module started yet. Start with the first one{length}.")
        st.page_link(shell.CATALOGUE, label="See the modules")
    for module in touched:
        _module(module, learner_in(asked, module.id))
    certificates = (issued for learner in asked.learners for issued in records.certificates(learner))
    for issued in sorted(certificates, key=lambda one: one.certificate.issued):
        certificate_card(issued)
    arrive("learning")


def _module(module: Module, learner: str) -> None:
    mine = standing(house().records, learner, module)
    st.subheader(module.front.title, anchor=False)
    if mine.claim is None:
        requirement_list(module, mine)
    scores = [f"Pre-test {a.correct} of {a.asked}" for a in mine.attempts("pre")]
    scores += [f"Post-test, attempt {a.attempt}: {a.correct} of {a.asked}" for a in mine.attempts("post")]
    if scores:
        st.write(". ".join(scores) + ".")
    if (version := completed_version(mine)) is not None:
        found = moved(house().records, version, module, house().shelf.current().library.evidence)
        if told := movements_html(found, level=3):
            shell.html(told)
    shell.step_button(module, mine, key=f"go-{module.id}")
    reviews(module, learner, mine)


if __name__ == "__main__":
    shell.guard(page)
