"""Claiming credit: the requirements are checked, the claim is kept, the certificate is frozen."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from modules.actions.learn import stamp, standing
from modules.core.certificates import Certificate, EvidenceCut, certificate_number
from modules.core.credit import (
    GUEST,
    NO_CREDIT,
    Claimant,
    Requirement,
    carried,
    certificate_words,
    claimable,
    offers,
    profession,
    quarter_hours,
    requirements,
)
from modules.core.errors import NotAllowed
from modules.core.events import AttemptClosed, CreditClaimed
from modules.core.module import UNNAMED, Heading, Module, Paragraph, walk
from modules.core.people import Profile
from modules.core.progress import Progress, forms
from modules.core.prose import values
from modules.core.schemes import LEARNING_FORMAT, PARTICIPATION, Crediting, Scheme, amount_text, plain_words
from modules.records.records import Issued, Records

_EMAIL = re.compile(r"[^@\s<>,;:\"()\[\]]+@[^@\s<>,;:\"()\[\]]+\.[^@\s.<>,;:\"()\[\]]{2,}")
_JOINERS = "\u200c\u200d"
"""Invisible, but letters of Persian and of Indian scripts are written with them."""


@dataclass(frozen=True, slots=True)
class Claim:
    """What the learner typed and chose: so much of a scheme's unit."""

    name: str
    email: str
    amount: Decimal
    scheme: str = PARTICIPATION.id


def claim_credit(
    records: Records,
    learner: str,
    module: Module,
    claim: Claim,
    *,
    secret: bytes,
    now: datetime,
    crediting: Crediting = NO_CREDIT,
    by: Claimant = GUEST,
) -> Issued:
    """NotAllowed while a requirement is unmet. A second claim returns the first certificate unchanged."""
    everyone = dict.fromkeys((learner, *by.actor.learners))
    if (issued := standing_certificate(records, everyone, module, claim.scheme)) is not None:
        return issued
    found = standing(records, learner, module)
    scheme = _offered(crediting, module, found, claim.scheme, by=by)
    _admit(requirements(module, found, on=now.date(), scheme=scheme, by=by, crediting=crediting))
    claim = _tidy(claim, scheme, by)
    _within(claim, scheme, module, found)
    certificate = _certificate(
        learner, module, found, claim, scheme=scheme, crediting=crediting, by=by, secret=secret, now=now
    )
    address = ("claim",) if scheme.id == PARTICIPATION.id else ("claim", scheme.id)
    event = CreditClaimed(
        **stamp(learner, module, now, *address),
        scheme=scheme.id,
        quarter_hours=certificate.quarter_hours,
        amount=certificate.amount,
        unit=plain_words(scheme.unit),
        certificate=certificate.number,
    )
    return records.issue(certificate, event, email=claim.email or None)


def standing_certificate(records: Records, learners: Iterable[str], module: Module, scheme: str) -> Issued | None:
    """The one that stands for this scheme, else the last that did; None while none was claimed.

    `learners`: everyone the person has been here, so that a guest's certificate counts after signing in.
    """
    mine = [
        one
        for learner in learners
        for one in records.certificates(learner)
        if (one.certificate.module, one.certificate.scheme) == (module.id, scheme)
    ]
    return next((one for one in mine if one.state == "valid"), mine[-1] if mine else None)


def _offered(crediting: Crediting, module: Module, found: Progress, wanted: str, *, by: Claimant) -> Scheme:
    """The scheme, when this module may carry it at all; whether it is for this learner is among the requirements."""
    scheme = crediting.scheme(wanted)
    if scheme is None or scheme not in (*carried(crediting, module.front), *offers(crediting, module, found, by)):
        raise NotAllowed("This module does not carry this credit for you. Choose one that the page offers.")
    return scheme


def _admit(needed: Sequence[Requirement]) -> None:
    if unmet := [r for r in needed if not r.met]:
        raise NotAllowed("Still needed: " + "; ".join(f"{r.name} ({r.detail})" for r in unmet) + ".")


