"""Claim credit, and the certificate once it is issued."""

from datetime import UTC, datetime

import streamlit as st

from modules.actions.credit import Claim, claim_credit
from modules.actions.house import house
from modules.core.credit import claimable, designation, hours_text
from modules.core.errors import LandmarkError
from modules.core.module import Module
from modules.web import session, shell
from modules.web.attention import arrive
from modules.web.certificate_card import certificate_card
from modules.web.requirement_list import requirement_list


def page() -> None:
    module = shell.current_module()
    learner, mine = shell.my_progress(module)
    shell.title("Your certificate")
    if mine.claim is not None:
        issued = house().records.certificate(mine.claim.certificate)
        if issued is not None:
            certificate_card(issued)
    else:
        needed = requirement_list(module, mine)
        if all(r.met for r in needed):
            _claim(module, learner)
        else:
            shell.step_button(module, mine, key="onward")
    arrive(f"{module.id}/credit/{mine.claim is None}")


def _claim(module: Module, learner: str) -> None:
    """AMA PRA: the learner claims the time actually spent, at most the designation."""

    def send() -> None:
        claim = Claim(
            name=session.typed("claim-name") or "",
            email=session.typed("claim-email") or "",
            quarter_hours=session.typed("claim-hours") or 0,
        )
        try:
            claim_credit(house().records, learner, module, claim, secret=house().secret, now=datetime.now(UTC))
        except LandmarkError as refused:
            session.set_notice("claim", str(refused))
            return
        session.set_notice("claim", None)

    st.header("Claim", anchor=False)
    st.write(designation(module.front))
    with st.form("claim", border=False):
        st.text_input("Name, as it should stand on the certificate", key="claim-name", autocomplete="name")
        st.text_input("E-mail", key="claim-email", autocomplete="email")
        st.caption("Kept with your certificate. Never given to a commercial supporter.")
        st.selectbox("Time you spent", claimable(module.front), key="claim-hours", format_func=hours_text)
        st.form_submit_button("Claim and get the certificate", type="primary", on_click=send)
    if sentence := session.notice("claim"):
        st.error(sentence)


if __name__ == "__main__":
    shell.guard(page)
