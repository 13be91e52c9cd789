"""The credential's parts: what it says, what it keeps to itself, and how its issuer and status are named."""

import base64
import gzip
import hashlib
import re

import pytest
from lxml import etree

from modules.core.keys import BadgeKey
from modules.core.module import UNNAMED
from modules.export.badge import Place, Recipient, credential, did, did_document, issuer_profile
from modules.export.baked import NAMESPACE, baked_svg
from modules.export.integrity import Document
from modules.export.status_list import BITS, encoded, status_list
from tests.builders import NOON, certificate

KEY = BadgeKey("key-1", bytes(32), b"\x07" * 32)
BASE = "https://learn.example.org"
LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48"><path d="M8 12h8"/></svg>'


def made(provider: str = "The harbour") -> Document:
    held = certificate().model_copy(update={"provider": provider})
    recipient = Recipient("Ann Åker", "ann@example.org")
    return credential(held, recipient, Place(1, 5), KEY, base=BASE, site="Landmark", salt="grain")


@pytest.mark.parametrize(
    ("base", "issuer"),
    [
        ("https://learn.example.org", "did:web:learn.example.org"),
        ("http://localhost:8501", "did:web:localhost%3A8501"),
        ("https://example.org/cme/landmark", "did:web:example.org:cme:landmark"),
    ],
)
def test_the_address_of_the_site_is_its_did(base: str, issuer: str) -> None:
    """did:web, section 3.1."""
    assert did(base) == issuer


def test_the_recipient_stands_in_it_only_as_salted_hashes() -> None:
    """Open Badges 3.0, IdentityHash."""
    names = {one["identityType"]: one for one in made()["credentialSubject"]["identifier"]}
    assert names["emailAddress"]["identityHash"] == "sha256$" + hashlib.sha256(b"ann@example.orggrain").hexdigest()
    assert names["name"]["identityHash"] == "sha256$" + hashlib.sha256("Ann Åkergrain".encode()).hexdigest()
    assert not re.search(r"Åker|ann@", str(made()))


def test_without_a_provider_it_says_that_no_credit_is_designated_and_the_site_issues_it() -> None:
    told = made(UNNAMED)
    assert "carries no designated credit" in told["credentialSubject"]["achievement"]["criteria"]["narrative"]
    assert told["issuer"]["name"] == "Landmark"
    assert made()["issuer"]["name"] == "The harbour"


def test_the_same_certificate_is_the_same_credential() -> None:
    assert made() == made()


def test_the_issuers_documents_name_every_key() -> None:
    document = did_document(BASE, {"key-1": bytes(32), "key-2": b"\x01" * 32})
    assert document["assertionMethod"] == [f"{issuer_profile(BASE, 'Landmark')['id']}#key-{n}" for n in (1, 2)]
    assert all(method["publicKeyMultibase"].startswith("z6Mk") for method in document["verificationMethod"])


def test_the_first_bit_of_a_status_list_is_the_leftmost() -> None:
    """Bitstring Status List 1.0, sections 3.1 (at least 16 KB) and 3.3."""
    text = encoded([0, 9])
    bits = gzip.decompress(base64.urlsafe_b64decode(text[1:] + "=" * (-len(text[1:]) % 4)))
    assert (text[0], len(bits), bits[:3]) == ("u", BITS // 8, b"\x80\x40\x00")


def test_a_status_list_is_signed_as_of_a_moment() -> None:
    told = status_list(2, [3], KEY, base=BASE, at=NOON)
    assert (told["id"], told["validFrom"], told["proof"]["created"]) == (
        f"{BASE}/status/2",
        "2026-03-01T12:00:00Z",
        "2026-03-01T12:00:00Z",
    )


def test_a_picture_holds_the_credential_as_it_is() -> None:
    """Open Badges 3.0, section 5.3.2."""
    held = certificate().model_copy(update={"title": "A <b> & a title that is long enough to need several lines"})
    picture = etree.fromstring(baked_svg(LOGO, held, '{"name": "ends ]]> here"}').encode())
    inside = picture.find(f"{{{NAMESPACE}}}credential")
    assert inside is not None
    assert inside.text == '{"name": "ends ]]\\u003e here"}'
    assert "A <b> & a title" in "".join(picture.itertext())
