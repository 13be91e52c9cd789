"""Which credentials no longer stand, as one signed list of bits (W3C Bitstring Status List 1.0)."""

import base64
import gzip
from collections.abc import Iterable
from datetime import datetime

from modules.core.keys import BadgeKey
from modules.export.addresses import status_url
from modules.export.badge import did
from modules.export.integrity import CREDENTIALS, Document, moment, secured

BITS = 131_072
"""The least a list may have (section 3.1): among so many, a look-up tells nobody whose credential is checked."""


def status_list(number: int, ended: Iterable[int], key: BadgeKey, *, base: str, at: datetime) -> Document:
    """`ended`: positions of the credentials that no longer stand. `at`: as of when."""
    where, issuer = status_url(number, base), did(base)
    document: Document = {
        "@context": [CREDENTIALS],
        "id": where,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": issuer,
        "validFrom": moment(at),
        "credentialSubject": {
            "id": f"{where}#list",
            "type": "BitstringStatusList",
            "statusPurpose": "revocation",
            "encodedList": encoded(ended),
        },
    }
    return secured(document, key, controller=issuer, at=at)


def encoded(ended: Iterable[int]) -> str:
    """Bit 0 is the leftmost of the first byte (section 3.3); GZIP, then base64url behind a `u`."""
    bits = bytearray(BITS // 8)
    for position in ended:
        bits[position // 8] |= 0x80 >> position % 8
    return "u" + base64.urlsafe_b64encode(gzip.compress(bytes(bits), mtime=0)).decode().rstrip("=")
