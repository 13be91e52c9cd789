"""ASGI: what a room asks for by the hundred is answered before the rest of the app is asked who wants it."""

from collections.abc import Sequence

from starlette.routing import Match, Route
from starlette.types import ASGIApp, Receive, Scope, Send


class Ahead:
    """The app's table holds these routes too: it answers for what matches only in part, such as a wrong method."""

    def __init__(self, app: ASGIApp, *, routes: Sequence[Route], under: tuple[str, ...]) -> None:
        self._app, self._routes, self._under = app, routes, under

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"].startswith(self._under):
            for route in self._routes:
                match, found = route.matches(scope)
                if match is Match.FULL:
                    await route.handle({**scope, **found}, receive, send)
                    return
        await self._app(scope, receive, send)
