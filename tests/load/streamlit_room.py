"""The same poll through Streamlit sessions, for comparison: as many as the load tool plays at ease, as fast a room."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from urllib.parse import urlencode

from modules.core.items import MultipleResponse, OneBest
from modules.core.live import ItemPoll
from modules.core.module import Module
from modules.records.records import open_records
from tests.load.hall import Hall, hall
from tests.load.sampling import ProcSampler, pct
from tests.load.server import Server
from tests.load.tab import StreamlitSession

SESSIONS = 100
JOINING_SECONDS, WAITING_SECONDS = 5.0, 10.0
PAGE = "tests/load/streamlit_vote.py"


def streamlit_room(folder: Path, module: Module, *, votes_a_second: float) -> Iterator[tuple[str, float, str]]:
    """What, how much, and its unit."""
    server = Server(folder, page=PAGE)
    made = hall(server.database, module)
    server.start()
    try:
        found = asyncio.run(_played(server, made, SESSIONS / votes_a_second))
    finally:
        server.stop()
    joining, waiting, voting, memory, votes = found
    name = f"the same through {SESSIONS} Streamlit sessions"
    yield f"{name}: server CPU of joining, a phone", 1000 * joining / SESSIONS, "ms"
    yield f"{name}: share of a core while nobody votes", 100 * waiting, "%"
    yield f"{name}: server CPU of a vote", 1000 * voting / SESSIONS, "ms"
    yield f"{name}: accepted, p50 of {len(votes)}", 1000 * pct(votes, 0.5), "ms"
    yield "  p95", 1000 * pct(votes, 0.95), "ms"
    yield f"{name}: memory growth", memory, "MB"


async def _played(server: Server, made: Hall, seconds: float) -> tuple[float, float, float, float, list[float]]:
    use, rng = ProcSampler([server.pid]), Random(1)
    options = _options(made)
    await _joined(server, made, options, 0)  # the first of all pays for what is made once
    before, cpu = use.rss(), use.cpu()
    tabs = await asyncio.gather(
        *(_joined(server, made, options, rng.uniform(0, JOINING_SECONDS)) for _ in range(SESSIONS))
    )
    joining, cpu = use.cpu() - cpu, use.cpu()
    await asyncio.gather(*(_waits(tab, rng) for tab in tabs))
    waiting = (use.cpu() - cpu) / WAITING_SECONDS
    records = open_records(server.database)
    assert records.live.move(made.code, made.items[0].id, ("draft", "open"), datetime.now(UTC))
    records.close()
    await asyncio.gather(*(tab.do({"auto": 1}) for tab in tabs))
    await asyncio.sleep(1)
    cpu = use.cpu()
    votes = await asyncio.gather(*(_votes(tab, rng.uniform(0, seconds), rng.choice(options)) for tab in tabs))
    await asyncio.sleep(0.5)
    voting = use.cpu() - cpu
    memory = (use.rss() - before) / 2**20
    for tab in tabs:
        await tab.close()
    return joining, waiting, voting, memory, votes


def _options(made: Hall) -> Sequence[str]:
    poll = made.items[0].poll
    assert isinstance(poll, ItemPoll)
    item = made.module.quizzes[poll.quiz].item(poll.item)
    assert isinstance(item, OneBest | MultipleResponse)
    return [option.id for option in item.options]


async def _joined(server: Server, made: Hall, options: Sequence[str], after: float) -> StreamlitSession:
    await asyncio.sleep(after)
    tab = StreamlitSession(server.url)
    await tab.connect()
    asked = {"code": made.code, "poll": made.items[0].id, "options": ",".join(options), "device": str(id(tab))}
    await tab.do({"load": f"/?{urlencode(asked)}"})
    return tab


async def _waits(tab: StreamlitSession, rng: Random) -> None:
    """Asks as often as the page says, as a browser does."""
    (every,) = tab.auto_rerun.values()
    await asyncio.sleep(rng.uniform(0, every))
    for _ in range(int(WAITING_SECONDS / every) - 1):
        await tab.do({"auto": 1})
        await asyncio.sleep(every)


async def _votes(tab: StreamlitSession, after: float, option: str) -> float:
    """Seconds from the click to the sentence that the vote is in. The page asks nothing meanwhile: votes alone."""
    await asyncio.sleep(after)
    _, run = await tab.do({"submit": {"values": {"pick": option}, "button": "Vote"}})
    assert run is not None
    assert any("Your vote is in" in text for text in tab.text), tab.text
    return run.seconds
