"""HTML that is the same for every learner, made once for each text of the library."""

from collections.abc import Callable

import streamlit as st

from modules.actions.house import house

MOST = 2000


def kept(key: str, make: Callable[[], str]) -> str:
    """`key` names everything `make` depends on, apart from the authored files."""
    return _kept(house().shelf.digest(), key, make)


@st.cache_resource(max_entries=MOST, show_spinner=False)
def _kept(digest: str, key: str, _make: Callable[[], str]) -> str:  # noqa: ARG001  the cache's key
    return _make()
