"""A learner without an account: a random identity in a signed cookie, set with the first document."""

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import cookie_parser
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from modules.actions.identity import COOKIE, COOKIE_SECONDS, new_learner, seal, unseal
from modules.routes.headers import is_https as is_https

WITHOUT = (
    "/read", "/verify", "/healthz", "/assets", "/chart", "/image", "/static", "/certificate", "/card", "/present",
    "/join", "/calendar", "/_stcore", "/media", "/component",
)  # fmt: skip


class GuestCookie:
    """ASGI: HTML documents of the app get the cookie when the request brought no valid one."""

    def __init__(self, app: ASGIApp, *, secret: bytes) -> None:
        self._app, self._secret = app, secret

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or _skipped(scope["path"]) or self._known(scope):
            await self._app(scope, receive, send)
            return

        async def marked(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] == 200:
                headers = MutableHeaders(scope=message)
                if headers.get("content-type", "").startswith("text/html"):
                    headers.append("Set-Cookie", self._cookie(scope))
                    headers["Cache-Control"] = "no-store"
            await send(message)

        await self._app(scope, receive, marked)

    def _known(self, scope: Scope) -> bool:
        cookies = cookie_parser(Headers(scope=scope).get("cookie", ""))
        return unseal(cookies.get(COOKIE), self._secret) is not None

    def _cookie(self, scope: Scope) -> str:
        value = seal(new_learner(), self._secret)
        secure = "; Secure" if is_https(scope) else ""
        return f"{COOKIE}={value}; Path=/; Max-Age={COOKIE_SECONDS}; HttpOnly; SameSite=Lax{secure}"


def _skipped(path: str) -> bool:
    return any(path == start or path.startswith(f"{start}/") for start in WITHOUT)
