"""What an instance makes on its first start: the secret behind certificate numbers, and the owner's key."""

import hashlib
import hmac
import secrets

from modules.records.records import Records
from modules.settings import Settings


def instance_secret(settings: Settings, records: Records) -> bytes:
    """LANDMARK_SECRET, or 32 random bytes made once and kept with the records."""
    if settings.secret is not None:
        return settings.secret
    kept = records.value("secret") or records.put_once("secret", secrets.token_bytes(32).hex())
    return bytes.fromhex(kept)


def owner_key(records: Records) -> str | None:
    """The key in clear, on the first start only; after that None, since only its hash is kept."""
    if records.value("owner-key") is not None:
        return None
    key, salt = secrets.token_urlsafe(18), secrets.token_hex(16)
    mine = f"{salt}${_hash(key, salt)}"
    return key if records.put_once("owner-key", mine) == mine else None


def is_owner_key(records: Records, typed: str) -> bool:
    """Compared in constant time."""
    salt, _, kept = (records.value("owner-key") or "").partition("$")
    return kept != "" and hmac.compare_digest(_hash(typed.strip(), salt), kept)


def _hash(key: str, salt: str) -> str:
    """RFC 7914 (scrypt) with its interactive parameters."""
    return hashlib.scrypt(key.encode(), salt=bytes.fromhex(salt), n=2**14, r=8, p=1).hex()
