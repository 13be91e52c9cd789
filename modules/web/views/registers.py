"""Registers: which credit is due to be reported, what would be refused and why, the files, and noting them as sent."""

from datetime import UTC, datetime
from html import escape

import pandas as pd
import streamlit as st

from modules.actions.house import house
from modules.actions.registers import Offered, confirm, due, read_offered, written
from modules.core.errors import LandmarkError
from modules.core.people import Actor
from modules.core.registers import Batch, Deed, RegisterRule
from modules.export.folder_zip import folder_zip
from modules.web import session, shell
from modules.web.attention import arrive
from modules.web.owner import door

DEEDS: dict[Deed, str] = {"add": "Add", "replace": "Replace", "delete": "Delete"}
SENT = "register-batch"
SHOWN = 50


def page() -> None:
    shell.title("Registers")
    arrive("registers")
    actor = door("export-registers")
    offered, problems = read_offered(house().settings.content, house().shelf.current().library)
    if offered is None:
        st.error("content/registers.yaml cannot be used. Mend it, then open this page again.")
        st.text("\n".join(map(str, problems)))
        return
    rules = {rule.name: rule for rule in offered.registers.registers}
    rule = rules[st.selectbox("Register", list(rules), key="register")]
    if rule.unread:
        st.warning(
            "The layout of this file is not confirmed yet. Compare its columns with the register's present template, "
            "and correct content/registers.yaml, before you send anything."
        )
    made = due(actor, house().records, offered, rule.id, today=_now().date())
    _ready(made)
    _refused(made)
    _files(actor, offered, rule, made)


def _ready(made: Batch) -> None:
    st.subheader(f"Ready: {len(made.deeds)}", anchor=False)
    if not made.deeds:
        st.write("Nothing is due. Certificates that were sent and have not changed are not sent again.")
        return
    rows = []
    for one in made.deeds:
        row = one.new or one.old
        if row is not None:
            name = f"{row.given_name} {row.family_name}"
            rows.append((DEEDS[one.deed], name, row.title, row.credit, row.credits, row.completed, one.certificate))
    header = ["What", "Name", "Module", "Kind", "Credit", "Completed", "Certificate"]
    st.dataframe(pd.DataFrame(rows, columns=header), hide_index=True, alt=f"Rows ready to be sent: {len(rows)}")
    if unsure := [one.certificate for one in made.deeds if not one.sure]:
        st.info(
            "The learner's details have changed since these were sent. If the register does not find the old row, "
            f"delete it there by hand: {', '.join(unsure)}."
        )


def _refused(made: Batch) -> None:
    numbers = tuple(dict.fromkeys(one.certificate for one in made.refused))
    st.subheader(f"Would be refused: {len(numbers)}", anchor=False)
    if not numbers:
        st.write("Nothing stays behind.")
        return
    st.write("These stay behind. The others can go all the same.")
    if len(numbers) > SHOWN:
        st.info(f"The first {SHOWN} are shown. All are in the files.")
    for number in numbers[:SHOWN]:
        mine = [one for one in made.refused if one.certificate == number]
        told = "".join(f"<li>{escape(one.why)} {escape(one.mend)}</li>" for one in mine)
        shell.html(f"<p><strong>{escape(number)}</strong></p><ul>{told}</ul>")


def _files(actor: Actor, offered: Offered, rule: RegisterRule, made: Batch) -> None:
    st.subheader("Send", anchor=False)
    if made.deeds or made.refused:

        def files() -> bytes:
            return folder_zip(written(actor, house().records, offered, made, now=_now()))

        st.write("The files hold names, birthdays and licence numbers. Delete them when they are sent.")
        # Made when it is asked for: looking at the page exports nothing.
        st.download_button("Download the files", files, f"{made.id}.zip", "application/zip", key=f"files-{rule.id}")
    with st.form("register-sent", border=False):
        st.text_input("Name of the batch that the register has taken", key=SENT, placeholder=made.id)
        st.form_submit_button("Note it as sent", on_click=_confirm, args=(actor,))
    if sentence := session.notice(SENT):
        st.info(sentence)


def _confirm(actor: Actor) -> None:
    name = str(session.typed(SENT) or "").strip().removesuffix(".zip")
    try:
        count = confirm(actor, house().records, name, now=_now())
    except LandmarkError as refused:
        session.set_notice(SENT, str(refused))
        return
    noted = f"{count} certificates are noted as sent." if count else "This batch was noted as sent before."
    session.set_notice(SENT, noted)


def _now() -> datetime:
    return datetime.now(UTC)


if __name__ == "__main__":
    shell.guard(page)
