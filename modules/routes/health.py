"""Is the service up: the records answer, and modules are loaded."""

from starlette.requests import Request
from starlette.responses import JSONResponse

from modules.core.errors import LandmarkError
from modules.routes.context import RouteContext


def health(context: RouteContext, _request: Request) -> JSONResponse:
    """503 when the database does not answer; the library failing is an error of its own."""
    try:
        context.records.certificate("")
    except LandmarkError:
        return _answer("error", "unavailable", len(context.library().modules), 503)
    return _answer("ok", "ok", len(context.library().modules), 200)


def _answer(status: str, database: str, modules: int, code: int) -> JSONResponse:
    told = {"status": status, "database": database, "modules": modules}
    return JSONResponse(told, code, {"Cache-Control": "no-store"})
