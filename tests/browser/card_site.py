"""A site with one card of every item type, served as the app serves them; what is sent is written down."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic, sleep

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from modules.charts.draw import draw
from modules.charts.svg import svg
from modules.charts.theme import CSS
from modules.core.figures import ChartRequest
from modules.core.grading import grade
from modules.core.items import Scored
from modules.core.responses import Draft
from modules.export.cards.ask import Ask
from modules.export.cards.card import fields_html
from modules.export.cards.reading import draft_of, missing
from modules.export.cards.verdict import explained_html, verdict_html
from modules.export.pieces import Pieces
from tests.builders import evidence
from tests.load.server import free_port
from tests.samples import KINDS, STATEMENTS, Item, quiz_of, sample

ROOT = Path(__file__).resolve().parents[2]
PIECES = Pieces(lambda _: "", lambda _: "", lambda _: "", {}, {})
ITEMS: dict[str, Item] = {item.type: item for item in map(sample, KINDS)}


@dataclass
class CardSite:
    """`sent`: every body that arrived, oldest first."""

    url: str
    sent: list[dict[str, object]] = field(default_factory=list)


def chart(request: ChartRequest) -> str:
    return svg(draw(request, evidence()), width=360, palette=CSS)


def ask(item: Item, draft: Draft | None = None) -> Ask:
    order = tuple(s.id for s in item.steps[::-1]) if item.type == "sequencing" else ()
    return Ask(quiz_of(item), item, chart, order, draft or Draft(), confidence=True, statements=STATEMENTS)


def card_html(item: Item) -> str:
    return (
        f'<form class="lm-form" data-version="1" data-drafts>{fields_html(ask(item), PIECES)}'
        '<p class="lm-card-error" role="alert"></p><p class="lm-kept" role="status"></p>'
        '<div class="lm-actions"><button class="lm-first" name="do" value="answer">Send answer</button></div></form>'
    )


def page(request: Request) -> Response:
    kind = request.path_params["kind"]
    return HTMLResponse(
        f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{kind}</title>
<meta name="viewport" content="width=device-width"><link rel="stylesheet" href="/assets/css/app.css">
<link rel="icon" href="data:,"><style>body {{ margin: 0; background: var(--lm-background); }}</style></head>
<body class="lm"><main style="padding: 1rem"><h1>{kind}</h1>
<div class="lm-stage" data-url="/card/{kind}"></div></main><script type="module">
import {{ start }} from "/assets/js/stage.js"; start(document.querySelector(".lm-stage"));</script>
</body></html>"""
    )


def answering(site: CardSite) -> Route:
    async def card(request: Request) -> Response:
        item = ITEMS[request.path_params["kind"]]
        if request.method == "GET":
            return JSONResponse({"html": card_html(item)})
        body = json.loads(await request.body())
        site.sent.append(body)
        draft = draft_of(item, body["fields"])
        if body["do"] == "draft":
            return JSONResponse({})
        if draft.response is None:
            return JSONResponse({"error": missing(item)}, status_code=422)
        return JSONResponse({"html": _answered(item, draft), "focus": "#verdict"})

    return Route("/card/{kind}", card, methods=["GET", "POST"])


def _answered(item: Item, draft: Draft) -> str:
    if not isinstance(item, Scored) or draft.response is None:
        return '<p class="lm-verdict" id="verdict" role="status">Thank you.</p>'
    asked = ask(item, draft)
    score = grade(item, draft.response, asked.quiz).score
    told = explained_html(asked, draft.response, PIECES)
    return verdict_html(item, draft.response, score, anchor="verdict") + told


@contextmanager
def card_site() -> Iterator[CardSite]:
    port = free_port()
    site = CardSite(f"http://127.0.0.1:{port}")
    assets = Mount("/assets", StaticFiles(directory=ROOT / "assets"))
    app = Starlette(routes=[Route("/{kind}", page), answering(site), assets])
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    limit = monotonic() + 20
    while not server.started and monotonic() < limit:
        sleep(0.02)
    yield site
    server.should_exit = True
    thread.join(10)
