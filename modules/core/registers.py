"""What a register of credit is told: its rules as configured, the rows, and why a row would be refused."""

import hashlib
import json
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from modules.core.authored import Authored, Id, Text
from modules.core.people import Profile, Register
from modules.core.schemes import RegisterFile

Deed = Literal["add", "delete", "replace"]
"""What a batch does with a certificate; `replace` is a row to delete and one to add."""

Value = Literal[
    "action", "provider", "activity", "title", "given-name", "family-name", "birth", "domain", "licence", "npi",
    "credit", "credits", "completed", "certificate",
]  # fmt: skip
"""What a column of a file may hold."""

DayText = Annotated[str, StringConstraints(pattern=r"^[^A-Z]{0,6}(MM[^A-Z]{0,3}DD|DD[^A-Z]{0,3}MM)$")]
"""How month and day are written, such as `MM-DD`; other characters stand as they are."""


class Column(Authored):
    name: Text
    value: Value


class CreditName(Authored):
    """How a register calls a scheme's credit, and whose number of the learner it goes by."""

    scheme: Id
    name: Text
    identity: Register


class RegisterRule(Authored):
    """`deadline_days` after completion nothing is taken any more, None: no limit is known. `header`: whether the file
    begins with the names of its columns. `unread`: the layout was not read in the register's own papers.

    `provider_digits` and `activity`: how the numbers must look, as a regular expression for the activity;
    `activity_like` tells that in words, `activity_place` where the number is written.
    """

    id: RegisterFile
    name: Text
    source: Text
    unread: bool = False
    provider_digits: int | None = None
    activity: Text
    activity_like: Text
    activity_place: Text
    birth: DayText
    birth_json: Annotated[str, StringConstraints(pattern=r"^([0-9]{4}-)?MM-DD$")] = "MM-DD"
    header: bool = True
    add: Text = "add"
    delete: Text = "delete"
    deadline_days: int | None = None
    credits: Annotated[tuple[CreditName, ...], Field(min_length=1)]
    columns: Annotated[tuple[Column, ...], Field(min_length=1)]

    def credit(self, scheme: str) -> CreditName | None:
        return next((one for one in self.credits if one.scheme == scheme), None)


class Activity(Authored):
    """The number a register gave a module."""

    module: Id
    register_name: RegisterFile = Field(alias="register")
    number: Text


class Registers(Authored):
    """content/registers.yaml"""

    registers: tuple[RegisterRule, ...]
    activities: tuple[Activity, ...] = ()

    def rule(self, register: RegisterFile) -> RegisterRule | None:
        return next((one for one in self.registers if one.id == register), None)

    def activity(self, module: str, register: RegisterFile) -> str:
        """Empty while the module has no number there."""
        mine = (one for one in self.activities if (one.module, one.register_name) == (module, register))
        return next((one.number for one in mine), "")


@dataclass(frozen=True, slots=True)
class Completion:
    """A certificate and what a register asks of its learner. `maximum`: the designation; `step`: of the scheme.

    `consent`: to report to registers. `provider` and `activity`: their numbers there, empty when not known.
    `replaced_by`: the certificate that corrects this one.
    """

    certificate: str
    learner: str
    module: str
    title: str
    scheme: str
    name: str
    amount: Decimal
    maximum: Decimal
    step: Decimal
    completed: date
    state: Literal["valid", "superseded", "revoked"]
    profile: Profile
    consent: bool
    provider: str
    activity: str
    replaced_by: str | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """The facts of a row, before they are written as a register likes them. `domain`: whose number `licence` is.

    `birth`: (month, day). `credits`: as decimal text.
    """

    certificate: str
    provider: str
    activity: str
    title: str
    given_name: str
    family_name: str
    birth: tuple[int, int]
    domain: str
    licence: str
    npi: str
    credit: str
    credits: str
    completed: str

    @property
    def digest(self) -> str:
        """SHA-256: the same facts give the same digest, however the file is laid out."""
        text = json.dumps(asdict(self), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Refusal:
    """A row the register would refuse: why, and how to mend it. Both are sentences."""

    certificate: str
    why: str
    mend: str


@dataclass(frozen=True, slots=True)
class SentRow:
    """What was sent about a certificate, as confirmed; `digest` of the row that stands, or stood, in the register."""

    register: RegisterFile
    batch: str
    certificate: str
    deed: Deed
    digest: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Planned:
    """A deed of a batch. `old` is deleted, `new` added. `sure` False: the old row is not known as it was sent."""

    deed: Deed
    certificate: str
    old: Row | None = None
    new: Row | None = None
    sure: bool = True

    @property
    def digest(self) -> str:
        row = self.new or self.old
        return row.digest if row else ""


@dataclass(frozen=True, slots=True)
class Batch:
    """What goes to a register now; the same facts and the same history give the same `id`."""

    register: RegisterFile
    id: str
    deeds: tuple[Planned, ...]
    refused: tuple[Refusal, ...] = field(default=())
