"""What a guest did comes with them: which of two journals stands for a person in a module."""

from datetime import datetime

from modules.core.events import AttemptClosed
from modules.records.accounts_claims import Work
from modules.records.records import Records


def claim_guest(records: Records, account: str, guest: str | None, now: datetime) -> bool:
    """Once for each guest. False when there was nothing to take: no guest, nothing done, or claimed before."""
    return guest is not None and records.accounts.claims.claim(account, guest, now, further=further)


def further(one: Work, other: Work) -> bool:
    """A certificate before a passed post-test before more events. A tie is not further."""
    return _rank(one) > _rank(other)


def _rank(work: Work) -> tuple[bool, bool, int]:
    passed = any(isinstance(e, AttemptClosed) and e.role == "post" and e.passed for e in work.events)
    return work.certified, passed, len(work.events)
