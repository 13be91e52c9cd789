"""What wraps the Streamlit app: its own index.html, compressed, named, with a learner's cookie."""

import gzip
import re
import time
from collections.abc import AsyncIterator
from pathlib import Path
from uuid import uuid4

import brotli
import pytest
import streamlit
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, PlainTextResponse, StreamingResponse
from starlette.routing import Mount, Route, WebSocketRoute
from starlette.staticfiles import StaticFiles
from starlette.testclient import TestClient
from starlette.websockets import WebSocket

from modules.actions.identity import COOKIE, seal, unseal
from modules.records.records import Records
from modules.routes.compress import FOREVER, Compress, accepted
from modules.routes.guest import GuestCookie
from modules.routes.shell import Shell, head_for
from tests.routes.site import MODULE, SECRET, context

STATIC = Path(streamlit.__file__).parent / "static"
BUNDLE = max((STATIC / "static" / "js").glob("index.*.js"), key=lambda path: path.stat().st_size)


async def index(_request: Request) -> FileResponse:
    return FileResponse(STATIC / "index.html")


async def page(_request: Request) -> HTMLResponse:
    return HTMLResponse("<html><title>Ours</title>" + "x" * 600)


async def events(_request: Request) -> StreamingResponse:
    async def tell() -> AsyncIterator[bytes]:
        yield b"data: " + b"1" * 600 + b"\n\n"

    return StreamingResponse(tell(), media_type="text/event-stream")


async def socket(opened: WebSocket) -> None:
    await opened.accept()
    await opened.send_text("hello " * 200)
    await opened.close()


def app(records: Records, cache: Path | None = None) -> Compress:
    inside = Starlette(
        routes=[
            Route("/read", page),
            Route("/events", events),
            Route("/small", lambda _r: PlainTextResponse("x")),
            WebSocketRoute("/_stcore/stream", socket),
            Mount("/static", StaticFiles(directory=STATIC / "static")),
            Route("/{rest:path}", index),
        ]
    )
    shell = Shell(inside, head=head_for(context(records)))
    return Compress(GuestCookie(shell, secret=SECRET, records=records), cache=cache)


@pytest.fixture
def browser(records: Records, tmp_path: Path) -> TestClient:
    headers = {"Accept": "text/html", "Accept-Encoding": "br, gzip"}
    return TestClient(app(records, tmp_path / "cache"), headers=headers)


def test_streamlits_page_gets_a_language_a_title_and_a_way_without_script(browser: TestClient) -> None:
    text = browser.get("/").text
    assert '<html lang="en">' in text
    assert "<title>Landmark</title>" in text
    assert text.count("<noscript>") == 1
    assert '<a href="/read">Read the lessons as plain pages</a>' in text
    assert '<meta name="description" content="Short lessons' in text
    assert 'rel="stylesheet" href="/assets/css/landmark.css"' in text
    assert re.search(r'<script type="module" crossorigin src="./static/js/index\.[^"]+"></script>', text)
    assert '<div id="root"></div>' in text


def test_a_shared_lesson_link_says_which_lesson_it_is(browser: TestClient) -> None:
    text = browser.get("/lesson", params={"module": MODULE, "lesson": "03-dual-blockade"}).text
    assert "<title>Two antibodies and a taxane: reading CLEOPATRA · Landmark</title>" in text
    assert f'content="https://learn.example.org/lesson?module={MODULE}&amp;lesson=03-dual-blockade"' in text


def test_a_query_cannot_write_into_the_page(browser: TestClient) -> None:
    text = browser.get("/lesson", params={"module": '"><script>alert(1)</script>', "lesson": "\\1"}).text
    assert "alert(1)" not in text


def test_a_plain_page_passes_unchanged_and_without_a_cookie(browser: TestClient) -> None:
    answer = browser.get("/read")
    assert answer.text.startswith("<html><title>Ours</title>")
    assert "set-cookie" not in answer.headers


