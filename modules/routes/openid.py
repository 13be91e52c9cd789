"""Sign-in with a provider of OpenID Connect: the way there, the way back, and the buttons that begin it."""

import hmac
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from html import escape
from typing import Any, cast
from urllib.parse import quote
from uuid import uuid4

import httpx
from authlib.common.errors import AuthlibBaseError
from itsdangerous import BadSignature, URLSafeTimedSerializer
from joserfc.errors import JoseError
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from modules.actions.account_devices import device
from modules.actions.accounts import Visit, enter
from modules.actions.identity import COOKIE, SESSION_COOKIE, actor_of, new_learner, new_token, unseal, unseal_token
from modules.actions.openid import SENTENCES, Claims, Refusal, arrive, claims_of
from modules.actions.openid_providers import Provider
from modules.core.errors import LandmarkError
from modules.core.people import Account
from modules.records.accounts import mail_key
from modules.routes.account_cookies import device_cookie, session_cookie
from modules.routes.account_guard import onward
from modules.routes.account_limits import key_of
from modules.routes.context import RouteContext
from modules.routes.openid_party import Party, party
from modules.routes.page import missing, notice
from modules.routes.scheme import is_https

log = logging.getLogger("landmark.openid")
BEGUN_COOKIE = "landmark_openid"
BEGUN_SECONDS = 600
SIGN_IN, ACCOUNT = "/account/sign-in", "/account"


