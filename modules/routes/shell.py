"""The Streamlit app's one HTML file, given a language, a title, a description and a way without script."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape
from urllib.parse import parse_qsl

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from modules.export.front import accurate_text
from modules.routes.context import RouteContext
from modules.routes.headers import app_policy

_MARK = b'<div id="root"></div>'
"""Stands in Streamlit's index.html and in no page of ours."""


@dataclass(frozen=True, slots=True)
class Head:
    """`address` is the page's public URL, None when the site does not know its own."""

    title: str
    description: str
    language: str = "en"
    address: str | None = None


HeadFor = Callable[[str, Mapping[str, str]], Head]


def head_for(context: RouteContext) -> HeadFor:
    """Titles by ?module= and ?lesson=, so that a shared link says what it leads to."""

    def head(path: str, query: Mapping[str, str]) -> Head:
        module = context.module(query.get("module", ""))
        base = None if context.base_url is None else context.base_url.rstrip("/")
        if module is None:
            told = "Short lessons for healthcare professionals, each figure bound to the published evidence."
            return Head(context.site, told, "en", base and f"{base}{path}")
        front, lesson = module.front, module.lesson(query.get("lesson", ""))
        title = f"{lesson.title if lesson else front.title} · {context.site}"
        place = f"{path}?module={module.id}" + (f"&lesson={lesson.id}" if lesson else "")
        told = f"{front.summary} {accurate_text(front)}."
        return Head(title, told, front.language, base and f"{base}{place}")

    return head


class Shell:
    """ASGI: only responses that hold Streamlit's root element are rewritten; all else passes as it comes."""

    def __init__(
        self, app: ASGIApp, *, head: HeadFor, read: str = "/read",
        stylesheet: str | None = "/assets/css/landmark.css",
    ) -> None:  # fmt: skip
        self._app, self._head, self._read, self._stylesheet = app, head, read, stylesheet

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "GET":
            await self._app(scope, receive, send)
            return
        await self._app(_whole(scope), receive, _Rewriter(self._page(scope), send))

    def _page(self, scope: Scope) -> Callable[[bytes], bytes]:
        query = dict(parse_qsl(scope["query_string"].decode("latin-1")))

        def page(body: bytes) -> bytes:
            if _MARK not in body:
                return body
            head = self._head(scope["path"], query)
            return rewritten(body.decode(), head, self._read, self._stylesheet).encode()

        return page


class _Rewriter:
    """Holds an HTML response until it is whole; sends anything else on at once."""

    def __init__(self, page: Callable[[bytes], bytes], send: Send) -> None:
        self._page, self._send = page, send
        self._start: Message | None = None
        self._parts: list[bytes] = []

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start" and _is_document(message):
            self._start = message
        elif message["type"] == "http.response.body" and self._start is not None:
            self._parts.append(message.get("body", b""))
            if not message.get("more_body", False):
                await self._finish(self._start)
        else:
            await self._send(message)

    async def _finish(self, start: Message) -> None:
        before = b"".join(self._parts)
        after = self._page(before)
        headers = MutableHeaders(scope=start)
        if after is not before:
            headers["Content-Length"] = str(len(after))
            for name in ("etag", "last-modified", "accept-ranges"):
                del headers[name]
            headers.setdefault("Cache-Control", "no-cache")
            headers["Content-Security-Policy"] = app_policy(after.decode())
        await self._send(start)
        await self._send({"type": "http.response.body", "body": after})


def _is_document(message: Message) -> bool:
    headers = MutableHeaders(scope=message)
    return (
        message["status"] == 200
        and headers.get("content-type", "").startswith("text/html")
        and "content-encoding" not in headers
    )


def _whole(scope: Scope) -> Scope:
    """Where a document is wanted: the file itself, not a part, a change or a compressed copy of it."""
    wants = dict(scope["headers"]).get(b"accept", b"")
    if b"text/html" not in wants:
        return scope
    dropped = {b"if-none-match", b"if-modified-since", b"range", b"accept-encoding"}
    return {**scope, "headers": [(k, v) for k, v in scope["headers"] if k not in dropped]}


def rewritten(page: str, head: Head, read: str, stylesheet: str | None) -> str:
    meta = {"og:title": head.title, "og:description": head.description, "og:type": "website"}
    if head.address is not None:
        meta["og:url"] = head.address
    told = f'<meta name="description" content="{escape(head.description)}" />'
    told += "".join(f'<meta property="{name}" content="{escape(text)}" />' for name, text in meta.items())
    if stylesheet is not None:
        told += f'<link rel="stylesheet" href="{escape(stylesheet)}" />'
    without = (
        f"<noscript><p>{escape(head.title)} needs JavaScript. "
        f'<a href="{escape(read)}">Read the lessons as plain pages</a>, which need none.</p></noscript>'
    )
    changes: tuple[tuple[str, str], ...] = (
        (r"<html[^>]*>", f'<html lang="{escape(head.language)}">'),
        (r"<title>.*?</title>", f"<title>{escape(head.title)}</title>{told}"),
        (r"<noscript>.*?</noscript>", without),
    )
    for pattern, new in changes:
        page = re.sub(pattern, new.replace("\\", r"\\"), page, count=1, flags=re.DOTALL)
    return page
