"""Where phones join a live session: a page without account or install, that works without a script."""

import asyncio
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from html import escape
from typing import Any
from urllib.parse import parse_qs

from itsdangerous import BadSignature, URLSafeSerializer
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from modules.actions.live.blocked import blocked, blocked_words
from modules.actions.live.floor import ask, on_phone, second
from modules.actions.live.sessions import NO_SESSION, NOT_OPEN, Ballot, cast, tidy_code, voter_of
from modules.core.errors import LandmarkError, NotAllowed, RecordsUnavailable
from modules.core.live import LiveSession, WordsPoll
from modules.core.module import Module
from modules.records.ballot_box import BallotBox
from modules.records.live import NOT_COUNTED
from modules.routes.account_guard import Refused
from modules.routes.context import RouteContext
from modules.routes.live_hub import Hub, Watch
from modules.routes.live_phone import VOTED, floor_html, key_on_phones, stage_of
from modules.routes.origin import FOREIGN, foreign
from modules.routes.page import Page, missing, notice, respond
from modules.routes.scheme import is_https

COOKIE = "landmark_voter"
COOKIE_SECONDS = 24 * 3600
MOST_BYTES = 8 * 1024
NO_COOKIE = "Your vote could not be counted: this browser sent no cookie. Allow cookies for this site, then reload."
STREAM = {"Cache-Control": "no-store", "X-Accel-Buffering": "no", "X-Content-Type-Options": "nosniff"}
JSON = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
CHANGE = "Change my vote"
BARRED = "The screen shows no such words. Write it in others."


