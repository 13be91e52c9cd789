"""An owner and the cookie of their sign-in, for tests of the pages that only owners open."""

from datetime import UTC, datetime
from uuid import uuid4

from modules.actions.identity import SESSION_COOKIE, hashed, new_learner, new_token, seal_token
from modules.core.people import Account, Duty
from modules.records.records import Records


def account_with(records: Records, *duties: Duty, email: str | None = None) -> Account:
    """A confirmed account without a password."""
    now, id = datetime.now(UTC), uuid4().hex
    new = Account(id, new_learner(), email or f"{id}@example.org", now, frozenset({"learner", *duties}), confirmed=now)
    made = records.accounts.create(new)
    assert made is not None
    records.accounts.set_duties(made.id, set(made.duties))
    return made


def signed_in_as(records: Records, account: Account, secret: bytes) -> dict[str, str]:
    """The cookies of a new sign-in."""
    token = new_token()
    records.accounts.sign_ins.open(hashed(token), account.id, "Firefox on Linux", datetime.now(UTC))
    return {SESSION_COOKIE: seal_token(token, secret)}


def owner_cookies(records: Records, secret: bytes) -> dict[str, str]:
    return signed_in_as(records, account_with(records, "owner"), secret)
