"""The plain routes of credentials: who may have what, and that nothing can be guessed."""

import pytest
from starlette.testclient import TestClient

from modules.records.keys import open_keys
from modules.records.records import Records
from modules.routes.table import CHECKS_A_MINUTE
from tests.builders import NOON, certificate, claimed
from tests.keys import document_key
from tests.routes.site import client

NUMBER = "LM-AAAA-BBBB-CCCC-DDDD"
OURS = (f"/credential/{NUMBER}.json", f"/credential/{NUMBER}.svg")


@pytest.mark.parametrize("path", OURS)
def test_the_number_entitles_to_the_credential(site: TestClient, records: Records, path: str) -> None:
    records.issue(certificate(), claimed(), email="ann@example.org")
    answer = site.get(path)
    assert answer.status_code == 200
    assert '"proofValue": "z' in answer.text
    assert (answer.headers["cache-control"], answer.headers["x-robots-tag"]) == ("private, no-store", "noindex")
    assert answer.headers["access-control-allow-origin"] == "*"
    assert site.get(path.lower().replace("-", "")).status_code == 200
    assert site.get(path.replace("DDDD", "DDDE")).status_code == 404


@pytest.mark.parametrize("path", OURS)
def test_a_revoked_one_is_gone(site: TestClient, records: Records, path: str) -> None:
    records.issue(certificate(), claimed())
    records.revoke(NUMBER, "Issued by mistake")
    answer = site.get(path)
    assert answer.status_code == 410
    assert "Issued by mistake" in answer.text


def test_numbers_cannot_be_tried_one_after_another_on_any_of_the_routes(site: TestClient, records: Records) -> None:
    records.issue(certificate(), claimed())
    for n in range(CHECKS_A_MINUTE):
        site.get(f"/credential/LM-AAAA-BBBB-CCCC-{n:04}.json")
    found = [site.get(path).status_code for path in (*OURS, f"/certificate/{NUMBER}.pdf", f"/verify/{NUMBER}")]
    assert set(found) == {429}


def test_the_issuer_and_its_keys_are_told_without_their_private_halves(site: TestClient) -> None:
    for path in ("/.well-known/did.json", "/did.json"):
        told = site.get(path).json()
        assert told["id"] == "did:web:learn.example.org"
        assert [set(one) for one in told["verificationMethod"]] == [{"id", "type", "controller", "publicKeyMultibase"}]
    assert site.get("/issuer").json()["id"] == "did:web:learn.example.org"
    certificates = site.get("/issuer/certificates.pem").text
    assert "BEGIN CERTIFICATE" in certificates
    assert "PRIVATE" not in certificates


def test_the_first_status_list_is_there_from_the_start_and_no_other(site: TestClient) -> None:
    answer = site.get("/status/1")
    assert answer.json()["credentialSubject"]["statusPurpose"] == "revocation"
    assert answer.headers["cache-control"] == "public, max-age=60"
    assert site.get("/status/2").status_code == site.get("/status/0").status_code == 404


def test_the_pdf_that_is_served_is_the_signed_one_and_the_same_each_time(site: TestClient, records: Records) -> None:
    records.issue(certificate(), claimed())
    first, again = (site.get(f"/certificate/{NUMBER}.pdf").content for _ in range(2))
    assert first == again
    assert b"/SubFilter /ETSI.CAdES.detached" in first


def test_a_locked_key_is_told_to_the_owner_in_the_log_and_not_to_the_learner(
    records: Records, caplog: pytest.LogCaptureFixture
) -> None:
    open_keys(records, b"the secret it was kept under", document_key(), name="Landmark", now=NOON)
    records.issue(certificate(), claimed())
    answer = client(records).get(OURS[0])
    assert answer.status_code == 503
    assert "The owner of this site can read why in its log." in answer.text
    assert "LANDMARK_SECRET" not in answer.text
    assert "kept under another LANDMARK_SECRET" in caplog.text
