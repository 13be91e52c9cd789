"""Brotli and gzip for everything textual; hashed bundle files are compressed hard once and kept."""

import gzip
import hashlib
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Lock

import brotli
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

TEXTUAL = re.compile(r"^(text/(?!event-stream)|application/(javascript|json|xml|manifest\+json|wasm)|image/svg\+xml)")
HASHED = re.compile(r"/static/.+\.[\w-]{8}\.\w+$")
FOREVER = "public, max-age=31536000, immutable"
QUICK, HARD = 5, 10


class Compress:
    """ASGI, outermost. Streams and sockets pass untouched; ranges and encoded responses too."""

    def __init__(self, app: ASGIApp, *, cache: Path | None = None, minimum: int = 500) -> None:
        self._app, self._minimum, self._kept = app, minimum, Kept(cache)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] not in {"GET", "POST"}:
            await self._app(scope, receive, send)
            return
        coding = accepted(Headers(scope=scope).get("accept-encoding", ""))
        await self._app(_unencoded(scope), receive, _Encoder(self, scope["path"], coding, send))

    def encode(self, body: bytes, coding: str, lasting: str | None) -> bytes:
        """`lasting` is the path of a file that never changes, else None."""
        if len(body) < self._minimum:
            return body
        return self._kept.encoded(lasting, coding, body) if lasting else CODERS[coding](body, QUICK)


def _brotli(body: bytes, level: int) -> bytes:
    return bytes(brotli.compress(body, quality=level))


def _gzip(body: bytes, level: int) -> bytes:
    """Without a time, so that the same body gives the same bytes."""
    return gzip.compress(body, compresslevel=min(level, 9), mtime=0)


CODERS: dict[str, Callable[[bytes, int], bytes]] = {"br": _brotli, "gzip": _gzip}


def accepted(header: str) -> str | None:
    """Brotli before gzip; a coding with q=0 is refused (RFC 9110, 12.5.3)."""
    offered: dict[str, bool] = {}
    for part in header.lower().split(","):
        name, _, weight = part.strip().partition(";")
        offered[name.strip()] = not re.fullmatch(r"q=0(\.0*)?", weight.replace(" ", ""))
    return next((coding for coding in CODERS if offered.get(coding)), None)


def _unencoded(scope: Scope) -> Scope:
    """Inside, nothing is compressed a second time."""
    headers = [(k, v) for k, v in scope["headers"] if k != b"accept-encoding"]
    return {**scope, "headers": headers}


def _lasts(path: str, kind: str, status: int) -> bool:
    """A hashed bundle file. An unknown path answers with the app's HTML, which is not one."""
    return status == 200 and HASHED.search(path) is not None and not kind.startswith("text/html")


class _Encoder:
    """Holds one textual response until it is whole, then sends it encoded."""

    def __init__(self, owner: Compress, path: str, coding: str | None, send: Send) -> None:
        self._owner, self._path, self._coding, self._send = owner, path, coding, send
        self._start: Message | None = None
        self._lasting: str | None = None
        self._parts: list[bytes] = []

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            await self._begin(message)
        elif message["type"] == "http.response.body" and self._start is not None:
            self._parts.append(message.get("body", b""))
            if not message.get("more_body", False):
                await self._finish(self._start)
        else:
            await self._send(message)

    async def _begin(self, message: Message) -> None:
        headers = MutableHeaders(scope=message)
        kind = headers.get("content-type", "")
        if _lasts(self._path, kind, message["status"]):
            self._lasting, headers["Cache-Control"] = self._path, FOREVER
        textual = TEXTUAL.match(kind) is not None
        if textual:
            headers.add_vary_header("Accept-Encoding")
        if textual and self._coding and message["status"] == 200 and "content-encoding" not in headers:
            self._start = message
        else:
            await self._send(message)

    async def _finish(self, start: Message) -> None:
        body, coding = b"".join(self._parts), self._coding or ""
        encoded = self._owner.encode(body, coding, self._lasting)
        if encoded is not body:
            headers = MutableHeaders(scope=start)
            headers["Content-Encoding"], headers["Content-Length"] = coding, str(len(encoded))
            del headers["accept-ranges"]
            if (tag := headers.get("etag", "")).startswith('"'):
                headers["ETag"] = f"W/{tag}"
        await self._send(start)
        await self._send({"type": "http.response.body", "body": encoded})


class Kept:
    """Compressed copies of immutable files, in memory and, with a folder, on disk."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._copies: dict[tuple[str, str], bytes] = {}
        self._making: set[tuple[str, str]] = set()
        self._lock = Lock()
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="compress")

    def encoded(self, path: str, coding: str, body: bytes) -> bytes:
        """The best copy there is now; the first request gets a quick one while a better one is made."""
        key = (path, coding)
        found = self._copies.get(key) or self._read(key, body)
        if found is not None:
            return found
        with self._lock:
            new = key not in self._making
            self._making.add(key)
        if new:
            self._worker.submit(self._make, key, body)
        return CODERS[coding](body, QUICK)

    def _make(self, key: tuple[str, str], body: bytes) -> None:
        made = CODERS[key[1]](body, HARD)
        self._copies[key] = made
        if (path := self._path(key, body)) is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
            partial = path.with_suffix(".partial")
            partial.write_bytes(made)
            partial.replace(path)

    def _read(self, key: tuple[str, str], body: bytes) -> bytes | None:
        path = self._path(key, body)
        if path is None or not path.is_file():
            return None
        self._copies[key] = path.read_bytes()
        return self._copies[key]

    def _path(self, key: tuple[str, str], body: bytes) -> Path | None:
        """Named by content, so an upgrade of the bundle never meets an old copy."""
        name = f"{hashlib.sha256(body).hexdigest()[:32]}.{key[1]}"
        return None if self._folder is None else self._folder / name
