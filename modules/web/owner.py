"""The door to the pages of those with a duty: their account, or the instance's owner key."""

import streamlit as st

from modules.actions.access import OPERATOR, REFUSED, Act, may
from modules.actions.house import house
from modules.core.people import Actor
from modules.records.secrets import is_owner_key
from modules.web import session


def door(act: Act) -> Actor:
    """Who may do this; stops the page for anybody else."""
    actor = session.actor()
    if actor is not None and may(actor, act):
        return actor
    if session.is_owner():
        return OPERATOR
    if actor is not None and actor.account is not None:
        st.write(REFUSED)
        st.stop()
    _ask_key()
    raise AssertionError("st.stop ends the page")


def _ask_key() -> None:

    def send() -> None:
        if is_owner_key(house().records, session.typed("owner-key") or ""):
            session.set_owner()
            session.set_notice("owner", None)
        else:
            session.set_notice("owner", "That is not this instance's owner key. It was printed when it first started.")

    st.write("This page is for those who look after this site. It opens with the instance's owner key.")
    with st.form("owner", border=False):
        st.text_input("Owner key", type="password", key="owner-key", autocomplete="off")
        st.form_submit_button("Open", type="primary", on_click=send)
    if sentence := session.notice("owner"):
        st.error(sentence)
    st.stop()
