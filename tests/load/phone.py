"""A phone in a live session, over plain sockets: five hundred of them in one process cost the machine little."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import struct
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from urllib.parse import urlencode

DELAY_SECONDS = 0.3
"""As in assets/js/join.js: told at once, each phone asks a moment later."""
TCP_REPAIR = 19
"""Linux: a socket closed in this mode tells the other side nothing (tcp(7) does not, the kernel's headers do)."""
SMALLEST, LONGEST = 2048, 2**20
"""Bytes: of a socket that reads nothing, and of a line of a stream."""


@dataclass(frozen=True)
class Reply:
    status: int
    headers: dict[str, str]
    body: bytes
    seconds: float


@dataclass
class Line:
    """One connection to the server, used again as long as the server keeps it."""

    port: int
    reader: asyncio.StreamReader | None = None
    writer: asyncio.StreamWriter | None = None

    async def ask(self, method: str, path: str, headers: Mapping[str, str], body: str = "") -> Reply:
        """Opening a connection counts: a phone that waited had lost its own.

        One that the server closed meanwhile is opened anew, as a browser does.
        """
        began, request = time.perf_counter(), _request(method, path, headers, body)
        used = self.reader is not None
        try:
            status, found, sent = await self._answered(request)
        except OSError:
            self.close()
            if not used:
                raise
            status, found, sent = await self._answered(request)
        return Reply(status, found, sent, time.perf_counter() - began)

    async def _answered(self, request: bytes) -> tuple[int, dict[str, str], bytes]:
        reader, writer = await self._opened()
        writer.write(request)
        status, found = await _head(reader)
        return status, found, await reader.readexactly(int(found.get("content-length", "0")))

    async def stream(self, path: str, headers: Mapping[str, str], *, buffer: int = 0) -> asyncio.StreamReader:
        """A stream of events, its head read. `buffer`: how little the socket holds of what is not read."""
        reader, writer = await self._opened(buffer)
        writer.write(_request("GET", path, headers, ""))
        status, _ = await _head(reader)
        if status != 200:
            raise ConnectionError(f"{path} answered {status}")
        return reader

    async def _opened(self, buffer: int = 0) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        if self.reader is None or self.writer is None:
            end = socket.socket()
            end.setblocking(False)
            if buffer:
                end.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, buffer)
            await asyncio.get_running_loop().sock_connect(end, ("127.0.0.1", self.port))
            self.reader, self.writer = await asyncio.open_connection(sock=end, limit=LONGEST)
        return self.reader, self.writer

    def vanish(self) -> None:
        """The server is told nothing: as when a phone loses the network. Without root it is told, but not politely."""
        assert self.writer is not None
        end: socket.socket = self.writer.get_extra_info("socket")
        try:
            end.setsockopt(socket.IPPROTO_TCP, TCP_REPAIR, 1)
        except PermissionError:
            end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.close()

    def close(self) -> None:
        if self.writer is not None:
            self.writer.close()
        self.reader = self.writer = None


def _request(method: str, path: str, headers: Mapping[str, str], body: str) -> bytes:
    head = {"Host": "127.0.0.1", "Accept-Encoding": "gzip, br"} | dict(headers)
    if body:
        head |= {"Content-Type": "application/x-www-form-urlencoded", "Content-Length": str(len(body))}
    lines = "".join(f"{name}: {value}\r\n" for name, value in head.items())
    return f"{method} {path} HTTP/1.1\r\n{lines}\r\n{body}".encode()


async def _head(reader: asyncio.StreamReader) -> tuple[int, dict[str, str]]:
    try:
        first, *lines = (await reader.readuntil(b"\r\n\r\n")).decode().strip().split("\r\n")
    except asyncio.IncompleteReadError as lost:
        raise ConnectionError("the server closed the connection") from lost
    named = (line.partition(":") for line in lines)
    return int(first.split()[1]), {name.lower(): value.strip() for name, _, value in named}


async def events(reader: asyncio.StreamReader) -> AsyncIterator[tuple[str, str]]:
    """Name and data of each event. What lies between the lines, the lengths of chunks, is passed over."""
    name = "message"
    while line := await reader.readline():
        kind, _, value = line.decode().rstrip().partition(": ")
        if kind == "event":
            name = value
        elif kind == "data":
            yield name, value
            name = "message"


async def hung_up(listening: asyncio.Task[None] | None) -> None:
    if listening is not None:
        listening.cancel()
        with contextlib.suppress(asyncio.CancelledError, OSError):
            await listening


@dataclass
class Phone:
    """`key`: what it shows; `seen` is set once it shows an open poll. `votes`: seconds of each that was accepted."""

    port: int
    code: str
    rng: Random
    cookie: str = ""
    key: str = ""
    seen: asyncio.Event = field(default_factory=asyncio.Event)
    votes: list[float] = field(default_factory=list)
    refused: list[int] = field(default_factory=list)
    listening: asyncio.Task[None] | None = None

    def __post_init__(self) -> None:
        self._talk, self._told = Line(self.port), Line(self.port)

    async def open_page(self) -> None:
        page = await self._talk.ask("GET", f"/join/{self.code}", {})
        if page.status != 200:
            raise ConnectionError(f"joining answered {page.status}")
        self.cookie = page.headers["set-cookie"].partition(";")[0]

    async def join(self) -> None:
        await self.open_page()
        reader = await self._told.stream(f"/join/{self.code}/events", {"Cookie": self.cookie})
        self.listening = asyncio.create_task(self._listen(reader))

    async def join_badly(self, *, vanish: bool) -> None:
        """Asks for the stream and never reads it, or is gone without a word."""
        await self.open_page()
        await self._told.stream(f"/join/{self.code}/events", {"Cookie": self.cookie}, buffer=SMALLEST)
        if vanish:
            self._told.vanish()

    async def _listen(self, reader: asyncio.StreamReader) -> None:
        async for name, value in events(reader):
            if name == "poll" and value != self.key:
                await asyncio.sleep(self.rng.uniform(0, DELAY_SECONDS))
                shown = await self._talk.ask("GET", f"/join/{self.code}/now?key={self.key}", {"Cookie": self.cookie})
                if shown.status not in (200, 204):
                    self.refused.append(shown.status)
                self.key = value
                (self.seen.set if value.endswith(":open") else self.seen.clear)()

    async def vote(self, poll: str, fields: Mapping[str, Sequence[str]]) -> Reply:
        body = urlencode({"poll": [poll], **fields}, doseq=True)
        told = await self._talk.ask(
            "POST", f"/join/{self.code}", {"Cookie": self.cookie, "Accept": "application/json"}, body
        )
        if told.status == 200:
            self.votes.append(told.seconds)
        else:
            self.refused.append(told.status)
        return told

    async def leave(self) -> None:
        await hung_up(self.listening)
        self._talk.close()
        self._told.close()
