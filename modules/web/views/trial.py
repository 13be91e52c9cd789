"""One trial in full, at its own address."""

import streamlit as st

from modules.actions.house import house
from modules.web import session, shell
from modules.web.attention import arrive
from modules.web.trial_page import trial_page


def page() -> None:
    trial = house().shelf.current().library.evidence.trials.get(session.query("trial") or "")
    if trial is None:
        shell.title("Trial not found")
        st.write("No trial here has this address.")
        st.page_link(shell.EVIDENCE, label="See all trials")
        return
    shell.title(trial.name)
    trial_page(trial)
    arrive(f"trial/{trial.id}")


if __name__ == "__main__":
    shell.guard(page)
