"""One request for an account page, with all that is known of who asks; and the answers such pages give."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from html import escape
from time import monotonic
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from modules.actions.account_devices import device
from modules.actions.accounts import Office, Visit
from modules.actions.identity import DEVICE_COOKIE, new_token, unseal_device
from modules.core.people import Account, Actor
from modules.records.accounts import mail_key
from modules.routes.account_cookies import device_cookie, session_cookie
from modules.routes.account_guard import csrf, onward
from modules.routes.account_limits import Limits, key_of
from modules.routes.context import RouteContext
from modules.routes.limit import client
from modules.routes.page import Page, bar, respond

TOO_FAST = "That did not match several times from here. Wait {seconds} seconds, then try again."
TOO_MANY = "Too many people sign in from your network at this moment. Wait a minute, then try again."


@dataclass(frozen=True, slots=True)
class Ask:
    """`token`: of the sign-in that stands. `guest`: the guest cookie's, not claimed by anybody."""

    context: RouteContext
    request: Request
    limits: Limits
    now: datetime
    actor: Actor | None
    token: str | None
    guest: str | None
    form: Mapping[str, str] = field(default_factory=dict)

    @property
    def office(self) -> Office:
        return Office(self.context.records, self.context.passwords, self.context.sender)

    @property
    def holder(self) -> str:
        """What forms are bound to; empty for a browser that sends no cookie."""
        return self.token or self.guest or ""

    @property
    def next(self) -> str:
        return onward(self.form.get("next") or self.request.query_params.get("next"))

    def visit(self) -> Visit:
        """A new token every time: one that a browser was given before signing in is worth nothing."""
        agent = self.request.headers.get("user-agent", "")
        return Visit(new_token(), device(agent), self.now, self.guest, self.token)

    def key(self, email: str) -> str:
        """Whose wrong tries count: this browser's if it signed in to this account before, else this client's."""
        known = unseal_device(self.request.cookies.get(DEVICE_COOKIE), self.context.secret)
        mine = known == key_of(mail_key(email))
        return key_of(mail_key(email), f"device {known}" if mine else client(self.request))

    def known_device(self, email: str) -> bool:
        known = unseal_device(self.request.cookies.get(DEVICE_COOKIE), self.context.secret)
        return known == key_of(mail_key(email))


Draw = Callable[[Ask], Response]


def held_back(ask: Ask, email: str) -> str | None:
    """The sentence for somebody who must wait; None when they may try now. Tries are counted by `tried`."""
    if wait := ask.limits.tries.wait(ask.key(email), monotonic()):
        return TOO_FAST.format(seconds=wait)
    if not ask.known_device(email) and not ask.limits.strangers.allows(ask.request):
        return TOO_MANY
    return None


def tried(ask: Ask, email: str, *, right: bool) -> None:
    if right:
        ask.limits.tries.right(ask.key(email))
    else:
        ask.limits.tries.wrong(ask.key(email), monotonic())


def may_post(ask: Ask, email: str) -> bool:
    """False when a letter would be one of too many: the page says the same, and no letter goes out."""
    now = monotonic()
    return ask.limits.from_one_place.allows(ask.request) and ask.limits.to_one_address.allowed(
        key_of(mail_key(email)), now
    )


def page(ask: Ask, title: str, body: str, status: int = 200) -> HTMLResponse:
    whole = f'{bar(ask.context)}<main id="main" class="page account"><h1>{escape(title)}</h1>{body}</main>'
    return respond(ask.context, Page(title, whole, title, "", private=True), status)


def said(title: str, sentence: str) -> str:
    """A refusal, in a box that is read out."""
    return f'<div class="verdict not" role="alert"><strong>{escape(title)}</strong>{escape(sentence)}</div>'


def form(ask: Ask, action: str, inside: str, button: str, *, main: bool = True) -> str:
    """POSTs to one of our own addresses; bound to this browser."""
    token = csrf(ask.context.secret, ask.holder, action)
    kind = "button main" if main else "button"
    return (
        f'<form class="field" method="post" action="{escape(action)}">'
        f'<input type="hidden" name="csrf" value="{token}">{inside}'
        f'<button class="{kind}" type="submit">{escape(button)}</button></form>'
    )


def text_field(name: str, label: str, *, hint: str = "", **attributes: str) -> str:
    """Labelled, required, with a hint tied to it; `attributes` with `_` for `-`."""
    told = "".join(f' {key.replace("_", "-")}="{escape(value)}"' for key, value in attributes.items())
    about = f' aria-describedby="{name}-hint"' if hint else ""
    under = f'<p class="fine" id="{name}-hint">{escape(hint)}</p>' if hint else ""
    box = f'<input id="{name}" name="{name}" required{told}{about}>'
    return f'<p><label for="{name}">{escape(label)}</label>{box}</p>{under}'


def email_field(value: str = "", *, name: str = "email", label: str = "E-mail address") -> str:
    return text_field(
        name, label, type="email", autocomplete="username", maxlength="254", spellcheck="false", value=value
    )


def password_field(name: str = "password", label: str = "Password", *, new: bool = False, hint: str = "") -> str:
    kind = "new-password" if new else "current-password"
    return text_field(name, label, hint=hint, type="password", autocomplete=kind, maxlength="256")


def next_field(ask: Ask) -> str:
    return "" if ask.next == "/" else f'<input type="hidden" name="next" value="{escape(ask.next)}">'


def next_query(ask: Ask) -> str:
    return "" if ask.next == "/" else f"?next={quote(ask.next)}"


def go(address: str) -> RedirectResponse:
    return RedirectResponse(address, 303, headers={"Cache-Control": "no-store"})


def signed_in_to(ask: Ask, account: Account, visit: Visit, address: str) -> Response:
    """On the way to where they wanted, with the cookie of the new sign-in."""
    answer, secret, scope = go(address), ask.context.secret, ask.request.scope
    answer.headers.append("Set-Cookie", session_cookie(visit.token, account.duties, secret, scope))
    answer.headers.append("Set-Cookie", device_cookie(key_of(mail_key(account.email)), secret, scope))
    return answer
