"""The operator's own key for signing PDFs, read from files: PEM, or PKCS #12."""

from pathlib import Path

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs12

from modules.core.errors import SettingsError
from modules.core.keys import DocumentKey

BUNDLES = (".p12", ".pfx")
CURVES = ("secp256r1", "secp384r1", "secp521r1")


def given_key(key: Path, certificate: Path | None, password: bytes | None) -> DocumentKey:
    """`certificate`: the signer's own first, then those above it; None for a bundle, which holds both.

    SettingsError says which variable to mend.
    """
    if key.suffix.lower() in BUNDLES:
        private, chain = _bundle(key, password)
    elif certificate is None:
        raise SettingsError(
            "LANDMARK_SIGNING_KEY is set and LANDMARK_SIGNING_CERTIFICATE is not. Name the PEM file of its "
            "certificate, or a bundle (.p12) as the key."
        )
    else:
        private, chain = _key(key, password), _chain(certificate)
    return _matched(key, private, chain)


def _bundle(file: Path, password: bytes | None) -> tuple[object, list[x509.Certificate]]:
    try:
        private, own, above = pkcs12.load_key_and_certificates(_read("LANDMARK_SIGNING_KEY", file), password)
    except (ValueError, UnsupportedAlgorithm):
        raise SettingsError(_unreadable(file, "a PKCS #12 bundle")) from None
    return private, [one for one in (own, *above) if one is not None]


def _key(file: Path, password: bytes | None) -> object:
    try:
        return serialization.load_pem_private_key(_read("LANDMARK_SIGNING_KEY", file), password)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise SettingsError(_unreadable(file, "a private key in PEM")) from None


def _chain(file: Path) -> list[x509.Certificate]:
    try:
        return x509.load_pem_x509_certificates(_read("LANDMARK_SIGNING_CERTIFICATE", file))
    except ValueError:
        raise SettingsError(
            f'LANDMARK_SIGNING_CERTIFICATE is "{file}", which holds no certificate in PEM. Name the file that does.'
        ) from None


def _matched(file: Path, private: object, chain: list[x509.Certificate]) -> DocumentKey:
    if not isinstance(private, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey) or not _strong(private):
        raise SettingsError(
            f'LANDMARK_SIGNING_KEY is "{file}", which is not a key for signing PDFs. '
            "Use RSA with at least 2048 bits, or ECDSA on P-256, P-384 or P-521."
        )
    if not chain or chain[0].public_key() != private.public_key():
        raise SettingsError(
            "The first certificate in LANDMARK_SIGNING_CERTIFICATE does not belong to LANDMARK_SIGNING_KEY. "
            "Put the signer's own certificate first in the file."
        )
    der = private.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return DocumentKey(der, tuple(one.public_bytes(serialization.Encoding.DER) for one in chain))


def _strong(private: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey) -> bool:
    return private.key_size >= 2048 if isinstance(private, rsa.RSAPrivateKey) else private.curve.name in CURVES


def _read(variable: str, file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise SettingsError(
            f'{variable} is "{file}", which cannot be read ({error.strerror}). Name a file the app may read.'
        ) from None


def _unreadable(file: Path, kind: str) -> str:
    return (
        f'LANDMARK_SIGNING_KEY is "{file}", which cannot be opened as {kind}. '
        "Check the file, and LANDMARK_SIGNING_PASSWORD if it has one."
    )
