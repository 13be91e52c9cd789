"""The owner's work with accounts: who there is, what they may do, and which are closed (see also accounts_desk)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from modules.actions.access import allow
from modules.core.errors import NotAllowed
from modules.core.people import Account, Actor, Duty
from modules.records.deed_rows import Deed
from modules.records.deeds import by, note
from modules.records.duties import close_account, give_duty, take_duty
from modules.records.profiles import names_of
from modules.records.records import Records

LAST_OWNER = "This is the only owner who can sign in. Make another person owner first."
NOBODY = "There is no such account. It may have been erased meanwhile; reload the page."
NOT_A_DUTY = "Everybody with an account is a learner; that cannot be given or taken."
CLOSED = "This account is closed. Open it again first."
UNCONFIRMED = "The e-mail of this account is not confirmed. Confirm it first: a duty needs to know whose it is."


@dataclass(frozen=True, slots=True)
class Known:
    """One account; `name` as it stands on certificates, empty until its owner wrote one."""

    account: Account
    name: str


def people(actor: Actor, records: Records, wanted: str = "", duty: Duty | None = None) -> tuple[Known, ...]:
    """Those whose name or e-mail holds `wanted`, and who have the duty; oldest first."""
    allow(actor, "see-people")
    names = names_of(records)
    known = (Known(account, names.get(account.id, "")) for account in records.accounts.everyone())
    words = wanted.casefold().split()
    return tuple(one for one in known if _fits(one, words) and (duty is None or duty in one.account.duties))


def give(actor: Actor, records: Records, account: str, duty: Duty, *, now: datetime) -> None:
    """NotAllowed for an account that is closed or not confirmed: a duty needs somebody known."""
    allow(actor, "give-duties")
    found = _account(records, account)
    if duty == "learner":
        raise NotAllowed(NOT_A_DUTY)
    if found.closed is not None:
        raise NotAllowed(CLOSED)
    if found.confirmed is None:
        raise NotAllowed(UNCONFIRMED)
    give_duty(records, account, duty, Deed(0, now, by(actor), "give-duty", account, {"duty": duty}))


def take(actor: Actor, records: Records, account: str, duty: Duty, *, now: datetime) -> None:
    allow(actor, "give-duties")
    _account(records, account)
    if duty == "learner":
        raise NotAllowed(NOT_A_DUTY)
    if not take_duty(records, account, duty, Deed(0, now, by(actor), "take-duty", account, {"duty": duty})):
        raise NotAllowed(LAST_OWNER)


def put_duties(actor: Actor, records: Records, account: str, wanted: Iterable[Duty], *, now: datetime) -> None:
    """These and no others: what is new is given, what is missing taken."""
    allow(actor, "give-duties")
    found = _account(records, account)
    chosen: set[Duty] = {"learner", *wanted}
    # What may be refused comes first: then nothing has changed.
    for duty in sorted(found.duties - chosen, key=lambda one: one != "owner"):
        take(actor, records, account, duty, now=now)
    for duty in sorted(chosen - found.duties):
        give(actor, records, account, duty, now=now)


def close(actor: Actor, records: Records, account: str, *, now: datetime) -> None:
    """Ends every sign-in; nobody can sign in to it. What was learned and earned stays on record."""
    allow(actor, "close-account")
    _account(records, account)
    if not close_account(records, account, now, Deed(0, now, by(actor), "close-account", account, {})):
        raise NotAllowed(LAST_OWNER)


def reopen(actor: Actor, records: Records, account: str, *, now: datetime) -> None:
    allow(actor, "close-account")
    _account(records, account)
    note(records, by(actor), "reopen-account", account, now=now)
    records.accounts.reopen(account)


def _account(records: Records, account: str) -> Account:
    found = records.accounts.account(account)
    if found is None:
        raise NotAllowed(NOBODY)
    return found


def _fits(one: Known, words: list[str]) -> bool:
    text = f"{one.name} {one.account.email}".casefold()
    return all(word in text for word in words)
