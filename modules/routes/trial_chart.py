"""A readout's own chart, for the pages about trials."""

from starlette.requests import Request
from starlette.responses import Response

from modules.charts.draw import draw
from modules.charts.of_readout import request_of
from modules.charts.svg import svg
from modules.core.errors import UnknownPath
from modules.core.evidence import Evidence
from modules.core.figures import ChartRequest
from modules.core.paths import readout_at
from modules.routes.chart import NO_CHART, PALETTES, WIDTHS, kept_while
from modules.routes.chart_font import with_font
from modules.routes.context import RouteContext
from modules.routes.page import missing

MINUTES = 5


def trial_picture(context: RouteContext, request: Request) -> Response:
    query = request.query_params
    width, palette = WIDTHS.get(query.get("w", "720")), PALETTES.get(query.get("theme", "light"))
    evidence = context.library().evidence
    wanted = _wanted(evidence, f"{request.path_params['trial']}.{request.path_params['readout']}")
    if wanted is None or width is None or palette is None:
        return missing(context, NO_CHART, ("/evidence", "All trials"))
    picture = with_font(svg(draw(wanted, evidence), width=width, palette=palette), context.assets / "fonts")
    return kept_while(request, picture.encode(), "image/svg+xml", f"public, max-age={MINUTES * 60}")


def _wanted(evidence: Evidence, path: str) -> ChartRequest | None:
    try:
        return request_of(*readout_at(evidence, path))
    except UnknownPath:
        return None
