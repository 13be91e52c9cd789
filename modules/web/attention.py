"""Moves focus and scroll after something new came on screen: Streamlit leaves both where they were.

The first page a browser opens is left as it is: focus belongs at its start. When the system turns dark or light
while a page is open, the page is drawn again: our HTML and charts are made for one of the two.
"""

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

_JS = """
export default function (component) {
  const { data, setTriggerValue } = component;
  const seen = (window.__landmarkSeen ||= {});
  if (data && data.top) {
    const dark = (window.__landmarkDark ||= matchMedia("(prefers-color-scheme: dark)"));
    dark.onchange = () => setTimeout(() => setTriggerValue("theme", Date.now()), 200);
  }
  if (!data || seen[data.slot] === data.key) return;
  const first = data.top && !(data.slot in seen);
  seen[data.slot] = data.key;
  if (first) return;
  const go = (left) => {
    const all = document.querySelectorAll(data.selector);
    const target = all[all.length - 1];
    if (!target) { if (left > 0) setTimeout(() => go(left - 1), 60); return; }
    target.setAttribute("tabindex", "-1");
    target.style.outline = "none";
    target.focus({ preventScroll: data.top });
    if (data.scroll) target.scrollIntoView({ block: "start" });
    if (data.top) {
      const main = document.querySelector('[data-testid="stMain"]');
      if (main) main.scrollTo(0, 0);
    }
  };
  go(40);
}
"""


def arrive(place: str) -> None:
    """On a new page: scroll to the top and put focus on its heading, once a place."""
    data = {"slot": "page", "key": place, "selector": "h1", "top": True}
    _component()(data=data, key="attention", height=1, on_theme_change=lambda: None)


def point(slot: str, key: str, selector: str, *, scroll: bool = False) -> None:
    """Put focus on what has just appeared in a slot, such as a verdict; once a key. `scroll`: bring it to the top."""
    data = {"slot": slot, "key": key, "selector": selector, "top": False, "scroll": scroll}
    _component()(data=data, key=f"point-{slot}", height=1)


@st.cache_resource
def _component() -> ComponentRenderer:
    """Registered once a process: a second registration under one name is not defined."""
    return st.components.v2.component("landmark_attention", js=_JS)
