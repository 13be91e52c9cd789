"""Keys for tests: made once a run, as making an RSA key takes its time."""

from datetime import UTC, datetime
from functools import lru_cache

from modules.core.keys import DocumentKey
from modules.records.keys import document_made

MADE = datetime(2026, 1, 1, tzinfo=UTC)


@lru_cache(maxsize=1)
def document_key() -> DocumentKey:
    return document_made("Landmark for tests", MADE)
