"""People: who has an account, what they may do, and what the owner can do for them."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from html import escape

import streamlit as st

from modules.actions.accounts_desk import confirm_account, issue_link
from modules.actions.house import house
from modules.actions.identity import new_token
from modules.actions.people import Known, close, people, put_duties, reopen
from modules.core.credit import day_text
from modules.core.errors import LandmarkError
from modules.core.people import DUTIES, Actor, Duty
from modules.records.deeds import by, note_look
from modules.web import session, shell
from modules.web.attention import arrive
from modules.web.erasing import erasing, told
from modules.web.owner import door

SHOWN = 20
GIVEN: tuple[Duty, ...] = tuple(duty for duty in DUTIES if duty != "learner")
WHAT: dict[Duty, str] = {
    "author": "Author: problems, items, evidence due",
    "educator": "Educator: presents, sees how items do",
    "coordinator": "Coordinator: completion, certificates, registers",
    "owner": "Owner: everything, this page too",
}


def page() -> None:
    shell.title("People")
    arrive("people")
    actor = door("see-people")
    note_look(house().records, by(actor), "see-people", "accounts", now=datetime.now(UTC))
    told()
    left, right = st.columns(2)
    wanted = left.text_input("Search a name or an e-mail", key="people-search")
    choices: list[Duty | None] = [None, *DUTIES]
    duty = right.selectbox("Duty", choices, key="people-duty", format_func=lambda one: (one or "all").capitalize())
    everyone = people(actor, house().records)
    found = people(actor, house().records, wanted, duty)
    st.write(f"Accounts: {len(everyone)}. Found: {len(found)}.")
    if len(found) > SHOWN:
        st.info(f"The first {SHOWN} are shown. Search to see fewer.")
    for one in found[:SHOWN]:
        _person(actor, one)


def _person(actor: Actor, one: Known) -> None:
    account = one.account
    with st.expander(_label(one), key=f"person-{account.id}"):
        shell.html(f"<p>{escape(account.email)}, since {day_text(account.created.date())}. {_ways(one)}</p>")
        if account.closed is None:
            _duties(actor, one)
            _ways_in(actor, one)
            _closing(actor, one)
        else:
            again = partial(reopen, actor, house().records, now=datetime.now(UTC))
            _button("Open this account again", f"reopen-{account.id}", one, again)
        erasing(one)
        _told(one)


def _label(one: Known) -> str:
    """Streamlit reads labels as Markdown: what people typed is told as it is, and no address becomes a link."""
    duties = ", ".join(duty for duty in GIVEN if duty in one.account.duties)
    state = "closed" if one.account.closed else "" if one.account.confirmed else "e-mail not confirmed"
    return _plain(" · ".join(filter(None, (one.name, one.account.email, duties, state)))).replace("@", "\u2060@")


def _plain(text: str) -> str:
    return "".join(f"\\{c}" if c in "\\`*_{}[]()<>#+-.!|~:$&" else c for c in text)


def _ways(one: Known) -> str:
    if one.account.closed is not None:
        return f"Closed on {day_text(one.account.closed.date())}: nobody can sign in to it."
    return "Signs in with a password." if one.account.has_password else "Has no password."


def _duties(actor: Actor, one: Known) -> None:
    account = one.account

    def save() -> None:
        chosen = [duty for duty in GIVEN if session.typed(f"{duty}-{account.id}")]
        _try(one, "Saved.", lambda: put_duties(actor, house().records, account.id, chosen, now=datetime.now(UTC)))

    with st.form(f"duties-form-{account.id}", border=False):
        for duty in GIVEN:
            st.checkbox(WHAT[duty], duty in account.duties, key=f"{duty}-{account.id}")
        st.form_submit_button("Save duties", on_click=save, key=f"save-{account.id}")


def _ways_in(actor: Actor, one: Known) -> None:
    account, records = one.account, house().records
    if account.confirmed is None:
        st.write("Confirm only when you know that this address is theirs, for example from the hospital's directory.")
        _button(
            "Confirm this e-mail", f"confirm-{account.id}", one,
            lambda of: confirm_account(records, actor, of, now=datetime.now(UTC)),
        )  # fmt: skip

    def make() -> None:
        def made() -> None:
            path = issue_link(records, actor, account.id, token=new_token(), now=datetime.now(UTC))
            here = house().settings.base_url or (st.context.url or "").rpartition("/")[0]
            session.set_notice(f"link:{account.id}", f"{here}{path}")

        _try(one, "Give this link to nobody else. It opens once, within two hours.", made)

    st.button("Make a link to set a password", key=f"link-{account.id}", on_click=make)
    if link := session.notice(f"link:{account.id}"):
        st.code(link, language=None, wrap_lines=True)


def _closing(actor: Actor, one: Known) -> None:
    sure = st.checkbox("Close this account: its sign-ins end, its records stay", key=f"sure-{one.account.id}")
    if sure:
        act = partial(close, actor, house().records, now=datetime.now(UTC))
        _button("Close this account", f"close-{one.account.id}", one, act)


def _button(label: str, key: str, one: Known, act: Callable[[str], None]) -> None:
    st.button(label, key=key, on_click=lambda: _try(one, "Done.", lambda: act(one.account.id)))


def _try(one: Known, sentence: str, act: Callable[[], None]) -> None:
    done, refused = f"people:{one.account.id}", f"people-refused:{one.account.id}"
    try:
        act()
        session.set_notice(done, sentence)
        session.set_notice(refused, None)
    except LandmarkError as broken:
        session.set_notice(done, None)
        session.set_notice(refused, str(broken))


def _told(one: Known) -> None:
    if sentence := session.notice(f"people:{one.account.id}"):
        st.success(sentence)
    if sentence := session.notice(f"people-refused:{one.account.id}"):
        st.error(sentence)


if __name__ == "__main__":
    shell.guard(page)
