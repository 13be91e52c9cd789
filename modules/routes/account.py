"""The account's pages by address. GET draws and changes nothing; POST acts, from our own forms only."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial

from anyio import CapacityLimiter, to_thread
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from modules.actions.identity import COOKIE, SESSION_COOKIE, actor_of, unseal, unseal_token
from modules.core.errors import LandmarkError
from modules.core.people import Actor
from modules.routes.account_ask import Ask, Draw
from modules.routes.account_enter import (
    confirm_page,
    confirm_send,
    forgot_page,
    forgot_send,
    register_page,
    register_send,
    reset_page,
    reset_send,
    sent_page,
    sign_in_page,
    sign_in_send,
    waiting_page,
)
from modules.routes.account_guard import STALE, Refused, csrf_holds, form_of
from modules.routes.account_limits import Limits
from modules.routes.account_own import (
    close_send,
    email_send,
    everywhere_send,
    new_email_page,
    new_email_send,
    own_page,
    password_send,
    sign_out_send,
    signed_out_page,
)
from modules.routes.context import RouteContext
from modules.routes.origin import FOREIGN, foreign
from modules.routes.page import notice
from modules.routes.privacy import erase_page, erase_send, erased_page, export_send, flow_page, privacy_page

HASHING_AT_ONCE = 4
"""Each password that is looked at takes 64 MiB (RFC 9106); more of them wait, and hold up no other page."""

DRAWN: Mapping[str, Draw] = {
    "/account": own_page,
    "/account/register": register_page,
    "/account/waiting": waiting_page,
    "/account/sign-in": sign_in_page,
    "/account/signed-out": signed_out_page,
    "/account/forgot": forgot_page,
    "/account/sent": sent_page,
    "/account/confirm/{token}": confirm_page,
    "/account/reset/{token}": reset_page,
    "/account/email/{token}": new_email_page,
    "/account/privacy": privacy_page,
    "/account/privacy/flow": flow_page,
    "/account/privacy/erase": erase_page,
    "/account/privacy/erased": erased_page,
}
SENT: Mapping[str, Draw] = {
    "/account/register": register_send,
    "/account/sign-in": sign_in_send,
    "/account/sign-out": sign_out_send,
    "/account/sign-out-everywhere": everywhere_send,
    "/account/close": close_send,
    "/account/password": password_send,
    "/account/email": email_send,
    "/account/forgot": forgot_send,
    "/account/confirm/{token}": confirm_send,
    "/account/reset/{token}": reset_send,
    "/account/email/{token}": new_email_send,
    "/account/privacy/export": export_send,
    "/account/privacy/erase": erase_send,
}


def account_routes(context: RouteContext) -> list[BaseRoute]:
    limits, hashing = Limits(), CapacityLimiter(HASHING_AT_ONCE)
    drawn = [Route(path, partial(_draw, context, limits, draw), methods=["GET"]) for path, draw in DRAWN.items()]
    sent = [
        Route(path, partial(_send, partial(_act, context, limits, send), context, hashing), methods=["POST"])
        for path, send in SENT.items()
    ]
    return [*drawn, *sent]


def _draw(context: RouteContext, limits: Limits, draw: Draw, request: Request) -> Response:
    try:
        return draw(ask_of(context, limits, request, {}))
    except LandmarkError as away:
        return _notice(context, 503, str(away))


async def _send(
    act: "partial[Response]", context: RouteContext, hashing: CapacityLimiter, request: Request
) -> Response:
    try:
        if foreign(context.base_url, request):
            raise Refused(403, FOREIGN)
        form = await form_of(request)
    except Refused as refused:
        return _notice(context, refused.status, refused.sentence)
    return await to_thread.run_sync(partial(act, asked=(request, form)), limiter=hashing)


def _act(context: RouteContext, limits: Limits, send: Draw, *, asked: tuple[Request, dict[str, str]]) -> Response:
    request, form = asked
    try:
        ask = ask_of(context, limits, request, form)
        if not ask.holder or not csrf_holds(context.secret, ask.holder, request.url.path, form.get("csrf", "")):
            return _notice(context, 403, STALE)
        return send(ask)
    except LandmarkError as away:
        return _notice(context, 503, str(away))


def ask_of(context: RouteContext, limits: Limits, request: Request, form: Mapping[str, str]) -> Ask:
    """A sign-in that has ended counts as none here: these pages are where one signs in again."""
    now, cookies = datetime.now(UTC), request.cookies
    actor = actor_of(context.records, cookies, context.secret, now)
    token = None
    if actor is not None and actor.account is not None:
        token = unseal_token(cookies.get(SESSION_COOKIE), context.secret)
    guest = unseal(cookies.get(COOKIE), context.secret)
    if guest is not None and context.records.accounts.claims.claimed(guest):
        guest = None
    ask = Ask(context, request, limits, now, actor, token, guest, form)
    return ask if actor is not None or guest is None else replace(ask, actor=Actor(guest))


def _notice(context: RouteContext, status: int, sentence: str) -> Response:
    title = "Not done" if status < 500 else "Something is not available"
    return notice(context, title, sentence, ("/account", "Your account"), ("/", context.site), status=status)
