"""What a live session came to, as files for who led it."""

from datetime import UTC, datetime
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response

from modules.actions.identity import actor_of
from modules.actions.live.report import NOT_OVER, session_report
from modules.actions.live.sessions import NO_SESSION, led, tidy_code
from modules.core.errors import NotAllowed
from modules.core.people import Actor
from modules.core.session_report import SessionReport
from modules.export.addresses import present_url
from modules.export.live_report import TITLE, live_report_csv, live_report_pdf
from modules.routes.context import RouteContext
from modules.routes.page import HEADERS, missing, notice

NOT_OFFERED = "This module is not offered at the moment."


def report_file(context: RouteContext, kind: str, request: Request) -> Response:
    """`kind` is pdf or csv."""
    code, now = tidy_code(request.path_params["code"]), datetime.now(UTC)
    try:
        report = _report(context, request, code, now)
    except NotAllowed as refused:
        return _refused(context, request, code, str(refused))
    if report is None:
        return missing(context, NOT_OFFERED, ("/read", "All modules"))
    if kind == "csv":
        body, media = live_report_csv(report).encode("utf-8-sig"), "text/csv; charset=utf-8"
    else:
        body, media = live_report_pdf(report, now=now), "application/pdf"
    headers = {
        **HEADERS,
        "Content-Disposition": f'attachment; filename="landmark-session-{code}.{kind}"',
        "Cache-Control": "private, no-store",
        "X-Robots-Tag": "noindex",
    }
    return Response(body, media_type=media, headers=headers)


def _report(context: RouteContext, request: Request, code: str, now: datetime) -> SessionReport | None:
    actor = who(context, request)
    module = context.module(led(context.records, actor, code).module)
    return None if module is None else session_report(context.records, actor, module, code, now=now)


def _refused(context: RouteContext, request: Request, code: str, sentence: str) -> Response:
    if sentence == NO_SESSION:
        return missing(context, sentence, ("/read", "All modules"))
    if sentence == NOT_OVER:
        module = led(context.records, who(context, request), code).module
        return notice(context, TITLE, sentence, (f"{present_url(module)}?session={code}", "Back to it"), status=409)
    return not_open(context, sentence, request.url.path)


def not_open(context: RouteContext, sentence: str, back: str) -> Response:
    """403, with the way to sign in and come back."""
    where = f"/account/sign-in?next={quote(back)}"
    return notice(context, "Not open to you", sentence, (where, "Sign in"), status=403)


def who(context: RouteContext, request: Request) -> Actor:
    return actor_of(context.records, request.cookies, context.secret, datetime.now(UTC)) or Actor("")
