"""Session state and the URL: every key is spelt here, and only ids, numbers and text are kept."""

from typing import Any, Literal

import streamlit as st

from modules.actions.house import house
from modules.actions.identity import COOKIE, unseal

_OWNER = "owner"
_NOTICE = "notice"
_ONWARD = "onward"
_ON_SCREEN = "on-screen"
_UNVEILED = "unveiled"
_GUESS = "guess"
_TURN = "turn"


def learner() -> str | None:
    """The guest of this browser, None when it keeps no cookie."""
    return unseal(st.context.cookies.get(COOKIE), house().secret)


def theme() -> Literal["light", "dark"]:
    """`light` or `dark`, as the page is drawn."""
    return "dark" if st.context.theme.type == "dark" else "light"


def query(name: str) -> str | None:
    value = st.query_params.get(name)
    return value or None


def set_query(**values: str) -> None:
    for name, value in values.items():
        st.query_params[name] = value


def is_owner() -> bool:
    return bool(st.session_state.get(_OWNER, False))


def set_owner() -> None:
    st.session_state[_OWNER] = True


def notice(address: str) -> str | None:
    """A sentence for the learner about one address, left there by a callback."""
    return st.session_state.get(f"{_NOTICE}:{address}")


def set_notice(address: str, sentence: str | None) -> None:
    if sentence is None:
        st.session_state.pop(f"{_NOTICE}:{address}", None)
    else:
        st.session_state[f"{_NOTICE}:{address}"] = sentence


def on_screen(address: str) -> str | None:
    """What a fragment drew last, None before it drew: it stays, with what was typed, while records cannot be read."""
    return st.session_state.get(f"{_ON_SCREEN}:{address}")


def set_on_screen(address: str, what: str) -> None:
    st.session_state[f"{_ON_SCREEN}:{address}"] = what


def unveiled(address: str) -> bool:
    """The learner asked to see this without a guess, in this visit."""
    return bool(st.session_state.get(f"{_UNVEILED}:{address}", False))


def unveil(address: str) -> None:
    st.session_state[f"{_UNVEILED}:{address}"] = True


def guess(address: str) -> float | None:
    """What the inputs of a prediction hold, whichever was moved last; None while nothing was given."""
    return st.session_state.get(f"{_GUESS}:{address}")


def set_guess(address: str, value: float | None) -> None:
    st.session_state[f"{_GUESS}:{address}"] = value


def turn(key: str) -> int:
    """How often an input has been replaced, so as to show what another one holds."""
    return int(st.session_state.get(f"{_TURN}:{key}", 0))


def next_turn(key: str) -> None:
    st.session_state[f"{_TURN}:{key}"] = turn(key) + 1


def ask_onward() -> None:
    """A callback did its work: the next run leaves the page."""
    st.session_state[_ONWARD] = True


def onward() -> bool:
    """True once after ask_onward."""
    return bool(st.session_state.pop(_ONWARD, False))


def type_in(key: str, text: str) -> None:
    """Puts text into a widget, from a callback."""
    st.session_state[key] = text


def typed(key: str) -> Any:
    """What a widget with this key holds now."""
    return st.session_state.get(key)
