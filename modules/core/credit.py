"""What is still needed before credit, and the certificate as frozen at issue."""

import base64
import hashlib
import hmac
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from modules.core.authored import Authored
from modules.core.module import UNNAMED, FrontMatter, Module
from modules.core.progress import Progress, unfinished

QUARTER = 0.25


@dataclass(frozen=True, slots=True)
class Requirement:
    """One thing needed before credit; `detail` says what is left, `stage` where to do it."""

    name: str
    met: bool
    detail: str
    stage: Literal["front-matter", "pre", "lessons", "post", "evaluation", "claim"]


def requirements(module: Module, standing: Progress, *, on: date) -> tuple[Requirement, ...]:
    """The list the page shows and the claim checks. AMA PRA: credit after the assessment is passed."""
    left, front = unfinished(module, standing), module.front
    rule = f"{front.assessment.correct} of {front.assessment.asked}"
    done = len(module.lessons) - len(left)
    return (
        Requirement("Front matter read", standing.acknowledged is not None, "Read and acknowledge it", "front-matter"),
        Requirement("Pre-test answered", bool(standing.attempts("pre")), "Answer it once; it is not graded", "pre"),
        Requirement("Lessons finished", not left, f"{done} of {len(module.lessons)} finished", "lessons"),
        Requirement("Post-test passed", standing.passed is not None, f"At least {rule} correct", "post"),
        Requirement("Evaluation sent", bool(standing.attempts("evaluation")), "Answer the evaluation", "evaluation"),
        Requirement(
            "Module open for credit", on <= front.expires, f"Credit ends on {day_text(front.expires)}", "claim"
        ),
    )  # fmt: skip


def day_text(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def claimable(front: FrontMatter) -> tuple[int, ...]:
    """Quarter hours a learner may claim, largest first. AMA PRA: credit is claimed in quarter-hour steps."""
    return tuple(range(round(front.credit.maximum / QUARTER), 0, -1))


def hours_text(quarter_hours: int) -> str:
    """`0.5 hours`, `1 hour`."""
    hours = quarter_hours * QUARTER
    return f"{hours:g} hour" + ("" if hours == 1 else "s")


def designation(front: FrontMatter) -> str:
    """Generated, never typed. Without an accredited provider no credit is designated (AMA PRA: in advance only)."""
    hours = hours_text(round(front.credit.maximum / QUARTER))
    if front.credit.provider is None:
        return (
            f"Accredited provider: {UNNAMED}. Until then this module carries no designated credit; "
            f"a certificate of participation for at most {hours} is issued. "
            "Claim only the time you spent."
        )
    return (
        f"{front.credit.provider} issues a certificate of participation for at most {hours}. "
        "Claim only the time you spent."
    )


class Certificate(Authored):
    """Everything the document says, frozen at issue; later changes to profile or module do not touch it."""

    number: str
    name: str
    profession: str
    module: str
    title: str
    module_version: str
    digest: str
    evidence_cutoff: date
    provider: str
    learning_format: str
    scheme: str
    quarter_hours: int
    form: str
    rule: str
    score: str
    completed: date
    issued: datetime
    trials: tuple[str, ...] = ()


def certificate_number(secret: bytes, learner: str, module: str) -> str:
    """80 bits of HMAC-SHA256 in base 32: the same claim gives the same number; no number can be guessed."""
    digest = hmac.new(secret, f"certificate/{learner}/{module}".encode(), hashlib.sha256).digest()
    code = base64.b32encode(digest[:10]).decode()
    return "LM-" + "-".join(code[i : i + 4] for i in range(0, 16, 4))


def tidy_number(typed: str) -> str:
    """What a person may type for a number: spaces, lower case, missing dashes."""
    code = "".join(c for c in typed.upper() if c.isalnum())
    code = code if len(code) == 16 else code.removeprefix("LM")
    return "LM-" + "-".join(code[i : i + 4] for i in range(0, len(code), 4)) if code else ""
