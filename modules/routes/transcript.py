"""A learner's own transcript as a page, a PDF and a CSV; whose, the cookie says."""

from datetime import UTC, datetime
from html import escape
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from modules.actions.identity import actor_of
from modules.actions.transcript import Transcript, transcript
from modules.core.credit import day_text
from modules.core.errors import NotAllowed
from modules.core.transcript import Cycle, Entry, cycle
from modules.export.addresses import TRANSCRIPT, verify_url
from modules.export.transcript import TITLE, told, transcript_csv, transcript_pdf
from modules.routes.context import RouteContext
from modules.routes.page import HEADERS, Page, bar, notice, respond

ASKED = ("year", "from", "to", "scheme")
PRIVATE = "Only you see this page. Nothing on it is sent anywhere; where you hand in the PDF or the CSV is up to you."
NOBODY = "This browser has not sent its cookie, so your certificates cannot be found. Allow cookies, then try again."


def transcript_page(context: RouteContext, request: Request) -> Response:
    """Filters are a plain form; what cannot be read as a cycle is said, and everything is shown."""
    asked, wrong = _asked(request), ""
    try:
        found = _found(context, request)
    except NotAllowed as refused:
        found, wrong = transcript(context.records, learners(context, request), within=Cycle()), str(refused)
    body = (
        f'{bar(context)}<main id="main" class="page"><h1>{TITLE}</h1><p>{escape(PRIVATE)}</p>'
        f"{_form(found, asked, wrong)}{_totals(found)}{_listed(found)}{_files(asked, found)}</main>"
    )
    return respond(context, Page(TITLE, body, "Your certificates by cycle.", "", private=True), 422 if wrong else 200)


def transcript_file(context: RouteContext, kind: str, request: Request) -> Response:
    """`kind` is pdf or csv."""
    if not learners(context, request):
        return notice(context, TITLE, NOBODY, (TRANSCRIPT, "Back"), status=404)
    try:
        found = _found(context, request)
    except NotAllowed as refused:
        return notice(context, TITLE, str(refused), (TRANSCRIPT, "Back"), status=422)
    now = datetime.now(UTC)
    if kind == "csv":
        body, media = transcript_csv(found.entries).encode("utf-8-sig"), "text/csv; charset=utf-8"
    else:
        body = transcript_pdf(found.name, found.within.text, found.entries, found.totals, now=now)
        media = "application/pdf"
    headers = {
        **HEADERS,
        "Content-Disposition": f'attachment; filename="landmark-transcript.{kind}"',
        "Cache-Control": "private, no-store",
        "X-Robots-Tag": "noindex",
    }
    return Response(body, media_type=media, headers=headers)


def learners(context: RouteContext, request: Request) -> tuple[str, ...]:
    """Whose journals these are; none without a cookie of ours that still counts."""
    actor = actor_of(context.records, request.cookies, context.secret, datetime.now(UTC))
    return () if actor is None else actor.learners


def _asked(request: Request) -> dict[str, str]:
    return {name: value for name in ASKED if (value := request.query_params.get(name, "").strip())}


def _found(context: RouteContext, request: Request) -> Transcript:
    asked = _asked(request)
    within = cycle(asked.get("year", ""), asked.get("from", ""), asked.get("to", ""))
    return transcript(context.records, learners(context, request), within=within, scheme=asked.get("scheme", ""))


def _form(found: Transcript, asked: dict[str, str], wrong: str) -> str:
    years = "".join(_option(str(year), str(year), asked.get("year", "")) for year in found.years)
    schemes = "".join(_option(one, name, asked.get("scheme", "")) for one, name in found.schemes.items())
    told = f'<p class="verdict not" role="alert">{escape(wrong)}</p>' if wrong else ""
    return (
        f'{told}<form class="field" method="get" action="{TRANSCRIPT}">'
        f'<label for="year">Year</label><select id="year" name="year"><option value="">All, or the days below</option>'
        f"{years}</select>"
        f"{_date('from', 'From', asked)}{_date('to', 'To', asked)}"
        f'<label for="scheme">Credit</label><select id="scheme" name="scheme"><option value="">All</option>'
        f'{schemes}</select><button class="button" type="submit">Show</button></form>'
    )


def _option(value: str, words: str, chosen: str) -> str:
    mark = " selected" if value == chosen else ""
    return f'<option value="{escape(value)}"{mark}>{escape(words)}</option>'


def _date(name: str, words: str, asked: dict[str, str]) -> str:
    return (
        f'<label for="{name}">{words}</label>'
        f'<input id="{name}" name="{name}" type="date" value="{escape(asked.get(name, ""))}">'
    )


def _totals(found: Transcript) -> str:
    if not found.totals:
        return "<h2>Totals</h2><p>No certificate falls into this cycle.</p>"
    rows = "".join(
        f"<div><dt>{escape(one.scheme)}</dt><dd>{escape(one.text)} ({one.certificates} "
        f"{'certificate' if one.certificates == 1 else 'certificates'})</dd></div>"
        for one in found.totals
    )
    note = '<p class="fine">Unlike units are not added to one another.</p>'
    return f'<h2>Totals: {escape(found.within.text)}</h2><dl class="lm-facts">{rows}</dl>{note}'


def _listed(found: Transcript) -> str:
    rows = "".join(map(_entry, found.entries))
    return f'<h2>Certificates</h2><ol class="entries">{rows}</ol>' if rows else ""


def _entry(one: Entry) -> str:
    held = one.certificate
    note = f'<p class="note"><strong>Reflection:</strong> {escape(one.note)}</p>' if one.note else ""
    link = f'<a href="{escape(verify_url(held.number))}">Check this certificate</a>'
    return (
        f"<li><h3>{escape(held.title)}</h3>"
        f"<p>{escape(held.amount_text)}, completed on {day_text(held.completed)}</p>"
        f'<p class="meta">{escape(told(held))}</p>{note}<p>{link}</p></li>'
    )


def _files(asked: dict[str, str], found: Transcript) -> str:
    if not found.entries:
        return '<div class="steps"><a class="button" href="/learning">My learning</a></div>'
    query = f"?{urlencode(asked)}" if asked else ""
    return (
        f'<div class="steps"><a class="button main" href="{TRANSCRIPT}.pdf{escape(query)}">Download as PDF</a>'
        f'<a class="button" href="{TRANSCRIPT}.csv{escape(query)}">Download as CSV</a>'
        '<a class="button" href="/learning">My learning</a></div>'
    )
