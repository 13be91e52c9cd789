"""An operator's own key: read when it can be, and a sentence that says what to mend when it cannot."""

from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.serialization import pkcs12

from modules.core.errors import SettingsError
from modules.records.given_key import given_key
from tests.given_keys import certificate_for, der, pem

OWN = ec.generate_private_key(ec.SECP256R1())
OTHER = ec.generate_private_key(ec.SECP256R1())
PEM = serialization.Encoding.PEM


def file(folder: Path, name: str, data: bytes) -> Path:
    (folder / name).write_bytes(data)
    return folder / name


def own_certificate(folder: Path) -> Path:
    chain = certificate_for(OWN).public_bytes(PEM) + certificate_for(OTHER, "Above").public_bytes(PEM)
    return file(folder, "chain.pem", chain)


def test_a_key_and_its_chain_are_read_from_pem(tmp_path: Path) -> None:
    found = given_key(file(tmp_path, "key.pem", pem(OWN)), own_certificate(tmp_path), None)
    assert (found.private, len(found.chain)) == (der(OWN), 2)


def test_a_locked_key_opens_with_its_password(tmp_path: Path) -> None:
    key = file(tmp_path, "key.pem", pem(OWN, b"open"))
    assert given_key(key, own_certificate(tmp_path), b"open").private == der(OWN)
    for wrong in (None, b"shut"):
        with pytest.raises(SettingsError, match="LANDMARK_SIGNING_PASSWORD"):
            given_key(key, own_certificate(tmp_path), wrong)


def test_a_bundle_holds_both(tmp_path: Path) -> None:
    lock = serialization.BestAvailableEncryption(b"open")
    bundle = pkcs12.serialize_key_and_certificates(b"own", OWN, certificate_for(OWN), None, lock)
    assert given_key(file(tmp_path, "own.p12", bundle), None, b"open").private == der(OWN)
    with pytest.raises(SettingsError, match="PKCS #12"):
        given_key(file(tmp_path, "bad.p12", b"nothing"), None, None)


def test_what_is_missing_or_unreadable_is_named(tmp_path: Path) -> None:
    key, chain = file(tmp_path, "key.pem", pem(OWN)), own_certificate(tmp_path)
    with pytest.raises(SettingsError, match=r'LANDMARK_SIGNING_KEY is ".*gone.pem", which cannot be read'):
        given_key(tmp_path / "gone.pem", chain, None)
    with pytest.raises(SettingsError, match="LANDMARK_SIGNING_CERTIFICATE is not"):
        given_key(key, None, None)
    with pytest.raises(SettingsError, match="holds no certificate"):
        given_key(key, file(tmp_path, "empty.pem", b"nothing"), None)


def test_a_certificate_of_another_key_is_refused(tmp_path: Path) -> None:
    key = file(tmp_path, "key.pem", pem(OTHER))
    with pytest.raises(SettingsError, match="does not belong"):
        given_key(key, own_certificate(tmp_path), None)


def test_a_key_that_pdf_readers_do_not_know_is_refused(tmp_path: Path) -> None:
    odd = ed25519.Ed25519PrivateKey.generate()
    data = odd.private_bytes(PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    with pytest.raises(SettingsError, match="not a key for signing PDFs"):
        given_key(file(tmp_path, "odd.pem", data), own_certificate(tmp_path), None)
