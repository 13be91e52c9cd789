"""A PDF with a certifying signature (PAdES-B-B): any later change to the file shows."""

import hashlib
import io
from datetime import datetime
from functools import lru_cache

from asn1crypto import keys, x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from pyhanko.pdf_utils.generic import ArrayObject, ByteStringObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.sign import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.fields import InvisSigSettings, MDPPerm, SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers.pdf_signer import PdfSigningSession
from pyhanko_certvalidator.registry import SimpleCertificateStore

from modules.core.keys import DocumentKey

FIELD = "Signature"
DIGESTS = {"sha256": hashes.SHA256()}
# ISO 14289-1, 7.18.1: a widget that is hidden needs no tag. Adobe and poppler list the signature all the same.
_UNSEEN = InvisSigSettings(set_print_flag=False, set_hidden_flag=True)


def signed_pdf(pdf: bytes, key: DocumentKey, *, name: str, at: datetime) -> bytes:
    """`name` of who signs, `at` as the time of signing: the day of issue, or the key's first day if that is later.

    The same document, key and time give the same bytes.
    """
    chain = SimpleCertificateStore()  # type: ignore[no-untyped-call]
    chain.register_multiple([x509.Certificate.load(one) for one in key.chain])
    own = x509.Certificate.load(key.chain[0])
    signer = _Held(own, keys.PrivateKeyInfo.load(key.private), chain)
    field = SigFieldSpec(FIELD, invis_sig_settings=_UNSEEN)
    meta = PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
        name=name,
        reason="Issued as it stands",
    )
    out = io.BytesIO()
    _Signer(meta, signer, max(at, own.not_valid_before), field).sign_pdf(_Unchanged(io.BytesIO(pdf)), output=out)
    return out.getvalue()


class _Held(SimpleSigner):
    """Opens a key once: opening checks it, which takes longer than all the rest."""

    def sign_raw(self, data: bytes, digest_algorithm: str) -> bytes:
        key = _opened(self.signing_key.dump())
        if isinstance(key, rsa.RSAPrivateKey):
            return key.sign(data, padding.PKCS1v15(), DIGESTS[digest_algorithm])
        # RFC 6979: the same signature each time.
        return key.sign(data, ec.ECDSA(DIGESTS[digest_algorithm], deterministic_signing=True))


@lru_cache(maxsize=4)
def _opened(private: bytes) -> rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey:
    key = serialization.load_der_private_key(private, None)
    if not isinstance(key, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey):
        raise TypeError("PDFs are signed by RSA or ECDSA")
    return key


class _Signer(PdfSigner):
    """Signs at a time that is told, not by the clock of the machine."""

    def __init__(self, meta: PdfSignatureMetadata, signer: SimpleSigner, at: datetime, field: SigFieldSpec) -> None:
        super().__init__(meta, signer, new_field_spec=field)
        self._at = at

    def init_signing_session(self, pdf_out: BasePdfFileWriter, existing_fields_only: bool = False) -> PdfSigningSession:
        session = super().init_signing_session(pdf_out, existing_fields_only)
        session.system_time = self._at
        return session


class _Unchanged(IncrementalPdfFileWriter):
    """Adds the signature only: no new date of change, and an identifier that follows from the document."""

    @classmethod
    def _handle_id(cls, prev: PdfFileReader) -> ArrayObject:
        first, _ = prev.trailer["/ID"]
        second = hashlib.sha256(b"signed" + first.original_bytes).digest()[:16]
        return ArrayObject([ByteStringObject(first.original_bytes), ByteStringObject(second)])

    def _update_meta(self) -> None:
        return None
