"""A module's slides to keep: for PowerPoint, as PDF, and as a handout of two a page."""

from starlette.requests import Request
from starlette.responses import Response

from modules.actions.decks import DeckKind, deck
from modules.routes.chart import kept
from modules.routes.context import RouteContext
from modules.routes.page import missing
from modules.routes.reading import NO_MODULE

POWERPOINT = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
PAPERS: dict[str, DeckKind] = {"a4": "handout-a4.pdf", "letter": "handout-letter.pdf"}
NO_PAPER = "The handout comes on two sizes of paper: a4 and letter."


def slides_file(context: RouteContext, kind: DeckKind, request: Request) -> Response:
    return _file(context, request, kind)


def handout_file(context: RouteContext, request: Request) -> Response:
    """`?paper=a4`, which is also what is given when none is asked for, or `?paper=letter`."""
    kind = PAPERS.get(request.query_params.get("paper", "a4"))
    if kind is None:
        return missing(context, NO_PAPER, ("/read", "All modules"))
    return _file(context, request, kind)


def _file(context: RouteContext, request: Request, kind: DeckKind) -> Response:
    module = context.module(request.path_params["module"])
    if module is None:
        return missing(context, NO_MODULE, ("/read", "All modules"))
    body = deck(module, context.library().evidence, kind, context.assets / "fonts")
    media = POWERPOINT if kind == "slides.pptx" else "application/pdf"
    return kept(request, module, body, media, name=f"{module.id}-{kind}")
