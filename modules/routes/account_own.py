"""The pages of those who are signed in: their account, its sign-ins, and what they change in it."""

from datetime import datetime
from html import escape

from starlette.responses import Response

from modules.actions.accounts import linked
from modules.actions.identity import hashed, new_token
from modules.actions.own_account import (
    NOT_PRESENT,
    change_email,
    change_password,
    close_sign_in,
    confirm_email,
    own,
    sign_out_everywhere,
)
from modules.core.credit import day_text
from modules.core.errors import NotAllowed
from modules.core.people import Account
from modules.records.accounts_sign_ins import SignIn
from modules.routes.account_ask import (
    Ask,
    email_field,
    form,
    go,
    held_back,
    page,
    password_field,
    said,
    signed_in_to,
    tried,
)
from modules.routes.account_cookies import without_session
from modules.routes.account_enter import HINT
from modules.routes.openid import openid_ways

DUTY_NAMES = {"author": "author", "educator": "educator", "coordinator": "coordinator", "owner": "owner"}


def own_page(ask: Ask, error: str = "", status: int = 200) -> Response:
    try:
        account = own(ask.office, ask.actor) if ask.actor else None
    except NotAllowed:
        account = None
    if account is None:
        return go("/account/sign-in?next=/account")
    done = {"password": "Your password was changed, and every other sign-in ended.", "sent": SENT}
    told = done.get(ask.request.query_params.get("done", ""), "")
    body = (
        f"{said('Nothing was changed', error) if error else ''}"
        f"{f'<p role=status><strong>{told}</strong></p>' if told else ''}"
        f"{_facts(account)}{LINKS}{_sign_ins(ask, account)}{_password(ask, account)}{_email(ask)}{_connect(ask)}"
    )
    return page(ask, "Your account", body, status)


SENT = "A letter is on its way to the new address. It counts once you have opened the link in it."
LINKS = (
    '<div class="steps"><a class="button main" href="/">Go on learning</a>'
    '<a class="button" href="/account/profile">Your profile</a>'
    '<a class="button" href="/account/transcript">Transcript</a>'
    '<a class="button" href="/account/privacy">Your data</a></div>'
)


def _facts(account: Account) -> str:
    state = "confirmed" if account.confirmed else "not confirmed yet: no certificate under a credit scheme until it is"
    rows = [("E-mail address", account.email), ("State", state)]
    if duties := [DUTY_NAMES[one] for one in sorted(account.duties) if one in DUTY_NAMES]:
        rows.append(("You are here as", ", ".join(duties)))
    listed = "".join(f"<div><dt>{name}</dt><dd>{escape(text)}</dd></div>" for name, text in rows)
    return f'<dl class="lm-facts">{listed}</dl>'


def _sign_ins(ask: Ask, account: Account) -> str:
    mine = hashed(ask.token) if ask.token else ""
    standing = ask.context.records.accounts.sign_ins.of(account.id)
    rows = "".join(_sign_in(ask, one, here=one.token == mine) for one in standing)
    everywhere = form(ask, "/account/sign-out-everywhere", "", "Sign out everywhere", main=False)
    return (
        f'<h2>Where you are signed in</h2><ul class="contents">{rows}</ul>'
        f'<div class="steps">{form(ask, "/account/sign-out", "", "Sign out here", main=False)}{everywhere}</div>'
    )


def _sign_in(ask: Ask, one: SignIn, *, here: bool) -> str:
    told = f"{escape(one.device)}, since {_day(one.began)}, last used {_day(one.seen)}"
    if here:
        return f"<li>{told} <strong>(this browser)</strong></li>"
    hidden = f'<input type="hidden" name="which" value="{one.token}">'
    return f"<li>{told} {form(ask, '/account/close', hidden, f'Sign out {one.device}', main=False)}</li>"


def _day(at: datetime) -> str:
    return day_text(at.date())


def _password(ask: Ask, account: Account) -> str:
    if not account.has_password:
        told = 'Your account has no password. <a href="/account/forgot">Choose one by letter</a> if you want one.'
        return f"<h2>Password</h2><p>{told}</p>"
    inside = (
        f'<input type="hidden" autocomplete="username" value="{escape(account.email)}">'
        f"{password_field('old', 'Present password')}{password_field('password', 'New password', new=True, hint=HINT)}"
    )
    return f"<h2>Password</h2>{form(ask, '/account/password', inside, 'Change the password', main=False)}"


