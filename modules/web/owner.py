"""The door to the owner's pages: the instance's owner key, until accounts exist."""

import streamlit as st

from modules.actions.house import house
from modules.records.secrets import is_owner_key
from modules.web import session


def owner_only() -> None:
    """Stops the page until this session has shown the owner key."""
    if session.is_owner():
        return

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
