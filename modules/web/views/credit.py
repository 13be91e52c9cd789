"""Claim credit, and the certificates once they are issued."""

from datetime import UTC, datetime
from decimal import Decimal

import streamlit as st

from modules.actions.credit import Claim, certificate_name, claim_credit
from modules.actions.credit_desk import correct_own_name
from modules.actions.house import house
from modules.core.credit import Claimant, claimable, designation, offers
from modules.core.errors import LandmarkError
from modules.core.module import Module
from modules.core.progress import Progress, stage
from modules.core.schemes import Crediting, Scheme, amount_text
from modules.export.front import stressed_html
from modules.records.records import Issued
from modules.web import session, shell
from modules.web.attention import arrive
from modules.web.certificate_card import certificate_card
from modules.web.claimant import claimant
from modules.web.label import label
from modules.web.requirement_list import requirement_list


def page() -> None:
    module = shell.current_module()
    learner, mine = shell.my_progress(module)
    shell.title("Your certificate")
    by = claimant()
    issued = _issued(by, module)
    for one in issued:
        certificate_card(one)
        _own_name(one, by)
    crediting = house().shelf.current().library.credit
    held = {one.certificate.scheme for one in issued}
    left = [one for one in offers(crediting, module, mine, by) if one.id not in held]
    # Who holds the credit of their profession needs no certificate of participation beside it.
    if held:
        left = [one for one in left if one.accredited]
    if left:
        _open(module, learner, mine, _chosen(left), crediting=crediting)
    arrive(f"{module.id}/credit/{mine.claim is None}")


def _issued(by: Claimant, module: Module) -> list[Issued]:
    """Those that stand, and those revoked; replaced ones are told of on the page of the one that took their place."""
    mine = (one for learner in by.actor.learners for one in house().records.certificates(learner))
    return [one for one in mine if one.certificate.module == module.id and one.state != "superseded"]


def _own_name(issued: Issued, by: Claimant) -> None:
    """Who has corrected their name in the profile may have a certificate that bears it."""
    held, name, notice = issued.certificate, certificate_name(by.profile), f"name-{issued.certificate.number}"

    def send() -> None:
        try:
            correct_own_name(
                house().records, claimant().actor, held.number, name, secret=house().secret, now=datetime.now(UTC)
            )
        except LandmarkError as refused:
            session.set_notice(notice, str(refused))

    if issued.state == "valid" and by.actor.account is not None and by.actor.confirmed and name not in ("", held.name):
        st.write(
            f"Your profile says: {label(name)}. A corrected certificate gets a new number; this one stays on record."
        )
        st.button("Issue it with the name in my profile", on_click=send, key=notice)
    if sentence := session.notice(notice):
        st.error(sentence)


def _chosen(left: list[Scheme]) -> Scheme:
    if len(left) == 1:
        return left[0]
    names = {one.name: one for one in left}
    return names[st.radio("Credit to claim", list(names), key="claim-scheme") or left[0].name]


def _open(module: Module, learner: str, mine: Progress, scheme: Scheme, *, crediting: Crediting) -> None:
    needed = requirement_list(module, mine, scheme)
    if all(r.met for r in needed):
        _claim(module, learner, mine, scheme, crediting=crediting)
    elif stage(module, mine) not in ("claim", "done"):
        shell.step_button(module, mine, key="onward")


def _claim(module: Module, learner: str, mine: Progress, scheme: Scheme, *, crediting: Crediting) -> None:
    """AMA PRA: the learner claims the time actually spent, at most the designation."""
    by, notice = claimant(), f"claim-{scheme.id}"

    def send() -> None:
        claim = Claim(
            name=session.typed("claim-name") or "",
            email=session.typed("claim-email") or "",
            amount=session.typed("claim-amount") or Decimal(0),
            scheme=scheme.id,
        )
        try:
            claim_credit(
                house().records, learner, module, claim,
                secret=house().secret, now=datetime.now(UTC), crediting=crediting, by=by,
            )  # fmt: skip
        except LandmarkError as refused:
            session.set_notice(notice, str(refused))
            return
        session.set_notice(notice, None)

    st.header("Claim", anchor=False)
    shell.html(f"<p>{stressed_html(designation(crediting, module.front, scheme))}</p>")
    with st.form("claim", border=False):
        _who(scheme, by)
        st.selectbox(
            "Time you spent" if not scheme.accredited else "Credit you claim",
            claimable(module.front, scheme, mine),
            key="claim-amount",
            format_func=lambda amount: amount_text(scheme, amount),
        )
        st.form_submit_button("Claim and get the certificate", type="primary", on_click=send)
    if sentence := session.notice(notice):
        st.error(sentence)


def _who(scheme: Scheme, by: Claimant) -> None:
    """A register is told the name in the profile; whoever else types theirs. An account's e-mail is known."""
    if "name" in scheme.needs:
        st.write(f"Name on the certificate: {label(certificate_name(by.profile))}")
    else:
        name = certificate_name(by.profile)
        st.text_input("Name, as it should stand on the certificate", name, key="claim-name", autocomplete="name")
    if by.actor.account is None:
        st.text_input("E-mail", key="claim-email", autocomplete="email")
    st.caption("Kept with your certificate. Never given to a commercial supporter.")


if __name__ == "__main__":
    shell.guard(page)