def _email(ask: Ask) -> str:
    if ask.context.sender is None:
        return "<h2>E-mail address</h2><p>This site sends no letters. Ask its owner if your address has changed.</p>"
    inside = (
        f"{email_field(ask.form.get('new-email', ''), name='new-email', label='New e-mail address')}"
        f"{password_field('present', 'Present password')}"
    )
    return f"<h2>E-mail address</h2>{form(ask, '/account/email', inside, 'Change the address', main=False)}"


def _connect(ask: Ask) -> str:
    """Another site that may sign this person in from now on."""
    ways = openid_ways(ask.context, ask.request, "Connect")
    return f"<h2>Sign in by another site</h2>{ways}" if ways else ""


def sign_out_send(ask: Ask) -> Response:
    if ask.actor is not None and ask.token is not None:
        close_sign_in(ask.office, ask.actor, hashed(ask.token))
    return _out(ask)


def everywhere_send(ask: Ask) -> Response:
    if ask.actor is not None:
        sign_out_everywhere(ask.office, ask.actor)
    return _out(ask)


def _out(ask: Ask) -> Response:
    answer = go("/account/signed-out")
    answer.headers.append("Set-Cookie", without_session(ask.request.scope))
    return answer


def signed_out_page(ask: Ask) -> Response:
    body = (
        "<p>You are signed out. What you have done is kept with your account.</p>"
        '<div class="steps"><a class="button" href="/account/sign-in">Sign in</a>'
        '<a class="button" href="/">All modules</a></div>'
    )
    return page(ask, "Signed out", body)


def close_send(ask: Ask) -> Response:
    if ask.actor is None:
        return go("/account/sign-in")
    close_sign_in(ask.office, ask.actor, ask.form.get("which", ""))
    return go("/account")


def password_send(ask: Ask) -> Response:
    if ask.actor is None or ask.actor.account is None:
        return go("/account/sign-in")
    account, visit = own(ask.office, ask.actor), ask.visit()
    if sentence := held_back(ask, account.email):
        return own_page(ask, sentence, 429)
    try:
        change_password(ask.office, ask.actor, ask.form.get("old", ""), ask.form.get("password", ""), visit=visit)
    except NotAllowed as refused:
        if str(refused) == NOT_PRESENT:
            tried(ask, account.email, right=False)
        return own_page(ask, str(refused), 422)
    tried(ask, account.email, right=True)
    return signed_in_to(ask, account, visit, "/account?done=password")


def email_send(ask: Ask) -> Response:
    if ask.actor is None or ask.actor.account is None:
        return go("/account/sign-in")
    account = own(ask.office, ask.actor)
    if sentence := held_back(ask, account.email):
        return own_page(ask, sentence, 429)
    try:
        present, new = ask.form.get("present", ""), ask.form.get("new-email", "")
        change_email(ask.office, ask.actor, present, new, token=new_token(), now=ask.now)
    except NotAllowed as refused:
        if str(refused) == NOT_PRESENT:
            tried(ask, account.email, right=False)
        return own_page(ask, str(refused), 422)
    return go("/account?done=sent")


def new_email_page(ask: Ask, error: str = "", status: int = 200) -> Response:
    token = ask.request.path_params["token"]
    try:
        _, link = linked(ask.context.records, token, "email", ask.now)
    except NotAllowed as over:
        return page(ask, "This link is over", f"<p>{escape(error or str(over))}</p>", 410)
    body = (
        f"{said('Nothing was changed', error) if error else ''}"
        f"<p>New address of your account: <strong>{escape(link.email or '')}</strong></p>"
        f"{form(ask, f'/account/email/{token}', '', 'Take this address')}"
    )
    return page(ask, "A new address", body, status)


def new_email_send(ask: Ask) -> Response:
    try:
        confirm_email(ask.office, ask.request.path_params["token"], ask.now)
    except NotAllowed as refused:
        return new_email_page(ask, str(refused), 422)
    return go("/account")
