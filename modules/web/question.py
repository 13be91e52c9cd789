"""The place of a card in the app: our script draws it and talks to the plain route; Streamlit hears when it is over."""

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

from modules.actions.house import ROOT
from modules.core.module import Module
from modules.export.addresses import card_url
from modules.web import session

_HTML = '<div class="lm"><div class="lm-stage"></div></div>'


def question(module: Module, where: str, *, lesson: str = "") -> str | None:
    """The card of a sitting, such as `post` or `check/<quiz>/<item>`; returns what it says once it is left.

    `lesson`: the one the learner came for.
    """
    data = {"url": card_url(module.id, where, lesson=lesson), "theme": session.theme()}
    key = f"stage-{module.id}-{where}".replace("/", "-")
    found = _component()(data=data, key=key, on_done_change=lambda: None)
    return found.get("done")


@st.cache_resource
def _component() -> ComponentRenderer:
    """Registered once a process: a second registration under one name is not defined."""
    script = (ROOT / "assets" / "js" / "stage.js").read_text(encoding="utf-8")
    return st.components.v2.component("landmark_stage", html=_HTML, js=script, isolate_styles=False)
