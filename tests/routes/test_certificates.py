"""Verification and the PDF: clear answers, nothing to enumerate, no lasting copies."""

from dataclasses import replace

from starlette.testclient import TestClient

from modules.actions.versions import keep_versions
from modules.core.certificates import EvidenceCut
from modules.core.module import Library
from modules.export.addresses import verify_url
from modules.records.records import Records
from modules.routes.limit import Limit
from modules.routes.table import CHECKS_A_MINUTE
from tests.actions.test_versions import changed
from tests.builders import certificate, claimed, evidence, minutes, module
from tests.routes.site import client

NUMBER = "LM-AAAA-BBBB-CCCC-DDDD"


def test_a_certificate_is_shown_as_it_was_issued(site: TestClient, records: Records) -> None:
    records.issue(certificate(name="Ann <b> Åker"), claimed())
    answer = site.get(f"/verify/{NUMBER}")
    assert answer.status_code == 200
    for said in ("This certificate is valid", "Ann &lt;b&gt; Åker", "Into the harbour (version 1.2.0)",
                 "0.5 hours", "1 March 2026", "1 January 2026", "The harbour", NUMBER):  # fmt: skip
        assert said in answer.text
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-robots-tag"] == "noindex"


def test_a_number_may_be_typed_carelessly(site: TestClient, records: Records) -> None:
    records.issue(certificate(), claimed())
    assert site.get("/verify/lm aaaabbbb-ccccdddd").status_code == 200
    answer = site.get("/verify", params={"number": " lm-aaaa bbbb cccc dddd "}, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/verify/{NUMBER}")


def test_a_revoked_certificate_says_so_and_why(site: TestClient, records: Records) -> None:
    records.issue(certificate(), claimed())
    records.revoke(NUMBER, "Issued by mistake")
    text = site.get(f"/verify/{NUMBER}").text
    assert "This certificate was revoked" in text
    assert "Issued by mistake" in text
    assert site.get(f"/certificate/{NUMBER}.pdf").status_code == 410


def test_it_is_said_whether_the_module_has_changed_since(records: Records) -> None:
    records.issue(certificate(), claimed())
    same, now = Library({"harbour": module()}), replace(module(), digest="e" * 64)
    path = f"/verify/{NUMBER}"
    assert "The module has not changed since." in client(records, same).get(path).text
    changed = client(records, Library({"harbour": now})).get(path).text
    assert "The module has changed since; it is now at version 1.2.0." in changed
    assert "no longer offered" in client(records).get(path).text


def test_unknown_and_malformed_numbers_cannot_be_told_apart(site: TestClient, records: Records) -> None:
    records.issue(certificate(), claimed())
    near, odd = site.get("/verify/LM-AAAA-BBBB-CCCC-DDDE"), site.get("/verify/nonsense")
    assert near.status_code == odd.status_code == 404
    assert near.text == odd.text
    assert "DDDE" not in near.text


def test_numbers_cannot_be_tried_one_after_another(site: TestClient, records: Records) -> None:
    records.issue(certificate(), claimed())
    found = [site.get(f"/verify/LM-AAAA-BBBB-CCCC-{n:04}").status_code for n in range(CHECKS_A_MINUTE)]
    assert set(found) == {404}
    late = site.get(f"/verify/{NUMBER}")
    assert late.status_code == 429
    assert late.headers["retry-after"] == "60"
    assert "Wait a minute" in late.text
    assert site.get(f"/certificate/{NUMBER}.pdf").status_code == 429
    other = site.get(f"/verify/{NUMBER}", headers={"X-Forwarded-For": "203.0.113.7"})
    assert other.status_code == 200


def test_the_limit_slides_and_forgets() -> None:
    limit = Limit(2, 60)
    assert [limit.allowed("a", t) for t in (0.0, 1.0, 2.0, 60.5, 61.5)] == [True, True, False, True, True]
    assert limit.allowed("b", 2.0)


def test_the_document_is_a_pdf_that_leads_back_to_its_page(site: TestClient, records: Records) -> None:
    records.issue(certificate(), claimed())
    answer = site.get(f"/certificate/{NUMBER}.pdf")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["cache-control"] == "private, no-store"
    assert f"landmark-{NUMBER}.pdf" in answer.headers["content-disposition"]
    assert answer.content.startswith(b"%PDF-")
    assert verify_url(NUMBER, "https://learn.example.org").encode() in answer.content
    assert site.get("/certificate/LM-ZZZZ-ZZZZ-ZZZZ-ZZZZ.pdf").status_code == 404


def test_a_superseded_certificate_leads_to_the_one_that_counts(site: TestClient, records: Records) -> None:
    records.issue(certificate(), claimed())
    after = "LM-EEEE-FFFF-GGGG-HHHH"
    corrected = certificate(after, name="Anna Åker").model_copy(update={"revision": 2, "replaces": NUMBER})
    records.supersede(NUMBER, corrected, "The name was corrected.", minutes(60 * 24))
    old = site.get(f"/verify/{NUMBER}").text
    for said in ("This certificate was replaced", "It ended on 2 March 2026", "The name was corrected.",
                 f'<a href="/verify/{after}">{after}</a>'):  # fmt: skip
        assert said in old
    new = site.get(f"/verify/{after}").text
    assert "This certificate is valid" in new
    assert f'It takes the place of <a href="/verify/{NUMBER}">' in new


def test_the_page_shows_scheme_provider_and_the_data_cuts(site: TestClient, records: Records) -> None:
    told = {
        "scheme_name": "AMA PRA Category 1 Credit", "scheme": "ama", "unit": "*Credit*", "units": "*Credits*",
        "provider_address": "1 Quay <b>", "cuts": (EvidenceCut(trial="LIGHTHOUSE", cut="final <i>"),),
    }  # fmt: skip
    records.issue(certificate().model_copy(update=told), claimed().model_copy(update={"scheme": "ama"}))
    text = site.get(f"/verify/{NUMBER}").text
    for said in ("AMA PRA Category 1 Credit", "Credit claimed", "0.5 Credits", "The harbour, 1 Quay &lt;b&gt;",
                 "LIGHTHOUSE: final &lt;i&gt;"):  # fmt: skip
        assert said in text


def test_evidence_updated_since_is_said_beside_the_verdict(records: Records) -> None:
    keep_versions(records, Library({"harbour": module()}, evidence()), now=minutes(0))
    records.issue(certificate(), claimed())
    now = Library({"harbour": replace(module(), digest="e" * 64)}, changed(70))
    text = client(records, now).get(f"/verify/{NUMBER}").text
    assert "This certificate is valid" in text
    assert "The evidence has been updated since; what has changed stands below." in text
    same = Library({"harbour": module()}, evidence())
    assert "updated since" not in client(records, same).get(f"/verify/{NUMBER}").text