Way = Callable[[RouteContext, Mapping[str, Party], Request], Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class Begun:
    """What the way back must match. `account`: whom this browser was signed in to when it left."""

    provider: str
    state: str
    nonce: str
    verifier: str
    then: str
    account: str | None


def openid_routes(context: RouteContext) -> list[BaseRoute]:
    parties = {provider.name: party(provider) for provider in context.providers}
    return [
        Route("/account/openid/{provider}", partial(_told, _leave, context, parties)),
        Route("/account/openid/{provider}/callback", partial(_told, _come_back, context, parties)),
    ]


def openid_ways(context: RouteContext, request: Request, words: str = "Sign in with") -> str:
    """What went wrong at a provider, and a button for each. Empty where there is none."""
    onto = onward(request.query_params.get("next"))
    query = f"?next={quote(onto, safe='')}" if onto != "/" else ""
    ways = "".join(
        f'<a class="button" href="/account/openid/{one.name}{escape(query)}">{words} {escape(one.label)}</a>'
        for one in context.providers
    )
    return f'{openid_told(context, request)}<div class="steps">{ways}</div>' if ways else ""


def openid_told(context: RouteContext, request: Request) -> str:
    """Why somebody is back without being signed in; only our own sentences, whatever the address says."""
    sentence = SENTENCES.get(cast(Refusal, request.query_params.get("openid", "")))
    name = request.query_params.get("provider", "")
    label = next((one.label for one in context.providers if one.name == name), "The other site")
    return f'<p class="verdict not" role="alert">{escape(sentence.format(label=label))}</p>' if sentence else ""


async def _told(way: Way, context: RouteContext, parties: Mapping[str, Party], request: Request) -> Response:
    """A broken promise becomes its sentence."""
    try:
        return await way(context, parties, request)
    except LandmarkError as broken:
        return notice(context, "Not signed in", str(broken), (SIGN_IN, "Sign in"), status=503)


async def _leave(context: RouteContext, parties: Mapping[str, Party], request: Request) -> Response:
    """Only from a page of ours: another site must not begin a sign-in, nor connect an account."""
    found = _asked(context, request)
    if found is None:
        return missing(context, "This site has no such way to sign in.", (SIGN_IN, "Sign in"))
    if request.headers.get("sec-fetch-site") in ("cross-site", "same-site"):
        return _back(found, "cross", request.query_params.get("next"))
    try:
        url, kept = await parties[found.name].begin(_return_address(context, request, found))
    except (httpx.HTTPError, AuthlibBaseError, ValueError, RuntimeError) as away:
        log.warning("%s did not say how to sign in: %s", found.name, away)
        return _back(found, "away", request.query_params.get("next"))
    actor = await run_in_threadpool(actor_of, context.records, request.cookies, context.secret, datetime.now(UTC))
    account = None if actor is None else actor.account
    then = onward(request.query_params.get("next"))
    begun = [found.name, kept["state"], kept["nonce"], kept["code_verifier"], then, account]
    answer = RedirectResponse(url, 303, {"Cache-Control": "no-store"})
    answer.headers.append("Set-Cookie", _cookie(_signer(context).dumps(begun), BEGUN_SECONDS, request))
    return answer


async def _come_back(context: RouteContext, parties: Mapping[str, Party], request: Request) -> Response:
    found = _asked(context, request)
    if found is None:
        return missing(context, "This site has no such way to sign in.", (SIGN_IN, "Sign in"))
    begun = _begun(context, request)
    then = "/" if begun is None else begun.then
    outcome = await _outcome(context, parties[found.name], begun, request)
    if not isinstance(outcome, Account):
        away = begun is not None and begun.account is not None
        answer: Response = _back(found, outcome, then, signed_in=away)
    else:
        token = new_token()
        visit = Visit(
            token,
            device(request.headers.get("user-agent", "")),
            datetime.now(UTC),
            unseal(request.cookies.get(COOKIE), context.secret),
            unseal_token(request.cookies.get(SESSION_COOKIE), context.secret),
        )
        await run_in_threadpool(enter, context.records, outcome, visit)
        answer = RedirectResponse(then, 303, {"Cache-Control": "no-store"})
        for line in (
            session_cookie(token, outcome.duties, context.secret, request.scope),
            device_cookie(key_of(mail_key(outcome.email)), context.secret, request.scope),
        ):
            answer.headers.append("Set-Cookie", line)
    answer.headers.append("Set-Cookie", _cookie("", 0, request))
    return answer


async def _outcome(context: RouteContext, party: Party, begun: Begun | None, request: Request) -> Account | Refusal:
    asked = request.query_params
    if begun is None or begun.provider != request.path_params["provider"]:
        return "over"
    if not hmac.compare_digest(begun.state.encode(), asked.get("state", "").encode()):
        return "over"
    if asked.get("error"):
        return "declined"
    back = _return_address(context, request, party.provider)
    try:
        said = await party.finish(asked, back, nonce=begun.nonce, verifier=begun.verifier)
    except httpx.HTTPError as away:
        log.warning("%s did not answer: %s", begun.provider, away)
        return "away"
    except (AuthlibBaseError, JoseError, ValueError, KeyError) as wrong:
        log.warning("%s gave an answer that does not hold: %s", begun.provider, type(wrong).__name__)
        return "wrong"
    return await run_in_threadpool(_arrive, context, claims_of(said), begun, request)


def _arrive(context: RouteContext, claims: Claims, begun: Begun, request: Request) -> Account | Refusal:
    """Whoever was signed in when leaving must still be, else the way back could connect somebody else's account."""
    now = datetime.now(UTC)
    actor = actor_of(context.records, request.cookies, context.secret, now)
    here = None if actor is None else actor.account
    if here != begun.account:
        return "over"
    new = Account(uuid4().hex, new_learner(), claims.email or "", now, frozenset({"learner"}), now)
    return arrive(context.records, claims, new, signed_in=here)


def _asked(context: RouteContext, request: Request) -> Provider | None:
    return next((one for one in context.providers if one.name == request.path_params["provider"]), None)


def _return_address(context: RouteContext, request: Request, provider: Provider) -> str:
    """As registered with the provider: under the public address where it is known."""
    base = context.base_url or f"{'https' if is_https(request.scope) else 'http'}://{request.url.netloc}"
    return f"{base.rstrip('/')}/account/openid/{provider.name}/callback"


def _back(provider: Provider, why: Refusal, onto: str | None, *, signed_in: bool = False) -> Response:
    """To the page they came from, which says why: to sign in, or to their account."""
    wanted = onward(onto)
    rest = f"&next={quote(wanted, safe='')}" if wanted != "/" else ""
    address = f"{ACCOUNT if signed_in else SIGN_IN}?openid={why}&provider={provider.name}{rest}"
    return RedirectResponse(address, 303, {"Cache-Control": "no-store"})


def _begun(context: RouteContext, request: Request) -> Begun | None:
    try:
        found: Any = _signer(context).loads(request.cookies.get(BEGUN_COOKIE, ""), max_age=BEGUN_SECONDS)
    except BadSignature:
        return None
    return Begun(*found)


def _signer(context: RouteContext) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(context.secret, salt="openid")


def _cookie(value: str, seconds: int, request: Request) -> str:
    """Lax, not Strict: the way back begins at the provider's site."""
    secure = "; Secure" if is_https(request.scope) else ""
    return f"{BEGUN_COOKIE}={value}; Path=/account/openid; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}"
