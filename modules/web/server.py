"""What happens once, when the server starts: warm caches, a frozen heap, no file watchers, letters on their way."""

import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from streamlit.proto.NewSession_pb2 import CustomThemeConfig
from streamlit.runtime import app_session
from streamlit.runtime.app_session import AppSession

from modules.actions.house import house
from modules.actions.letters import Postman


@asynccontextmanager
async def lifespan(_app: object) -> AsyncIterator[dict[str, Any] | None]:
    home = house()
    home.shelf.current()
    if not home.records.accounts.owned():
        where = f"{home.settings.base_url or ''}/account/register"
        print(f"\n  The first account made at {where} becomes the owner of this site.\n", flush=True)
    postman = None if home.settings.smtp is None else Postman(home.records, home.settings.smtp)
    if postman is not None:
        postman.start()
    without_watchers()
    with_one_theme()
    freeze()
    try:
        yield None
    finally:
        if postman is not None:
            postman.stop()


def freeze() -> None:
    """What is loaded at start stays for good: the collector need not look at it again."""
    gc.collect()
    gc.freeze()


def without_watchers() -> None:
    """Streamlit registers its watchers again on every reconnect, even when fileWatcherType is "none".

    That costs 190 ms of CPU a reconnect; the library watches its own folders (see actions.house.Shelf).
    """
    AppSession.register_file_watchers = _register_nothing  # type: ignore[method-assign,assignment]


def with_one_theme() -> None:
    """Streamlit reads the theme from its settings, all 300 of them six times, for every run of every session.

    The settings do not change while the server runs, so each section is read once (a tenth of a run's CPU).
    """
    fill = app_session._populate_theme_msg
    sections: dict[str, CustomThemeConfig] = {}

    def once(msg: CustomThemeConfig, section: str = "theme") -> None:
        if section not in sections:
            made = CustomThemeConfig()
            fill(made, section)
            sections[section] = made
        if sections[section].ByteSize():
            msg.MergeFrom(sections[section])

    app_session._populate_theme_msg = once


def _register_nothing(_self: AppSession) -> None:
    return None
