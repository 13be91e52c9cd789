"""Earlier versions stay readable at their own address; a certificate leads to the text that was certified."""

from dataclasses import replace

from starlette.testclient import TestClient

from modules.actions.versions import keep_versions
from modules.core.module import Library
from modules.export.addresses import version_url
from modules.records.records import Records
from tests.actions.test_versions import changed
from tests.builders import certificate, claimed, evidence, minutes, module
from tests.routes.site import client

NUMBER = "LM-AAAA-BBBB-CCCC-DDDD"
OLD = module()
NEW = replace(OLD, digest="e" * 64)


def newer_site(records: Records) -> TestClient:
    """The made-up module after its trial has reported again; its first version was shown before."""
    keep_versions(records, Library({"harbour": OLD}, evidence()), now=minutes(0))
    return client(records, Library({"harbour": NEW}, changed(61.5)))


def test_an_earlier_version_shows_its_own_figures_and_says_what_it_is(records: Records) -> None:
    site = newer_site(records)
    page = site.get(version_url("harbour", OLD.digest, "01-lamp"))
    assert page.status_code == 200
    assert "56.5 months" in page.text
    assert "Version 1.2.0 as it was shown" in page.text
    assert 'href="/read/harbour"' in page.text
    assert page.headers["x-robots-tag"] == "noindex"
    listed = site.get(version_url("harbour", OLD.digest))
    assert "?version=" in listed.text
    assert "02-shore" in listed.text


def test_a_module_lists_the_versions_that_came_before(records: Records) -> None:
    page = newer_site(records).get("/read/harbour")
    assert "Earlier versions" in page.text
    assert f"version={OLD.digest}" in page.text


def test_a_version_never_kept_or_of_another_module_is_not_found(records: Records) -> None:
    site = newer_site(records)
    assert site.get(version_url("harbour", "f" * 64)).status_code == 404
    assert site.get(version_url("elsewhere", OLD.digest)).status_code == 404
    assert site.get(version_url("harbour", OLD.digest, "99-none")).status_code == 404


def test_verifying_tells_that_the_evidence_has_moved_and_that_the_credit_stands(records: Records) -> None:
    site = newer_site(records)
    records.issue(certificate(digest=OLD.digest), claimed())
    page = site.get(f"/verify/{NUMBER}")
    assert "This certificate is valid" in page.text
    assert "The evidence has moved since this was completed" in page.text
    assert "was 56.5 months (95% CI 49.3 to not reached), now 61.5 months" in page.text
    assert "The credit stands as it was earned" in page.text
    assert f'href="{version_url("harbour", OLD.digest)}"' in page.text


def test_verifying_says_nothing_of_evidence_that_has_not_moved(records: Records) -> None:
    keep_versions(records, Library({"harbour": OLD}, evidence()), now=minutes(0))
    site = client(records, Library({"harbour": OLD}, evidence()))
    records.issue(certificate(digest=OLD.digest), claimed())
    page = site.get(f"/verify/{NUMBER}")
    assert "has moved" not in page.text
    assert "The module has not changed since" in page.text
