"""The keys of this site as its settings say: the operator's own, or those made at the first start."""

from datetime import datetime
from urllib.parse import urlsplit

from modules.records.given_key import given_key
from modules.records.keys import Keyring, open_keys
from modules.records.records import Records
from modules.settings import Settings


def signing_keys(settings: Settings, records: Records, secret: bytes, *, now: datetime) -> Keyring:
    """SettingsError when the operator's own key cannot be used; a missing one of ours is made."""
    own = settings.signing_key
    given = None if own is None else given_key(own, settings.signing_certificate, settings.signing_password)
    return open_keys(records, secret, given, name=signer_name(settings), now=now)


def signer_name(settings: Settings) -> str:
    """Whose signature it is, as PDF readers show it."""
    host = urlsplit(settings.base_url).hostname if settings.base_url else None
    return f"Landmark at {host}" if host else "Landmark"
