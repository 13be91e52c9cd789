"""Completions to report to registers, built by hand; numbers are made up and formally right."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from modules.authoring.register_file import read_registers
from modules.core.people import BirthDay, Licence, Profile
from modules.core.registers import Batch, Completion, RegisterRule, SentRow
from modules.core.schemes import RegisterFile

TODAY = date(2026, 4, 1)
NOW = datetime(2026, 4, 1, 9, 30, tzinfo=UTC)
CONTENT = Path(__file__).resolve().parents[1] / "content"
NPI = "1234567893"


def rule(register: RegisterFile = "pars", **changes: Any) -> RegisterRule:
    """As shipped."""
    found, problems = read_registers(CONTENT)
    assert found is not None, problems
    shipped = found.rule(register)
    assert shipped is not None
    return shipped.model_copy(update=changes)


def licence(register: str, number: str, region: str | None = None) -> Licence:
    return Licence.model_validate({"register": register, "number": number, "region": region})


def profile(**changes: Any) -> Profile:
    made = Profile(
        name="Ada Byron King",
        given_name="Ada",
        family_name="Byron King",
        profession="Physician",
        country="US",
        licences=(licence("us-state", "A123456", "CA"), licence("npi", NPI), licence("nabp", "7654321")),
        born=BirthDay(month=3, day=9),
    )
    return made.model_copy(update=changes)


def completion(certificate: str = "LM-AAAA-AAAA-AAAA-AAAA", **changes: Any) -> Completion:
    """Of a physician for PARS; everything is in order. Each has numbers of its own."""
    number = str(int.from_bytes(certificate.encode(), "big"))[-7:]
    made = Completion(
        certificate=certificate,
        learner=f"learner of {certificate}",
        module="harbour",
        title="Harbour lights",
        scheme="ama-pra-1",
        name="Ada Byron King",
        amount=Decimal("0.5"),
        maximum=Decimal("0.75"),
        step=Decimal("0.25"),
        completed=date(2026, 3, 20),
        state="valid",
        profile=profile(
            licences=(licence("us-state", f"A{number}", "CA"), licence("npi", NPI), licence("nabp", number))
        ),
        consent=True,
        provider="0012345",
        activity="201234567",
    )
    return replace(made, **changes)


def pharmacist(certificate: str = "LM-PPPP-PPPP-PPPP-PPPP", **changes: Any) -> Completion:
    """For CPE Monitor; everything is in order."""
    return completion(certificate, **{"scheme": "acpe", "activity": "0129-0000-26-001-H01-P", **changes})


def confirmed(batch: Batch, before: dict[str, SentRow] | None = None) -> dict[str, SentRow]:
    """What stands in the table after the batch was confirmed."""
    rows = {
        one.certificate: SentRow(batch.register, batch.id, one.certificate, one.deed, one.digest, NOW)
        for one in batch.deeds
    }
    return {**(before or {}), **rows}
