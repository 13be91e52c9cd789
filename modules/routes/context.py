"""What the plain routes are given: the library, the records, and where the site lives."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from modules.core.module import Library, Module
from modules.records.keys import Keyring
from modules.records.records import Records


@dataclass(frozen=True, slots=True)
class RouteContext:
    """`library` is asked anew for each page; `content` holds modules' folders; `base_url` None: as asked."""

    library: Callable[[], Library]
    records: Records
    secret: bytes
    keys: Keyring
    assets: Path
    content: Path
    base_url: str | None = None
    site: str = "Landmark"

    def module(self, module_id: str) -> Module | None:
        return self.library().modules.get(module_id)
