"""Is a certificate genuine: a form, and a page that says what was certified and whether it stands."""

from html import escape

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from modules.actions.versions import moved
from modules.core.certificates import Certificate, tidy_number
from modules.core.credit import day_text
from modules.core.module import Module
from modules.export.addresses import badge_link, verify_url, version_url
from modules.export.certificate import claimed_label, provider_text
from modules.export.movements import TITLE_FOR_OTHERS, movements_html
from modules.records.records import Issued
from modules.routes.context import RouteContext
from modules.routes.limit import Limit
from modules.routes.page import Page, bar, notice, respond

TOO_OFTEN = "Too many numbers were checked from your network. Wait a minute, then try again."
UNKNOWN = (
    "No certificate has this number. Check it against the document: a number looks like "
    "LM-ABCD-EFGH-IJKL-MNOP. Capitals and dashes do not matter."
)
UPDATED = "The evidence has been updated since; what has changed stands below."
VERDICTS = {
    "valid": ("valid", "This certificate is valid", "It was issued by this site and it stands."),
    "superseded": ("not", "This certificate was replaced", "A corrected certificate took its place."),
    "revoked": ("not", "This certificate was revoked", "It no longer stands."),
}


def verify_form(context: RouteContext, request: Request) -> Response:
    """The form works without a script: it comes back as ?number= and leads to the number's own page."""
    typed = tidy_number(request.query_params.get("number", ""))
    if typed:
        return RedirectResponse(verify_url(typed), 303)
    body = f'{bar(context)}<main id="main" class="page"><h1>Verify a certificate</h1>{_form()}</main>'
    title, told = "Verify a certificate", "Check a certificate by its number."
    return respond(context, Page(title, body, told, "/verify"))


def verify_number(context: RouteContext, limit: Limit, request: Request) -> HTMLResponse:
    """An unknown number and a malformed one get the same answer, after the same look-up."""
    if not limit.allows(request):
        return _too_often(context)
    issued = context.records.certificate(tidy_number(request.path_params["number"]))
    if issued is None:
        body = (
            f'{bar(context)}<main id="main" class="page"><h1>Verify a certificate</h1>'
            f'<div class="verdict not" role="status"><strong>Not found</strong>{UNKNOWN}</div>'
            f"{_form()}</main>"
        )
        return respond(context, Page("Certificate not found", body, UNKNOWN, "", private=True), 404)
    body = f'{bar(context)}<main id="main" class="page">{_verdict(context, issued)}{_form()}</main>'
    return respond(context, Page(VERDICTS[issued.state][1], body, "A certificate.", "", private=True))


def _too_often(context: RouteContext) -> HTMLResponse:
    answer = notice(context, "Too many checks", TOO_OFTEN, ("/verify", "Back to the form"), status=429)
    answer.headers["Retry-After"] = "60"
    return answer


def _form() -> str:
    return (
        '<form class="field" method="get" action="/verify">'
        '<label for="number">Number on the certificate</label><input id="number" name="number" required '
        'autocomplete="off" autocapitalize="characters" spellcheck="false" maxlength="40">'
        '<button class="button" type="submit">Check this number</button></form>'
    )


def _verdict(context: RouteContext, issued: Issued) -> str:
    kind, title, sentence = VERDICTS[issued.state]
    held = issued.certificate
    module = context.module(held.module)
    found = moved(context.records, held.digest, module, context.library().evidence)
    updated = f" {UPDATED}" if found else ""
    return (
        f"<h1>Certificate {escape(held.number)}</h1>"
        f'<div class="verdict {kind}" role="status"><strong>{title}</strong>{sentence}{_why(issued)}{updated}</div>'
        f"{_facts(held)}{_for_programs(issued)}{movements_html(found, level=2, title=TITLE_FOR_OTHERS)}"
        f'<p class="fine">{escape(_changed(module, held))} {_as_shown(context, held)}</p>{_cuts(held)}'
    )


def _why(issued: Issued) -> str:
    """Since when it no longer stands, the reason, and the certificate before or after it."""
    since = f" It ended on {day_text(issued.ended.date())}." if issued.ended else ""
    reason = f" {escape(issued.reason)}" if issued.reason else ""
    after = f" The one that counts is {_link(issued.replaced_by)}." if issued.replaced_by else ""
    before = issued.certificate.replaces
    earlier = f" It takes the place of {_link(before)}." if before else ""
    return f"{since}{reason}{after}{earlier}"


def _link(number: str) -> str:
    return f'<a href="{escape(verify_url(number))}">{escape(number)}</a>'


def _for_programs(issued: Issued) -> str:
    """A revoked one is no longer handed out."""
    if issued.state == "revoked":
        return ""
    return f'<p><a href="{badge_link(issued.certificate.number)}">Open Badges credential</a></p>'


def _facts(certificate: Certificate) -> str:
    facts = (
        ("Name", certificate.name),
        ("Profession", certificate.profession),
        ("Module", f"{certificate.title} (version {certificate.module_version})"),
        ("Certificate", certificate.scheme_name),
        (claimed_label(certificate), certificate.amount_text),
        ("Date completed", day_text(certificate.completed)),
        ("Evidence cut-off", day_text(certificate.evidence_cutoff)),
        ("Format", certificate.learning_format),
        ("Provider", provider_text(certificate)),
        ("Universal activity number", certificate.uan or ""),
        ("Number", certificate.number),
    )
    rows = "".join(f"<div><dt>{name}</dt><dd>{escape(text)}</dd></div>" for name, text in facts if text)
    return f'<dl class="lm-facts">{rows}</dl>'


def _changed(module: Module | None, certificate: Certificate) -> str:
    if module is None:
        return "The module is no longer offered here."
    if module.digest != certificate.digest:
        return f"The module has changed since; it is now at version {module.front.version}."
    return "The module has not changed since."


def _as_shown(context: RouteContext, certificate: Certificate) -> str:
    """The way to the text that was certified, where this site has kept it."""
    if not context.records.has_version(certificate.digest):
        return ""
    return f'<a href="{escape(version_url(certificate.module, certificate.digest))}">Read it as it was certified</a>.'


def _cuts(certificate: Certificate) -> str:
    """Which analyses the learner read: part of what was frozen at issue."""
    if not certificate.cuts:
        return ""
    rows = "".join(
        f"<li>{escape(one.trial)}{escape(f': {one.cut}' if one.cut else '')}</li>" for one in certificate.cuts
    )
    told = f"Trials and data cuts it rests on ({len(certificate.cuts)})"
    return f"<details><summary>{told}</summary><ul>{rows}</ul></details>"
