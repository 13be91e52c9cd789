"""What stands before an account page: a small form, sent by our own page, and a way on that stays on this site."""

import hmac
from hashlib import sha256
from urllib.parse import parse_qsl, urlsplit

from starlette.requests import Request

MOST_BYTES = 16 * 1024
MOST_FIELDS = 20
TOO_LONG = "That is too long. Shorten it, then try again."
STALE = "This page was open for too long, or you have signed in or out since. Open it again, then send it once more."


class Refused(Exception):
    """With the status and the sentence of the reply."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status, self.sentence = status, sentence


async def form_of(request: Request) -> dict[str, str]:
    """The fields of a urlencoded form; the last of a name stands."""
    found = bytearray()
    async for part in request.stream():
        found += part
        if len(found) > MOST_BYTES:
            raise Refused(413, TOO_LONG)
    try:
        pairs = parse_qsl(found.decode("utf-8"), keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except ValueError as unreadable:
        raise Refused(400, "This could not be read. Open the page again.") from unreadable
    return {name: value.replace("\x00", "") for name, value in pairs}


def csrf(secret: bytes, holder: str, purpose: str) -> str:
    """Bound to the sign-in or guest of the browser, and to the form's address."""
    return hmac.new(secret, f"form\n{purpose}\n{holder}".encode(), sha256).hexdigest()


def csrf_holds(secret: bytes, holder: str, purpose: str, sent: str) -> bool:
    return hmac.compare_digest(csrf(secret, holder, purpose).encode(), sent.encode())


def onward(typed: str | None) -> str:
    """A path of this site to go to afterwards; the front door for anything else.

    Browsers read `\\` as `/` and drop tabs and line ends before they look at an address (WHATWG URL, 4.4).
    """
    path = typed or "/"
    odd = any(not c.isprintable() or c in "\\ " for c in path)
    if not path.startswith("/") or path.startswith("//") or odd or len(path) > 2000:
        return "/"
    try:
        parts = urlsplit(path)
    except ValueError:
        return "/"
    return "/" if parts.scheme or parts.netloc else path
