"""The keys this instance signs with: made at the first start, kept for good, renewed by adding another."""

import base64
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal, cast

from cryptography import x509
from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.x509.oid import NameOID

from modules.core.errors import SettingsError
from modules.core.keys import BadgeKey, DocumentKey
from modules.records.records import Records

Kind = Literal["document-key", "badge-key"]
YEARS = 20
"""How long a certificate of our own holds: longer than records must be kept, so that a document can be checked."""
LOCKED = (
    "The signing key of this site cannot be opened: it was kept under another LANDMARK_SECRET. Set the secret it was "
    'made with, or make new keys with "python -m modules.cli keys new"; what was signed before can still be checked.'
)


@dataclass(frozen=True, slots=True)
class Keyring:
    """Read anew each time, so that a new key is used by every process at once. `given`: the operator's own."""

    records: Records
    secret: bytes = field(repr=False)
    given: DocumentKey | None = None

    def document(self) -> DocumentKey:
        """Signs PDFs. SettingsError when it was kept under another secret."""
        if self.given is not None:
            return self.given
        kept = list(_kept(self.records, "document-key"))[-1]
        return DocumentKey(_opened(self.secret, kept["private"]), (bytes.fromhex(kept["certificate"]),))

    def badge(self) -> BadgeKey:
        """Signs credentials. SettingsError when it was kept under another secret."""
        found = list(_kept(self.records, "badge-key"))
        kept = found[-1]
        return BadgeKey(_name(len(found)), bytes.fromhex(kept["public"]), _opened(self.secret, kept["private"]))

    def badge_publics(self) -> dict[str, bytes]:
        """Every key that ever signed a credential here, by name, oldest first: old credentials stay valid."""
        return {_name(n): bytes.fromhex(kept["public"]) for n, kept in enumerate(_kept(self.records, "badge-key"), 1)}

    def certificates(self) -> tuple[bytes, ...]:
        """Certificates that PDFs were signed with, in DER, the one in use first."""
        own = [bytes.fromhex(kept["certificate"]) for kept in _kept(self.records, "document-key")]
        return (*(self.given.chain if self.given else ()), *reversed(own))


def open_keys(records: Records, secret: bytes, given: DocumentKey | None, *, name: str, now: datetime) -> Keyring:
    """Makes what is missing. Of several processes that start at once, the first one's keys stand.

    `name` stands in the certificate: whose signature it is.
    """
    if given is None and records.value("document-key-1") is None:
        records.put_once("document-key-1", _document(secret, name, now))
    if records.value("badge-key-1") is None:
        records.put_once("badge-key-1", _badge(secret, now))
    return Keyring(records, secret, given)


def renew(records: Records, secret: bytes, *, name: str, now: datetime) -> tuple[str, str]:
    """New keys for what is signed from now on; the old public ones stay. Returns the names they are kept under."""
    made = {"document-key": _document(secret, name, now), "badge-key": _badge(secret, now)}
    return _add(records, "document-key", made["document-key"]), _add(records, "badge-key", made["badge-key"])


def _add(records: Records, kind: Kind, value: str) -> str:
    number = len(list(_kept(records, kind))) + 1
    while records.put_once(f"{kind}-{number}", value) != value:
        number += 1
    return f"{kind}-{number}"


def _kept(records: Records, kind: Kind) -> Iterator[dict[str, str]]:
    """Oldest first."""
    number = 1
    while (value := records.value(f"{kind}-{number}")) is not None:
        yield cast(dict[str, str], json.loads(value))
        number += 1


def _name(number: int) -> str:
    return f"key-{number}"


def _document(secret: bytes, name: str, now: datetime) -> str:
    made = document_made(name, now)
    kept = {"private": _sealed(secret, made.private), "certificate": made.chain[0].hex(), "at": now.isoformat()}
    return json.dumps(kept)


def document_made(name: str, now: datetime) -> DocumentKey:
    """RSA with 3072 bits: every PDF reader knows it, and its signatures (PKCS #1 v1.5) are the same each time."""
    key = rsa.generate_private_key(65537, 3072)
    private = key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return DocumentKey(private, (_certificate(key, name, now).public_bytes(serialization.Encoding.DER),))


def _certificate(key: rsa.RSAPrivateKey, name: str, now: datetime) -> x509.Certificate:
    """Self-signed, for signing documents only (RFC 5280; RFC 9336 for the purpose)."""
    whose = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name[:64])])
    usage = x509.KeyUsage(
        digital_signature=True, content_commitment=True, key_encipherment=False, data_encipherment=False,
        key_agreement=False, key_cert_sign=False, crl_sign=False, encipher_only=False, decipher_only=False,
    )  # fmt: skip
    purpose = x509.ObjectIdentifier("1.3.6.1.5.5.7.3.36")
    made = (
        x509.CertificateBuilder()
        .subject_name(whose)
        .issuer_name(whose)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now)
        .not_valid_after(now + timedelta(days=365 * YEARS))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.ExtendedKeyUsage([purpose]), critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )
    return made.sign(key, hashes.SHA256())


def _badge(secret: bytes, now: datetime) -> str:
    key = Ed25519PrivateKey.generate()
    public, private = key.public_key().public_bytes_raw(), key.private_bytes_raw()
    return json.dumps({"private": _sealed(secret, private), "public": public.hex(), "at": now.isoformat()})


def _sealed(secret: bytes, private: bytes) -> str:
    return _lock(secret).encrypt(private).decode()


def _opened(secret: bytes, sealed: str) -> bytes:
    try:
        return _lock(secret).decrypt(sealed.encode())
    except InvalidToken:
        raise SettingsError(LOCKED) from None


def _lock(secret: bytes) -> Fernet:
    """A copy of the database alone does not sign, where LANDMARK_SECRET is set by the operator (HKDF, RFC 5869)."""
    derived = HKDF(hashes.SHA256(), 32, salt=None, info=b"landmark signing keys").derive(secret)
    return Fernet(base64.urlsafe_b64encode(derived))
