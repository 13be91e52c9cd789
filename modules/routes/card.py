"""Questions over a plain route: the card of a sitting, and what is sent from it. JSON in and out; never cached."""

import json
from datetime import UTC, datetime

from pydantic import BaseModel, ConfigDict, Field, FiniteFloat, ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse

from modules.actions.identity import SESSION_COOKIE, actor_of, learner_in
from modules.actions.stage.stage import act, card
from modules.actions.stage.visit import NOWHERE, Card, Sent, Visit
from modules.core.errors import NotAllowed, RecordsUnavailable
from modules.records.records import NOT_SAVED
from modules.routes.context import RouteContext
from modules.routes.origin import FOREIGN, foreign

MOST_BYTES = 64 * 1024
HEADERS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff", "X-Robots-Tag": "noindex"}
NO_COOKIE = "Your place could not be found: this browser sent no cookie. Allow cookies for this site, then reload."
ENDED = "You are no longer signed in here. Reload the page, then sign in again."
TOO_LONG = "That is too long to be saved. Shorten it, then try again."
UNREADABLE = "This could not be read. Reload the page, then try again."


class Body(BaseModel):
    """What a card sends."""

    model_config = ConfigDict(extra="forbid", strict=True)

    do: str = Field(max_length=40)
    fields: dict[str, list[str]] = Field(default_factory=dict)
    version: str = Field(default="", max_length=128)
    seconds: FiniteFloat = Field(default=0, ge=0)


class Refused(Exception):
    """With the status and the sentence of the reply."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status, self.sentence = status, sentence


async def card_route(context: RouteContext, request: Request) -> JSONResponse:
    """GET draws, POST does. The work is off the event loop: a slow database holds up nobody else."""
    try:
        if request.method == "POST":
            _own(context, request)
            sent = _read(await _body(request))
            visit = await run_in_threadpool(_visit, context, request)
            return _reply(await run_in_threadpool(act, visit, sent))
        return _reply(await run_in_threadpool(card, await run_in_threadpool(_visit, context, request)))
    except Refused as refused:
        return _error(refused.status, refused.sentence)
    except NotAllowed as refused:
        return _error(404 if str(refused) == NOWHERE else 422, str(refused))
    except RecordsUnavailable as away:
        # Whatever could not be read, a response that got no reply is to be sent again.
        return _error(503, NOT_SAVED if request.method == "POST" else str(away))


def _visit(context: RouteContext, request: Request) -> Visit:
    now = datetime.now(UTC)
    actor = actor_of(context.records, request.cookies, context.secret, now)
    if actor is None:
        raise Refused(401, ENDED if SESSION_COOKIE in request.cookies else NO_COOKIE)
    library = context.library()
    module = library.modules.get(request.path_params["module"])
    if module is None:
        raise Refused(404, NOWHERE)
    where = request.path_params["where"].strip("/")
    lesson = request.query_params.get("lesson", "")
    learner = learner_in(actor, module.id)
    return Visit(context.records, library.evidence, module, learner, where, now, lesson)


def _own(context: RouteContext, request: Request) -> None:
    """Only our own script may send: this header cannot be set across sites, and the origin must be ours."""
    if foreign(context.base_url, request) or request.headers.get("x-landmark") != "1":
        raise Refused(403, FOREIGN)


async def _body(request: Request) -> bytes:
    found = bytearray()
    async for part in request.stream():
        found += part
        if len(found) > MOST_BYTES:
            raise Refused(413, TOO_LONG)
    return bytes(found)


def _read(body: bytes) -> Sent:
    try:
        found = Body.model_validate(json.loads(body))
    except (ValidationError, ValueError, RecursionError) as unreadable:
        raise Refused(400, UNREADABLE) from unreadable
    return Sent(found.do, found.fields, found.version, found.seconds)


def _reply(found: Card) -> JSONResponse:
    told = {"html": found.html, "focus": found.focus, "done": found.done, "error": found.error}
    return JSONResponse({k: v for k, v in told.items() if v}, found.status, HEADERS)


def _error(status: int, sentence: str) -> JSONResponse:
    return JSONResponse({"error": sentence}, status, HEADERS)
