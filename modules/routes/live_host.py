"""Leading a live session: the presenter's page with its polls, what it is told, and what it sends."""

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime
from functools import lru_cache
from io import BytesIO
from typing import Any, get_args

import segno
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from modules.actions.identity import SESSION_COOKIE, actor_of
from modules.actions.live.floor import moderate
from modules.actions.live.rehearsal import simulate
from modules.actions.live.results import moved, results
from modules.actions.live.sessions import (
    NO_SESSION,
    Move,
    end,
    found,
    hide_word,
    led,
    move_poll,
    over,
    put_slide,
    tidy_code,
)
from modules.actions.live.slides import FLOOR, JOIN, session_slides, shift_of
from modules.core.errors import LandmarkError, NotAllowed, RecordsUnavailable
from modules.core.live import LiveSession, State, pairs
from modules.core.module import Module
from modules.core.people import Actor
from modules.records.floor import Standing
from modules.routes.account_guard import Refused, csrf, csrf_holds, form_of
from modules.routes.context import RouteContext
from modules.routes.join import JSON, STREAM
from modules.routes.live_desk import desk_html
from modules.routes.live_hub import Hub, Watch
from modules.routes.live_panels import floor_panel, join_panel, panel_html, shift_html
from modules.routes.origin import FOREIGN, foreign
from modules.routes.page import Page, bar, missing, notice, respond
from modules.routes.present import deck_page

MOST_BYTES = 4 * 1024
NOT_OFFERED = "This module is not offered at the moment."
UNREADABLE = "This could not be read. Reload the page."
STATES: frozenset[str] = frozenset(get_args(State))


class Body(BaseModel):
    """What the presenter's page, or the desk beside it, sends."""

    model_config = ConfigDict(extra="forbid", strict=True)

    do: str = Field(max_length=20)
    poll: str = Field(default="", max_length=40)
    before: str = Field(default="", max_length=20)
    after: str = Field(default="", max_length=20)
    slide: int = Field(default=1, ge=1, le=9999)
    question: int = Field(default=0, ge=0)
    word: str = Field(default="", max_length=80)


