"""Signing: the same bytes each time, and the content is the certificate's own."""

import io
from datetime import UTC, date, datetime

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from pyhanko.pdf_utils.reader import PdfFileReader

from modules.core.keys import DocumentKey
from modules.export.certificate import certificate_pdf
from modules.export.signed import signed_pdf
from tests.builders import NOON, certificate
from tests.given_keys import certificate_for, der
from tests.keys import MADE, document_key

PLAIN = certificate_pdf(certificate(), "https://learn.example.org/verify/LM-AAAA-BBBB-CCCC-DDDD")


def signing_day(pdf: bytes) -> date:
    (signature,) = PdfFileReader(io.BytesIO(pdf)).embedded_signatures
    told = signature.self_reported_timestamp
    assert told is not None
    return told.date()


def elliptic() -> DocumentKey:
    private = ec.generate_private_key(ec.SECP256R1())
    made = certificate_for(private).public_bytes(serialization.Encoding.DER)
    return DocumentKey(der(private), (made,))


@pytest.mark.parametrize("key", [document_key(), elliptic()], ids=["rsa", "ecdsa"])
def test_the_same_certificate_is_the_same_signed_document(key: DocumentKey) -> None:
    assert signed_pdf(PLAIN, key, name="Landmark", at=NOON) == signed_pdf(PLAIN, key, name="Landmark", at=NOON)


def test_the_signature_is_added_and_nothing_is_changed() -> None:
    assert signed_pdf(PLAIN, document_key(), name="Landmark", at=NOON).startswith(PLAIN)


def test_it_is_dated_by_the_day_of_issue_or_by_the_keys_first_day() -> None:
    """A certificate issued before the key was made would else seem to be signed by a key that was not yet valid."""
    dated = signed_pdf(PLAIN, document_key(), name="Landmark", at=NOON)
    assert signing_day(dated) == NOON.date()
    early = signed_pdf(PLAIN, document_key(), name="Landmark", at=datetime(2020, 1, 1, tzinfo=UTC))
    assert signing_day(early) == MADE.date()
