"""What an owner does for an account whose letters do not arrive: confirm it, or hand over a link."""

from datetime import datetime

from modules.actions.access import allow
from modules.actions.accounts import make_link
from modules.core.errors import NotAllowed
from modules.core.people import Actor
from modules.records.deeds import by, note
from modules.records.records import Records

UNKNOWN_ACCOUNT = "There is no account like this any more. Reload the page."


def confirm_account(records: Records, actor: Actor, account: str, *, now: datetime) -> None:
    """The owner answers for it that the address is theirs."""
    allow(actor, "confirm-account")
    if records.accounts.account(account) is None:
        raise NotAllowed(UNKNOWN_ACCOUNT)
    note(records, by(actor), "confirm-account", account, now=now)
    records.accounts.confirm(account, now)


def issue_link(records: Records, actor: Actor, account: str, *, token: str, now: datetime) -> str:
    """The path of a link that lets its holder choose a password, for two hours, once. It also confirms the address."""
    allow(actor, "confirm-account")
    if records.accounts.account(account) is None:
        raise NotAllowed(UNKNOWN_ACCOUNT)
    note(records, by(actor), "make-link", account, now=now)
    make_link(records, account, "reset", token=token, now=now)
    return f"/account/reset/{token}"
