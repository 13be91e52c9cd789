"""A person's own profile and consents: read, corrected, given and withdrawn."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import get_args

from modules.core.people import Consent, Consenting, Profile, consents_to
from modules.core.profile_form import read_profile
from modules.export.countries import countries
from modules.records.profiles import consents_of, keep_profile, profile_of
from modules.records.records import Records

KINDS: tuple[Consenting, ...] = get_args(Consenting)


@dataclass(frozen=True, slots=True)
class Own:
    """`history`: every change of mind, the newest first."""

    profile: Profile
    history: tuple[Consent, ...]

    def agrees(self, kind: Consenting) -> bool:
        return consents_to(self.history[::-1], kind)


def own_profile(records: Records, account: str) -> Own:
    return Own(profile_of(records, account), consents_of(records, account)[::-1])


def keep_own_profile(records: Records, account: str, typed: Mapping[str, str], *, now: datetime) -> dict[str, str]:
    """Sentences by field when something cannot stand: then nothing is kept. A box that is not ticked is a no."""
    read = read_profile(typed, countries())
    if read.profile is None:
        return read.refused
    wanted: dict[Consenting, bool] = {kind: typed.get(f"consent-{kind}") == "yes" for kind in KINDS}
    keep_profile(records, account, read.profile, wanted, now=now)
    return {}
