"""The evidence: all trials with filters, and endpoints across trials."""

import streamlit as st

from modules.actions.house import house
from modules.core.evidence import ENDPOINT_NAMES, Endpoint, Evidence, Trial
from modules.core.figures import Forest
from modules.export.figure import sources_html, table_html
from modules.web import session, shell
from modules.web.attention import arrive
from modules.web.explore import plot

MOST = 12
"""Rows a forest can hold and still be read on a phone."""


def page() -> None:
    evidence = house().shelf.current().library.evidence
    if trial := session.query("trial"):
        st.switch_page(shell.TRIAL, query_params={"trial": trial})
    shell.title("Evidence")
    _list(evidence)
    _across(evidence)
    arrive("evidence")


def _list(evidence: Evidence) -> None:
    trials = tuple(evidence.trials.values())
    shell.html(f"<p>{len(trials)} trials and cohorts. Each figure carries its source, data cut and assessor.</p>")
    left, right = st.columns(2)
    line = left.selectbox("Line", ["All", *sorted({t.line for t in trials})], key="line")
    status = right.selectbox(
        "Hormone receptor",
        ["All", *sorted({t.hormone_receptor for t in trials})],
        key="receptor",
        format_func=str.capitalize,
    )
    drug = left.selectbox("Drug class", ["All", *sorted({c for t in trials for c in t.drug_classes})], key="drug")
    endpoint = right.selectbox("Endpoint", ["All", *ENDPOINT_NAMES], key="endpoint", format_func=_endpoint)
    found = [t for t in trials if _fits(t, (line, status, drug, endpoint))]
    st.write(f"{len(found)} of {len(trials)} shown")
    for trial in found:
        st.page_link(shell.TRIAL, label=_label(trial), query_params={"trial": trial.id})


def _endpoint(name: str) -> str:
    return ENDPOINT_NAMES.get(name, name)  # type: ignore[call-overload,no-any-return]


def _fits(trial: Trial, chosen: tuple[str, str, str, str]) -> bool:
    line, status, drug, endpoint = chosen
    return (
        line in ("All", trial.line)
        and status in ("All", trial.hormone_receptor)
        and (drug == "All" or drug in trial.drug_classes)
        and (endpoint == "All" or endpoint in {r.endpoint for r in trial.readouts})
    )


def _label(trial: Trial) -> str:
    size = f", {trial.n} patients" if trial.n else ""
    return f"{trial.name}: {trial.setting}{size}"


@st.fragment
def _across(evidence: Evidence) -> None:
    """Ratios of one endpoint side by side, with the caution that trials are not compared with one another."""
    st.header("One endpoint across trials", anchor=False)
    endpoint: Endpoint = st.selectbox(
        "Endpoint to lay side by side", ("OS", "PFS", "TTP", "CNS"), format_func=_endpoint, key="across"
    )
    paths = {
        f"{t.id}.{r.id}": f"{t.name}, {r.cut.label}"
        for t in evidence.trials.values()
        for r in t.readouts
        if r.endpoint == endpoint and r.ratio and r.ratio.value is not None and r.ratio.ci and not r.cut.after
    }
    chosen = st.multiselect(
        "Readouts",
        list(paths),
        default=list(paths)[:6],
        format_func=paths.__getitem__,
        max_selections=MOST,
        key=f"across-{endpoint}",
    )
    if not chosen:
        st.info("Choose at least one readout.")
        return
    request = Forest(title=f"{ENDPOINT_NAMES[endpoint]}: ratios with intervals", readouts=tuple(chosen))
    chart = plot(request, key="across-" + "-".join(chosen))
    for note in chart.notes:
        st.warning(note)
    shell.html(f"{table_html(chart.table)}{sources_html(chart.sources)}")


if __name__ == "__main__":
    shell.guard(page)
