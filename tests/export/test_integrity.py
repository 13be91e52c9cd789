"""eddsa-rdfc-2022 against the W3C's own test vectors, and what is refused."""

import traceback

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from pyld import jsonld

from modules.export.integrity import Document, canonical, multibase, multikey, to_be_signed

# W3C vc-di-eddsa, TestVectors/keyPair.json and TestVectors/eddsa-rdfc-2022/signedDataInt.json (section B.1 of the
# recommendation). The context of its examples is one line, written out here as none is fetched.
PUBLIC = "z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2"
SECRET = "z3u2en7t5LR2WtQH5PfFqMqwVHBeXouLzo6haApm8XHqvjxq"
EXAMPLES = {"@vocab": "https://www.w3.org/ns/credentials/examples#"}
ALUMNI: Document = {
    "@context": ["https://www.w3.org/ns/credentials/v2", EXAMPLES],
    "id": "urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33",
    "type": ["VerifiableCredential", "AlumniCredential"],
    "name": "Alumni Credential",
    "description": "A minimum viable example of an Alumni Credential.",
    "issuer": "https://vc.example/issuers/5678",
    "validFrom": "2023-01-01T00:00:00Z",
    "credentialSubject": {"id": "did:example:abcdefgh", "alumniOf": "The School of Examples"},
}
OPTIONS: Document = {
    "type": "DataIntegrityProof",
    "cryptosuite": "eddsa-rdfc-2022",
    "created": "2023-02-24T23:36:38Z",
    "verificationMethod": f"https://vc.example/issuers/5678#{PUBLIC}",
    "proofPurpose": "assertionMethod",
}
HASHES = (
    "4c4d3890a157f8d611b13c265c2c22f39aa0a567c7c7dd9ba3e45cd579784eeb"
    "517744132ae165a5349155bef0bb0cf2258fff99dfe1dbd914b938d775a36017"
)
PROOF = "z21EVs3eXERqTn4acNHT9viboqgzUaQ3kTmhPT3eA8qrVPE7CrQq78WkzctnMX5W4CrzcKnHw8V6dvy5pgWYCU5e9"


def key() -> Ed25519PrivateKey:
    number = 0
    for letter in SECRET[1:]:
        number = number * 58 + "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz".index(letter)
    header, seed = divmod(number, 1 << 256)
    assert header == 0x8026
    return Ed25519PrivateKey.from_private_bytes(seed.to_bytes(32, "big"))


def test_the_public_key_is_written_as_the_vector_writes_it() -> None:
    assert multikey(key().public_key().public_bytes_raw()) == PUBLIC


def test_the_vectors_hashes_and_signature_come_out() -> None:
    assert to_be_signed(ALUMNI, OPTIONS).hex() == HASHES
    assert multibase(key().sign(to_be_signed(ALUMNI, OPTIONS))) == PROOF


def test_no_context_is_fetched_from_elsewhere() -> None:
    with pytest.raises(jsonld.JsonLdError) as refused:
        canonical({"@context": ["https://www.w3.org/ns/credentials/examples/v2"], "name": "x"})
    assert "does not come with Landmark" in "".join(traceback.format_exception(refused.value))


def test_leading_zeros_are_kept() -> None:
    """base58btc: each leading zero byte is a 1."""
    assert multibase(b"\x00\x00\x01") == "z112"
    assert multibase(b"") == "z"
