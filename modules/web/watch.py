"""For authors: a saved file refreshes the pages that are open."""

import streamlit as st

from modules.actions.house import house

LOOK_SECONDS = 2


def watch() -> None:
    """Compares the library on screen with the one on disk, and draws the page again when they differ."""
    digest = house().shelf.digest()

    @st.fragment(run_every=LOOK_SECONDS)
    def look() -> None:
        if house().shelf.digest() != digest:
            st.rerun()

    look()
