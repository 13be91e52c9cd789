"""A lesson's chart as a picture or as its numbers, each at an address of its own."""

import hashlib
from typing import Literal

from starlette.requests import Request
from starlette.responses import Response

from modules.actions.drawing import drawing
from modules.charts.chart import Chart
from modules.charts.draw import draw
from modules.charts.framed import framed
from modules.charts.table import csv_text
from modules.charts.theme import DARK, LIGHT
from modules.core import module as content
from modules.export.addresses import version
from modules.export.raster import png
from modules.routes.chart_font import with_font
from modules.routes.context import RouteContext
from modules.routes.page import missing

Width = Literal[360, 720, 1280]
WIDTHS: dict[str, Width] = {"360": 360, "720": 720, "1280": 1280}
PALETTES = {"light": LIGHT, "dark": DARK}
FileKind = Literal["csv", "svg", "png"]
KINDS: dict[FileKind, str] = {"csv": "text/csv; charset=utf-8", "svg": "image/svg+xml", "png": "image/png"}
NO_CHART = "No lesson here has this chart."


def chart_at(context: RouteContext, request: Request) -> tuple[content.Module, content.Chart] | None:
    module = context.module(request.path_params["module"])
    lesson = module.lesson(request.path_params["lesson"]) if module else None
    if module is None or lesson is None:
        return None
    number = request.path_params["number"]
    for block in content.walk(lesson.blocks):
        if isinstance(block, content.Chart) and block.number == number:
            return module, block
    return None


def chart_picture(context: RouteContext, request: Request) -> Response:
    """As pages show it; with `as=file` the same, framed by its finding and its sources, to be kept."""
    query = request.query_params
    width, palette = WIDTHS.get(query.get("w", "720")), PALETTES.get(query.get("theme", "light"))
    found = chart_at(context, request)
    if found is None or width is None or palette is None:
        return missing(context, NO_CHART, ("/read", "All modules"))
    module, block = found
    if query.get("as") == "file":
        return _file(context, request, "svg")
    drawn = drawing(module, block, context.library().evidence, width=width, palette=palette)
    picture = with_font(drawn.svg, context.assets / "fonts")
    return kept(request, module, picture.encode(), KINDS["svg"])


def chart_numbers(context: RouteContext, request: Request) -> Response:
    return _file(context, request, "csv")


def chart_raster(context: RouteContext, request: Request) -> Response:
    return _file(context, request, "png")


def _file(context: RouteContext, request: Request, kind: FileKind) -> Response:
    found = chart_at(context, request)
    palette = request.query_params.get("theme", "light")
    if found is None or palette not in PALETTES:
        return missing(context, NO_CHART, ("/read", "All modules"))
    module, block = found
    body = file_of(context, draw(block.request, context.library().evidence), kind, palette)
    name = f"{module.id}-{request.path_params['lesson']}-{block.number}.{kind}"
    return kept(request, module, body, KINDS[kind], name=name)


def file_of(context: RouteContext, chart: Chart, kind: FileKind, palette: str) -> bytes:
    """A chart to keep: its numbers, or its picture with finding and sources."""
    if kind == "csv":
        return csv_text(chart).encode("utf-8-sig")
    picture, fonts = framed(chart, width=720, palette=PALETTES[palette]), context.assets / "fonts"
    return png(picture, fonts) if kind == "png" else with_font(picture, fonts).encode()


def kept(request: Request, module: content.Module, body: bytes, kind: str, *, name: str | None = None) -> Response:
    """Immutable under the version it was asked for, else five minutes; 304 when the browser has it."""
    right = request.query_params.get("v") == version(module)
    rule = "public, max-age=31536000, immutable" if right else "public, max-age=300"
    return kept_while(request, body, kind, rule, name=name)


def kept_while(request: Request, body: bytes, kind: str, rule: str, *, name: str | None = None) -> Response:
    """`rule` is the Cache-Control, `name` that of a download; 304 when the browser has these very bytes."""
    tag = f'"{hashlib.sha256(body).hexdigest()[:20]}"'
    headers = {
        "ETag": tag,
        "Cache-Control": rule,
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; font-src data:",
    }
    if name is not None:
        headers["Content-Disposition"] = f'attachment; filename="{name}"'
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return Response(body, media_type=kind, headers=headers)
