"""The page on one's own data: what is kept and why, a copy of it, and erasing it."""

from html import escape

from starlette.responses import Response

from modules.actions.identity import new_learner
from modules.actions.own_account import NOT_PRESENT
from modules.actions.privacy import PARTS, Kept, erase_own, kept, own_export
from modules.core.credit import day_text
from modules.core.errors import NotAllowed
from modules.export.manual import manual_html
from modules.routes.account_ask import Ask, form, go, held_back, page, password_field, said, tried
from modules.routes.account_cookies import guest_cookie, without_session
from modules.routes.page import SHEETS, Page, bar, respond

NOBODY = "<p>This browser has no cookie of this site, so nothing here belongs to it.</p>"
BACK = (
    '<div class="steps"><a class="button" href="/account">Your account</a>'
    '<a class="button" href="/">All modules</a></div>'
)
WHY = (
    "<p>What you do here is kept so that you can go on where you stopped, and so that it can be shown that credit was "
    "earned. Nothing is passed on to industry. Nothing leaves this site unless you agreed to it in your profile.</p>"
)
CORRECT = (
    "<h2>Is something wrong?</h2><p>Your name, profession and licence numbers are in "
    '<a href="/account/profile">your profile</a>. '
    "To have a certificate corrected, write to the contact of its module.</p>"
)


def privacy_page(ask: Ask) -> Response:
    if ask.actor is None:
        return page(ask, "Your data", f"{NOBODY}{BACK}")
    found = kept(ask.context.records, ask.actor, ask.context.keep_years)
    export = form(ask, "/account/privacy/export", "", "Get a copy of everything")
    body = (
        f"{WHY}<h2>What is kept about you</h2>{_parts(found)}{CORRECT}"
        "<h2>A copy of it</h2><p>One file with everything, in JSON, which other programs can read.</p>"
        f"{export}<h2>Erase it</h2><p>You can have yourself erased. The next page says what that means.</p>"
        '<div class="steps"><a class="button" href="/account/privacy/erase">Erase my data</a></div>'
        '<p class="fine"><a href="/account/privacy/flow">Where personal data flows</a>: table by table, for privacy '
        "officers.</p>"
    )
    return page(ask, "Your data", body)


def flow_page(ask: Ask) -> Response:
    """docs/privacy.md, as it stands."""
    text = (ask.context.assets.parent / "docs" / "privacy.md").read_text(encoding="utf-8")
    return page(ask, "Where personal data flows", manual_html(text))


def _parts(found: Kept) -> str:
    rows = "".join(
        f"<tr><td>{escape(told)}</td><td>{found.rows[part]}</td></tr>"
        for part, told in PARTS.items()
        if found.rows[part]
    )
    if not rows:
        return "<p>Nothing yet.</p>"
    head = '<tr><th scope="col">What</th><th scope="col">Entries</th></tr>'
    return f"<table><thead>{head}</thead><tbody>{rows}</tbody></table>"


def export_send(ask: Ask) -> Response:
    if ask.actor is None:
        return go("/account/privacy")
    name = f"landmark-my-data-{ask.now:%Y-%m-%d}.json"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    headers |= {"X-Content-Type-Options": "nosniff"}
    return Response(own_export(ask.context.records, ask.actor, ask.now), 200, headers, "application/json")


def erase_page(ask: Ask, error: str = "", status: int = 200) -> Response:
    if ask.actor is None:
        return go("/account/privacy")
    found = kept(ask.context.records, ask.actor, ask.context.keep_years)
    account = None if ask.actor.account is None else ask.context.records.accounts.account(ask.actor.account)
    box = (
        '<div class="row"><label class="tick"><input type="checkbox" name="sure" value="yes" required> '
        "Erase my data. I know that it cannot be undone.</label></div>"
    )
    inside = box + (password_field("present", "Present password") if account and account.has_password else "")
    body = (
        f"{said('Nothing was erased', error) if error else ''}{_meaning(ask, found)}"
        f"{form(ask, '/account/privacy/erase', inside, 'Erase my data')}"
        '<div class="steps"><a class="button" href="/account/privacy">Go back</a></div>'
    )
    return _ticked(ask, "Erase my data", body, status)


def _ticked(ask: Ask, title: str, body: str, status: int) -> Response:
    """With the style of a box to tick."""
    whole = f'{bar(ask.context)}<main id="main" class="page profile"><h1>{escape(title)}</h1>{body}</main>'
    sheets = (*SHEETS, "profile.css")
    return respond(ask.context, Page(title, whole, title, "", sheets=sheets, private=True), status)


def _meaning(ask: Ask, found: Kept) -> str:
    goes = (
        "your account with its e-mail address and password",
        "your profile, your licence numbers and what you agreed to",
        "your name and address, also on certificates",
        "what you wrote in your own words: answers, notes, drafts",
        "your sign-ins, and letters that wait",
    )
    listed = "".join(f"<li>{one}</li>" for one in goes)
    return f"<h2>What goes</h2><ul>{listed}</ul><h2>What stays</h2>{_stays(ask, found)}"


def _stays(ask: Ask, found: Kept) -> str:
    if found.until is None:
        return "<p>Nothing.</p>"
    years = ask.context.keep_years
    return (
        "<p>A record of what was done, under a random number and without your name: answers chosen, scores, the "
        "profession and country you declared, credit claimed. Each certificate keeps its number, and whoever checks "
        "the number sees that the name was erased. Nothing in it names you.</p>"
        f"<p>Accreditors ask for it: credit must be verifiable for {years} years (ACCME, records of activity "
        f"and attendance). It stays until {day_text(found.until.date())}, then it goes as well.</p>"
        "<p>Keep your certificates before you go on: they cannot be issued in your name again.</p>"
    )


def erase_send(ask: Ask) -> Response:
    if ask.actor is None:
        return go("/account/privacy")
    account = None if ask.actor.account is None else ask.context.records.accounts.account(ask.actor.account)
    if account is not None and (sentence := held_back(ask, account.email)):
        return erase_page(ask, sentence, 429)
    try:
        sure = ask.form.get("sure") == "yes"
        erase_own(ask.office, ask.actor, ask.form.get("present", ""), sure=sure, now=ask.now)
    except NotAllowed as refused:
        if account is not None and str(refused) == NOT_PRESENT:
            tried(ask, account.email, right=False)
        return erase_page(ask, str(refused), 422)
    answer = go("/account/privacy/erased")
    scope = ask.request.scope
    answer.headers.append("Set-Cookie", without_session(scope))
    answer.headers.append("Set-Cookie", guest_cookie(new_learner(), ask.context.secret, scope))
    return answer


def erased_page(ask: Ask) -> Response:
    body = f'<p role="status"><strong>Your data was erased.</strong> This browser is a new guest now.</p>{BACK}'
    return page(ask, "Erased", body)
