"""Every plain route, by its address."""

from collections.abc import Callable
from functools import partial

from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import BaseRoute, Route

from modules.core.errors import LandmarkError
from modules.routes.account import account_routes
from modules.routes.calendar import calendar_file
from modules.routes.card import card_route
from modules.routes.certificates import certificate_file
from modules.routes.chart import chart_numbers, chart_picture, chart_raster
from modules.routes.context import RouteContext
from modules.routes.health import health
from modules.routes.images import image_file
from modules.routes.join import join
from modules.routes.limit import Limit
from modules.routes.openid import openid_routes
from modules.routes.page import notice
from modules.routes.present import present
from modules.routes.profile import profile_routes
from modules.routes.reading import read_lesson, read_library, read_module
from modules.routes.trial_chart import trial_file, trial_picture
from modules.routes.verify import verify_form, verify_number

CHECKS_A_MINUTE = 30
Answer = Callable[[Request], Response]


def routes(context: RouteContext) -> list[BaseRoute]:
    limit = Limit(CHECKS_A_MINUTE)
    found: dict[str, Answer] = {
        "/healthz": partial(health, context),
        "/favicon.png": partial(icon, context),
        "/verify": partial(verify_form, context),
        "/verify/{number}": partial(verify_number, context, limit),
        "/certificate/{number}.pdf": partial(certificate_file, context, limit),
        "/read": partial(read_library, context),
        "/read/{module}": partial(read_module, context),
        "/read/{module}/{lesson}": partial(read_lesson, context),
        "/present/{module}": partial(present, context),
        "/join/{code}": partial(join, context),
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
    return [*plain, *account_routes(context), *profile_routes(context), *openid_routes(context), cards]


def icon(context: RouteContext, _request: Request) -> Response:
    """Our mark in the browser's tab, where Streamlit's page looks for its own."""
    return FileResponse(context.assets / "favicon.png", headers={"Cache-Control": "public, max-age=86400"})


def _answered(context: RouteContext, answer: Answer, request: Request) -> Response:
    """A broken promise becomes its sentence. Not async: a slow database does not hold up other pages."""
    try:
        return answer(request)
    except LandmarkError as error:
        return notice(context, "Something is not available", str(error), ("/read", "All modules"), status=503)
