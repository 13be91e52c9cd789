"""Credit schemes and the provider, as data: whose credit a module may carry, in what steps, and in whose words."""

import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, model_validator

from modules.core.authored import Authored, Id, Text
from modules.core.professions import PROFESSIONS

RegisterFile = Literal["pars", "cpe-monitor"]
Need = Literal["account", "name", "born", "npi", "us-state", "abim", "nabp", "consent"]
PLACES = ("provider", "joint", "format", "amount", "unit", "title")
"""What stands in braces in a wording."""
LEARNING_FORMAT = "Enduring material"
"""AMA PRA: the certificate names the learning format; every module is enduring material on the internet."""
_PLACE = re.compile(r"\{([^{}]*)\}")


def plain_decimal(value: Decimal) -> Decimal:
    """Without trailing zeros, so that the same amount is always the same text: 0.50 becomes 0.5, 1E+1 becomes 10."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


def _amount(value: object) -> object:
    """Written as text or as a number in YAML; never read through binary floating point."""
    try:
        if isinstance(value, str | int | float) and not isinstance(value, bool):
            value = Decimal(str(value))
        return plain_decimal(value) if isinstance(value, Decimal) and value.is_finite() else value
    except InvalidOperation:
        raise ValueError(f'"{value}" is not an amount; write a plain decimal such as 0.25') from None


Amount = Annotated[Decimal, BeforeValidator(_amount)]


class Provider(Authored):
    """Who answers for the credit. `accreditation`: their number, by scheme or register."""

    name: Text
    address: str = ""
    joint: str | None = None
    accreditation: dict[Id, str] = {}


class Scheme(Authored):
    """`step` units are earned by `step_minutes`. `professions` empty: open to all.

    `designation` and `certificate` are the words of module page and certificate, with PLACES in braces; what stands
    between asterisks is italic. `units`: the unit when there is not exactly one. `unread`: the wording comes from a
    secondary source, and the provider must confirm it. `feedback`: the learner must have been shown what was right
    (ABIM MOC). `beside`: the scheme whose credit must be claimed too, and not exceeded. `uan`: the module must carry
    a universal activity number (ACPE). `accredited`: only with a provider named. `reports`: the register its file
    goes to.
    """

    id: Id
    name: Text
    unit: Text
    units: str = ""
    step: Amount
    step_minutes: Annotated[int, Field(ge=1)]
    professions: tuple[Text, ...] = ()
    title: Text
    designation: Text
    certificate: Text
    source: Text
    unread: bool = False
    accredited: bool = True
    feedback: bool = False
    beside: Id | None = None
    uan: bool = False
    needs: tuple[Need, ...] = ()
    reports: RegisterFile | None = None

    @model_validator(mode="after")
    def _usable(self) -> "Scheme":
        if not self.step.is_finite() or self.step <= 0:
            raise ValueError('"step" must be more than 0')
        if unknown := [one for one in self.professions if one not in PROFESSIONS]:
            raise ValueError(f'"{unknown[0]}" is no profession a learner can choose: {", ".join(PROFESSIONS)}')
        used = _PLACE.findall(f"{self.designation} {self.certificate}")
        if unknown := [one for one in used if one not in PLACES]:
            raise ValueError(f"{{{unknown[0]}}} cannot be filled in; there are {', '.join(f'{{{p}}}' for p in PLACES)}")
        return self


PARTICIPATION = Scheme(
    id="participation",
    name="Certificate of participation",
    unit="hour",
    units="hours",
    step=Decimal("0.25"),
    step_minutes=15,
    title="Certificate of participation",
    designation=(
        "{provider} issues a certificate of participation for at most {amount} {unit}. Claim only the time you spent."
    ),
    certificate="Issued by {provider}. The learner claimed {amount} {unit}, commensurate with the time spent.",
    source="This software's own. It is no accredited credit, and needs no provider.",
    accredited=False,
)
"""Open to everybody, on every site."""


class Crediting(Authored):
    """credit.yaml. `provider` None: no credit is designated, and only participation is offered.

    `offered`: the schemes that modules of this site may carry. `joint_statement`: said where there is a joint provider.
    """

    provider: Provider | None = None
    joint_statement: Text = "Provided jointly by {provider} and {joint}."
    schemes: tuple[Scheme, ...] = ()
    offered: tuple[Id, ...] = ("participation",)

    def scheme(self, wanted: str) -> Scheme | None:
        """Participation is always known; an entry with its id takes its place."""
        own = next((one for one in self.schemes if one.id == wanted), None)
        return own or (PARTICIPATION if wanted == PARTICIPATION.id else None)

    @property
    def participation(self) -> Scheme:
        return self.scheme(PARTICIPATION.id) or PARTICIPATION

    @property
    def known(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys((PARTICIPATION.id, *(one.id for one in self.schemes))))


def amounts(scheme: Scheme, minutes: int) -> tuple[Decimal, ...]:
    """What may be claimed for so many minutes, largest first: whole steps only, none when they hold no step."""
    return tuple(plain_decimal(scheme.step * n) for n in range(minutes // scheme.step_minutes, 0, -1))


def minutes_of(scheme: Scheme, amount: Decimal) -> int:
    """The time that an amount stands for."""
    return int(amount / scheme.step * scheme.step_minutes)


def unit_text(scheme: Scheme, amount: Decimal) -> str:
    return scheme.unit if amount == 1 else scheme.units or scheme.unit


def amount_text(scheme: Scheme, amount: Decimal) -> str:
    """`0.5 hours`, `1 hour`; in plain text."""
    return f"{amount_number(amount)} {plain_words(unit_text(scheme, amount))}"


def amount_number(amount: Decimal) -> str:
    return f"{plain_decimal(amount):f}"


def fill(wording: str, values: Mapping[str, str]) -> str:
    """The wording with its places filled. A provider whose name begins with The is not given a second one."""
    told = _PLACE.sub(lambda place: values.get(place[1], place[0]), wording)
    return re.sub(r"\b([Tt]he) [Tt]he\b", r"\1", told)


def plain_words(wording: str) -> str:
    """Without the asterisks."""
    return wording.replace("*", "")


def stressed(wording: str) -> tuple[tuple[str, bool], ...]:
    """(words, whether italic), in order: what stands between two asterisks is italic."""
    return tuple((words, n % 2 == 1) for n, words in enumerate(wording.split("*")) if words)
