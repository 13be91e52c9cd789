"""Is the service up: the records answer, and modules are loaded."""

from starlette.requests import Request
from starlette.responses import JSONResponse

from modules.core.errors import LandmarkError
from modules.records.durable import losses
from modules.routes.context import RouteContext


def health(context: RouteContext, _request: Request) -> JSONResponse:
    """503 when the database does not answer; the library failing is an error of its own.

    `durable` false: a power cut could lose answers that were acknowledged. The log says by which setting.
    """
    told: dict[str, object] = {"status": "ok", "database": "ok", "modules": len(context.library().modules)}
    try:
        told["durable"] = not losses(context.records.engine)
    except LandmarkError:
        return JSONResponse(told | {"status": "error", "database": "unavailable"}, 503, {"Cache-Control": "no-store"})
    return JSONResponse(told, 200, {"Cache-Control": "no-store"})
