"""Keys and certificates as an operator would bring them."""

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from tests.keys import MADE

Private = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey


def certificate_for(private: Private, name: str = "A hospital") -> x509.Certificate:
    whose = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    builder = x509.CertificateBuilder().subject_name(whose).issuer_name(whose).public_key(private.public_key())
    builder = builder.serial_number(7).not_valid_before(MADE).not_valid_after(MADE.replace(year=2040))
    return builder.sign(private, hashes.SHA256())


def pem(private: Private, password: bytes | None = None) -> bytes:
    lock = serialization.BestAvailableEncryption(password) if password else serialization.NoEncryption()
    return private.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, lock)


def der(private: Private) -> bytes:
    return private.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
