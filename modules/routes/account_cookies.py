"""The cookies that people get: whom a browser signed in as, the guest it is, and that it signed in before."""

from starlette.types import Scope

from modules.actions.identity import (
    COOKIE,
    COOKIE_SECONDS,
    DEVICE_COOKIE,
    LONGEST,
    LONGEST_ON_DUTY,
    SESSION_COOKIE,
    seal,
    seal_device,
    seal_token,
)
from modules.core.people import Duty
from modules.routes.scheme import is_https


def guest_cookie(learner: str, secret: bytes, scope: Scope) -> str:
    return _cookie(COOKIE, seal(learner, secret), COOKIE_SECONDS, scope)


def session_cookie(token: str, duties: frozenset[Duty], secret: bytes, scope: Scope) -> str:
    """Kept no longer than the sign-in can last."""
    longest = LONGEST_ON_DUTY if duties - {"learner"} else LONGEST
    return _cookie(SESSION_COOKIE, seal_token(token, secret), int(longest.total_seconds()), scope)


def device_cookie(account: str, secret: bytes, scope: Scope) -> str:
    """Says that this browser once signed in to the account, so that others' wrong tries do not slow it down."""
    return _cookie(DEVICE_COOKIE, seal_device(account, secret), COOKIE_SECONDS, scope)


def without_session(scope: Scope) -> str:
    return _cookie(SESSION_COOKIE, "", 0, scope)


def _cookie(name: str, value: str, seconds: int, scope: Scope) -> str:
    secure = "; Secure" if is_https(scope) else ""
    return f"{name}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}"