class Joining:
    """The phone's routes over one hub and one ballot box."""

    def __init__(self, context: RouteContext, hub: Hub, box: BallotBox) -> None:
        self._context, self._hub, self._box = context, hub, box
        self._signer = URLSafeSerializer(context.secret, salt="voter")

    def routes(self) -> list[Route]:
        made: dict[str, tuple[Callable[[Request], Awaitable[Response]], list[str]]] = {
            "/join": (self.ask_code, ["GET"]),
            "/join/{code}": (partial(self._shown, self.page), ["GET"]),
            "/join/{code}/now": (partial(self._shown, self.now), ["GET"]),
            "/join/{code}/events": (partial(self._shown, self.events), ["GET"]),
            "/join/{code}/floor": (partial(self._shown, self.floor), ["GET"]),
            "/join/{code}/ask": (partial(self._sent, self._ask), ["POST"]),
            "/join/{code}/second": (partial(self._sent, self._second), ["POST"]),
        }
        voting = Route("/join/{code}", partial(self._sent, self._vote), methods=["POST"])
        return [*(Route(path, answer, methods=methods) for path, (answer, methods) in made.items()), voting]

    async def ask_code(self, request: Request) -> Response:
        """A form for the code; `?code=` leads on, for a browser without a script."""
        code = tidy_code(request.query_params.get("code", ""))
        if code:
            return RedirectResponse(f"/join/{code}", 303)
        body = (
            '<header><span>Landmark</span></header><main id="main"><h1>Join a live session</h1><form method="get" '
            'action="/join"><label class="lm-labelled">The code on the screen<input class="lm-box" name="code" '
            'autocomplete="off" autocapitalize="characters" spellcheck="false" required></label>'
            '<button type="submit">Join</button></form></main>'
        )
        return respond(self._context, Page("Join", body, "Join a live session", "", sheets=("join.css",), private=True))

    async def _shown(self, answer: Callable[[Request], Awaitable[Response]], request: Request) -> Response:
        """While the records are away a phone is told so, and asks again."""
        try:
            return await answer(request)
        except RecordsUnavailable as away:
            if answer != self.page:
                return JSONResponse({"error": str(away)}, 503, JSON)
            again = (f"/join/{self._code(request)}", "Try again")
            return notice(self._context, "Not available at the moment", str(away), again, status=503)

    async def page(self, request: Request) -> Response:
        watch = await self._hub.watch(self._code(request))
        module = None if watch is None else self._context.module(watch.session.module)
        if watch is None or module is None:
            return missing(self._context, NO_SESSION, ("/join", "Type the code again"), ("/read", "Read the modules"))
        device = self._device(request) or secrets.token_urlsafe(24)
        body = await run_in_threadpool(self._body, module, watch.session, device)
        page = Page(
            module.front.title, body, "A live session", "", language=module.front.language, sheets=("join.css",),
            scripts=("join.js",), private=True,
        )  # fmt: skip
        answer = respond(self._context, page)
        answer.headers.append("Set-Cookie", self._cookie(device, request))
        return answer

    def _body(self, module: Module, session: LiveSession, device: str) -> str:
        stage = stage_of(module, session, self._own(session, device))
        # Without a script a page that waits looks again by itself; one with a form does not, it would lose the vote.
        again = "" if "<form" in stage else '<noscript><meta http-equiv="refresh" content="6"></noscript>'
        more = '<noscript><p><a href="">Look for the next question</a></p></noscript>'
        return (
            f"{again}<header><span>{escape(self._context.site)}</span><span>{session.code}</span></header>"
            f'<main id="main" data-code="{session.code}"><p class="fine" id="net" role="status"></p>'
            f'<div id="stage" data-key="{key_on_phones(session)}">{stage}</div>{more}'
            f'<section id="floor">{self._floor(session, device)}</section>'
            '<p class="fine">No name is asked, and nothing that is kept says who you are.</p></main>'
        )

    def _floor(self, session: LiveSession, device: str) -> str:
        return floor_html(session, on_phone(self._context.records, session, device))

    def _own(self, session: LiveSession, device: str) -> Any:
        placed = session.on_phones
        if placed is None:
            return None
        return self._context.records.live.vote_of(session.code, placed.id, voter_of(device, session.code))

    async def now(self, request: Request) -> Response:
        """204 while a phone shows what there is; else the part of its page that changed."""
        watch = await self._hub.watch(self._code(request))
        module = None if watch is None else self._context.module(watch.session.module)
        if watch is None or module is None:
            return JSONResponse({"error": NO_SESSION}, 404, JSON)
        key, device = key_on_phones(watch.session), self._device(request) or ""
        if request.query_params.get("key") == key:
            return Response(status_code=204, headers=JSON)

        def drawn(session: LiveSession) -> dict[str, str]:
            return {"key": key, "html": stage_of(module, session, self._own(session, device))}

        return JSONResponse(await run_in_threadpool(drawn, watch.session), 200, JSON)

    async def floor(self, request: Request) -> Response:
        """The questions that this phone may see."""
        watch = await self._hub.watch(self._code(request))
        if watch is None:
            return JSONResponse({"error": NO_SESSION}, 404, JSON)
        told = await run_in_threadpool(self._floor, watch.session, self._device(request) or "")
        return JSONResponse({"floor": told}, 200, JSON)

    async def events(self, request: Request) -> Response:
        """Server-sent events: which poll is on, and its state. A phone then asks for what it shows."""
        code = self._code(request)
        if await self._hub.watch(code) is None:
            return JSONResponse({"error": NO_SESSION}, 404, JSON)
        return StreamingResponse(self._stream(code), headers=STREAM, media_type="text/event-stream")

    async def _stream(self, code: str) -> AsyncIterator[str]:
        said, floor = "", ""
        async for watch in self._hub.changes(code, "room"):
            if watch is None:
                yield ": still here\n\n"
                continue
            key = key_on_phones(watch.session)
            if key != said:
                said = key
                yield f"event: poll\ndata: {key}\n\n"
            if watch.pulse.floor != floor:
                floor = watch.pulse.floor
                yield "event: floor\ndata: changed\n\n"

    async def _sent(self, act: "Act", request: Request) -> Response:
        """One form from a phone. A script gets JSON; a browser without one is sent back to the page."""
        script = "application/json" in request.headers.get("accept", "")
        try:
            told = await self._acted(act, request)
        except Refused as refused:
            return self._refusal(request, script, refused.status, refused.sentence)
        except NotAllowed as refused:
            return self._refusal(request, script, 409 if str(refused) == NOT_OPEN else 422, str(refused))
        except LandmarkError as away:
            sentence = NOT_COUNTED if isinstance(away, RecordsUnavailable) else str(away)
            return self._refusal(request, script, 503, sentence)
        return JSONResponse(told, 200, JSON) if script else RedirectResponse(f"/join/{self._code(request)}", 303)

    async def _acted(self, act: "Act", request: Request) -> dict[str, str]:
        if foreign(self._context.base_url, request):
            raise Refused(403, FOREIGN)
        device = self._device(request)
        if device is None:
            raise Refused(400, NO_COOKIE)
        fields = await _fields(request)
        watch = await self._hub.watch(self._code(request))
        if watch is None:
            raise Refused(404, NO_SESSION)
        return await act(watch, device, fields)

    async def _vote(self, watch: Watch, device: str, fields: Mapping[str, Sequence[str]]) -> dict[str, str]:
        module = self._context.module(watch.session.module)
        if module is None:
            raise NotAllowed(NOT_OPEN)
        if self._barred(watch, fields):
            raise NotAllowed(BARRED)
        ballot = Ballot(next(iter(fields.get("poll", ())), ""), device, fields)
        counted = cast(self._box, module, watch.session, ballot, now=datetime.now(UTC))
        if not await asyncio.wrap_future(counted):
            raise NotAllowed(NOT_OPEN)
        return {"said": VOTED, "button": CHANGE}

    def _barred(self, watch: Watch, fields: Mapping[str, Sequence[str]]) -> bool:
        """What is written freely goes on a screen: words on a list are not taken."""
        placed = watch.session.placed(next(iter(fields.get("poll", ())), ""))
        written = isinstance(placed.poll, WordsPoll) if placed is not None else False
        return written and blocked(" ".join(fields.get("answer", ())), self._rude)

    @property
    def _rude(self) -> frozenset[str]:
        return blocked_words(self._context.assets, self._context.content)

    async def _ask(self, watch: Watch, device: str, fields: Mapping[str, Sequence[str]]) -> dict[str, str]:
        text = next(iter(fields.get("question", ())), "")
        if blocked(text, self._rude):
            raise NotAllowed(BARRED)
        act = partial(ask, self._context.records, watch.session, device, text, now=datetime.now(UTC))
        await run_in_threadpool(act)
        return {"floor": await run_in_threadpool(self._floor, watch.session, device)}

    async def _second(self, watch: Watch, device: str, fields: Mapping[str, Sequence[str]]) -> dict[str, str]:
        wanted = next(iter(fields.get("question", ())), "")
        number = int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) < 10 else 0
        await run_in_threadpool(second, self._context.records, watch.session, device, number)
        return {"floor": await run_in_threadpool(self._floor, watch.session, device)}

    def _refusal(self, request: Request, script: bool, status: int, sentence: str) -> Response:
        if script:
            return JSONResponse({"error": sentence}, status, JSON)
        body = (
            f'<main id="main"><h1>This was not taken</h1><p class="said bad">{escape(sentence)}</p>'
            f'<p><a href="/join/{self._code(request)}">Back to the question</a></p></main>'
        )
        return respond(self._context, Page("Not taken", body, sentence, "", sheets=("join.css",), private=True), status)

    def _code(self, request: Request) -> str:
        return tidy_code(request.path_params["code"])

    def _device(self, request: Request) -> str | None:
        """The random token of this browser; None when it sent none, or one that was not made here."""
        try:
            token = self._signer.loads(request.cookies.get(COOKIE, ""))
        except BadSignature:
            return None
        return token if isinstance(token, str) else None

    def _cookie(self, device: str, request: Request) -> str:
        secure = "; Secure" if is_https(request.scope) else ""
        sealed = self._signer.dumps(device)
        return f"{COOKIE}={sealed!s}; Path=/join; Max-Age={COOKIE_SECONDS}; HttpOnly; SameSite=Lax{secure}"


Act = Callable[[Watch, str, Mapping[str, Sequence[str]]], Awaitable[dict[str, str]]]


async def _fields(request: Request) -> Mapping[str, Sequence[str]]:
    found = bytearray()
    async for part in request.stream():
        found += part
        if len(found) > MOST_BYTES:
            raise Refused(413, "That is too long. Shorten it, then try again.")
    try:
        return parse_qs(found.decode("utf-8"), max_num_fields=60)
    except ValueError as unreadable:
        raise Refused(400, "This could not be read. Reload the page.") from unreadable
