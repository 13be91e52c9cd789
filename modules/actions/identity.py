"""Who is asking: a guest identity in a signed cookie. The one place that makes or reads it."""

from uuid import uuid4

from itsdangerous import BadSignature, URLSafeSerializer

COOKIE = "landmark_learner"
COOKIE_SECONDS = 400 * 24 * 3600
"""400 days: the longest a browser keeps a cookie (RFC 6265bis)."""


def new_learner() -> str:
    return uuid4().hex


def seal(learner: str, secret: bytes) -> str:
    """The cookie's value for a learner."""
    return str(_signer(secret).dumps(learner))


def unseal(value: str | None, secret: bytes) -> str | None:
    """The learner a cookie names; None when it is missing or was not signed here."""
    if not value:
        return None
    try:
        learner = _signer(secret).loads(value)
    except BadSignature:
        return None
    return learner if isinstance(learner, str) and len(learner) == 32 else None


def _signer(secret: bytes) -> URLSafeSerializer:
    return URLSafeSerializer(secret, salt="learner")
