"""Where a phone would join a live session."""

from starlette.requests import Request
from starlette.responses import HTMLResponse

from modules.routes.context import RouteContext
from modules.routes.page import missing

NO_SESSION = "No live session has this code. Check it on the presenter's screen."


def join(context: RouteContext, _request: Request) -> HTMLResponse:
    return missing(context, NO_SESSION, ("/read", "Read the modules"))
