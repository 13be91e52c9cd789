"""Session state and the URL: every key is spelt here, and only ids, numbers and text are kept."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any, Literal

import streamlit as st

from modules.actions.house import house
from modules.actions.identity import COOKIE, SESSION_COOKIE, actor_of, unseal, unseal_token
from modules.core.people import Actor

_NOTICE = "notice"
_ONWARD = "onward"
_ON_SCREEN = "on-screen"
_UNVEILED = "unveiled"
_GUESS = "guess"
_TURN = "turn"

_ASKED: ContextVar[tuple[Actor | None] | None] = ContextVar("asked", default=None)
"""Who asks, while one run of a page lasts; never kept from one run to the next, nor with the session."""


def actor() -> Actor | None:
    """Who is asking now: None when this browser sent no cookie, or one that has ended."""
    asked = _ASKED.get()
    return _actor() if asked is None else asked[0]


@contextmanager
def one_run() -> Iterator[None]:
    """A run of a page looks up once who is asking. Callbacks and fragments run outside it and look for themselves."""
    token = _ASKED.set((_actor(),))
    try:
        yield
    finally:
        _ASKED.reset(token)


def _actor() -> Actor | None:
    home = house()
    return actor_of(home.records, st.context.cookies, home.secret, datetime.now(UTC))


def ended() -> bool:
    """This page was opened by a sign-in or a guest that counts no more: it was signed out, or taken into an account."""
    cookies, secret = st.context.cookies, house().secret
    sent = unseal_token(cookies.get(SESSION_COOKIE), secret) or unseal(cookies.get(COOKIE), secret)
    return sent is not None and actor() is None


def theme() -> Literal["light", "dark"]:
    """`light` or `dark`, as the page is drawn."""
    return "dark" if st.context.theme.type == "dark" else "light"


def query(name: str) -> str | None:
    value = st.query_params.get(name)
    return value or None


def set_query(**values: str) -> None:
    for name, value in values.items():
        st.query_params[name] = value


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


def typed(key: str) -> Any:
    """What a widget with this key holds now."""
    return st.session_state.get(key)
