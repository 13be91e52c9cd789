"""The door to pages for those who look after the site: it asks the same question as the acts behind it."""

import streamlit as st

from modules.actions.access import Act, allow
from modules.core.errors import NotAllowed
from modules.core.people import Actor
from modules.web import session, shell

SIGN_IN = "This page is for those who look after this site. Sign in with your account."


def door(act: Act) -> Actor:
    """Who asks, when their account opens this. Stops the page with a sentence when it does not."""
    asked = session.actor()
    if asked is None or asked.account is None:
        st.write(SIGN_IN)
        shell.html('<p><a href="/account/sign-in" target="_self">Sign in</a></p>')
        st.stop()
    try:
        allow(asked, act)
    except NotAllowed as refused:
        st.error(str(refused))
        st.stop()
    return asked
