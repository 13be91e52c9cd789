"""A lesson's chart as a picture or as its numbers, each at an address of its own."""

import hashlib
from typing import Literal

from starlette.requests import Request
from starlette.responses import Response

from modules.actions.drawing import drawing
from modules.charts.theme import DARK, LIGHT
from modules.core import module as content
from modules.export.addresses import version
from modules.export.completion import csv_text
from modules.routes.chart_font import with_font
from modules.routes.context import RouteContext
from modules.routes.page import missing

Width = Literal[360, 720, 1280]
WIDTHS: dict[str, Width] = {"360": 360, "720": 720, "1280": 1280}
PALETTES = {"light": LIGHT, "dark": DARK}
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
    query = request.query_params
    width, palette = WIDTHS.get(query.get("w", "720")), PALETTES.get(query.get("theme", "light"))
    found = chart_at(context, request)
    if found is None or width is None or palette is None:
        return missing(context, NO_CHART, ("/read", "All modules"))
    module, block = found
    drawn = drawing(module, block, context.library().evidence, width=width, palette=palette)
    picture = with_font(drawn.svg, context.assets / "fonts")
    return kept(request, module, picture.encode(), "image/svg+xml")


def chart_numbers(context: RouteContext, request: Request) -> Response:
    found = chart_at(context, request)
    if found is None:
        return missing(context, NO_CHART, ("/read", "All modules"))
    module, block = found
    evidence = context.library().evidence
    table = drawing(module, block, evidence, width=720, palette=LIGHT).chart.table
    return kept(request, module, csv_text(table.columns, table.rows).encode(), "text/csv; charset=utf-8")


def kept(request: Request, module: content.Module, body: bytes, kind: str) -> Response:
    """Immutable under the version it was asked for, else five minutes; 304 when the browser has it."""
    right = request.query_params.get("v") == version(module)
    return kept_while(request, body, kind, "public, max-age=31536000, immutable" if right else "public, max-age=300")


def kept_while(request: Request, body: bytes, kind: str, rule: str) -> Response:
    """`rule` is the Cache-Control; 304 when the browser has these very bytes."""
    tag = f'"{hashlib.sha256(body).hexdigest()[:20]}"'
    headers = {
        "ETag": tag,
        "Cache-Control": rule,
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; font-src data:",
    }
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return Response(body, media_type=kind, headers=headers)
