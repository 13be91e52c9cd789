"""Erasing somebody who asked by letter: the owner types the address, so that no slip of a finger does it."""

from datetime import UTC, datetime

import streamlit as st

from modules.actions.house import house
from modules.actions.people import Known
from modules.actions.privacy import erase_learner
from modules.core.errors import LandmarkError
from modules.core.people import Actor
from modules.web import session, shell

DONE = "erased"
NOT_THEIRS = "Nothing was erased: what you typed is not the address of this account."


def told() -> None:
    """What the last erasure did, once; the person is no longer on the page to say it beside."""
    if sentence := session.notice(DONE):
        st.success(sentence)
        session.set_notice(DONE, None)


def erasing(one: Known) -> None:
    """The form, and why it was refused."""
    account, refused = one.account, f"erase-refused:{one.account.id}"

    def send() -> None:
        typed = str(session.typed(f"erase-{account.id}") or "").strip()
        if typed.casefold() != account.email.casefold():
            session.set_notice(refused, NOT_THEIRS)
            return
        try:
            # A callback looks for itself who asks: the sign-in may have ended since the page was drawn.
            done = erase_learner(house().records, session.actor() or Actor(""), account.learner, datetime.now(UTC))
        except LandmarkError as broken:
            session.set_notice(refused, str(broken))
            return
        session.set_notice(refused, None)
        session.set_notice(
            DONE, f"Erased. Kept without a name: {done.kept} rows of the journal, {done.certificates} certificates."
        )

    if not st.checkbox("Erase this person, as the law lets them ask", key=f"erase-open-{account.id}"):
        return
    shell.html(
        "<p>Account, profile, letters and free text go. What was done and earned stays under a random number, "
        "without a name. It cannot be undone, and a copy of the data made earlier still has them.</p>"
    )
    with st.form(f"erase-form-{account.id}", border=False):
        st.text_input("Type their e-mail address", key=f"erase-{account.id}", autocomplete="off")
        st.form_submit_button("Erase this person", on_click=send, key=f"erase-now-{account.id}")
    if sentence := session.notice(refused):
        st.error(sentence)