class Hosting:
    """The host's routes over the same hub as the phones'."""

    def __init__(self, context: RouteContext, hub: Hub) -> None:
        self._context, self._hub = context, hub

    def routes(self) -> list[Route]:
        made: dict[str, Callable[[Request], Awaitable[Response]]] = {
            "/room/{code}/now": self.now,
            "/room/{code}/events": self.events,
        }
        acting = Route("/room/{code}", self.act, methods=["POST"])
        desk = [Route("/room/{code}", self.desk), Route("/room/{code}/do", self.desk_sent, methods=["POST"])]
        return [*(Route(path, answer) for path, answer in made.items()), *desk, acting]

    async def desk(self, request: Request) -> Response:
        """Polls, words and questions, for a second screen or a helper who is signed in as the host."""
        return await run_in_threadpool(self._desk, request)

    def _desk(self, request: Request) -> Response:
        code = tidy_code(request.path_params["code"])
        try:
            session = self._led(request, code)
        except NotAllowed as refused:
            way = (f"/account/sign-in?next=/room/{code}", "Sign in")
            return notice(self._context, "Not open to you", str(refused), way, status=403)
        module = self._context.module(session.module)
        if module is None:
            return missing(self._context, NOT_OFFERED, ("/read", "All modules"))
        ended = over(session, datetime.now(UTC))
        told = desk_html(self._context.records, module, session, token=self._token(request, code), ended=ended)
        body = f'{bar(self._context)}<main id="main" class="page">{told}</main>'
        return respond(self._context, Page("Host desk", body, "Host desk", "", private=True))

    def _token(self, request: Request, code: str) -> str:
        return csrf(self._context.secret, request.cookies.get(SESSION_COOKIE, ""), f"/room/{code}")

    async def desk_sent(self, request: Request) -> Response:
        """A form of the desk; afterwards the desk as it is now."""
        code = tidy_code(request.path_params["code"])
        try:
            fields = await form_of(request)
            token = fields.pop("csrf", "")
            own = csrf_holds(self._context.secret, request.cookies.get(SESSION_COOKIE, ""), f"/room/{code}", token)
            if foreign(self._context.base_url, request) or not own:
                raise Refused(403, FOREIGN)
            number = fields.pop("question", "0")
            sent = _validated({**fields, "question": int(number) if number.isascii() and number.isdigit() else 0})
            await run_in_threadpool(self._do, request, code, sent)
        except (Refused, LandmarkError) as refused:
            status = refused.status if isinstance(refused, Refused) else 409
            way = (f"/room/{code}", "Back to the desk")
            return notice(self._context, "This was not done", str(refused), way, status=status)
        await self._hub.changed(code)
        return RedirectResponse(f"/room/{code}", 303)

    async def page(self, request: Request) -> Response:
        """`/present/<module>?session=<code>`: the slides with the polls among them."""
        code = tidy_code(request.query_params.get("session", ""))
        try:
            session = await run_in_threadpool(self._led, request, code)
        except NotAllowed as refused:
            where = f"/account/sign-in?next=/present/{request.path_params['module']}?session={code}"
            return notice(self._context, "Not open to you", str(refused), (where, "Sign in"), status=403)
        module = self._context.module(session.module)
        if module is None:
            return missing(self._context, NOT_OFFERED, ("/read", "All modules"))
        return await run_in_threadpool(self._page, request, module, session)

    def _page(self, request: Request, module: Module, session: LiveSession) -> Response:
        shown = session_slides(module, self._context.library().evidence, session)
        first = json.dumps(self._told(module, session, {}, request))
        extra = (
            f'<div id="session" data-code="{session.code}" data-at="{self._address(request, session)}" hidden></div>'
            f'<script type="application/json" id="first">{first.replace("<", chr(92) + "u003c")}</script>'
            '<div class="lm-session"><span id="room"></span><span id="votes" role="status"></span>'
            '<button type="button" id="vote" hidden>Open voting</button>'
            '<button type="button" id="reveal" hidden>Reveal the answer</button></div>'
        )
        return deck_page(self._context, module, shown, extra=extra)

    def _address(self, request: Request, session: LiveSession) -> str:
        base = (self._context.base_url or str(request.base_url)).rstrip("/")
        return f"{base}/join/{session.code}"

    async def now(self, request: Request) -> Response:
        return await self._guarded(request, self._now)

    async def _now(self, request: Request, code: str) -> Response:
        await run_in_threadpool(self._led, request, code)
        watch = await self._hub.watch(code)
        if watch is None:
            raise Refused(404, NO_SESSION)
        return Response(await self._text(watch, request), headers=JSON, media_type="application/json")

    async def events(self, request: Request) -> Response:
        return await self._guarded(request, self._events)

    async def _events(self, request: Request, code: str) -> Response:
        await run_in_threadpool(self._led, request, code)
        return StreamingResponse(self._stream(request, code), headers=STREAM, media_type="text/event-stream")

    async def _stream(self, request: Request, code: str) -> AsyncIterator[str]:
        async for watch in self._hub.changes(code, "desk"):
            yield ": still here\n\n" if watch is None else f"data: {await self._text(watch, request)}\n\n"

    async def _text(self, watch: Watch, request: Request) -> str:
        module = self._context.module(watch.session.module)
        if module is None:
            return json.dumps({"error": NOT_OFFERED})
        return json.dumps(await run_in_threadpool(self._told, module, watch.session, watch.kept, request))

    def _told(
        self, module: Module, session: LiveSession, kept: dict[tuple[str, str], str], request: Request
    ) -> dict[str, Any]:
        """Everything that the screen shows of the session. `kept`: panels of polls that no vote can change."""
        panels: dict[str, str] = {}
        votes = 0
        for placed in session.plan.polls:
            state = session.state(placed.id)
            if state == "draft":
                continue
            key = (placed.id, state + "".join(sorted(session.hidden.get(placed.id, ()))))
            if key not in kept:
                try:
                    found = results(self._context.records, module, session, placed)
                except NotAllowed:
                    continue
                votes = found.n if state == "open" else votes
                if state == "open":
                    panels[placed.id] = panel_html(found)
                    continue
                kept[key] = panel_html(found)
            panels[placed.id] = kept[key]
        for _, after in pairs(session.plan):
            if session.state(after.id) in ("closed", "revealed"):
                key = (shift_of(after.id), "")
                if key not in kept:
                    kept[key] = shift_html(moved(self._context.records, module, session, after))
                panels[shift_of(after.id)] = kept[key]
        panels[FLOOR] = floor_panel(self._context.records.floor.questions(session.code))
        panels[JOIN] = join_panel(session.code, *self._joining(request, session))
        return {
            "slide": session.slide, "ended": over(session, datetime.now(UTC)), "panels": panels, "votes": votes,
            "states": {placed.id: session.state(placed.id) for placed in session.plan.polls},
            "code": session.code, "at": self._address(request, session), "rehearsal": session.rehearsal,
        }  # fmt: skip

    def _joining(self, request: Request, session: LiveSession) -> tuple[str, str]:
        address = self._address(request, session)
        return address.partition("//")[2].rpartition("/")[0], _qr(address)

    async def act(self, request: Request) -> Response:
        return await self._guarded(request, self._act)

    async def _act(self, request: Request, code: str) -> Response:
        if foreign(self._context.base_url, request) or request.headers.get("x-landmark") != "1":
            raise Refused(403, FOREIGN)
        sent = await _body(request)
        await run_in_threadpool(self._do, request, code, sent)
        await self._hub.changed(code)
        return JSONResponse({"done": sent.do}, 200, JSON)

    def _do(self, request: Request, code: str, sent: Body) -> None:
        actor, records, now = self._actor(request), self._context.records, datetime.now(UTC)
        match sent.do:
            case "slide":
                put_slide(records, actor, code, sent.slide, now=now)
            case "move" if {sent.before, sent.after} <= STATES:
                move_poll(records, actor, code, Move(sent.poll, sent.before, sent.after), now=now)  # type: ignore[arg-type]
                self._rehearse(code, sent)
            case "hide":
                hide_word(records, actor, code, (sent.poll, sent.word), now=now)
            case "question" if sent.after in get_args(Standing):
                moderate(records, actor, code, (sent.question, sent.after))  # type: ignore[arg-type]
            case "end":
                end(records, actor, code, now=now)
            case _:
                raise Refused(400, UNREADABLE)

    def _rehearse(self, code: str, sent: Body) -> None:
        """In a rehearsal the room answers by itself."""
        session = found(self._context.records, code)
        module = self._context.module(session.module)
        if session.rehearsal and sent.after == "open" and module is not None:
            simulate(self._context.records, module, session, sent.poll, now=datetime.now(UTC))

    def _actor(self, request: Request) -> Actor:
        found = actor_of(self._context.records, request.cookies, self._context.secret, datetime.now(UTC))
        return found or Actor("")

    def _led(self, request: Request, code: str) -> LiveSession:
        return led(self._context.records, self._actor(request), code)

    async def _guarded(self, request: Request, answer: Callable[[Request, str], Awaitable[Response]]) -> Response:
        try:
            return await answer(request, tidy_code(request.path_params["code"]))
        except Refused as refused:
            return JSONResponse({"error": refused.sentence}, refused.status, JSON)
        except NotAllowed as refused:
            return JSONResponse({"error": str(refused)}, 403 if str(refused) != NO_SESSION else 404, JSON)
        except LandmarkError as away:
            status = 503 if isinstance(away, RecordsUnavailable) else 500
            return JSONResponse({"error": str(away)}, status, JSON)


@lru_cache(maxsize=64)
def _qr(address: str) -> str:
    """Drawn once: it takes longer than all else that the screen is told."""
    out = BytesIO()
    segno.make(address, error="m", micro=False).save(out, kind="svg", border=2, scale=8, xmldecl=False, omitsize=True)
    return out.getvalue().decode()


async def _body(request: Request) -> Body:
    found = bytearray()
    async for part in request.stream():
        found += part
        if len(found) > MOST_BYTES:
            raise Refused(413, "That is too long.")
    try:
        return _validated(json.loads(bytes(found)))
    except (ValueError, RecursionError) as unreadable:
        raise Refused(400, UNREADABLE) from unreadable


def _validated(fields: object) -> Body:
    try:
        return Body.model_validate(fields)
    except ValidationError as unreadable:
        raise Refused(400, UNREADABLE) from unreadable
