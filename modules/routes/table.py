"""Every plain route, by its address."""

import logging
from collections.abc import Callable, Sequence
from functools import partial

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import BaseRoute, Route

from modules.core.errors import LandmarkError, SettingsError
from modules.records.ballot_box import BallotBox
from modules.routes.account import account_routes
from modules.routes.badges import (
    badge_file,
    badge_picture,
    did_file,
    issuer,
    signing_certificates,
    status_file,
)
from modules.routes.calendar import calendar_file
from modules.routes.card import card_route
from modules.routes.certificates import certificate_file
from modules.routes.chart import chart_numbers, chart_picture, chart_raster
from modules.routes.context import RouteContext
from modules.routes.decks import handout_file, slides_file
from modules.routes.health import health
from modules.routes.images import image_file
from modules.routes.join import Joining
from modules.routes.limit import Limit
from modules.routes.live_brief import brief_page
from modules.routes.live_host import Hosting
from modules.routes.live_hub import Hub
from modules.routes.live_report import report_file
from modules.routes.openid import openid_routes
from modules.routes.page import notice
from modules.routes.present import present
from modules.routes.profile import profile_routes
from modules.routes.reading import read_lesson, read_library, read_module
from modules.routes.transcript import transcript_file, transcript_page
from modules.routes.trial_chart import trial_file, trial_picture
from modules.routes.verify import verify_form, verify_number

log = logging.getLogger("landmark.routes")
CHECKS_A_MINUTE = 30
NOT_SET_UP = "This cannot be made at the moment. The owner of this site can read why in its log."
Answer = Callable[[Request], Response]


def routes(context: RouteContext, live: Sequence[Route] | None = None) -> list[BaseRoute]:
    """`live`: those of live sessions, where they are needed once more elsewhere."""
    limit = Limit(CHECKS_A_MINUTE)
    found: dict[str, Answer] = {
        "/healthz": partial(health, context),
        "/favicon.png": partial(icon, context),
        "/verify": partial(verify_form, context),
        "/verify/{number}": partial(verify_number, context, limit),
        "/certificate/{number}.pdf": partial(certificate_file, context, limit),
        "/credential/{number}.json": partial(badge_file, context, limit),
        "/credential/{number}.svg": partial(badge_picture, context, limit),
        "/issuer": partial(issuer, context),
        "/issuer/certificates.pem": partial(signing_certificates, context),
        "/.well-known/did.json": partial(did_file, context),
        "/did.json": partial(did_file, context),
        "/status/{number:int}": partial(status_file, context),
        "/account/transcript": partial(transcript_page, context),
        "/account/transcript.pdf": partial(transcript_file, context, "pdf"),
        "/account/transcript.csv": partial(transcript_file, context, "csv"),
        "/read": partial(read_library, context),
        "/read/{module}": partial(read_module, context),
        "/read/{module}/{lesson}": partial(read_lesson, context),
        "/present/{module}/slides.pptx": partial(slides_file, context, "slides.pptx"),
        "/present/{module}/slides.pdf": partial(slides_file, context, "slides.pdf"),
        "/present/{module}/handout.pdf": partial(handout_file, context),
        "/chart/{module}/{lesson}/{number:int}.svg": partial(chart_picture, context),
        "/chart/{module}/{lesson}/{number:int}.csv": partial(chart_numbers, context),
        "/chart/{module}/{lesson}/{number:int}.png": partial(chart_raster, context),
        "/chart/evidence/{trial}/{readout}.svg": partial(trial_picture, context),
        "/chart/evidence/{trial}/{readout}.csv": partial(trial_file, context, "csv"),
        "/chart/evidence/{trial}/{readout}.png": partial(trial_file, context, "png"),
        "/calendar/{module}.ics": partial(calendar_file, context),
        "/image/{module}/{file}": partial(image_file, context),
    }
    plain = [Route(path, partial(_answered, context, answer)) for path, answer in found.items()]
    cards = Route("/card/{module}/{where:path}", partial(card_route, context), methods=["GET", "POST"])
    own = [*account_routes(context), *profile_routes(context), *openid_routes(context), cards]
    return [*plain, *own, *(live_routes(context) if live is None else live)]


def live_routes(context: RouteContext) -> list[Route]:
    """One hub for all who watch a session, and one box that all votes go through."""
    hub, box = Hub(context.records), BallotBox(context.records.live)
    hosting = Hosting(context, hub)

    async def presented(request: Request) -> Response:
        if "session" in request.query_params:
            return await hosting.page(request)
        return await run_in_threadpool(_answered, context, partial(present, context), request)

    told: dict[str, Answer] = {
        "/present/{module}/brief": partial(brief_page, context),
        "/room/{code}/report.pdf": partial(report_file, context, "pdf"),
        "/room/{code}/report.csv": partial(report_file, context, "csv"),
    }
    plain = [Route(path, partial(_answered, context, answer)) for path, answer in told.items()]
    own = [*Joining(context, hub, box).routes(), *hosting.routes()]
    return [Route("/present/{module}", presented), *plain, *own]


def icon(context: RouteContext, _request: Request) -> Response:
    """Our mark in the browser's tab, where Streamlit's page looks for its own."""
    return FileResponse(context.assets / "favicon.png", headers={"Cache-Control": "public, max-age=86400"})


def _answered(context: RouteContext, answer: Answer, request: Request) -> Response:
    """A broken promise becomes its sentence. Not async: a slow database does not hold up other pages."""
    try:
        return answer(request)
    except SettingsError as error:
        log.error("%s", error)
        return notice(context, "Something is not available", NOT_SET_UP, ("/read", "All modules"), status=503)
    except LandmarkError as error:
        return notice(context, "Something is not available", str(error), ("/read", "All modules"), status=503)
