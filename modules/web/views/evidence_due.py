"""Evidence that is due, and what a new data cut would change. For authors; the owner accepts."""

from datetime import UTC, datetime
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory

import streamlit as st

from modules.actions.acceptance import Acceptance, accept
from modules.actions.access import may
from modules.actions.house import house
from modules.actions.impact import Report, impact
from modules.actions.upkeep import evidence_due
from modules.authoring.new_cut import read_cut
from modules.authoring.problems import Problem
from modules.core.credit import day_text
from modules.core.errors import NotAllowed
from modules.core.evidence import Evidence, Trial
from modules.core.freshness import Due, State
from modules.core.people import Actor
from modules.web import session, shell
from modules.web.attention import arrive
from modules.web.impact_report import report_html
from modules.web.owner import door

STATES: dict[State, str] = {
    "overdue": "overdue",
    "undated": "no day set",
    "soon": "due within 60 days",
    "later": "not due yet",
}
DONE = "new-cut"


def page() -> None:
    shell.title("Evidence due and new data cuts")
    arrive("evidence-due")
    actor = door("see-evidence-due")
    library = house().shelf.current().library
    _freshness(actor, library.evidence)
    st.subheader("A trial has reported again", anchor=False)
    st.write("Choose the trial file with the new data cut. Nothing is changed before you accept it.")
    if sentence := session.notice(DONE):
        st.success(sentence)
    file = st.file_uploader("New version of a trial file", type=["yaml"], key="new-cut")
    if file is not None:
        _look_at(actor, file.getvalue(), library.evidence)
    _log(library.evidence)


def _freshness(actor: Actor, evidence: Evidence) -> None:
    found = evidence_due(actor, evidence, on=datetime.now(UTC).date())
    pressing = [due for due in found if due.state != "later"]
    st.write(f"Trials: {len(found)}. To be looked at now or soon: {len(pressing)}.")
    if pressing:
        shell.html(_rows(pressing))
    with st.expander("Every trial and its day"):
        shell.html(_rows(found))
    modules = house().shelf.current().library.modules.values()
    rows = (
        f"{m.front.title}: reviewed {day_text(m.front.reviewed)}, credit ends {day_text(m.front.expires)}"
        for m in modules
    )
    shell.html(f"<ul>{''.join(f'<li>{escape(row)}</li>' for row in rows)}</ul>")


def _rows(found: list[Due]) -> str:
    rows = (f"<strong>{escape(d.trial.name)}</strong>: {STATES[d.state]}{_by(d)}" for d in found)
    return f"<ul>{''.join(f'<li>{row}</li>' for row in rows)}</ul>"


def _by(due: Due) -> str:
    return "" if due.by is None else f", {day_text(due.by)}"


def _look_at(actor: Actor, file: bytes, evidence: Evidence) -> None:
    new, problems = _read(file, evidence)
    if problems:
        rows = "".join(f"<li>{escape(str(problem))}</li>" for problem in problems)
        shell.html(f'<p>The file has problems. Mend them first.</p><ul class="lm-problems">{rows}</ul>')
    if new is None:
        return
    report = impact(actor, house().shelf.current().library, new, house().records)
    if report is None:
        st.error(
            f"There is no published trial “{new.id}” yet. Add its file to content/trials; this page compares versions."
        )
        return
    shell.html(report_html(report))
    if report.changes and may(actor, "accept-evidence"):
        _acceptance(actor, report, file, evidence)
    elif report.changes:
        st.info("The owner of this site accepts a new data cut. Send them this file.")


def _read(file: bytes, evidence: Evidence) -> tuple[Trial | None, tuple[Problem, ...]]:
    """By the same reader as a file on disk, under a name of its own."""
    with TemporaryDirectory() as room:
        place = Path(room) / "new-cut.yaml"
        place.write_bytes(file)
        new, problems = read_cut(place, evidence.references, house().settings.content)
    return new, problems


def _acceptance(actor: Actor, report: Report, file: bytes, evidence: Evidence) -> None:
    def send() -> None:
        wanted = Acceptance(session.typed("new-cut-by") or "", datetime.now(UTC).date(), file)
        try:
            written = accept(actor, report, wanted, evidence, content=house().settings.content)
            house().shelf.look_again()
            session.set_notice(DONE, "Accepted. Written: " + ", ".join(path.name for path in written) + ".")
            session.set_notice("new-cut-refused", None)
        except NotAllowed as refused:
            session.set_notice("new-cut-refused", str(refused))

    with st.form("accept", border=True):
        st.text_input("Who accepts it", key="new-cut-by", autocomplete="name")
        st.form_submit_button("Accept and publish", type="primary", on_click=send)
    if sentence := session.notice("new-cut-refused"):
        st.error(sentence)


def _log(evidence: Evidence) -> None:
    entries = sorted(evidence.changes.values(), key=lambda entry: entry.date, reverse=True)
    if not entries:
        return
    st.subheader("Accepted so far", anchor=False)
    rows = (
        f"{day_text(e.date)}, <strong>{escape(e.trial)}</strong>, by {escape(e.by)}: {escape(e.touched)}"
        for e in entries
    )
    shell.html(f"<ul>{''.join(f'<li>{row}</li>' for row in rows)}</ul>")


if __name__ == "__main__":
    shell.guard(page)
