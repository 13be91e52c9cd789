"""The coordinator's desk: find a certificate by its number, correct the name on it, or revoke it."""

from collections.abc import Callable
from datetime import UTC, datetime

import streamlit as st

from modules.actions.credit_desk import LONGEST_REASON, correct_name, find_certificate, revoke_certificate
from modules.actions.house import house
from modules.core.errors import LandmarkError
from modules.core.people import Actor
from modules.records.records import Issued
from modules.web import session, shell
from modules.web.attention import arrive
from modules.web.certificate_card import certificate_card
from modules.web.owner import door

STATES = {"valid": "It stands.", "superseded": "It was replaced.", "revoked": "It was revoked."}


def page() -> None:
    shell.title("Certificates")
    arrive("certificates")
    actor = door("see-learner")
    st.text_input("Number on the certificate", key="certificate-number", autocomplete="off")
    if sentence := session.notice("certificate"):
        st.error(sentence)
    typed = session.typed("certificate-number")
    if not typed:
        return
    try:
        issued = find_certificate(house().records, actor, typed, now=datetime.now(UTC))
    except LandmarkError as refused:
        st.error(str(refused))
        return
    certificate_card(issued)
    st.write(STATES[issued.state])
    if issued.replaced_by:
        st.write(f"The one that counts now is {issued.replaced_by}.")
    if issued.state == "valid":
        _correct(issued)
        _revoke(issued)


def _correct(issued: Issued) -> None:
    number = issued.certificate.number

    def send() -> None:
        name = session.typed("certificate-name") or ""
        _done(
            lambda: correct_name(house().records, _asker(), number, name, secret=house().secret, now=datetime.now(UTC))
        )

    st.subheader("Correct the name", anchor=False)
    with st.form("correct", border=False):
        st.text_input("Name, as it should stand", issued.certificate.name, key="certificate-name", autocomplete="off")
        st.caption("A corrected certificate with a new number takes the place of this one. Both stay on record.")
        st.form_submit_button("Issue the corrected certificate", on_click=send)


def _revoke(issued: Issued) -> None:
    number = issued.certificate.number

    def send() -> None:
        reason = session.typed("certificate-reason") or ""
        _done(lambda: revoke_certificate(house().records, _asker(), number, reason, now=datetime.now(UTC)))

    st.subheader("Revoke it", anchor=False)
    with st.form("revoke", border=False):
        st.text_input("Reason", key="certificate-reason", max_chars=LONGEST_REASON, autocomplete="off")
        st.caption("Whoever checks the certificate reads this reason. It cannot be taken back.")
        st.form_submit_button("Revoke this certificate", on_click=send)


def _asker() -> Actor:
    """A callback looks for itself who asks: the sign-in may have ended since the page was drawn."""
    return session.actor() or Actor("")


def _done(act: Callable[[], Issued]) -> None:
    """In a callback: afterwards the certificate that now counts, or the refusal, is on screen."""
    try:
        found = act()
    except LandmarkError as refused:
        session.set_notice("certificate", str(refused))
        return
    session.set_notice("certificate", None)
    session.type_in("certificate-number", found.certificate.number)


if __name__ == "__main__":
    shell.guard(page)
