"""Items: how each question of the tests does, from first attempts. For authors, educators and coordinators."""

from datetime import UTC, datetime
from functools import partial

import streamlit as st

from modules.actions.house import house
from modules.actions.outcomes import HEADER, items_of, live_of, rows
from modules.core.module import Module
from modules.core.people import Actor
from modules.export.completion import csv_text
from modules.outcomes.items import Report
from modules.records.deeds import by, note
from modules.web import shell
from modules.web.attention import arrive
from modules.web.item_table import TESTS, families_html, form_html, live_html
from modules.web.owner import door


def page() -> None:
    shell.title("Items")
    arrive("items")
    actor = door("see-items")
    module = shell.current_module()
    report = items_of(actor, house().records, module)
    st.write(f"{module.front.title}: first attempts only. A figure from few answers is not shown.")
    if report.items:
        _tests(actor, module, report)
    else:
        st.info("Nobody has answered a test of this module yet.")
    _live(actor, module)


def _tests(actor: Actor, module: Module, report: Report) -> None:
    st.header("What was learned", anchor=False)
    shell.html(families_html(report.families) or "<p>Nobody has answered both tests yet.</p>")
    for form in report.forms:
        quiz = module.quizzes[form.quiz]
        st.header(f"{quiz.file.title or quiz.id}, as {TESTS[form.test]}", anchor=False)
        shell.html(form_html(form, report, quiz))
    told = partial(_file, actor, module.id, csv_text(HEADER, rows(report)))
    st.download_button("Download CSV", told, f"{module.id}-items.csv", "text/csv")


def _live(actor: Actor, module: Module) -> None:
    """Nothing until a room has voted."""
    found = live_of(actor, house().records, module, now=datetime.now(UTC))
    if found:
        st.header("Live votes", anchor=False)
        st.write(
            "How rooms voted, each device once a session. Never mixed with first attempts; rehearsals do not count."
        )
        shell.html(live_html(found, module))


def _file(actor: Actor, module: str, told: str) -> str:
    note(house().records, by(actor), "export-items", module, now=datetime.now(UTC))
    return told


if __name__ == "__main__":
    shell.guard(page)
