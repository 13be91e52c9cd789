"""Was this asked over https."""

from starlette.datastructures import Headers
from starlette.types import Scope


def is_https(scope: Scope) -> bool:
    """Behind a proxy, as the browser asked it."""
    forwarded = Headers(scope=scope).get("x-forwarded-proto", "").partition(",")[0].strip()
    return (forwarded or scope.get("scheme", "http")) == "https"