def _tidy(claim: Claim, scheme: Scheme, by: Claimant) -> Claim:
    """Where a register is told, the name is the one in the profile; an account's e-mail address is known already."""
    typed = certificate_name(by.profile) if "name" in scheme.needs else claim.name
    email = claim.email.strip()
    if (email or by.actor.account is None) and (len(email) > 254 or not _EMAIL.fullmatch(_printable(email))):
        raise NotAllowed("Write an e-mail address such as name@example.org.")
    return replace(claim, name=tidy_name(typed), email=email)


def certificate_name(profile: Profile) -> str:
    """As it should stand on certificates, else given name before family name."""
    return profile.name.strip() or f"{profile.given_name.strip()} {profile.family_name.strip()}".strip()


def tidy_name(typed: str) -> str:
    """NotAllowed when it cannot stand on a certificate."""
    name = " ".join(unicodedata.normalize("NFC", _printable(typed)).split())
    if not 2 <= len(name) <= 120:
        raise NotAllowed("Write your name as it should stand on the certificate, in 2 to 120 characters.")
    return name


def _within(claim: Claim, scheme: Scheme, module: Module, found: Progress) -> None:
    """AMA PRA: in steps, and never more than was designated."""
    possible = claimable(module.front, scheme, found)
    if claim.amount not in possible:
        most = amount_text(scheme, possible[0]) if possible else "nothing"
        step = amount_text(scheme, scheme.step)
        raise NotAllowed(f"Claim the time you spent, in steps of {step} and at most {most}.")


def _printable(typed: str) -> str:
    """Control and direction characters could make a certificate read as something else."""
    if any(unicodedata.category(c).startswith("C") and c not in _JOINERS for c in typed.strip()):
        raise NotAllowed("Your name or e-mail holds a character that cannot be printed. Type it again.")
    return typed.strip()


def _certificate(
    learner: str,
    module: Module,
    found: Progress,
    claim: Claim,
    *,
    scheme: Scheme,
    crediting: Crediting,
    by: Claimant,
    secret: bytes,
    now: datetime,
) -> Certificate:
    front, provider = module.front, crediting.provider
    passed = _met(found)
    return Certificate(
        number=certificate_number(secret, learner, module.id, scheme=scheme.id),
        name=claim.name,
        profession=profession(found, by),
        module=module.id,
        title=front.title,
        module_version=front.version,
        digest=module.digest,
        evidence_cutoff=front.evidence_cutoff,
        provider=provider.name if provider else UNNAMED,
        provider_address=provider.address if provider else "",
        joint=provider.joint if provider else None,
        accreditation=provider.accreditation.get(scheme.id, "") if provider else "",
        learning_format=LEARNING_FORMAT,
        scheme=scheme.id,
        scheme_name=scheme.name,
        heading=scheme.title,
        statement=certificate_words(crediting, scheme, claim.amount, front.title),
        quarter_hours=quarter_hours(scheme, claim.amount),
        amount=claim.amount,
        unit=scheme.unit,
        units=scheme.units or scheme.unit,
        uan=front.credit.uan if scheme.uan else None,
        form=forms(learner, module.id)[1],
        rule=f"{passed.needed} of {passed.asked}",
        score=f"{passed.correct} of {passed.asked}",
        completed=max(passed.at, *(e.at for e in found.attempts("evaluation"))).date(),
        issued=now,
        trials=trials(module),
        cuts=cuts(module),
    )


def _met(found: Progress) -> AttemptClosed:
    if found.passed is None:
        raise NotAllowed("The requirements are not met.")
    return found.passed


def trials(module: Module) -> tuple[str, ...]:
    """The names of the trials whose figures stand in the lessons, in reading order."""
    return tuple(dict.fromkeys(one.trial for one in cuts(module)))


def cuts(module: Module) -> tuple[EvidenceCut, ...]:
    """Their data cuts: which analysis of each trial the learner read, in reading order."""
    named = (
        value.quantity.origin
        for lesson in module.lessons
        for block in walk(lesson.blocks)
        if isinstance(block, Heading | Paragraph)
        for value in values(block.content)
    )
    return tuple(dict.fromkeys(EvidenceCut(trial=one.trial, cut=one.cut) for one in named if one.trial is not None))
