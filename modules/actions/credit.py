"""Claiming credit: the requirements are checked, the claim is kept, the certificate is frozen."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime

from modules.actions.learn import stamp, standing
from modules.core.credit import Certificate, certificate_number, claimable, hours_text, requirements
from modules.core.errors import NotAllowed
from modules.core.events import AttemptClosed, CreditClaimed, FrontMatterAcknowledged
from modules.core.module import UNNAMED, Heading, Module, Paragraph, walk
from modules.core.progress import Progress, forms
from modules.core.prose import values
from modules.records.records import Issued, Records

LEARNING_FORMAT = "Enduring material"
"""AMA PRA: the certificate names the learning format; every module is enduring material on the internet."""

_EMAIL = re.compile(r"[^@\s<>,;:\"()\[\]]+@[^@\s<>,;:\"()\[\]]+\.[^@\s.<>,;:\"()\[\]]{2,}")
_JOINERS = "\u200c\u200d"
"""Invisible, but letters of Persian and of Indian scripts are written with them."""


@dataclass(frozen=True, slots=True)
class Claim:
    """What the learner typed and chose."""

    name: str
    email: str
    quarter_hours: int


def claim_credit(
    records: Records, learner: str, module: Module, claim: Claim, *, secret: bytes, now: datetime
) -> Issued:
    """NotAllowed while a requirement is unmet. A second claim returns the first certificate unchanged."""
    mine = (one for one in records.certificates(learner) if one.certificate.module == module.id)
    if (issued := next(mine, None)) is not None:
        return issued
    found = standing(records, learner, module)
    _admit(module, found, now)
    claim = _tidy(claim, module)
    certificate = _certificate(learner, module, found, claim, secret=secret, now=now)
    event = CreditClaimed(
        **stamp(learner, module, now, "claim"),
        scheme=module.front.credit.scheme,
        quarter_hours=claim.quarter_hours,
        certificate=certificate.number,
    )
    return records.issue(certificate, event, email=claim.email)


def _admit(module: Module, found: Progress, now: datetime) -> None:
    unmet = [r for r in requirements(module, found, on=now.date()) if not r.met]
    if unmet:
        raise NotAllowed("Still needed: " + "; ".join(f"{r.name} ({r.detail})" for r in unmet) + ".")


def _tidy(claim: Claim, module: Module) -> Claim:
    name = " ".join(unicodedata.normalize("NFC", _printable(claim.name)).split())
    email = claim.email.strip()
    if not 2 <= len(name) <= 120:
        raise NotAllowed("Write your name as it should stand on the certificate, in 2 to 120 characters.")
    if len(email) > 254 or not _EMAIL.fullmatch(_printable(email)):
        raise NotAllowed("Write an e-mail address such as name@example.org.")
    if claim.quarter_hours not in claimable(module.front):
        most = hours_text(max(claimable(module.front)))
        raise NotAllowed(f"Claim the time you spent, in quarter hours and at most {most}.")
    return Claim(name, email, claim.quarter_hours)


def _printable(typed: str) -> str:
    """Control and direction characters could make a certificate read as something else."""
    if any(unicodedata.category(c).startswith("C") and c not in _JOINERS for c in typed.strip()):
        raise NotAllowed("Your name or e-mail holds a character that cannot be printed. Type it again.")
    return typed.strip()


def _certificate(
    learner: str, module: Module, found: Progress, claim: Claim, *, secret: bytes, now: datetime
) -> Certificate:
    front = module.front
    passed, declared = _met(found)
    return Certificate(
        number=certificate_number(secret, learner, module.id),
        name=claim.name,
        profession=declared.profession,
        module=module.id,
        title=front.title,
        module_version=front.version,
        digest=module.digest,
        evidence_cutoff=front.evidence_cutoff,
        provider=front.credit.provider or UNNAMED,
        learning_format=LEARNING_FORMAT,
        scheme=front.credit.scheme,
        quarter_hours=claim.quarter_hours,
        form=forms(learner, module.id)[1],
        rule=f"{passed.needed} of {passed.asked}",
        score=f"{passed.correct} of {passed.asked}",
        completed=max(passed.at, *(e.at for e in found.attempts("evaluation"))).date(),
        issued=now,
        trials=trials(module),
    )


def _met(found: Progress) -> tuple[AttemptClosed, FrontMatterAcknowledged]:
    if found.passed is None or found.acknowledged is None:
        raise NotAllowed("The requirements are not met.")
    return found.passed, found.acknowledged


def trials(module: Module) -> tuple[str, ...]:
    """The names of the trials whose figures stand in the lessons, in reading order."""
    named = (
        value.quantity.origin.trial
        for lesson in module.lessons
        for block in walk(lesson.blocks)
        if isinstance(block, Heading | Paragraph)
        for value in values(block.content)
    )
    return tuple(dict.fromkeys(name for name in named if name is not None))