def test_the_first_document_brings_a_signed_cookie_and_the_second_none(browser: TestClient) -> None:
    first = browser.get("/")
    told = first.headers["set-cookie"]
    assert {"HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=34560000"} <= set(told.split("; "))
    assert "Secure" not in told
    assert first.headers["cache-control"] == "no-store"
    assert unseal(first.cookies[COOKIE], SECRET)
    assert "set-cookie" not in browser.get("/").headers


def test_the_cookie_is_secure_where_the_request_came_by_https(browser: TestClient) -> None:
    told = browser.get("/", headers={"X-Forwarded-Proto": "https"}).headers["set-cookie"]
    assert told.endswith("; Secure")


def test_an_altered_cookie_is_replaced(browser: TestClient) -> None:
    good = seal(uuid4().hex, SECRET)
    forged = good[:5] + ("a" if good[5] != "a" else "b") + good[6:]
    assert "set-cookie" in browser.get("/", headers={"Cookie": f"{COOKIE}={forged}"}).headers


@pytest.mark.parametrize("value", [None, "", "x", "x.y", "ImFubiI.bad"])
def test_what_was_not_signed_here_names_nobody(value: str | None) -> None:
    assert unseal(value, SECRET) is None


def test_a_cookie_names_its_learner_only_under_its_own_secret() -> None:
    learner = uuid4().hex
    cookie = seal(learner, SECRET)
    assert unseal(cookie, SECRET) == learner
    assert unseal(cookie, b"another secret") is None
    assert unseal(seal("not-a-uuid", SECRET), SECRET) is None


def test_a_document_is_compressed_and_whole(browser: TestClient) -> None:
    with browser.stream("GET", "/") as answer:
        sent = b"".join(answer.iter_raw())
    assert answer.headers["content-encoding"] == "br"
    assert int(answer.headers["content-length"]) == len(sent)
    assert "Accept-Encoding" in answer.headers["vary"]
    assert b'<div id="root"></div>' in brotli.decompress(sent)


def test_a_bundle_file_is_kept_for_good_and_compressed_harder_the_second_time(browser: TestClient) -> None:
    path = f"/static/js/{BUNDLE.name}"
    first = raw(browser, path)
    deadline = time.monotonic() + 30
    while len(raw(browser, path)) >= len(first) and time.monotonic() < deadline:
        time.sleep(0.05)
    best = raw(browser, path)
    assert len(best) < len(first)
    assert brotli.decompress(best) == BUNDLE.read_bytes()
    assert browser.get(path).headers["cache-control"] == FOREVER


def test_a_compressed_bundle_file_outlives_the_process(records: Records, tmp_path: Path) -> None:
    cache, path = tmp_path / "cache", f"/static/js/{BUNDLE.name}"
    headers = {"Accept-Encoding": "gzip"}
    first = raw(TestClient(app(records, cache), headers=headers), path)
    deadline = time.monotonic() + 30
    while not list(cache.glob("*.gzip")) and time.monotonic() < deadline:
        time.sleep(0.05)
    again = raw(TestClient(app(records, cache), headers=headers), path)
    assert len(again) < len(first)
    assert gzip.decompress(again) == BUNDLE.read_bytes()


def test_an_unknown_bundle_file_is_not_kept(browser: TestClient) -> None:
    assert "immutable" not in browser.get("/page/static/nothing.abcdefgh.js").headers.get("cache-control", "")


def raw(site: TestClient, path: str) -> bytes:
    with site.stream("GET", path) as answer:
        return b"".join(answer.iter_raw())


def test_event_streams_and_sockets_are_left_alone(browser: TestClient) -> None:
    answer = browser.get("/events")
    assert "content-encoding" not in answer.headers
    with browser.websocket_connect("/_stcore/stream") as opened:
        assert opened.receive_text().startswith("hello hello")


def test_small_answers_are_not_worth_compressing(browser: TestClient) -> None:
    assert "content-encoding" not in browser.get("/small").headers


@pytest.mark.parametrize(
    ("header", "coding"),
    [("gzip, deflate, br", "br"), ("gzip", "gzip"), ("br;q=0, gzip;q=0.5", "gzip"), ("", None)],
)
def test_the_browser_chooses_the_coding(header: str, coding: str | None) -> None:
    """RFC 9110, 12.5.3."""
    assert accepted(header) == coding
