"""Which credit a learner is offered, what is still needed before it, and what may be claimed."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

from modules.core.certificates import Certificate as Certificate
from modules.core.certificates import certificate_number as certificate_number
from modules.core.certificates import tidy_number as tidy_number
from modules.core.module import UNNAMED, FrontMatter, Module
from modules.core.people import Actor, Consent, Profile, consents_to
from modules.core.progress import Progress, unfinished
from modules.core.schemes import (
    LEARNING_FORMAT,
    PARTICIPATION,
    Crediting,
    Need,
    Provider,
    Scheme,
    amount_number,
    amount_text,
    amounts,
    fill,
    minutes_of,
    plain_words,
    unit_text,
)

QUARTER = 0.25
Where = Literal[
    "front-matter", "pre", "lessons", "post", "evaluation", "feedback", "beside", "account", "profile", "consents",
    "claim",
]  # fmt: skip
NO_CREDIT = Crediting()
"""A site without credit.yaml: participation alone."""


@dataclass(frozen=True, slots=True)
class Claimant:
    """Who claims, what stands in their profile, and what they agreed to."""

    actor: Actor = field(default_factory=lambda: Actor(""))
    profile: Profile = field(default_factory=Profile)
    consents: tuple[Consent, ...] = ()


GUEST = Claimant()


@dataclass(frozen=True, slots=True)
class Requirement:
    """One thing needed before credit; `detail` says what is left, `stage` where to do it."""

    name: str
    met: bool
    detail: str
    stage: Where


def requirements(
    module: Module,
    standing: Progress,
    *,
    on: date,
    scheme: Scheme = PARTICIPATION,
    by: Claimant = GUEST,
    crediting: Crediting = NO_CREDIT,
) -> tuple[Requirement, ...]:
    """The list the page shows and the claim checks. AMA PRA: credit after the assessment is passed."""
    front = module.front
    return (
        *_of_module(module, standing),
        *_of_scheme(scheme, standing, by, crediting),
        *(_need(one, by) for one in _needs(scheme)),
        Requirement(
            "Module open for credit", on <= front.expires, f"Credit ends on {day_text(front.expires)}", "claim"
        ),
    )  # fmt: skip


def _of_module(module: Module, standing: Progress) -> tuple[Requirement, ...]:
    left, front = unfinished(module, standing), module.front
    rule = f"{front.assessment.correct} of {front.assessment.asked}"
    done = len(module.lessons) - len(left)
    return (
        Requirement("Front matter read", standing.acknowledged is not None, "Read and acknowledge it", "front-matter"),
        Requirement("Pre-test answered", bool(standing.attempts("pre")), "Answer it once; it is not graded", "pre"),
        Requirement("Lessons finished", not left, f"{done} of {len(module.lessons)} finished", "lessons"),
        Requirement("Post-test passed", standing.passed is not None, f"At least {rule} correct", "post"),
        Requirement("Evaluation sent", bool(standing.attempts("evaluation")), "Answer the evaluation", "evaluation"),
    )


def _of_scheme(scheme: Scheme, standing: Progress, by: Claimant, crediting: Crediting) -> Iterator[Requirement]:
    if scheme.feedback:
        # ABIM MOC: the learner is evaluated with feedback (accme.org, CME that counts for MOC).
        passed = standing.passed
        shown = passed is not None and passed.attempt in standing.explained
        yield Requirement(
            "Feedback seen", shown, "Look at the explained result of the post-test you passed", "feedback"
        )
    if scheme.beside is not None:
        other = crediting.scheme(scheme.beside)
        told = f"Claim {other.name if other else scheme.beside} first; these go together"
        yield Requirement("Credit claimed with it", scheme.beside in standing.claims, told, "beside")
    if scheme.professions:
        mine = profession(standing, by)
        told = f"It is for: {', '.join(scheme.professions)}" + (f". You stated: {mine}" if mine else "")
        yield Requirement("Profession", mine in scheme.professions, told, "profile")


def _needs(scheme: Scheme) -> tuple[Need, ...]:
    """Accredited credit is for people whose e-mail address is confirmed, whatever the file lists."""
    return tuple(dict.fromkeys((*(("account",) if scheme.accredited else ()), *scheme.needs)))


def _need(need: Need, by: Claimant) -> Requirement:
    mine, number = by.profile, by.profile.licence
    match need:
        case "account":
            met = by.actor.account is not None and by.actor.confirmed
            return Requirement("Account", met, "Sign in with an account whose e-mail address is confirmed", "account")
        case "name":
            met = bool(mine.given_name.strip() and mine.family_name.strip())
            return Requirement("Given and family name", met, "Write both in your profile", "profile")
        case "born":
            told = "Write them in your profile; no year is asked for"
            return Requirement("Month and day of birth", mine.born is not None, told, "profile")
        case "npi":
            return Requirement("NPI", number("npi") is not None, "Write the number in your profile", "profile")
        case "us-state":
            licence = number("us-state")
            met = licence is not None and bool(licence.region)
            return Requirement("State licence", met, "Write state and number in your profile", "profile")
        case "abim":
            return Requirement("ABIM number", number("abim") is not None, "Write it in your profile", "profile")
        case "nabp":
            told = "Write the number in your profile"
            return Requirement("NABP e-Profile", number("nabp") is not None, told, "profile")
        case "consent":
            met = consents_to(by.consents, "registers")
            return Requirement(
                "Consent to report", met, "Agree that the register is told; it is off until then", "consents"
            )


def profession(standing: Progress, by: Claimant) -> str:
    """As in the profile of who is signed in, else as declared in the module; empty when neither says."""
    declared = standing.acknowledged.profession if standing.acknowledged else ""
    return by.profile.profession or declared


def carried(crediting: Crediting, front: FrontMatter) -> tuple[Scheme, ...]:
    """The accredited schemes the module carries here. AMA PRA: designated in advance, by an accredited provider."""
    if crediting.provider is None:
        return ()
    named = (crediting.scheme(one) for one in front.credit.schemes if one in crediting.offered)
    return tuple(
        one
        for one in named
        if one is not None and one.accredited and claimable(front, one) and (front.credit.uan or not one.uan)
    )


def offers(crediting: Crediting, module: Module, standing: Progress, by: Claimant = GUEST) -> tuple[Scheme, ...]:
    """What this learner may claim: the schemes of their profession, else participation.

    AMA credit is for physicians; others get a certificate of participation. A guest may always take that one.
    """
    mine = profession(standing, by)
    fitting = tuple(one for one in carried(crediting, module.front) if not one.professions or mine in one.professions)
    plain = () if fitting and by.actor.account is not None else (crediting.participation,)
    return (*fitting, *plain)


def claimable(
    front: FrontMatter, scheme: Scheme = PARTICIPATION, standing: Progress | None = None
) -> tuple[Decimal, ...]:
    """Amounts a learner may claim, largest first: in the scheme's steps, at most the designation.

    A scheme that goes beside another allows no more time than was claimed there.
    """
    minutes = round(front.credit.maximum * 60)
    if scheme.beside is not None and standing is not None:
        other = standing.claims.get(scheme.beside)
        minutes = min(minutes, other.quarter_hours * 15 if other else 0)
    return amounts(scheme, minutes)


def quarter_hours(scheme: Scheme, amount: Decimal) -> int:
    return minutes_of(scheme, amount) // 15


def day_text(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def designations(crediting: Crediting, front: FrontMatter) -> tuple[str, ...]:
    """What the module page states of credit (F8), a paragraph each; generated, never typed.

    Without an accredited provider no credit is designated (AMA PRA: in advance only).
    """
    plain, provider = crediting.participation, crediting.provider
    if provider is None:
        return (designation(crediting, front, plain),)
    schemes = [one for one in (*carried(crediting, front), plain) if claimable(front, one)]
    joint = fill(crediting.joint_statement, wording(crediting, plain, Decimal(0), front.title))
    told = (designation(crediting, front, one) for one in schemes)
    return (joint, *told) if provider.joint else tuple(told)


def designation(crediting: Crediting, front: FrontMatter, scheme: Scheme) -> str:
    """What is stated of one scheme that the module carries."""
    possible = claimable(front, scheme)
    if crediting.provider is None:
        most = amount_text(scheme, possible[0]) if possible else "no time"
        return (
            f"Accredited provider: {UNNAMED}. Until then this module carries no designated credit; "
            f"a certificate of participation for at most {most} is issued. "
            "Claim only the time you spent."
        )
    amount = possible[0] if possible else Decimal(0)
    return fill(scheme.designation, wording(crediting, scheme, amount, front.title)) + _uan(scheme, front)


def _uan(scheme: Scheme, front: FrontMatter) -> str:
    return f" Universal activity number: {front.credit.uan}." if scheme.uan and front.credit.uan else ""


def certificate_words(crediting: Crediting, scheme: Scheme, amount: Decimal, title: str) -> str:
    """The sentence a certificate carries; generated from the scheme, and frozen with it."""
    provider = crediting.provider
    if provider is None:
        return (
            f"Accredited provider: {UNNAMED}. This certificate records participation; it carries no "
            f"designated credit. The learner claimed {amount_text(scheme, amount)}, commensurate with the time spent."
        )
    values = wording(crediting, scheme, amount, title)
    told = fill(scheme.certificate, values)
    return f"{fill(crediting.joint_statement, values)} {told}" if provider.joint else told


def wording(crediting: Crediting, scheme: Scheme, amount: Decimal, title: str) -> dict[str, str]:
    """What is filled in for each place of a wording."""
    provider = crediting.provider or Provider(name=UNNAMED)
    return {
        "provider": plain_words(provider.name),
        "joint": plain_words(provider.joint or ""),
        "format": LEARNING_FORMAT.lower(),
        "amount": amount_number(amount),
        "unit": unit_text(scheme, amount),
        "title": plain_words(title),
    }
