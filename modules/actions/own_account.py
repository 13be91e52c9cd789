"""What people change in their own account: password, address, sign-ins."""

from datetime import datetime

from modules.actions.accounts import LINK_OVER, Office, Visit, address, enter, linked, make_link
from modules.actions.identity import hashed
from modules.actions.passwords import admit_password
from modules.core.errors import NotAllowed
from modules.core.people import Account, Actor

NEEDS_ACCOUNT = "Sign in first."
NOT_PRESENT = "That is not your present password. Type it again."
NO_LETTERS = "This site sends no letters, so a new address cannot be confirmed. Ask the owner of this site."
TAKEN = "This address belongs to another account by now. Choose another one."


def own(office: Office, actor: Actor) -> Account:
    """NotAllowed for guests."""
    found = None if actor.account is None else office.records.accounts.account(actor.account)
    if found is None:
        raise NotAllowed(NEEDS_ACCOUNT)
    return found


def change_password(office: Office, actor: Actor, old: str, new: str, *, visit: Visit) -> None:
    """Every sign-in ends and this browser gets a new one."""
    account = own(office, actor)
    _check(office, account, old)
    admit_password(new, account.email)
    office.records.accounts.set_password(account.id, office.passwords.hashed(new))
    office.records.accounts.links.drop(account.id, "reset")
    office.records.accounts.sign_ins.close_all(account.id)
    enter(office.records, account, visit)
    if office.sender is not None:
        office.post(office.sender.told(account.email, "The password of your account was changed."), visit.now)


def change_email(office: Office, actor: Actor, password: str, new: str, *, token: str, now: datetime) -> None:
    """Nothing changes before the new address is confirmed. One that has an account gets the letter that says so."""
    account = own(office, actor)
    if office.sender is None:
        raise NotAllowed(NO_LETTERS)
    _check(office, account, password)
    email = address(new)
    other = office.records.accounts.find(email)
    if other is not None and other.id != account.id:
        make_link(office.records, other.id, "reset", token=token, now=now)
        office.post(office.sender.known(other.email, token), now)
        return
    office.records.accounts.links.drop(account.id, "email")
    make_link(office.records, account.id, "email", token=token, now=now, email=email)
    office.post(office.sender.new_email(email, token), now)


def confirm_email(office: Office, link: str, now: datetime) -> None:
    """Takes the new address and tells the old one. NotAllowed when another account took it in the meantime."""
    account, found = linked(office.records, link, "email", now)
    if found.email is None or not office.records.accounts.links.use(hashed(link), now):
        raise NotAllowed(LINK_OVER)
    if not office.records.accounts.set_email(account.id, found.email, now):
        raise NotAllowed(TAKEN)
    if office.sender is not None:
        office.post(office.sender.told(account.email, "Your account has a new e-mail address."), now)


def close_sign_in(office: Office, actor: Actor, token: str) -> None:
    """By the SHA-256 of its token. Somebody else's is left alone."""
    office.records.accounts.sign_ins.close(own(office, actor).id, token)


def sign_out_everywhere(office: Office, actor: Actor) -> None:
    office.records.accounts.sign_ins.close_all(own(office, actor).id)


def _check(office: Office, account: Account, password: str) -> None:
    secret = office.records.accounts.secret(account.email)
    if not office.passwords.verified(None if secret is None else secret.password, password):
        raise NotAllowed(NOT_PRESENT)
