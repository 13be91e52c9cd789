"""An independent verifier of Open Badges 3.0 asks the running app, and believes a credential only while it should."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from urllib.parse import urlsplit

import pytest

from modules.core.credit import Certificate
from modules.export.addresses import badge_link
from modules.records.keys import renew
from modules.records.records import Records, open_records
from tests.builders import certificate, claimed
from tests.load.server import SECRET
from tests.verifier.programs import Verified, verified
from tests.verifier.site import SecureServer

GOOD = Verified(signature=True, standing=True, error=None)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SecureServer]:
    running = SecureServer(tmp_path_factory.mktemp("badges"))
    running.start()
    yield running
    running.stop()


@pytest.fixture
def kept(site: SecureServer) -> Iterator[Records]:
    """The records of the running app."""
    opened = open_records(site.database)
    yield opened
    opened.close()


def issued(kept: Records, letter: str) -> Certificate:
    made = certificate(f"LM-{letter * 4}-AAAA-AAAA-AAAA")
    event = claimed(learner=f"learner-{letter}")
    kept.issue(made, event, email="ann@example.org")
    return made


def badge(site: SecureServer, held: Certificate) -> str:
    return site.fetch(badge_link(held.number))


def test_a_credential_verifies_with_keys_and_status_asked_of_the_running_app(site: SecureServer, kept: Records) -> None:
    text = badge(site, issued(kept, "B"))
    told = json.loads(text)
    assert verified(text, site.authority) == GOOD
    assert told["issuer"]["id"] == f"did:web:localhost%3A{urlsplit(site.url).port}"
    assert told["credentialSubject"]["creditsEarned"] == 0.5
    assert "Ann" not in text
    assert "example.org" not in text


@pytest.mark.parametrize(
    ("written", "forged"),
    [
        ('"Into the harbour"', '"Into the Harbour"'),
        ('"creditsEarned": 0.5', '"creditsEarned": 1.5'),
        ('"activityEndDate": "2026-03-01"', '"activityEndDate": "2026-03-02"'),
        ('"identityHash": "sha256$', '"identityHash": "sha256$0'),
        ('"achievementType": "CertificateOfCompletion"', '"achievementType": "Licence"'),
        ('"statusListIndex": "', '"statusListIndex": "1'),
        ('"proofValue": "z', '"proofValue": "z2'),
    ],
)
def test_a_changed_credential_is_refused(site: SecureServer, kept: Records, written: str, forged: str) -> None:
    text = badge(site, issued(kept, "C"))
    assert written in text
    found = verified(text.replace(written, forged, 1), site.authority)
    assert (found.signature, found.error) == (False, "invalid_signature")


def test_a_key_of_somebody_else_is_refused(site: SecureServer, kept: Records) -> None:
    text = badge(site, issued(kept, "D"))
    assert not verified(text.replace("#key-1", "#key-9"), site.authority).signature


def test_revoking_flips_the_status_of_a_copy_that_is_out_already(site: SecureServer, kept: Records) -> None:
    held, other = issued(kept, "E"), issued(kept, "F")
    text, beside = badge(site, held), badge(site, other)
    assert verified(text, site.authority) == GOOD
    kept.revoke(held.number, "Issued by mistake")
    assert verified(text, site.authority) == Verified(signature=True, standing=False, error=None)
    assert verified(beside, site.authority) == GOOD


def test_credentials_from_before_a_new_key_stay_valid(site: SecureServer, kept: Records) -> None:
    held = issued(kept, "G")
    before = badge(site, held)
    renew(kept, SECRET.encode(), name="Landmark", now=datetime.now(UTC))
    after = badge(site, held)
    assert (before.count("#key-1"), after.count("#key-2")) == (1, 1)
    assert verified(before, site.authority) == GOOD
    assert verified(after, site.authority) == GOOD


def test_the_status_list_is_itself_a_credential_that_verifies(site: SecureServer) -> None:
    assert verified(site.fetch("/status/1"), site.authority).signature
