"""One plain HTML page: styles inline and named by their hash, no outside request, no framework."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from pathlib import Path

from starlette.responses import HTMLResponse

from modules.routes.context import RouteContext
from modules.routes.headers import HEADERS as HEADERS
from modules.routes.headers import source_hash

SHEETS = ("landmark.css", "page.css")
RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur"})


@dataclass(frozen=True, slots=True)
class Page:
    """`path` is its own address, for links from outside; `private` pages are not indexed nor cached."""

    title: str
    body: str
    description: str
    path: str
    language: str = "en"
    sheets: Sequence[str] = SHEETS
    scripts: Sequence[str] = ()
    private: bool = False


def respond(context: RouteContext, page: Page, status: int = 200) -> HTMLResponse:
    style = "".join(sheet(context.assets / "css" / name) for name in page.sheets)
    script = "".join((context.assets / "js" / name).read_text() for name in page.scripts)
    headers = {**HEADERS, "Content-Security-Policy": _policy(style, script)}
    if page.private:
        headers |= {"Cache-Control": "no-store", "X-Robots-Tag": "noindex"}
    elif status == 200:
        headers["Cache-Control"] = "public, max-age=60"
    return HTMLResponse(_document(context, page, style, script), status, headers)


def _document(context: RouteContext, page: Page, style: str, script: str) -> str:
    direction = ' dir="rtl"' if page.language.split("-")[0] in RIGHT_TO_LEFT else ""
    code = f"<script>{script}</script>" if script else ""
    return (
        f'<!doctype html>\n<html lang="{escape(page.language)}"{direction}><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"{_head(context, page)}<style>{style}</style></head>\n"
        f'<body class="lm">{page.body}{code}</body></html>\n'
    )


def _head(context: RouteContext, page: Page) -> str:
    title = page.title if page.title == context.site else f"{page.title} · {context.site}"
    told = {"og:title": page.title, "og:description": page.description, "og:type": "article"}
    told |= {"og:site_name": context.site, "og:locale": page.language}
    link = ""
    if context.base_url is not None and not page.private:
        address = context.base_url.rstrip("/") + page.path
        told["og:url"] = address
        link = f'<link rel="canonical" href="{escape(address)}">'
    graph = "".join(f'<meta property="{name}" content="{escape(text)}">' for name, text in told.items())
    return (
        f'<title>{escape(title)}</title><meta name="description" content="{escape(page.description)}">'
        f'{graph}{link}<link rel="icon" href="/assets/logo.svg" type="image/svg+xml">'
    )


def _policy(style: str, script: str) -> str:
    scripts = source_hash(script) if script else "'none'"
    return (
        f"default-src 'self'; style-src {source_hash(style)}; script-src {scripts}; img-src 'self'; "
        "font-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'"
    )


def sheet(path: Path) -> str:
    """A style sheet without comments and needless space; read again when the file changes."""
    return _squeezed(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=32)
def _squeezed(path: Path, _changed: int) -> str:
    text = re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.DOTALL)
    text = re.sub(r"\s+", " ", text)
    return re.sub(r"\s*([{};,>])\s*", r"\1", text).strip()


def missing(context: RouteContext, sentence: str, *links: tuple[str, str]) -> HTMLResponse:
    """404: what was not found, and where to go instead."""
    return notice(context, "Not found", sentence, *links, status=404)


def notice(context: RouteContext, title: str, sentence: str, *links: tuple[str, str], status: int) -> HTMLResponse:
    ways = "".join(f'<a class="button" href="{escape(href)}">{escape(words)}</a>' for href, words in links)
    body = (
        f'{bar(context)}<main id="main" class="page"><h1>{escape(title)}</h1><p>{escape(sentence)}</p>'
        f'<div class="steps">{ways}</div></main>'
    )
    return respond(context, Page(title, body, sentence, "", private=True), status)


def bar(context: RouteContext, place: str = "") -> str:
    """The strip at the top of every plain page, after the skip link."""
    return (
        '<a class="skip" href="#main">Skip to the content</a><header class="bar">'
        f'<a class="brand" href="/read"><img src="/assets/logo.svg" alt="" width="28" height="28">'
        f"{escape(context.site)}</a>{place}</header>"
    )
