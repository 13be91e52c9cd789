"""Accounts: register, confirm, sign in, and get back in. Known and unknown addresses get the same answers."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from modules.actions.account_claims import claim_guest
from modules.actions.account_letters import Sender
from modules.actions.identity import IDLE, hashed, new_learner
from modules.actions.passwords import Passwords, admit_password
from modules.core.errors import NotAllowed
from modules.core.people import Account
from modules.records.accounts_links import Link, Purpose
from modules.records.mails import Letter
from modules.records.records import Records

DAYS_TO_CONFIRM, TIME_TO_RESET = timedelta(days=3), timedelta(hours=2)
LONGEST_ADDRESS = 254
"""RFC 5321, 4.5.3.1.3, without the angle brackets."""
ADDRESS = re.compile(
    r"[^@\s<>,;:\"()\[\]\x00-\x1f\x7f]+@[^@\s<>,;:\"()\[\]\x00-\x1f\x7f]+\.[^@\s.<>,;:\"()\[\]\x00-\x1f\x7f]{2,}"
)
WRONG_ADDRESS = "Write an e-mail address such as name@example.org."
LINK_OVER = "This link has been used, or it is too old. Ask for a new one."
NOT_MATCHING = "The password does not belong to this account. Type the one you chose, or choose a new one."


@dataclass(frozen=True, slots=True)
class Office:
    """What accounts are looked after with. `sender` None: this site sends no letters."""

    records: Records
    passwords: Passwords
    sender: Sender | None = None

    def post(self, letter: Letter, now: datetime) -> None:
        self.records.accounts.mails.post(letter, now)


@dataclass(frozen=True, slots=True)
class Visit:
    """The browser that is about to sign in. `token` is new; `guest` and `old` are who it was so far."""

    token: str
    device: str
    now: datetime
    guest: str | None = None
    old: str | None = None


def address(typed: str) -> str:
    """NotAllowed when a letter could not get there."""
    email = typed.strip()
    if len(email) > LONGEST_ADDRESS or not ADDRESS.fullmatch(email):
        raise NotAllowed(WRONG_ADDRESS)
    return email


def register(office: Office, email: str, password: str, *, id: str, token: str, now: datetime) -> Account | None:
    """The account when it may be used at once, which is so for the first one only: it becomes the owner.

    Otherwise None, whether the address was known or not; the letter says which. An account can be used once its
    address is confirmed: if it could be before, signing in would tell whether registering had made it.
    """
    email = address(email)
    admit_password(password, email)
    kept = office.passwords.hashed(password)
    new = Account(id, new_learner(), email, now, frozenset({"learner"}))
    made = office.records.accounts.create(new, kept, first=True)
    if made is not None and made.confirmed is not None:
        return made
    if office.sender is not None:
        _tell_of_registration(office, office.sender, made, email, token=token, now=now)
    return None


def _tell_of_registration(
    office: Office, sender: Sender, made: Account | None, email: str, *, token: str, now: datetime
) -> None:
    """One link and one letter in either case. Who registered earlier without confirming chooses a password anew."""
    if made is not None:
        make_link(office.records, made.id, "confirm", token=token, now=now)
        office.post(sender.confirm(email, token), now)
    elif (known := office.records.accounts.find(email)) is not None and known.closed is None:
        make_link(office.records, known.id, "reset", token=token, now=now)
        office.post(sender.known(known.email, token), now)


def make_link(
    records: Records, account: str, purpose: Purpose, *, token: str, now: datetime, email: str | None = None
) -> None:
    lasts = TIME_TO_RESET if purpose == "reset" else DAYS_TO_CONFIRM
    records.accounts.links.make(hashed(token), Link(account, purpose, now + lasts, None, email))


def linked(records: Records, token: str, purpose: Purpose, now: datetime) -> tuple[Account, Link]:
    """Whose link this is. NotAllowed when it opens nothing; looking at it does not use it."""
    link = records.accounts.links.find(hashed(token))
    found = None if link is None else records.accounts.account(link.account)
    if link is None or found is None or link.purpose != purpose or link.used is not None or link.expires <= now:
        raise NotAllowed(LINK_OVER)
    if found.closed is not None:
        raise NotAllowed(LINK_OVER)
    return found, link


def confirm(office: Office, link: str, password: str, visit: Visit) -> Account:
    """The letter shows that the address is theirs, the password that it was they who registered with it."""
    account, _ = linked(office.records, link, "confirm", visit.now)
    secret = office.records.accounts.secret(account.email)
    if not office.passwords.verified(None if secret is None else secret.password, password):
        raise NotAllowed(NOT_MATCHING)
    if not office.records.accounts.links.use(hashed(link), visit.now):
        raise NotAllowed(LINK_OVER)
    office.records.accounts.confirm(account.id, visit.now)
    enter(office.records, account, visit)
    return account


def sign_in(office: Office, email: str, password: str, visit: Visit) -> Account | None:
    """None for a wrong password, an unknown address, one not confirmed yet, and a closed account alike."""
    accounts = office.records.accounts
    secret = accounts.secret(email)
    right = office.passwords.verified(None if secret is None else secret.password, password)
    if secret is None or not right or secret.account.confirmed is None or secret.account.closed is not None:
        return None
    if secret.password is not None and office.passwords.stale(secret.password):
        accounts.set_password(secret.account.id, office.passwords.hashed(password))
    enter(office.records, secret.account, visit)
    return secret.account


def enter(records: Records, account: Account, visit: Visit) -> None:
    """Opens a new sign-in, ends the one this browser had, and takes along what it did as a guest."""
    sign_ins = records.accounts.sign_ins
    if visit.old is not None and (before := sign_ins.who(hashed(visit.old))) is not None:
        sign_ins.close(before.account.id, before.sign_in.token)
    claim_guest(records, account.id, visit.guest, visit.now)
    sign_ins.sweep(visit.now - IDLE)
    sign_ins.open(hashed(visit.token), account.id, visit.device, visit.now)


def forgot(office: Office, email: str, *, token: str, now: datetime) -> None:
    """A letter in either case, so that nobody learns from the page who has an account here."""
    email = address(email)
    if office.sender is None:
        return
    found = office.records.accounts.find(email)
    if found is None or found.closed is not None:
        office.post(office.sender.unknown(email), now)
    else:
        make_link(office.records, found.id, "reset", token=token, now=now)
        office.post(office.sender.reset(found.email, token), now)


def reset(office: Office, link: str, password: str, visit: Visit) -> Account:
    """A new password, an address that is confirmed by the link, and every earlier sign-in ended."""
    account, _ = linked(office.records, link, "reset", visit.now)
    admit_password(password, account.email)
    kept = office.passwords.hashed(password)
    accounts = office.records.accounts
    if not accounts.links.use(hashed(link), visit.now):
        raise NotAllowed(LINK_OVER)
    accounts.set_password(account.id, kept)
    accounts.confirm(account.id, visit.now)
    accounts.links.drop(account.id, "reset")
    accounts.sign_ins.close_all(account.id)
    enter(office.records, account, visit)
    if office.sender is not None:
        office.post(office.sender.told(account.email, "The password of your account was changed."), visit.now)
    return account
