"""`keys`: what this site signs with, and how new keys come to be used."""

from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding

from modules import cli
from modules.actions.signing import signer_name, signing_keys
from modules.core.errors import SettingsError
from modules.records.records import Records
from modules.settings import read
from tests.builders import NOON
from tests.given_keys import certificate_for, pem

SECRET = b"only for tests, thirty-two bytes"


def test_keys_are_listed_and_renewed_without_their_private_halves(
    monkeypatch: pytest.MonkeyPatch, sqlite_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LANDMARK_DATABASE_URL", sqlite_url)
    monkeypatch.setenv("LANDMARK_BASE_URL", "https://learn.example.org")
    assert cli.main(["keys", "list"]) == 0
    first = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in first] == ["PDF", "credential"]
    assert "CN=Landmark at learn.example.org" in first[0]
    assert cli.main(["keys", "new"]) == 0
    told = capsys.readouterr().out.splitlines()
    assert told[0].startswith("New keys were made.")
    assert [line.split()[0] for line in told[1:]] == ["PDF", "PDF", "credential", "credential"]
    assert first[0] in told
    assert first[1] in told


def test_the_operators_key_signs_and_no_other_is_made(sqlite_records: Records, tmp_path: Path) -> None:
    private = ec.generate_private_key(ec.SECP256R1())
    (tmp_path / "key.pem").write_bytes(pem(private))
    certificate = certificate_for(private)
    (tmp_path / "own.pem").write_bytes(certificate.public_bytes(Encoding.PEM))
    told = {"LANDMARK_SIGNING_KEY": "key.pem", "LANDMARK_SIGNING_CERTIFICATE": "own.pem"}
    keys = signing_keys(read(told, tmp_path), sqlite_records, SECRET, now=NOON)
    assert keys.document().chain == (certificate.public_bytes(Encoding.DER),)
    assert sqlite_records.value("document-key-1") is None


def test_a_key_that_cannot_be_read_stops_the_start_with_a_sentence(sqlite_records: Records, tmp_path: Path) -> None:
    settings = read({"LANDMARK_SIGNING_KEY": "gone.p12", "LANDMARK_SIGNING_PASSWORD": "sesame"}, tmp_path)
    assert "sesame" not in repr(settings)
    with pytest.raises(SettingsError, match="LANDMARK_SIGNING_KEY"):
        signing_keys(settings, sqlite_records, SECRET, now=NOON)


def test_a_site_without_an_address_signs_as_landmark(tmp_path: Path) -> None:
    assert signer_name(read({}, tmp_path)) == "Landmark"
