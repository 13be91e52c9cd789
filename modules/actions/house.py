"""What every face needs, built once a process: settings, records, secret and the library as it is now."""

import os
import threading
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from modules.authoring.library import Loaded, digest, load
from modules.core.module import Library
from modules.records.records import Records, open_records
from modules.records.secrets import instance_secret
from modules.settings import Settings, read

ROOT = Path(__file__).resolve().parents[2]
LOOK_SECONDS = 0.5
"""How long a look at the content folders is trusted: a saved file shows on the next rerun after it."""


@dataclass
class Shelf:
    """The loaded library, read again when a file under content/ or quizzes/ has changed."""

    content: Path
    quizzes: Path
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _digest: str = ""
    _looked: float = -1.0
    _loaded: Loaded = field(default_factory=lambda: Loaded(Library(), ()))

    def current(self) -> Loaded:
        now = time.monotonic()
        if now - self._looked >= LOOK_SECONDS:
            with self._lock:
                self._look(now)
        return self._loaded

    def digest(self) -> str:
        """Changes whenever a file changes."""
        self.current()
        return self._digest

    def _look(self, now: float) -> None:
        found = digest(self.content, self.quizzes)
        if found != self._digest:
            self._loaded = load(self.content, self.quizzes, on=datetime.now(UTC).date())
            self._digest = found
        self._looked = now


@dataclass(frozen=True)
class House:
    settings: Settings
    records: Records
    secret: bytes
    shelf: Shelf


@cache
def house() -> House:
    """The one House of this process. SettingsError or RecordsUnavailable when it cannot be built."""
    settings = read(os.environ, ROOT)
    records = open_records(settings.database_url)
    secret = instance_secret(settings, records)
    return House(settings, records, secret, Shelf(settings.content, settings.quizzes))
