"""The profile as it is typed: read whole, with a sentence at each field that cannot stay as it is."""

import unicodedata
from calendar import monthrange
from collections.abc import Container, Mapping
from dataclasses import dataclass
from typing import get_args

from modules.core.licences import REGIONS, WITHOUT_NUMBER, licence_refusal, tidy_licence
from modules.core.people import BirthDay, Licence, Profile, Register
from modules.core.professions import PROFESSIONS

LONGEST_NAME = 120
REGISTERS: tuple[Register, ...] = get_args(Register)
ANY_LEAP_YEAR = 2000
DIRECTIONS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Marks that turn the text after them around: a name could be made to read as another."""

TOO_LONG = f"Write at most {LONGEST_NAME} characters."
UNSHOWN = "A name can hold no control characters. Type it again instead of pasting it."
NO_PROFESSION = "Choose a profession from the list, or leave it open."
NO_COUNTRY = "Choose a country from the list, or leave it open."
HALF_BORN = "Give both month and day, or neither."
NO_DAY = "There is no such day. Choose a day of this month."


@dataclass(frozen=True, slots=True)
class Typed:
    """`refused`: sentences by field. `profile` None while there is one; an empty form is an empty profile."""

    profile: Profile | None
    refused: dict[str, str]


def read_profile(typed: Mapping[str, str], countries: Container[str]) -> Typed:
    """Fields: name, given_name, family_name, profession, country, month, day; a register's number under its name
    and the state or board under `<register>-region`. All may be empty. `countries` holds the codes on offer.
    """
    refused: dict[str, str] = {}
    names = {field: _name(typed, field, refused) for field in ("name", "given_name", "family_name")}
    profession, country = typed.get("profession", "").strip(), typed.get("country", "").strip()
    if profession and profession not in PROFESSIONS:
        refused["profession"] = NO_PROFESSION
    if country and country not in countries:
        refused["country"] = NO_COUNTRY
    licences = tuple(filter(None, (_licence(typed, register, refused) for register in REGISTERS)))
    born = _born(typed, refused)
    if refused:
        return Typed(None, refused)
    return Typed(Profile(**names, profession=profession, country=country, licences=licences, born=born), {})


def typed_of(profile: Profile) -> dict[str, str]:
    """The fields that read_profile reads back as the same profile."""
    fields = {name: getattr(profile, name) for name in ("name", "given_name", "family_name", "profession", "country")}
    for licence in profile.licences:
        fields[licence.register_name] = licence.number
        if licence.region is not None:
            fields[f"{licence.register_name}-region"] = licence.region
    if profile.born is not None:
        fields |= {"month": str(profile.born.month), "day": str(profile.born.day)}
    return fields


def tidy_name(text: str) -> str:
    """One spelling of each letter (Unicode NFC), single spaces."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def _name(typed: Mapping[str, str], field: str, refused: dict[str, str]) -> str:
    name = tidy_name(typed.get(field, ""))
    if any(unicodedata.category(c) in ("Cc", "Cs") or c in DIRECTIONS for c in name):
        refused[field] = UNSHOWN
    elif len(name) > LONGEST_NAME:
        refused[field] = TOO_LONG
    return name


def _licence(typed: Mapping[str, str], register: Register, refused: dict[str, str]) -> Licence | None:
    number = tidy_licence(typed.get(register, ""))
    region = typed.get(f"{register}-region", "").strip() or None if register in REGIONS else None
    if number == "":
        if region is not None:
            refused[register] = WITHOUT_NUMBER[register]
        return None
    sentence = licence_refusal(register, number, region)
    if sentence is not None:
        refused[register] = sentence
        return None
    return Licence(register=register, number=number, region=region)


def _born(typed: Mapping[str, str], refused: dict[str, str]) -> BirthDay | None:
    month, day = typed.get("month", "").strip(), typed.get("day", "").strip()
    if month == "" and day == "":
        return None
    if month == "" or day == "":
        refused["born"] = HALF_BORN
        return None
    found = birth_day(month, day)
    if found is None:
        refused["born"] = NO_DAY
    return found


def birth_day(month: str, day: str) -> BirthDay | None:
    """None when there is no such day in any year: 29 February is one."""
    if not (_counts(month) and _counts(day) and 1 <= int(month) <= 12):
        return None
    longest = monthrange(ANY_LEAP_YEAR, int(month))[1]
    return BirthDay(month=int(month), day=int(day)) if 1 <= int(day) <= longest else None


def _counts(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 2
