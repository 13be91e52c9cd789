"""A learner's own note on a module they passed, for their portfolio."""

from datetime import UTC, datetime

import streamlit as st

from modules.actions.house import house
from modules.actions.transcript import LONGEST_NOTE, write_note
from modules.core.errors import LandmarkError
from modules.core.module import Module
from modules.web import session

TOLD = (
    "Your own words, for your portfolio: what you learned, and what you will do with it. It stands on your transcript."
)


def reflection(module: Module, learner: str) -> None:
    key = f"note-{module.id}"

    def save() -> None:
        try:
            write_note(house().records, learner, module, session.typed(key) or "", now=datetime.now(UTC))
        except LandmarkError as refused:
            session.set_notice(key, str(refused))
            return
        session.set_notice(key, "Your note is saved.")

    note = house().records.notes(learner).get(module.id)
    with st.expander("Your reflection" + ("" if note is None else " (written)")), st.form(f"{key}-form", border=False):
        st.text_area("Reflection", note.text if note else "", key=key, max_chars=LONGEST_NOTE, height=160)
        st.caption(f"{TOLD} It is sent to nobody.")
        st.form_submit_button("Save the note", on_click=save)
    if sentence := session.notice(key):
        st.write(sentence)
