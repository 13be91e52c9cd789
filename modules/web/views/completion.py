"""Completion: who started, where they are, who completed and claimed. For the coordinator."""

from dataclasses import asdict

import pandas as pd
import streamlit as st

from modules.actions.completion import CompletionRow, completion_rows
from modules.actions.house import house
from modules.export.completion import csv_text
from modules.web import shell
from modules.web.attention import arrive
from modules.web.owner import owner_only


def page() -> None:
    shell.title("Completion")
    arrive("completion")
    owner_only()
    module = shell.current_module()
    rows = completion_rows(house().records, module)
    st.write(f"{module.front.title}: {len(rows)} started, {sum(r.certificate is not None for r in rows)} claimed.")
    if not rows:
        st.info("Nobody has started this module yet.")
        return
    chosen = _filtered(rows)
    frame = pd.DataFrame([asdict(r) for r in chosen])
    frame.columns = [str(c).replace("_", " ").capitalize() for c in frame.columns]
    st.dataframe(frame, hide_index=True, alt=f"Completion of {module.front.title}: {len(chosen)} learners")
    header = tuple(str(c) for c in frame.columns)
    st.download_button("Download CSV", csv_text(header, chosen), f"{module.id}-completion.csv", "text/csv")


def _filtered(rows: tuple[CompletionRow, ...]) -> tuple[CompletionRow, ...]:
    stages = sorted({r.stage for r in rows})
    left, right = st.columns(2)
    stage = left.selectbox("Where they are", ["All", *stages], key="stage")
    professions = sorted({r.profession for r in rows if r.profession})
    profession = right.selectbox("Profession", ["All", *professions], key="profession")
    return tuple(r for r in rows if stage in ("All", r.stage) and profession in ("All", r.profession))


if __name__ == "__main__":
    shell.guard(page)
