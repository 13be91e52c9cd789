"""The profile page: what stands on certificates, what registers need, and what a person agrees to."""

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import partial

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from modules.actions.identity import actor_of
from modules.actions.profile import KINDS, Own, keep_own_profile, own_profile
from modules.core.errors import RecordsUnavailable
from modules.core.people import Consent
from modules.core.profile_form import typed_of
from modules.routes.account_guard import STALE, Refused, csrf, csrf_holds, form_of
from modules.routes.context import RouteContext
from modules.routes.origin import FOREIGN, foreign
from modules.routes.page import SHEETS, Page, bar, notice, respond
from modules.routes.profile_form import Shown, form_html

PATH = "/account/profile"
TITLE = "Your profile"


def profile_routes(context: RouteContext) -> list[BaseRoute]:
    return [Route(PATH, partial(_profile, context), methods=["GET", "POST"])]


async def _profile(context: RouteContext, request: Request) -> Response:
    """Guests are sent to sign in, and come back here."""
    try:
        account = await run_in_threadpool(_account, context, request)
        if account is None:
            return RedirectResponse(f"/account/sign-in?then={PATH}", 303)
        if request.method == "POST":
            return await _send(context, request, account)
        own = await run_in_threadpool(own_profile, context.records, account)
        saved = "saved" in request.query_params
        return _page(context, account, Shown(_fields(own)), history=own.history, saved=saved)
    except Refused as refused:
        return notice(context, "Not saved", refused.sentence, (PATH, TITLE), status=refused.status)
    except RecordsUnavailable as away:
        return notice(context, "Not available", str(away), (PATH, "Try again"), status=503)


async def _send(context: RouteContext, request: Request, account: str) -> Response:
    if foreign(context.base_url, request):
        raise Refused(403, FOREIGN)
    typed = await form_of(request)
    if not csrf_holds(context.secret, account, PATH, typed.get("csrf", "")):
        raise Refused(403, STALE)
    keep = partial(keep_own_profile, context.records, account, typed, now=datetime.now(UTC))
    try:
        refused = await run_in_threadpool(keep)
        if not refused:
            return RedirectResponse(f"{PATH}?saved", 303)
        own = await run_in_threadpool(own_profile, context.records, account)
    except RecordsUnavailable as away:
        return _page(context, account, Shown(typed, {}, str(away)), status=503)
    return _page(context, account, Shown(typed, refused), history=own.history, status=422)


def _account(context: RouteContext, request: Request) -> str | None:
    actor = actor_of(context.records, request.cookies, context.secret, datetime.now(UTC))
    return None if actor is None else actor.account


def _fields(own: Own) -> Mapping[str, str]:
    return typed_of(own.profile) | {f"consent-{kind}": "yes" for kind in KINDS if own.agrees(kind)}


def _page(
    context: RouteContext, account: str, shown: Shown, *,
    history: tuple[Consent, ...] = (), status: int = 200, saved: bool = False,
) -> HTMLResponse:  # fmt: skip
    done = '<p class="verdict valid" role="status">Saved.</p>' if saved else ""
    body = (
        f'{bar(context)}<main id="main" class="page"><h1>{TITLE}</h1>{done}'
        "<p>Fill in what you need. You can change or clear all of it at any time; certificates keep the name they were "
        "issued with until you ask for a corrected one.</p>"
        f"{form_html(shown, history, csrf(context.secret, account, PATH))}"
        '<p><a href="/account">Back to your account</a></p></main>'
    )
    sheets = (*SHEETS, "profile.css")
    return respond(context, Page(TITLE, body, "Your own data.", PATH, sheets=sheets, private=True), status)
