"""The PDFs of certificates and slides before validators not written here: veraPDF, poppler's pdfsig and qpdf."""

import io
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

import pikepdf
import pytest
from asn1crypto import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils.generic import NameObject, NumberObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import PdfSignatureStatus
from pyhanko_certvalidator import ValidationContext

from modules.actions.decks import DeckKind
from modules.export.certificate import certificate_pdf
from modules.export.signed import signed_pdf
from modules.records.given_key import given_key
from tests.builders import NOON, certificate
from tests.export.decks import made
from tests.export.test_certificate import LINK, NAMES
from tests.given_keys import Private, certificate_for, pem
from tests.keys import document_key
from tests.verifier.programs import accessible, signed, well_formed


@lru_cache(maxsize=32)
def document(name: str = "Ann Åker") -> bytes:
    plain = certificate_pdf(certificate(name=name), LINK)
    return signed_pdf(plain, document_key(), name="Landmark", at=NOON)


def written(folder: Path, name: str, data: bytes) -> Path:
    file = folder / f"{name}.pdf"
    file.write_bytes(data)
    return file


def second_opinion(data: bytes) -> PdfSignatureStatus:
    """pyHanko's validator, by whose library it was signed; it also reads what a certifying signature allows."""
    (signature,) = PdfFileReader(io.BytesIO(data)).embedded_signatures
    trust = ValidationContext(trust_roots=[x509.Certificate.load(document_key().chain[0])], allow_fetching=False)
    return validate_pdf_signature(signature, trust)


def with_a_byte_changed(data: bytes) -> bytes:
    """In the middle of the first stream: what is drawn."""
    at = data.index(b"stream\n") + 200
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


def with_an_update(data: bytes) -> bytes:
    """A change in the way PDF provides for: appended, with all that was signed left as it is."""
    writer = IncrementalPdfFileWriter(io.BytesIO(data))
    page = writer.root["/Pages"]["/Kids"][0]
    page[NameObject("/Rotate")] = NumberObject(180)
    writer.update_container(page)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_signed_certificates_keep_pdf_ua_1_by_verapdf_whatever_the_name(tmp_path: Path) -> None:
    """ISO 14289-1, by the rules of veraPDF's PDF/UA-1 profile."""
    files = [written(tmp_path, str(n), document(name)) for n, name in enumerate(NAMES)]
    found = accessible(files)
    assert [(one.compliant, one.failed) for one in found] == [(True, ())] * len(NAMES)
    assert all(one.checks > 1000 for one in found)


def test_verapdf_names_the_clause_that_a_worse_document_breaks(tmp_path: Path) -> None:
    """7.1: the title is shown; 7.2: the language is told; 7.3: a figure has an alternative."""

    def without(name: str, spoil: Callable[[pikepdf.Pdf], None]) -> Path:
        with pikepdf.open(io.BytesIO(certificate_pdf(certificate(), LINK))) as pdf:
            spoil(pdf)
            pdf.save(tmp_path / f"{name}.pdf")
        return tmp_path / f"{name}.pdf"

    def untitled(pdf: pikepdf.Pdf) -> None:
        del pdf.Root.ViewerPreferences

    def mute(pdf: pikepdf.Pdf) -> None:
        for one in pdf.objects:
            if isinstance(one, pikepdf.Dictionary) and one.get("/S") == "/Figure":
                del one.Alt

    found = accessible([without("untitled", untitled), without("mute", mute)])
    assert [one.compliant for one in found] == [False, False]
    assert found[0].failed[0].startswith("7.1")
    assert found[1].failed[0].startswith("7.3")


def test_pdfsig_finds_the_signature_valid_over_the_whole_file(tmp_path: Path) -> None:
    """ETSI EN 319 142-1 (PAdES-B-B): the signature's kind is ETSI.CAdES.detached."""
    file = written(tmp_path, "whole", document())
    found = signed(file)
    assert (found.valid, found.whole, found.kind) == (True, True, "ETSI.CAdES.detached")
    assert "Signing Hash Algorithm: SHA-256" in found.text
    assert well_formed(file)


@pytest.mark.parametrize("private", [ec.generate_private_key(ec.SECP256R1()), rsa.generate_private_key(65537, 2048)])
def test_a_key_that_the_operator_brings_is_as_good(tmp_path: Path, private: Private) -> None:
    (tmp_path / "key.pem").write_bytes(pem(private))
    (tmp_path / "own.pem").write_bytes(certificate_for(private).public_bytes(Encoding.PEM))
    key = given_key(tmp_path / "key.pem", tmp_path / "own.pem", None)
    plain = certificate_pdf(certificate(), LINK)
    found = signed(written(tmp_path, "own", signed_pdf(plain, key, name="Landmark", at=NOON)))
    assert (found.valid, found.whole) == (True, True)
    assert "A hospital" in found.text


def test_the_second_opinion_agrees_and_allows_no_change() -> None:
    found = second_opinion(document())
    assert found.bottom_line
    assert found.docmdp_ok


def test_one_changed_byte_is_refused(tmp_path: Path) -> None:
    changed = with_a_byte_changed(document())
    found = signed(written(tmp_path, "byte", changed))
    assert not found.valid
    assert "Digest Mismatch" in found.text
    assert not second_opinion(changed).intact


@pytest.mark.parametrize("share", [0.1, 0.3, 0.5, 0.7])
def test_a_changed_byte_is_refused_wherever_it_stands(tmp_path: Path, share: float) -> None:
    data = document()
    at = int(data.index(b"/ByteRange") * share)
    found = signed(written(tmp_path, "byte", data[:at] + bytes([data[at] ^ 4]) + data[at + 1 :]))
    assert not found.valid


def test_an_update_behind_the_signature_is_refused(tmp_path: Path) -> None:
    """ISO 32000-1, 12.8.2.2: a certifying signature that permits no changes."""
    updated = with_an_update(document())
    assert updated.startswith(document())
    assert not signed(written(tmp_path, "updated", updated)).whole
    assert not second_opinion(updated).bottom_line


def test_an_unsigned_copy_has_no_signature_to_find(tmp_path: Path) -> None:
    assert not signed(written(tmp_path, "plain", certificate_pdf(certificate(), LINK))).valid


def test_slides_and_handouts_keep_pdf_ua_1_by_verapdf(tmp_path: Path) -> None:
    kinds: tuple[DeckKind, ...] = ("slides.pdf", "handout-a4.pdf", "handout-letter.pdf")
    files = [written(tmp_path, kind.removesuffix(".pdf"), made(kind)) for kind in kinds]
    found = accessible(files)
    assert [(one.compliant, one.failed) for one in found] == [(True, ())] * len(kinds)
    assert all(well_formed(file) for file in files)
