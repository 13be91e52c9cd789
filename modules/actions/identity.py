"""Who is asking: an account that signed in, or a guest. The one place that makes or reads their cookies."""

import hashlib
import logging
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import uuid4

from itsdangerous import BadSignature, URLSafeSerializer

from modules.core.errors import RecordsUnavailable
from modules.core.people import Actor, Duty
from modules.core.people import learner_in as learner_in
from modules.records.accounts_sign_ins import SignedIn, SignIn
from modules.records.records import Records

log = logging.getLogger("landmark.identity")
COOKIE = "landmark_learner"
COOKIE_SECONDS = 400 * 24 * 3600
"""400 days: the longest a browser keeps a cookie (RFC 6265bis)."""
SESSION_COOKIE = "landmark_session"
DEVICE_COOKIE = "landmark_device"
SHORTEST_TOKEN = 32

IDLE, LONGEST = timedelta(days=14), timedelta(days=90)
IDLE_ON_DUTY, LONGEST_ON_DUTY = timedelta(hours=12), timedelta(days=7)
"""A sign-in ends when nothing was done for so long, and in any case after so long (OWASP ASVS 4.0.3, 3.3)."""
SEEN_EVERY = timedelta(minutes=10)
"""How exactly the last use is known: looking at pages should not write each time."""


def new_learner() -> str:
    return uuid4().hex


def seal(learner: str, secret: bytes) -> str:
    """The cookie's value for a guest."""
    return str(_signer(secret, "learner").dumps(learner))


def unseal(value: str | None, secret: bytes) -> str | None:
    """The guest a cookie names; None when it is missing or was not signed here.

    Whether an account has claimed the guest since is for `actor_of` to say.
    """
    learner = _opened(value, secret, "learner")
    return learner if learner is not None and len(learner) == 32 else None


def seal_token(token: str, secret: bytes) -> str:
    """The cookie's value for a sign-in."""
    return str(_signer(secret, "sign-in").dumps(token))


def unseal_token(value: str | None, secret: bytes) -> str | None:
    token = _opened(value, secret, "sign-in")
    return token if token is not None and len(token) >= SHORTEST_TOKEN else None


def seal_device(account: str, secret: bytes) -> str:
    """The cookie's value for a browser that has signed in to an account."""
    return str(_signer(secret, "device").dumps(account))


def unseal_device(value: str | None, secret: bytes) -> str | None:
    """The account that a browser has signed in to before."""
    return _opened(value, secret, "device")


def new_token() -> str:
    """256 random bits."""
    return secrets.token_urlsafe(32)


def hashed(token: str) -> str:
    """What is kept of a token. 256 random bits need no salt."""
    return hashlib.sha256(token.encode()).hexdigest()


def actor_of(records: Records, cookies: Mapping[str, str], secret: bytes, now: datetime) -> Actor | None:
    """The account that signed in; without a sign-in the guest; None when there is neither. One look at the records.

    A sign-in that has ended is None too, not the guest beside it: a page still open would else go on as
    somebody else. The next document that the browser loads clears its cookie.
    """
    token = unseal_token(cookies.get(SESSION_COOKIE), secret)
    if token is not None:
        found = signed_in(records, token, now)
        return None if found is None else actor(found)
    learner = unseal(cookies.get(COOKIE), secret)
    if learner is None or records.accounts.claims.claimed(learner):
        return None
    return Actor(learner)


def signed_in(records: Records, token: str, now: datetime) -> SignedIn | None:
    """None when the sign-in has ended, by whatever way."""
    found = records.accounts.sign_ins.who(hashed(token))
    if found is None or found.account.closed is not None or ended(found.sign_in, found.account.duties, now):
        return None
    if now - found.sign_in.seen >= SEEN_EVERY and found.sign_in.ends is None:
        _note(records, found.sign_in, now)
    return found


def actor(found: SignedIn) -> Actor:
    account = found.account
    return Actor(account.learner, account.id, account.duties, account.confirmed is not None, found.others, found.stands)


def ended(sign_in: SignIn, duties: frozenset[Duty], now: datetime) -> bool:
    on_duty = bool(duties - {"learner"})
    idle, longest = (IDLE_ON_DUTY, LONGEST_ON_DUTY) if on_duty else (IDLE, LONGEST)
    replaced = sign_in.ends is not None and now >= sign_in.ends
    return replaced or now - sign_in.seen >= idle or now - sign_in.began >= longest


def _note(records: Records, sign_in: SignIn, now: datetime) -> None:
    """Reading goes on where the last use could not be noted."""
    try:
        records.accounts.sign_ins.seen(sign_in.token, now)
    except RecordsUnavailable as away:
        log.warning("the last use of a sign-in was not noted: %s", away)


def _opened(value: str | None, secret: bytes, salt: str) -> str | None:
    if not value:
        return None
    try:
        found = _signer(secret, salt).loads(value)
    except BadSignature:
        return None
    return found if isinstance(found, str) else None


def _signer(secret: bytes, salt: str) -> URLSafeSerializer:
    return URLSafeSerializer(secret, salt=salt)
