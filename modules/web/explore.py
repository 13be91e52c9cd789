"""A chart the learner may move in: Plotly comes only when it is asked for."""

from typing import Any

import streamlit as st

from modules.actions.house import house
from modules.charts.chart import Chart as Drawn
from modules.charts.chart import CutsPlot, TimelinePlot
from modules.charts.draw import draw
from modules.charts.figure import CONFIG, figure
from modules.charts.theme import DARK, LIGHT, Palette
from modules.charts.timeline import KIND_WORDS, narrowed
from modules.charts.traces.cuts import cuts_figure
from modules.core.figures import ChartRequest
from modules.web import session


@st.cache_resource(max_entries=256, show_spinner=False)
def drawn(digest: str, key: str, _request: ChartRequest) -> Drawn:  # noqa: ARG001  the cache's key
    """A chart as data, built once a text; `key` names the request."""
    return draw(_request, house().shelf.current().library.evidence)


@st.fragment
def explore(request: ChartRequest, *, key: str) -> None:
    """A switch, and behind it the interactive chart with its text alternative."""
    if st.toggle("Explore this chart", key=f"explore-{key}"):
        plot(request, key=key)


def plot(request: ChartRequest, *, key: str) -> Drawn:
    """The Plotly chart of a request, at once; a timeline can be narrowed, data cuts can be walked through."""
    chart = drawn(house().shelf.digest(), key, request)
    match chart.plot:
        case TimelinePlot() as events:
            _narrowed(chart, events, key)
        case CutsPlot() as matured:
            _walked(chart, matured, key)
        case _:
            _shown(figure(chart, _palette()), chart.alt, key)
    return chart


def _palette() -> Palette:
    return DARK if session.theme() == "dark" else LIGHT


def _shown(figure_json: dict[str, Any], alt: str, key: str) -> None:
    st.plotly_chart(figure_json, theme=None, config=CONFIG, alt=alt, key=f"plot-{session.theme()}-{key}")


def _narrowed(chart: Drawn, events: TimelinePlot, key: str) -> None:
    """Buttons that are pressed or not: reached by Tab and arrows, toggled by Space."""
    kinds = [kind for kind in KIND_WORDS if any(moment.kind == kind for moment in events.moments)]
    trials = list(dict.fromkeys(moment.trial for moment in events.moments))
    chosen = st.pills(
        "Show",
        kinds,
        selection_mode="multi",
        default=kinds,
        key=f"kinds-{key}",
        format_func=lambda k: f"{KIND_WORDS[k]}s",
    )
    of = st.pills("Trials", trials, selection_mode="multi", default=trials, key=f"trials-{key}")
    left = narrowed(chart, chosen, of)
    if left is None:
        st.info("Nothing is left to show. Choose at least one kind of event and one trial.")
    else:
        _shown(figure(left, _palette()), left.alt, key)


def _walked(chart: Drawn, matured: CutsPlot, key: str) -> None:
    """A slider over the cuts, moved by the arrow keys; earlier cuts stay, faded."""
    last = len(matured.cuts) - 1
    at = st.select_slider(
        "Data cut", range(last + 1), value=last, key=f"cut-{key}", format_func=lambda n: matured.cuts[n]
    )
    said = f"Seen from the data cut: {matured.cuts[at]}. {chart.alt}"
    _shown(cuts_figure(matured, _palette(), at), said, key)
