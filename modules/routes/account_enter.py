"""Making an account, signing in, and getting back in: the pages for those who are not signed in."""

from html import escape
from uuid import uuid4

from starlette.responses import Response

from modules.actions.accounts import (
    address,
    confirm,
    forgot,
    linked,
    register,
    reset,
    sign_in,
)
from modules.actions.identity import new_token
from modules.actions.passwords import SHORTEST
from modules.core.errors import NotAllowed
from modules.routes.account_ask import (
    Ask,
    email_field,
    form,
    go,
    held_back,
    may_post,
    next_field,
    next_query,
    page,
    password_field,
    said,
    signed_in_to,
    tried,
)
from modules.routes.openid import openid_ways

HINT = f"At least {SHORTEST} characters. Four or five unrelated words do well. Any character counts."
COMES_ALONG = "What you have done so far in this browser comes with you."
WITHOUT_LETTERS = (
    "This site sends no letters. A new account waits until the owner of the site has confirmed it; "
    "ask them if it takes long, or if you have forgotten your password."
)
FIRST = "This site has no owner yet. The first account made here becomes its owner, and can be used at once."
NO_MATCH = (
    "The address and the password do not belong together, or the account is not confirmed yet. "
    "Check both. If you have just made the account, confirm it first."
)


def register_page(ask: Ask, error: str = "", status: int = 200) -> Response:
    first = not ask.context.records.accounts.owned()
    told = f'<div class="lm-notice lm-caution"><p>{FIRST}</p></div>' if first else ""
    if not first and ask.context.sender is None:
        told = f"<p>{WITHOUT_LETTERS}</p>"
    inside = email_field(ask.form.get("email", "")) + password_field(new=True, hint=HINT) + next_field(ask)
    body = (
        f"{said('No account was made', error) if error else ''}"
        f"<p>With an account you go on from any device. {COMES_ALONG}</p>{told}"
        f"{form(ask, '/account/register', inside, 'Make an account')}"
        f'<p>You have one already? <a href="/account/sign-in{next_query(ask)}">Sign in</a>.</p>'
    )
    return page(ask, "Make an account", body, status)


def register_send(ask: Ask) -> Response:
    email, password = ask.form.get("email", ""), ask.form.get("password", "")
    office = ask.office
    try:
        if not may_post(ask, address(email)):
            return go("/account/waiting")
        made = register(office, email, password, id=uuid4().hex, token=new_token(), now=ask.now)
    except NotAllowed as refused:
        return register_page(ask, str(refused), 422)
    if made is None:
        return go("/account/waiting")
    visit = ask.visit()
    if sign_in(office, email, password, visit) is None:
        return go("/account/sign-in")
    return signed_in_to(ask, made, visit, ask.next if ask.next != "/" else "/account")


def waiting_page(ask: Ask) -> Response:
    """The same for every address."""
    if ask.context.sender is None:
        told = (
            "<p>The account waits for the owner of this site to confirm it. This site sends no letters, so ask them. "
            "Then sign in with the password you chose.</p>"
        )
    else:
        told = (
            "<p>A letter is on its way to the address you gave. Open the link in it to confirm the account. If you "
            "had an account already, the letter says so.</p><p>Nothing there after a few minutes? Look among the junk "
            "mail, then check the address and try again.</p>"
        )
    go_on = "<p>Until then you can go on learning in this browser; it comes with you when you sign in here.</p>"
    links = (
        '<div class="steps"><a class="button" href="/">Go on learning</a>'
        '<a class="button" href="/account/sign-in">Sign in</a></div>'
    )
    return page(ask, "One more step", told + go_on + links)


def sign_in_page(ask: Ask, error: str = "", status: int = 200) -> Response:
    if ask.actor is not None and ask.actor.account is not None and not error:
        return go(ask.next if ask.next != "/" else "/account")
    letters = ask.context.sender is not None
    lost = '<a href="/account/forgot">Forgotten your password?</a>' if letters else WITHOUT_LETTERS
    inside = email_field(ask.form.get("email", "")) + password_field() + next_field(ask)
    body = (
        f"{said('Not signed in', error) if error else ''}<p>{COMES_ALONG}</p>"
        f"{openid_ways(ask.context, ask.request)}"
        f"{form(ask, '/account/sign-in', inside, 'Sign in')}<p>{lost}</p>"
        f'<p>No account yet? <a href="/account/register{next_query(ask)}">Make one</a>.</p>'
    )
    return page(ask, "Sign in", body, status)


