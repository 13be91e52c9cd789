"""A certificate as an Open Badges 3.0 credential: who issued it, what was achieved, and how it can be checked."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from modules.core.credit import Certificate
from modules.core.keys import BadgeKey
from modules.core.module import UNNAMED
from modules.export.addresses import badge_link, read_url, status_url, verify_url
from modules.export.certificate import statement
from modules.export.integrity import CREDENTIALS, OPEN_BADGES, Document, moment, multikey, secured


@dataclass(frozen=True, slots=True)
class Recipient:
    """Whose it is. Neither stands in the credential: only their hashes. `email` None: not known."""

    name: str
    email: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Which bit of which status list tells whether the credential still stands. Lists count from 1, bits from 0."""

    number: int
    position: int


def did(base: str) -> str:
    """The site as an issuer (did:web, section 3.1): a port's colon is written %3A, a path's slashes are colons."""
    parts = urlsplit(base)
    host = parts.netloc.rpartition("@")[2].replace(":", "%3A")
    return ":".join(["did:web", host, *(quote(p) for p in parts.path.split("/") if p)])


def credential(
    certificate: Certificate, recipient: Recipient, place: Place, key: BadgeKey, *, base: str, site: str, salt: str
) -> Document:
    """The same arguments give the same credential. `salt` is not secret; it keeps hashes from being looked up."""
    issuer = did(base)
    document: Document = {
        "@context": [CREDENTIALS, OPEN_BADGES],
        "id": badge_link(certificate.number, base),
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": f"{_title(certificate)}: {certificate.title}",
        "issuer": _profile(issuer, base, _issuer_name(certificate, site)),
        "validFrom": moment(certificate.issued),
        "credentialSubject": {
            "type": ["AchievementSubject"],
            "identifier": _identifiers(recipient, salt),
            "activityEndDate": certificate.completed.isoformat(),
            "creditsEarned": _earned(certificate),
            "achievement": _achievement(certificate, base),
        },
        "evidence": [
            {
                "id": verify_url(certificate.number, base),
                "type": ["Evidence"],
                "name": "Verification page",
                "narrative": "What was certified, and whether it still stands.",
            }
        ],
        "credentialStatus": _status(place, base),
    }
    return secured(document, key, controller=issuer, at=certificate.issued)


def _achievement(certificate: Certificate, base: str) -> Document:
    """Named by module and version: learners of one version hold the same achievement."""
    where = f"{base.rstrip('/')}{read_url(certificate.module)}"
    return {
        "id": f"{where}?version={certificate.digest}",
        "type": ["Achievement"],
        "achievementType": "CertificateOfCompletion",
        "name": certificate.title,
        "description": f"{certificate.learning_format}, version {certificate.module_version}, "
        f"on evidence up to {certificate.evidence_cutoff.isoformat()}.",
        "criteria": {
            "id": where,
            "narrative": f"Assessment: {certificate.rule} correct needed. {_said(certificate)}",
        },
        "humanCode": certificate.module,
        "tag": [certificate.scheme],
    }


def _identifiers(recipient: Recipient, salt: str) -> list[Document]:
    """Open Badges 3.0, IdentityObject and IdentityHash: SHA-256 over the text followed by the salt."""
    told = {"name": recipient.name, "emailAddress": recipient.email}
    return [
        {
            "type": "IdentityObject",
            "hashed": True,
            "identityHash": "sha256$" + hashlib.sha256((text + salt).encode()).hexdigest(),
            "identityType": kind,
            "salt": salt,
        }
        for kind, text in told.items()
        if text
    ]


def _status(place: Place, base: str) -> Document:
    """W3C Bitstring Status List 1.0, section 2.1."""
    where = status_url(place.number, base)
    return {
        "id": f"{where}#{place.position}",
        "type": "BitstringStatusListEntry",
        "statusPurpose": "revocation",
        "statusListIndex": str(place.position),
        "statusListCredential": where,
    }


def _title(certificate: Certificate) -> str:
    return certificate.heading


def _earned(certificate: Certificate) -> float:
    """In the unit of the scheme."""
    return float(certificate.amount)


def _said(certificate: Certificate) -> str:
    """Whose credit it is and how much, or that none is designated."""
    return statement(certificate)


def _issuer_name(certificate: Certificate, site: str) -> str:
    return site if certificate.provider == UNNAMED else certificate.provider


def _profile(issuer: str, base: str, name: str) -> Document:
    return {"id": issuer, "type": ["Profile"], "name": name, "url": base}


def issuer_profile(base: str, site: str) -> Document:
    """Who issues here (Open Badges 3.0, Profile)."""
    return {"@context": [CREDENTIALS, OPEN_BADGES], **_profile(did(base), base, site)}


def did_document(base: str, publics: Mapping[str, bytes]) -> Document:
    """Every key that ever signed here: a credential stays valid when the key is renewed."""
    issuer = did(base)
    methods = [
        {
            "id": f"{issuer}#{name}",
            "type": "Multikey",
            "controller": issuer,
            "publicKeyMultibase": multikey(public),
        }
        for name, public in publics.items()
    ]
    return {
        "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"],
        "id": issuer,
        "verificationMethod": methods,
        "assertionMethod": [method["id"] for method in methods],
    }
