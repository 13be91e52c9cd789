"""What the plain routes are given: the library, the records, and where the site lives."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from modules.actions.account_letters import Sender
from modules.actions.openid_providers import Provider
from modules.actions.passwords import Passwords
from modules.core.module import Library, Module
from modules.core.retention import YEARS
from modules.records.keys import Keyring
from modules.records.records import Records


@dataclass(frozen=True, slots=True)
class RouteContext:
    """`library` is asked anew for each page; `content` holds modules' folders; `base_url` None: as asked.

    `sender` None: no letters go out. `providers`: other sites whose word is taken for who somebody is.
    """

    library: Callable[[], Library]
    records: Records
    secret: bytes
    keys: Keyring
    assets: Path
    content: Path
    base_url: str | None = None
    site: str = "Landmark"
    keep_years: int = YEARS
    sender: Sender | None = None
    passwords: Passwords = field(default_factory=Passwords)
    providers: tuple[Provider, ...] = ()

    def module(self, module_id: str) -> Module | None:
        return self.library().modules.get(module_id)
