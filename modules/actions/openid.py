"""Who a provider of OpenID Connect says it is: the account they come in to, or why not."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from modules.core.people import Account
from modules.records.records import Records

Refusal = Literal["away", "declined", "over", "cross", "wrong", "unverified", "unconfirmed", "closed", "taken"]
SENTENCES: dict[Refusal, str] = {
    "away": "{label} does not answer at the moment. Try again in a few minutes, or sign in another way.",
    "declined": "{label} did not let you sign in, or you stopped there. Nothing has changed here.",
    "over": "This sign-in was begun too long ago, or in another window. Begin again here.",
    "cross": "Another site wanted to sign you in. If you want to sign in, begin here.",
    "wrong": "The answer of {label} could not be trusted, so you are not signed in. Tell the owner of this site.",
    "unverified": (
        "{label} has not confirmed your e-mail address, so it cannot open an account here. Confirm it there and try "
        "again; or sign in with your password first, then connect {label}."
    ),
    "unconfirmed": (
        "An account with your e-mail address waits for its confirmation. Open the link in the letter, sign in, "
        "then connect {label}."
    ),
    "closed": "This account is closed. Ask the owner of this site.",
    "taken": "This sign-in at {label} belongs to another account here. Sign out first to use that one.",
}
"""What the sign-in page says. {label} is the provider's name."""


@dataclass(frozen=True, slots=True)
class Claims:
    """What a provider has signed. Issuer and subject together name one person for good; an e-mail does not."""

    issuer: str
    subject: str
    email: str | None = None
    verified: bool = False


def claims_of(said: Mapping[str, Any]) -> Claims:
    """From an ID token's claims, completed from userinfo. Some providers write the boolean as text."""
    email = said.get("email")
    verified = said.get("email_verified") in (True, "true", "True")
    return Claims(str(said["iss"]), str(said["sub"]), email if isinstance(email, str) and email else None, verified)


def arrive(records: Records, claims: Claims, new: Account, *, signed_in: str | None) -> Account | Refusal:
    """The account to sign in to.

    `new` is made when nobody has the e-mail yet. `signed_in`: the account this browser is signed in to, which is then
    connected. A match of e-mails connects only what both sides have confirmed: else whoever registers somebody's
    address first, here or there, would share their account.
    """
    accounts = records.accounts
    known = accounts.of_identity(claims.issuer, claims.subject)
    if known is not None and known.closed is not None:
        return "closed"
    if known is not None:
        return known if signed_in in (None, known.id) else "taken"
    if signed_in is not None:
        mine = accounts.account(signed_in)
        return "over" if mine is None else _connected(records, mine, claims)
    if claims.email is None or not claims.verified:
        return "unverified"
    found = accounts.find(claims.email)
    if found is None:
        found = accounts.create(new, first=True) or accounts.find(claims.email)
    if found is None:
        return "over"
    if found.closed is not None:
        return "closed"
    return "unconfirmed" if found.confirmed is None else _connected(records, found, claims)


def _connected(records: Records, account: Account, claims: Claims) -> Account | Refusal:
    return account if records.accounts.add_identity(account.id, claims.issuer, claims.subject) else "taken"
