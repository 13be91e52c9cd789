"""What every face needs, built once a process: settings, records, secret and the library as it is now."""

import logging
import os
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache, partial
from pathlib import Path

from modules.actions.signing import signing_keys
from modules.actions.versions import keep_versions
from modules.authoring.kept import Kept
from modules.authoring.library import Loaded, digest, load
from modules.core.errors import RecordsUnavailable
from modules.core.module import Library
from modules.records.keys import Keyring
from modules.records.records import Records, open_records
from modules.records.secrets import instance_secret
from modules.settings import Settings, read

log = logging.getLogger("landmark.house")
ROOT = Path(__file__).resolve().parents[2]
LOOK_SECONDS = 0.5
"""How long a look at the content folders is trusted: a saved file shows on the next rerun after it."""


def _nothing(_library: Library) -> None:
    return None


@dataclass
class Shelf:
    """The loaded library, read again when a file under content/ or quizzes/ has changed.

    `offered` is called with each new library before anyone sees it.
    """

    content: Path
    quizzes: Path
    offered: Callable[[Library], None] = _nothing
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _digest: str = ""
    _looked: float = -1.0
    _loaded: Loaded = field(default_factory=lambda: Loaded(Library(), ()))
    _kept: Kept = field(default_factory=Kept)

    def current(self) -> Loaded:
        now = time.monotonic()
        if now - self._looked >= LOOK_SECONDS:
            with self._lock:
                self._look(now)
        return self._loaded

    def look_again(self) -> None:
        """The next look is at the folders themselves: somebody has just written there."""
        self._looked = -1.0

    def digest(self) -> str:
        """Changes whenever a file changes."""
        self.current()
        return self._digest

    def _look(self, now: float) -> None:
        found = digest(self.content, self.quizzes)
        if found != self._digest:
            loaded = load(self.content, self.quizzes, on=datetime.now(UTC).date(), kept=self._kept)
            self.offered(loaded.library)
            self._loaded, self._digest = loaded, found
        self._looked = now


@dataclass(frozen=True)
class House:
    settings: Settings
    records: Records
    secret: bytes
    keys: Keyring
    shelf: Shelf


@cache
def house() -> House:
    """The one House of this process. SettingsError or RecordsUnavailable when it cannot be built."""
    settings = read(os.environ, ROOT)
    records = open_records(settings.database_url)
    secret = instance_secret(settings, records)
    keys = signing_keys(settings, records, secret, now=datetime.now(UTC))
    return House(settings, records, secret, keys, Shelf(settings.content, settings.quizzes, partial(_keep, records)))


def _keep(records: Records, library: Library) -> None:
    """A version is kept before it is shown. While the records are away nothing can be answered anyway: it goes on."""
    try:
        keep_versions(records, library, now=datetime.now(UTC))
    except RecordsUnavailable as away:
        log.warning("the version on offer was not kept: %s", away)
