"""What a register would refuse, said before anything is sent: each with why, and how to mend it."""

import re
from datetime import date
from decimal import Decimal
from typing import Literal

from modules.core.licences import licence_refusal
from modules.core.people import Licence, Register
from modules.core.registers import Completion, CreditName, Refusal, RegisterRule

CORRECT = "The learner corrects it on their profile page."
QUARTER = Decimal("0.25")
NAMED: dict[Register, str] = {
    "npi": "NPI",
    "us-state": "state licence",
    "gmc": "GMC number",
    "abim": "ABIM number",
    "abms": "board number",
    "nabp": "NABP e-Profile number",
}
Complaint = Literal[
    "superseded", "revoked", "consent", "name", "name-odd", "born", "born-wrong", "amount", "future", "twice",
    "scheme",
]  # fmt: skip
SAID: dict[Complaint, tuple[str, str]] = {
    "superseded": (
        "The certificate was corrected, and another stands in its place.",
        "Nothing to do: the corrected one is sent.",
    ),
    "revoked": ("The certificate is revoked.", "Nothing to do: what was sent of it is deleted."),
    "consent": (
        "The learner has not agreed that registers are told.",
        "Only the learner can agree, on their profile page.",
    ),
    "name": ("Given name or family name is missing.", "The learner fills in both on their profile page."),
    "name-odd": (
        "The name holds a character that does not belong in a name.",
        "The learner types it again on their profile page.",
    ),
    "born": ("Month and day of birth are missing.", "The learner fills them in on their profile page."),
    "born-wrong": (
        "Month and day of birth are no day of the calendar.",
        "The learner corrects them on their profile page.",
    ),
    "amount": (
        "The credit is not a whole number of quarters.",
        "Correct the certificate so that the credit is a multiple of 0.25.",
    ),
    "future": ("The day of completion is later than today.", "Check the clock of the machine, then try again."),
    "twice": (
        "The same person has another certificate for this module and credit.",
        "Revoke the one that should not stand; two accounts with one licence may be one person.",
    ),
    "scheme": ("This kind of credit has no name in this register.", "Add it under credits in content/registers.yaml."),
}


def mended(one: Completion, complaint: Complaint) -> Refusal:
    return Refusal(one.certificate, *SAID[complaint])


def refusals(one: Completion, rule: RegisterRule, *, today: date) -> tuple[Refusal, ...]:
    """All that is wrong with it, not only the first; none for a row that can go.

    cme-rules 1.4 (PARS) and 1.5 (CPE Monitor). A certificate that ended is refused as a row to add; deleting what was
    sent of it is another matter.
    """
    if one.state != "valid":
        return (mended(one, one.state),)
    credit = rule.credit(one.scheme)
    found = [*_person(one), *_amount(one), *_numbers(one, rule), *_days(one, rule, today)]
    found += _licence(one, credit) if credit else [mended(one, "scheme")]
    return tuple(found)


def _person(one: Completion) -> list[Refusal]:
    mine = one.profile
    found: list[Complaint] = []
    if not one.consent:
        found.append("consent")
    if not (mine.given_name.strip() and mine.family_name.strip()):
        found.append("name")
    if not all(map(_written, (mine.given_name, mine.family_name))):
        found.append("name-odd")
    if mine.born is None:
        found.append("born")
    elif not _on_calendar(mine.born.month, mine.born.day):
        found.append("born-wrong")
    npi = mine.licence("npi")
    wrong = _wrong(npi) if npi else []
    return [
        *(mended(one, complaint) for complaint in found),
        *(_asked(one, f"The NPI cannot be sent. {why}", CORRECT) for why in wrong),
    ]


def _written(name: str) -> bool:
    """No control characters, which would break the file, and nothing a spreadsheet would run."""
    return name.isprintable() and not name.lstrip().startswith(("=", "+", "-", "@"))


def _on_calendar(month: int, day: int) -> bool:
    """29 February is a birthday."""
    try:
        date(2000, month, day)
    except ValueError:
        return False
    return True


def _licence(one: Completion, credit: CreditName) -> list[Refusal]:
    licence, name = one.profile.licence(credit.identity), NAMED[credit.identity]
    if licence is None:
        return [_asked(one, f"The {name} is missing.", "The learner adds it on their profile page.")]
    return [_asked(one, f"The {name} cannot be sent. {why}", CORRECT) for why in _wrong(licence)]


def _wrong(licence: Licence) -> list[str]:
    """Checked again: it may have been kept before this rule was."""
    why = licence_refusal(licence.register_name, licence.number, licence.region)
    return [why] if why else []


def _amount(one: Completion) -> list[Refusal]:
    found = []
    if one.amount <= 0 or one.amount % QUARTER:
        found.append(mended(one, "amount"))
    elif one.step > 0 and one.amount % one.step:
        why = f"The credit, {one.amount}, is not in steps of {one.step}."
        found.append(_asked(one, why, "Correct the certificate."))
    if one.amount > one.maximum:
        why = f"The credit, {one.amount}, is more than the {one.maximum} the module is designated for."
        found.append(_asked(one, why, "Correct the certificate, or revoke it with a reason."))
    return found


def _numbers(one: Completion, rule: RegisterRule) -> list[Refusal]:
    found = []
    digits = rule.provider_digits
    if digits is not None and not re.fullmatch(rf"[0-9]{{{digits}}}", one.provider):
        why = f"The provider's number must have {digits} digits; it is {_quoted(one.provider)}."
        found.append(_asked(one, why, f"Write it as {rule.id} under accreditation in content/credit.yaml."))
    if not re.fullmatch(rule.activity, one.activity):
        why = f"The module's number must be {rule.activity_like}; it is {_quoted(one.activity)}."
        found.append(_asked(one, why, f"Register the module there first; write its number in {rule.activity_place}."))
    return found


def _days(one: Completion, rule: RegisterRule, today: date) -> list[Refusal]:
    if one.completed > today:
        return [mended(one, "future")]
    age = (today - one.completed).days
    if rule.deadline_days is None or age <= rule.deadline_days:
        return []
    why = f"It was completed {age} days ago; {rule.name} takes nothing after {rule.deadline_days} days."
    return [_asked(one, why, "It cannot be sent any more. Tell the learner.")]


def _asked(one: Completion, why: str, mend: str) -> Refusal:
    return Refusal(one.certificate, why, mend)


def _quoted(text: str) -> str:
    return f'"{text}"' if text else "not known"
