"""The owner's work with accounts: who there is, what they may do, how they come in when mail does not reach them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from modules.actions.access import allow
from modules.actions.identity import hashed
from modules.core.errors import NotAllowed
from modules.core.people import Account, Actor, Duty
from modules.records.accounts_links import Link
from modules.records.duties import close_account, give_duty, take_duty
from modules.records.profiles import names_of
from modules.records.records import Records

LINK_FOR = timedelta(hours=24)
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


def give(actor: Actor, records: Records, account: str, duty: Duty) -> None:
    """NotAllowed for an account that is closed or not confirmed: a duty needs somebody known."""
    allow(actor, "give-duties")
    found = _account(records, account)
    if duty == "learner":
        raise NotAllowed(NOT_A_DUTY)
    if found.closed is not None:
        raise NotAllowed(CLOSED)
    if found.confirmed is None:
        raise NotAllowed(UNCONFIRMED)
    give_duty(records, account, duty)


def take(actor: Actor, records: Records, account: str, duty: Duty) -> None:
    allow(actor, "give-duties")
    _account(records, account)
    if duty == "learner":
        raise NotAllowed(NOT_A_DUTY)
    if not take_duty(records, account, duty):
        raise NotAllowed(LAST_OWNER)


def put_duties(actor: Actor, records: Records, account: str, wanted: Iterable[Duty]) -> None:
    """These and no others: what is new is given, what is missing taken."""
    allow(actor, "give-duties")
    found = _account(records, account)
    chosen: set[Duty] = {"learner", *wanted}
    for duty in sorted(chosen - found.duties):
        give(actor, records, account, duty)
    for duty in sorted(found.duties - chosen):
        take(actor, records, account, duty)


def confirm(actor: Actor, records: Records, account: str, *, now: datetime) -> None:
    """The owner answers for it: they know that the address is this person's."""
    allow(actor, "confirm-account")
    _account(records, account)
    records.accounts.confirm(account, now)


def set_password_link(actor: Actor, records: Records, account: str, *, now: datetime, token: Callable[[], str]) -> str:
    """The token of a link that opens once within a day, to be handed over in person; earlier links end."""
    allow(actor, "confirm-account")
    if _account(records, account).closed is not None:
        raise NotAllowed(CLOSED)
    records.accounts.links.drop(account, "reset")
    made = token()
    records.accounts.links.make(hashed(made), Link(account, "reset", now + LINK_FOR, None))
    return made


def close(actor: Actor, records: Records, account: str, *, now: datetime) -> None:
    """Ends every sign-in; nobody can sign in to it. What was learned and earned stays on record."""
    allow(actor, "close-account")
    _account(records, account)
    if not close_account(records, account, now):
        raise NotAllowed(LAST_OWNER)


def reopen(actor: Actor, records: Records, account: str) -> None:
    allow(actor, "close-account")
    _account(records, account)
    records.accounts.reopen(account)


def _account(records: Records, account: str) -> Account:
    found = records.accounts.account(account)
    if found is None:
        raise NotAllowed(NOBODY)
    return found


def _fits(one: Known, words: list[str]) -> bool:
    text = f"{one.name} {one.account.email}".casefold()
    return all(word in text for word in words)
