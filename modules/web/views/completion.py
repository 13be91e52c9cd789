"""Completion: who started, where they are, who completed and claimed. For the coordinator."""

from dataclasses import asdict
from datetime import UTC, datetime
from functools import partial

import pandas as pd
import streamlit as st

from modules.actions.access import may
from modules.actions.completion import HEADER, CompletionRow, completion_csv, completion_rows
from modules.actions.house import house
from modules.core.people import Actor
from modules.core.progress import Stage
from modules.records.deeds import by, note, note_look
from modules.web import shell
from modules.web.attention import arrive
from modules.web.owner import door

STAGES: dict[Stage, str] = {
    "front-matter": "Front matter",
    "pre": "Pre-test",
    "lessons": "Lessons",
    "post": "Post-test",
    "evaluation": "Evaluation",
    "claim": "Ready to claim",
    "done": "Claimed",
}
"""In the order a learner meets them."""


def page() -> None:
    shell.title("Completion")
    arrive("completion")
    actor = door("see-completion")
    module = shell.current_module()
    note_look(house().records, by(actor), "see-completion", module.id, now=datetime.now(UTC))
    rows = completion_rows(actor, house().records, module)
    st.write(f"{module.front.title}: {len(rows)} started, {sum(r.certificate is not None for r in rows)} claimed.")
    if not rows:
        st.info("Nobody has started this module yet.")
        return
    chosen = _filtered(rows)
    shown = pd.DataFrame([_shown(r) for r in chosen], columns=list(HEADER))
    st.dataframe(shown, hide_index=True, alt=f"Completion of {module.front.title}: {len(chosen)} learners")
    if may(actor, "export-completion"):
        # Made when it is asked for: looking at the page exports nothing.
        made = partial(_file, actor, module.id, chosen)
        st.download_button("Download CSV", made, f"{module.id}-completion.csv", "text/csv")


def _file(actor: Actor, module: str, rows: tuple[CompletionRow, ...]) -> str:
    note(house().records, by(actor), "export-completion", module, detail={"rows": len(rows)}, now=datetime.now(UTC))
    return completion_csv(actor, rows)


def _shown(row: CompletionRow) -> tuple[str, ...]:
    """As a person reads it: a stage in words, times to the minute, nothing where a learner has not come so far."""
    values = asdict(row) | {"stage": STAGES[row.stage]}
    return tuple(
        f"{v:%Y-%m-%d %H:%M}" if isinstance(v, datetime) else "" if v is None else str(v) for v in values.values()
    )


def _filtered(rows: tuple[CompletionRow, ...]) -> tuple[CompletionRow, ...]:
    stages = [s for s in STAGES if s in {r.stage for r in rows}]
    left, right = st.columns(2)
    stage = left.selectbox("Where they are", ["All", *stages], key="stage", format_func=_stage)
    professions = sorted({r.profession for r in rows if r.profession})
    profession = right.selectbox("Profession", ["All", *professions], key="profession")
    return tuple(r for r in rows if stage in ("All", r.stage) and profession in ("All", r.profession))


def _stage(name: str) -> str:
    return next((words for stage, words in STAGES.items() if stage == name), name)


if __name__ == "__main__":
    shell.guard(page)
