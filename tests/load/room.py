"""A lecture hall of phones in one live session: what a vote takes and costs, calm, in a burst, and among bad phones."""

from __future__ import annotations

import asyncio
import resource
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from modules.core.live import Placed
from modules.core.module import Module
from tests.load.hall import Hall, Host, hall
from tests.load.phone import Line, Phone
from tests.load.sampling import ProcSampler, pct
from tests.load.server import Server

Figure = tuple[str, float, str, float | None]
"""What, how much, its unit, and the most it may be."""
PHONES, BURST, BAD = 500, 250, 100
SECONDS = 20.0
JOINING_SECONDS, IDLE_SECONDS = 10.0, 5.0
PLAIN_PAGES = 200
FILES = 8192


@dataclass(frozen=True)
class Polled:
    """One poll: seconds of each vote, seconds until the screen showed the last, CPU seconds of the server."""

    votes: tuple[float, ...]
    shown: float
    opening: float
    voting: float


@dataclass
class Measured:
    """`idle`: share of a core while nobody votes; `plain`: CPU seconds of a plain page at the pace of the votes."""

    joining: float = 0
    idle: float = 0
    plain: float = 0
    polls: dict[str, Polled] = field(default_factory=dict)
    memory: float = 0
    files: int = 0
    errors: int = 0
    client: float = 0


def room(folder: Path, module: Module, *, phones: int = PHONES, seconds: float = SECONDS) -> Iterator[Figure]:
    """One server process, one process of phones."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(FILES, most), most))
    server = Server(folder)
    made = hall(server.database, module)
    server.start()
    try:
        found = asyncio.run(_played(server, made, phones, seconds))
    finally:
        server.stop()
    yield from _figures(found, phones, seconds)


async def _played(server: Server, made: Hall, count: int, seconds: float) -> Measured:
    found, use = Measured(), ProcSampler([server.pid])
    host, phones = Host(server.port, made), [Phone(server.port, made.code, Random(n)) for n in range(count)]
    first = Phone(server.port, made.code, Random(count))
    await first.join()  # it pays for what is made once
    before, began, cpu = use.rss(), time.process_time(), use.cpu()
    await host.listen()
    await asyncio.gather(*(_joined(phone, phone.rng.uniform(0, JOINING_SECONDS)) for phone in phones))
    found.joining, cpu = use.cpu() - cpu, use.cpu()
    await asyncio.sleep(IDLE_SECONDS)
    found.idle = (use.cpu() - cpu) / IDLE_SECONDS
    found.plain = await _plain(server, seconds / count, found.idle, use)
    calm, burst, among = made.items[:3]
    found.polls["calm"] = await _poll(host, phones, calm, (seconds, use))
    found.polls["burst"] = await _poll(host, phones[: count // 2], burst, (0, use))
    use.sample()
    found.memory, found.files = (use.peak_rss - before) / 2**20, use.peak_fds
    bad = [Phone(server.port, made.code, Random(-n)) for n in range(BAD)]
    for n, phone in enumerate(bad):
        await phone.join_badly(vanish=n % 2 == 0)
    found.polls["among"] = await _poll(host, phones, among, (seconds, use))
    found.client = time.process_time() - began
    found.errors = sum(len(phone.refused) + bool(phone.listening and phone.listening.done()) for phone in phones)
    await asyncio.gather(*(phone.leave() for phone in (first, *phones, *bad)))
    await host.leave()
    return found


async def _plain(server: Server, apart: float, idle: float, use: ProcSampler) -> float:
    """The page that asks for a code: it reads no records. Each on a connection of its own, as the votes are."""
    cpu, began = use.cpu(), time.monotonic()
    for _ in range(PLAIN_PAGES):
        line = Line(server.port)
        await line.ask("GET", "/join", {})
        line.close()
        await asyncio.sleep(apart)
    return (use.cpu() - cpu - idle * (time.monotonic() - began)) / PLAIN_PAGES


async def _joined(phone: Phone, after: float) -> None:
    await asyncio.sleep(after)
    await phone.join()


async def _poll(host: Host, phones: Sequence[Phone], placed: Placed, how: tuple[float, ProcSampler]) -> Polled:
    """From opening to closing. Each phone shows the question, then votes some time within `seconds`."""
    seconds, use = how
    cpu = use.cpu()
    await host.move(placed, "draft", "open")
    await asyncio.gather(*(asyncio.wait_for(phone.seen.wait(), 30) for phone in phones))
    await asyncio.sleep(1)
    opening, cpu = use.cpu() - cpu, use.cpu()
    before = [len(phone.votes) for phone in phones]

    async def voted(phone: Phone) -> None:
        await asyncio.sleep(phone.rng.uniform(0, seconds))
        await phone.vote(placed.id, host.hall.given(placed, phone.rng.randrange(99)))

    await asyncio.gather(*(voted(phone) for phone in phones))
    last = time.perf_counter()
    shown = await host.shows(len(phones)) - last
    voting = use.cpu() - cpu
    await host.move(placed, "open", "closed")
    await asyncio.sleep(1)
    votes = [one for phone, n in zip(phones, before, strict=True) for one in phone.votes[n:]]
    return Polled(tuple(votes), max(0, shown), opening, voting)


def _figures(found: Measured, phones: int, seconds: float) -> Iterator[Figure]:
    name = f"{phones} phones"
    yield f"{name}: server CPU of joining, a phone", 1000 * found.joining / phones, "ms", None
    yield f"{name}: share of a core while nobody votes", 100 * found.idle, "%", None
    calm, burst, among = found.polls["calm"], found.polls["burst"], found.polls["among"]
    yield f"{name}: server CPU of a question that opens, a phone", 1000 * calm.opening / phones, "ms", None
    yield from _votes(f"{name}, each votes within {seconds:g} s", calm, 500)
    yield f"{name}: server CPU of a vote", 1000 * calm.voting / phones, "ms", 1
    alone = calm.voting / phones - found.idle * seconds / phones
    yield "  without what the open room costs anyway", 1000 * alone, "ms", None
    yield "  a plain page at the same pace, likewise", 1000 * found.plain, "ms", None
    yield "  the one by the other", alone / found.plain, "times", 3
    yield from _votes(f"{len(burst.votes)} votes at the same moment", burst, None)
    yield "  server CPU of a vote", 1000 * burst.voting / len(burst.votes), "ms", None
    yield from _votes(f"{name} among {BAD} that read nothing or are gone", among, 500)
    yield f"{name}: memory growth", found.memory, "MB", 100
    yield f"{name}: open files of the server", found.files, "", None
    yield f"{name}: errors", found.errors, "", 0
    yield f"{name}: CPU of the phones' own process", found.client, "s", None


def _votes(name: str, polled: Polled, goal: float | None) -> Iterator[Figure]:
    ms = [1000 * one for one in polled.votes]
    yield f"{name}: accepted, p50 of {len(ms)}", pct(ms, 0.5), "ms", None
    yield "  p95", pct(ms, 0.95), "ms", goal
    yield "  max", max(ms), "ms", None
    yield "  last vote to the presenter's screen", polled.shown, "s", 1
