"""What an instance makes on its first start: the secret behind its cookies and numbers."""

import secrets

from modules.records.records import Records
from modules.settings import Settings


def instance_secret(settings: Settings, records: Records) -> bytes:
    """LANDMARK_SECRET, or 32 random bytes made once and kept with the records."""
    if settings.secret is not None:
        return settings.secret
    kept = records.value("secret") or records.put_once("secret", secrets.token_bytes(32).hex())
    return bytes.fromhex(kept)
