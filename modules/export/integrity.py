"""Data Integrity proofs by eddsa-rdfc-2022: JSON-LD made canonical (RDFC-1.0), hashed, signed by Ed25519."""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from pyld import jsonld

from modules.core.keys import BadgeKey

Document = dict[str, Any]
SUITE = "eddsa-rdfc-2022"
CREDENTIALS = "https://www.w3.org/ns/credentials/v2"
OPEN_BADGES = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
FILES = {CREDENTIALS: "credentials-v2.json", OPEN_BADGES: "open-badges-3.0.3.json"}
_FOLDER = Path(__file__).parents[2] / "assets" / "contexts"
_ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
ED25519 = b"\xed\x01"
"""Says of 32 bytes that they are an Ed25519 public key (W3C Controlled Identifiers 1.0, section 2.2.2 Multikey)."""


def secured(document: Document, key: BadgeKey, *, controller: str, at: datetime) -> Document:
    """The document with its proof (W3C VC Data Integrity EdDSA Cryptosuites 1.0, section 3.2).

    The same document, key and time give the same proof. `controller` is the DID that names the key.
    """
    options: Document = {
        "type": "DataIntegrityProof",
        "cryptosuite": SUITE,
        "created": moment(at),
        "verificationMethod": f"{controller}#{key.name}",
        "proofPurpose": "assertionMethod",
    }
    signature = Ed25519PrivateKey.from_private_bytes(key.private).sign(to_be_signed(document, options))
    return {**document, "proof": {**options, "proofValue": multibase(signature)}}


def to_be_signed(document: Document, options: Document) -> bytes:
    """Hash of the proof's options, then hash of the document (section 3.2.4: 64 bytes)."""
    said = canonical({"@context": document["@context"], **options})
    return hashlib.sha256(said.encode()).digest() + hashlib.sha256(canonical(document).encode()).digest()


def canonical(document: Document) -> str:
    """N-Quads in the order of RDFC-1.0, which PyLD knows by its earlier name."""
    options = {"algorithm": "URDNA2015", "format": "application/n-quads", "documentLoader": _shipped}
    return str(jsonld.normalize(document, options))


def multikey(public: bytes) -> str:
    return multibase(ED25519 + public)


def multibase(data: bytes) -> str:
    """base58btc behind a `z` (Controlled Identifiers 1.0, section 2.4)."""
    number, digits = int.from_bytes(data, "big"), ""
    while number:
        number, digit = divmod(number, 58)
        digits = _ALPHABET[digit] + digits
    return "z" + "1" * (len(data) - len(data.lstrip(b"\x00"))) + digits


def moment(at: datetime) -> str:
    """An xsd:dateTimeStamp in UTC, to the second."""
    return at.astimezone(UTC).replace(microsecond=0, tzinfo=None).isoformat() + "Z"


def _shipped(url: str, _options: Mapping[str, Any]) -> Document:
    """Contexts come from this program alone: nothing is fetched, and none can change under a signature."""
    if url not in FILES:
        raise LookupError(f"The context {url} does not come with Landmark.")
    return {"contentType": "application/ld+json", "contextUrl": None, "documentUrl": url, "document": _context(url)}


@cache
def _context(url: str) -> Document:
    read: Document = json.loads((_FOLDER / FILES[url]).read_text(encoding="utf-8"))
    return read
