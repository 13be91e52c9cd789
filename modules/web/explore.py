"""A chart the learner may move in: Plotly comes only when it is asked for."""

import streamlit as st

from modules.actions.house import house
from modules.charts.chart import Chart as Drawn
from modules.charts.draw import draw
from modules.charts.figure import CONFIG, figure
from modules.charts.theme import DARK, LIGHT
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
    """The Plotly chart of a request, at once."""
    chart = drawn(house().shelf.digest(), key, request)
    theme = session.theme()
    figure_json = figure(chart, DARK if theme == "dark" else LIGHT)
    st.plotly_chart(figure_json, theme=None, config=CONFIG, alt=chart.alt, key=f"plot-{theme}-{key}")
    return chart
