"""Headers that tell the browser what it must not do, on every answer: the app's own, files, errors."""

import base64
import hashlib
import re

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from modules.routes.scheme import is_https

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "X-Frame-Options": "SAMEORIGIN",
    "Permissions-Policy": (
        "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), "
        "microphone=(), midi=(), payment=(), usb=()"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
}
YEAR = 365 * 24 * 3600
STRICT_TRANSPORT = f"max-age={YEAR}"
"""Sent over https only (RFC 6797, 7.2). Not for other hosts of the domain, which are not ours to speak for."""

FILE_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; font-src 'self'; "
    "form-action 'none'; base-uri 'none'; frame-ancestors 'self'"
)
"""For whatever is no page: a picture opened by itself may be drawn with its own styles, and runs nothing."""


def app_policy(document: str) -> str:
    """For Streamlit's document: its own scripts, and the inline ones that stand in it now, by their hash.

    What it cannot do without: a component's script comes to it as a blob, which only a script that already runs can
    make; its numbers are read by WebAssembly; its styles are written into the page while it runs.
    """
    inline = re.findall(r"<script>(.*?)</script>", document, re.DOTALL)
    scripts = " ".join(("'self'", "blob:", "'wasm-unsafe-eval'", *map(source_hash, inline)))
    return (
        f"default-src 'self'; script-src {scripts}; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; media-src 'self' blob:; "
        "worker-src 'self' blob:; frame-src 'none'; object-src 'none'; base-uri 'none'; form-action 'self'; "
        "frame-ancestors 'self'"
    )


def source_hash(text: str) -> str:
    """As a policy names an inline script or style (CSP level 3, 2.3.1)."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


class SecurityHeaders:
    """ASGI, outermost: adds what an answer does not say itself, so that a page may be stricter."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                headers.setdefault("Content-Security-Policy", FILE_POLICY)
                if is_https(scope):
                    headers.setdefault("Strict-Transport-Security", STRICT_TRANSPORT)
            await send(message)

        await self._app(scope, receive, guarded)
