"""ASGI: who a browser is, kept in signed cookies. A guest gets a random identity with the first document."""

import logging
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import cookie_parser
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from modules.actions.identity import (
    COOKIE,
    SESSION_COOKIE,
    hashed,
    new_learner,
    new_token,
    seal,
    signed_in,
    unseal,
    unseal_token,
)
from modules.core.errors import RecordsUnavailable
from modules.core.people import Duty
from modules.records.records import Records
from modules.routes.account_cookies import guest_cookie, session_cookie, without_session
from modules.routes.scheme import is_https as is_https

log = logging.getLogger("landmark.identity")
WITHOUT = (
    "/read", "/verify", "/healthz", "/assets", "/chart", "/image", "/static", "/certificate", "/card", "/present",
    "/join", "/calendar", "/_stcore", "/media", "/component",
)  # fmt: skip
ROTATE_AFTER = timedelta(days=1)
GRACE = timedelta(minutes=2)
"""Requests that were under way with the old token still count."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the request's cookies came to. `guest`: a new one; `rotate`: a token that has been used for a day.

    `over`: a sign-in cookie that opens nothing, to be cleared.
    """

    guest: str | None = None
    rotate: str | None = None
    duties: frozenset[Duty] = frozenset()
    over: bool = False


class GuestCookie:
    """For HTML documents only: a guest where there is none, a fresh token for a sign-in, an end to a dead one.

    The pages inside see the request as the browser will send it next, so a form on the first page knows its guest.
    """

    def __init__(self, app: ASGIApp, *, secret: bytes, records: Records) -> None:
        self._app, self._secret, self._records = app, secret, records

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "GET" or _skipped(scope["path"]):
            await self._app(scope, receive, send)
            return
        try:
            known = await run_in_threadpool(self._look, scope)
        except RecordsUnavailable as away:
            log.warning("a document went out without a look at its cookies: %s", away)
            known = Known()

        async def marked(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] == 200:
                headers = MutableHeaders(scope=message)
                if headers.get("content-type", "").startswith("text/html"):
                    for line in await run_in_threadpool(self._lines, known, scope):
                        headers.append("Set-Cookie", line)
                        headers["Cache-Control"] = "no-store"
            await send(message)

        await self._app(self._seen(scope, known), receive, marked)

    def _look(self, scope: Scope) -> Known:
        cookies = cookie_parser(Headers(scope=scope).get("cookie", ""))
        guest = unseal(cookies.get(COOKIE), self._secret)
        fresh = new_learner() if guest is None or self._records.accounts.claims.claimed(guest) else None
        if SESSION_COOKIE not in cookies:
            return Known(fresh)
        token, now = unseal_token(cookies[SESSION_COOKIE], self._secret), datetime.now(UTC)
        found = None if token is None else signed_in(self._records, token, now)
        if found is None:
            return Known(fresh, over=True)
        due = found.sign_in.ends is None and now - found.sign_in.created >= ROTATE_AFTER
        return Known(fresh, token if due else None, found.account.duties)

    def _seen(self, scope: Scope, known: Known) -> Scope:
        if known.guest is None and not known.over:
            return scope
        cookies = cookie_parser(Headers(scope=scope).get("cookie", ""))
        if known.over:
            cookies.pop(SESSION_COOKIE, None)
        if known.guest is not None:
            cookies[COOKIE] = seal(known.guest, self._secret)
        line = "; ".join(f"{name}={value}" for name, value in cookies.items()).encode("latin-1", "ignore")
        others = [(name, value) for name, value in scope["headers"] if name != b"cookie"]
        return {**scope, "headers": [*others, (b"cookie", line)]}

    def _lines(self, known: Known, scope: Scope) -> list[str]:
        """Set-Cookie lines. A token is rotated only when its answer is on the way."""
        lines = [] if known.guest is None else [guest_cookie(known.guest, self._secret, scope)]
        if known.over:
            lines.append(without_session(scope))
        if known.rotate is not None and (new := self._rotated(known.rotate)) is not None:
            lines.append(session_cookie(new, known.duties, self._secret, scope))
        return lines

    def _rotated(self, token: str) -> str | None:
        new, now = new_token(), datetime.now(UTC)
        try:
            done = self._records.accounts.sign_ins.rotate(hashed(token), hashed(new), now, ends=now + GRACE)
        except RecordsUnavailable as away:
            log.warning("a sign-in keeps its token for now: %s", away)
            return None
        return new if done else None


def _skipped(path: str) -> bool:
    return any(path == start or path.startswith(f"{start}/") for start in WITHOUT)
