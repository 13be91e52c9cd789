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
from modules.routes.chart import KINDS, NO_CHART, PALETTES, WIDTHS, FileKind, file_of, kept_while
from modules.routes.chart_font import with_font
from modules.routes.context import RouteContext
from modules.routes.page import missing

RULE = "public, max-age=300"


def trial_picture(context: RouteContext, request: Request) -> Response:
    query = request.query_params
    width, palette = WIDTHS.get(query.get("w", "720")), PALETTES.get(query.get("theme", "light"))
    evidence = context.library().evidence
    wanted = _wanted(evidence, request)
    if wanted is None or width is None or palette is None:
        return missing(context, NO_CHART, ("/evidence", "All trials"))
    if query.get("as") == "file":
        return trial_file(context, "svg", request)
    picture = with_font(svg(draw(wanted, evidence), width=width, palette=palette), context.assets / "fonts")
    return kept_while(request, picture.encode(), KINDS["svg"], RULE)


def trial_file(context: RouteContext, kind: FileKind, request: Request) -> Response:
    evidence, palette = context.library().evidence, request.query_params.get("theme", "light")
    wanted = _wanted(evidence, request)
    if wanted is None or palette not in PALETTES:
        return missing(context, NO_CHART, ("/evidence", "All trials"))
    body = file_of(context, draw(wanted, evidence), kind, palette)
    name = f"{request.path_params['trial']}-{request.path_params['readout']}.{kind}"
    return kept_while(request, body, KINDS[kind], RULE, name=name)


def _wanted(evidence: Evidence, request: Request) -> ChartRequest | None:
    try:
        return request_of(*readout_at(evidence, f"{request.path_params['trial']}.{request.path_params['readout']}"))
    except UnknownPath:
        return None
