"""A certificate as frozen at issue, and its number."""

import base64
import hashlib
import hmac
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from pydantic import Field

from modules.core.authored import Authored
from modules.core.schemes import PARTICIPATION, Amount, amount_number, plain_decimal, plain_words


def from_quarter_hours(given: dict[str, Any]) -> Decimal:
    """Documents and events written before there were schemes hold quarter hours alone."""
    return plain_decimal(Decimal(given.get("quarter_hours", 0)) / 4)


class EvidenceCut(Authored):
    """A data cut whose figures the lessons showed; `cut` None: the source names none."""

    trial: str
    cut: str | None = None


class Certificate(Authored):
    """Everything the document says, frozen at issue; later changes to profile, module or scheme do not touch it.

    `statement` holds the scheme's words as they were filled in; italic words stand between asterisks. `quarter_hours`
    is the time that `amount` stands for. `revision` counts from 1; a corrected certificate `replaces` the one before.
    """

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
    cuts: tuple[EvidenceCut, ...] = ()
    amount: Amount = Field(default_factory=from_quarter_hours)
    unit: str = PARTICIPATION.unit
    units: str = PARTICIPATION.units
    heading: str = PARTICIPATION.title
    scheme_name: str = PARTICIPATION.name
    statement: str = ""
    provider_address: str = ""
    joint: str | None = None
    accreditation: str = ""
    uan: str | None = None
    revision: int = 1
    replaces: str | None = None

    @property
    def amount_text(self) -> str:
        """`0.5 hours`, in plain text."""
        unit = self.unit if self.amount == 1 else self.units or self.unit
        return f"{amount_number(self.amount)} {plain_words(unit)}"


def certificate_number(
    secret: bytes, learner: str, module: str, *, scheme: str = PARTICIPATION.id, revision: int = 1
) -> str:
    """80 bits of HMAC-SHA256 in base 32: the same claim gives the same number; no number can be guessed.

    The first certificate of participation has the number it had before there were schemes and corrections.
    """
    first = scheme == PARTICIPATION.id and revision == 1
    said = f"certificate/{learner}/{module}" + ("" if first else f"/{scheme}/{revision}")
    digest = hmac.new(secret, said.encode(), hashlib.sha256).digest()
    code = base64.b32encode(digest[:10]).decode()
    return "LM-" + "-".join(code[i : i + 4] for i in range(0, 16, 4))


def tidy_number(typed: str) -> str:
    """What a person may type for a number: spaces, lower case, missing dashes."""
    code = "".join(c for c in typed.upper() if c.isalnum())
    code = code if len(code) == 16 else code.removeprefix("LM")
    return "LM-" + "-".join(code[i : i + 4] for i in range(0, len(code), 4)) if code else ""