def sign_in_send(ask: Ask) -> Response:
    email, visit = ask.form.get("email", ""), ask.visit()
    if sentence := held_back(ask, email):
        return sign_in_page(ask, sentence, 429)
    account = sign_in(ask.office, email, ask.form.get("password", ""), visit)
    tried(ask, email, right=account is not None)
    if account is None:
        return sign_in_page(ask, NO_MATCH, 422)
    return signed_in_to(ask, account, visit, ask.next)


def forgot_page(ask: Ask, error: str = "", status: int = 200) -> Response:
    if ask.context.sender is None:
        return page(ask, "A new password", f"<p>{WITHOUT_LETTERS}</p>")
    body = (
        f"{said('Nothing was sent', error) if error else ''}"
        "<p>Write your address. A letter with a link to choose a new password goes to it.</p>"
        f"{form(ask, '/account/forgot', email_field(ask.form.get('email', '')), 'Send the letter')}"
    )
    return page(ask, "A new password", body, status)


def forgot_send(ask: Ask) -> Response:
    email = ask.form.get("email", "")
    try:
        if may_post(ask, address(email)):
            forgot(ask.office, email, token=new_token(), now=ask.now)
    except NotAllowed as refused:
        return forgot_page(ask, str(refused), 422)
    return go("/account/sent")


def sent_page(ask: Ask) -> Response:
    body = (
        "<p>A letter is on its way to the address you gave. The link in it is good for two hours, once.</p>"
        "<p>Nothing there after a few minutes? Look among the junk mail, then check the address and try again.</p>"
        '<div class="steps"><a class="button" href="/account/sign-in">Sign in</a></div>'
    )
    return page(ask, "Look in your mail", body)


def confirm_page(ask: Ask, error: str = "", status: int = 200) -> Response:
    """Opening it changes nothing: mail scanners open links."""
    token = ask.request.path_params["token"]
    try:
        account, _ = linked(ask.context.records, token, "confirm", ask.now)
    except NotAllowed as over:
        return _over(ask, str(over))
    inside = _named(account.email) + password_field(label="The password you chose")
    body = (
        f"{said('Not confirmed', error) if error else ''}<p>{COMES_ALONG}</p>"
        f"{form(ask, f'/account/confirm/{token}', inside, 'Confirm and sign in')}"
        '<p>Forgotten it? <a href="/account/forgot">Choose a new one</a>; that confirms the address too.</p>'
    )
    return page(ask, "Confirm your address", body, status)


def confirm_send(ask: Ask) -> Response:
    token, visit = ask.request.path_params["token"], ask.visit()
    try:
        account, _ = linked(ask.context.records, token, "confirm", ask.now)
    except NotAllowed as over:
        return _over(ask, str(over))
    if sentence := held_back(ask, account.email):
        return confirm_page(ask, sentence, 429)
    try:
        confirmed = confirm(ask.office, token, ask.form.get("password", ""), visit)
    except NotAllowed as refused:
        tried(ask, account.email, right=False)
        return confirm_page(ask, str(refused), 422)
    tried(ask, account.email, right=True)
    return signed_in_to(ask, confirmed, visit, "/account")


def reset_page(ask: Ask, error: str = "", status: int = 200) -> Response:
    token = ask.request.path_params["token"]
    try:
        account, _ = linked(ask.context.records, token, "reset", ask.now)
    except NotAllowed as over:
        return _over(ask, str(over))
    inside = _named(account.email) + password_field(label="New password", new=True, hint=HINT)
    body = (
        f"{said('Nothing was changed', error) if error else ''}"
        "<p>Choose a new password. You are then signed in here, and signed out everywhere else.</p>"
        f"{form(ask, f'/account/reset/{token}', inside, 'Keep this password')}"
    )
    return page(ask, "A new password", body, status)


def reset_send(ask: Ask) -> Response:
    token, visit = ask.request.path_params["token"], ask.visit()
    try:
        account = reset(ask.office, token, ask.form.get("password", ""), visit)
    except NotAllowed as refused:
        return reset_page(ask, str(refused), 422)
    return signed_in_to(ask, account, visit, "/account")


def _named(email: str) -> str:
    """Whose account it is, also for the browser's own list of passwords."""
    return (
        f"<p>Account: <strong>{escape(email)}</strong></p>"
        f'<input type="hidden" autocomplete="username" value="{escape(email)}">'
    )


def _over(ask: Ask, sentence: str) -> Response:
    links = (
        '<div class="steps"><a class="button" href="/account/forgot">Ask for a new link</a>'
        '<a class="button" href="/account/sign-in">Sign in</a></div>'
    )
    return page(ask, "This link is over", f"<p>{escape(sentence)}</p>{links}", 410)
