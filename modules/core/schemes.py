"""Credit schemes and the provider, as data: whose credit a module may carry, in what steps, and in whose words."""

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BeforeValidator

from modules.core.authored import Authored, Id, Text

RegisterFile = Literal["pars", "cpe-monitor"]


def _amount(value: object) -> object:
    """Written as text or as a number in YAML; never read through binary floating point."""
    return Decimal(str(value)) if isinstance(value, str | int | float) and not isinstance(value, bool) else value


Amount = Annotated[Decimal, BeforeValidator(_amount)]


class Provider(Authored):
    """Who answers for the credit. `accreditation`: their number, by scheme or register."""

    name: Text
    address: str = ""
    joint: str | None = None
    accreditation: dict[Id, str] = {}


class Scheme(Authored):
    """`step` units are earned by `step_minutes`. `professions` empty: open to all.

    `designation` and `certificate` are the words of module page and certificate, with {provider}, {format}, {amount},
    {unit} and {title} filled in. `unread`: the wording comes from a secondary source and the provider must confirm it.
    `feedback`: the learner must have been shown what was right (ABIM MOC). `reports`: the register its file goes to.
    """

    id: Id
    name: Text
    unit: Text
    step: Amount
    step_minutes: int
    professions: tuple[Text, ...] = ()
    title: Text
    designation: Text
    certificate: Text
    source: Text
    unread: bool = False
    feedback: bool = False
    needs: tuple[Literal["account", "name", "born", "npi", "us-state", "abim", "nabp", "consent"], ...] = ()
    reports: RegisterFile | None = None


class Crediting(Authored):
    """credit.yaml. `provider` None: no credit is designated, and only schemes without a provider are offered."""

    provider: Provider | None = None
    schemes: tuple[Scheme, ...] = ()
    offered: tuple[Id, ...] = ()

    def scheme(self, wanted: str) -> Scheme | None:
        return next((one for one in self.schemes if one.id == wanted), None)
