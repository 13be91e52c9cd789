"""People: what they may do here, how they stand on certificates, and what they agreed to."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal, get_args

from pydantic import Field, StringConstraints

from modules.core.authored import Authored

Duty = Literal["learner", "author", "educator", "coordinator", "owner"]
"""What an account is here for. Everybody is a learner; an owner may do all that others may."""
DUTIES: tuple[Duty, ...] = get_args(Duty)

Register = Literal["npi", "us-state", "gmc", "abim", "abms", "nabp"]
"""Who keeps a number for a person: NPI (US), a state board, GMC (UK), ABIM or another ABMS board, NABP e-Profile."""

Consenting = Literal["registers", "follow-up"]
"""Each asked by itself and off until given. There is none for industry: nothing is ever passed on to it."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who asks for an act. `account` None: a guest. `learner`: whose journal it is.

    `others`: guests that the account has claimed. `stands`: module and learner, where a claimed guest's journal
    counts for the account in the place of its own.
    """

    learner: str
    account: str | None = None
    duties: frozenset[Duty] = frozenset({"learner"})
    confirmed: bool = False
    others: tuple[str, ...] = ()
    stands: tuple[tuple[str, str], ...] = ()

    @property
    def learners(self) -> tuple[str, ...]:
        """Everyone this person has been here: the account's own learner first."""
        return (self.learner, *self.others)


def learner_in(actor: Actor, module: str) -> str:
    """Whose journal stands for this person in a module."""
    return dict(actor.stands).get(module, actor.learner)


@dataclass(frozen=True, slots=True)
class Account:
    """`email` as typed; two that differ only in capitals are one. `confirmed` None: not yet shown to be theirs."""

    id: str
    learner: str
    email: str
    created: datetime
    duties: frozenset[Duty]
    confirmed: datetime | None = None
    has_password: bool = False
    closed: datetime | None = None


class Licence(Authored):
    """`region`: the state of a US licence, the board of an ABMS id; None where the register needs none."""

    register_name: Register = Field(alias="register")
    number: Annotated[str, StringConstraints(min_length=1, max_length=40, strip_whitespace=True)]
    region: str | None = None


class BirthDay(Authored):
    """Month and day; registers ask for no year, so none is kept."""

    month: int
    day: int


class Profile(Authored):
    """`name` as it should stand on certificates, which registers ask for in two parts. Empty until filled in."""

    name: str = ""
    given_name: str = ""
    family_name: str = ""
    profession: str = ""
    country: str = ""
    licences: tuple[Licence, ...] = ()
    born: BirthDay | None = None

    def licence(self, register: Register) -> Licence | None:
        return next((one for one in self.licences if one.register_name == register), None)


@dataclass(frozen=True, slots=True)
class Consent:
    """One change of mind; the last of a kind stands, and none means no."""

    kind: Consenting
    given: bool
    at: datetime


def consents_to(history: tuple[Consent, ...], kind: Consenting) -> bool:
    mine = [one for one in history if one.kind == kind]
    return bool(mine) and max(reversed(mine), key=lambda one: one.at).given
