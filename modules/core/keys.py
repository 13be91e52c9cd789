"""The keys an instance signs with, as plain bytes: no room needs to know how another reads them."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class DocumentKey:
    """Signs PDFs. `private`: PKCS #8 in DER; `chain`: X.509 in DER, the signer's own certificate first."""

    private: bytes = field(repr=False)
    chain: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class BadgeKey:
    """Signs credentials by Ed25519; 32 bytes each. `name` is the part of its address behind `#`, such as `key-1`."""

    name: str
    public: bytes
    private: bytes = field(repr=False)
