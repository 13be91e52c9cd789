"""Providers of OpenID Connect, from the same file and sections that Streamlit's own sign-in reads."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from modules.core.errors import SettingsError

NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
NEEDED = ("client_id", "client_secret", "server_metadata_url")
NEAR = frozenset({"localhost", "127.0.0.1", "::1"})
"""Hosts on this machine: the only ones that may be asked without https."""


@dataclass(frozen=True, slots=True)
class Provider:
    """`name` stands in addresses, `label` on the button. `asked`: further words of the request, such as prompt."""

    name: str
    label: str
    client_id: str
    client_secret: str = field(repr=False)
    metadata_url: str
    scope: str = "openid email profile"
    asked: tuple[tuple[str, str], ...] = ()


def read_providers(file: Path) -> tuple[Provider, ...]:
    """In the file's order; none where there is no file. SettingsError names the section and what it needs.

    Each `[auth.<name>]` is a provider; `label` is ours, all other keys are Streamlit's.
    """
    if not file.is_file():
        return ()
    try:
        found = tomllib.loads(file.read_text(encoding="utf-8")).get("auth", {})
    except (OSError, ValueError) as wrong:
        raise SettingsError(f"{file.name} cannot be read: {wrong}. Mend it, or move it away.") from wrong
    sections = {name: each for name, each in found.items() if isinstance(each, dict)} if isinstance(found, dict) else {}
    return tuple(_provider(file, name, each) for name, each in sections.items())


def _provider(file: Path, name: str, section: Mapping[str, Any]) -> Provider:
    where = f"{file.name}, [auth.{name}]"
    if not NAME.fullmatch(name):
        raise SettingsError(f'{where}: a provider\'s name has small letters, digits and "-" only. Rename the section.')
    missing = [key for key in NEEDED if not isinstance(section.get(key), str) or not section[key].strip()]
    if missing:
        raise SettingsError(f"{where}: {' and '.join(missing)} missing. The provider's administrator gives it to you.")
    asked = {str(key): str(value) for key, value in dict(section.get("client_kwargs", {})).items()}
    scope = asked.pop("scope", "openid email profile")
    if "openid" not in scope.split():
        raise SettingsError(f'{where}: the scope needs "openid". Write scope = "openid email profile".')
    return Provider(
        name=name,
        label=str(section.get("label") or name.replace("-", " ").title()),
        client_id=section["client_id"],
        client_secret=section["client_secret"],
        metadata_url=_address(where, section["server_metadata_url"]),
        scope=scope,
        asked=tuple(asked.items()),
    )


def _address(where: str, url: str) -> str:
    parts = urlsplit(url)
    near = parts.hostname in NEAR
    if parts.scheme != "https" and not (near and parts.scheme == "http"):
        raise SettingsError(
            f'{where}: server_metadata_url is "{url}". Write the address of the provider\'s '
            "openid-configuration; it begins with https://."
        )
    return url
