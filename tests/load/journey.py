"""What is measured over the WebSocket: server CPU of one learner's journey, and a crowd that thinks."""

from __future__ import annotations

import asyncio
import random
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

from modules.core.module import Module
from modules.records.records import open_records
from tests.load.learner import Learner
from tests.load.sampling import ProcSampler
from tests.load.seeding import Seed
from tests.load.server import Server
from tests.load.tab import RunResult, SessionError

LESSON = "03-dual-blockade"
"""The lesson with most on it: four charts and three checks."""
ITEMS = 5
WARM = 5


@dataclass
class Steps:
    """Seconds of every step by name, and what failed."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    cpu: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    errors: Counter[str] = field(default_factory=Counter)

    def add(self, name: str, run: RunResult) -> None:
        self.seconds[name].append(run.seconds)


def seeded(server: Server, module: Module, count: int, *, leaving: int | None) -> list[str]:
    """Learners who have passed the pre-test; with `leaving`, only so many items of the post-test are left."""
    records = open_records(server.database)
    learners = [uuid4().hex for _ in range(count)]
    for learner in learners:
        seed = Seed(records, module, learner).declared().sat("pre")
        if leaving is not None:
            seed.learnt().sat("post", leaving=leaving)
    records.close()
    return learners


def journeys(folder: Path, module: Module, count: int) -> Steps:
    """CPU seconds of the server by step, summed over `count` journeys, one learner after the other."""
    server = Server(folder)
    learners = seeded(server, module, WARM + count, leaving=ITEMS)
    server.start()
    try:
        for learner in learners[:WARM]:
            asyncio.run(_journey(server, learner, module, Steps()))
        return asyncio.run(_counted(server, learners[WARM:], module))
    finally:
        server.stop()


async def _counted(server: Server, learners: list[str], module: Module) -> Steps:
    """Another tab stays open: Streamlit forgets its compiled pages when the last one leaves."""
    other = Learner(server.url, learners[0])
    await other.connect()
    await other.load("lesson", lesson=LESSON)
    steps, cpu = Steps(), ProcSampler([server.pid])
    before = cpu.cpu()
    for learner in learners:
        await _journey(server, learner, module, steps)
    await asyncio.sleep(0.2)  # what the last run leaves to do
    steps.cpu["journey"] = cpu.cpu() - before
    await other.close()
    return steps


async def _journey(server: Server, name: str, module: Module, steps: Steps) -> None:
    """Open a lesson in a new tab, go to the post-test, answer its last five items, see the score."""
    learner = Learner(server.url, name, timed=steps.add)
    await learner.connect()
    await learner.load("lesson", "open a lesson", lesson=LESSON)
    await learner.load("quiz", "open the post-test", role="post")
    for _ in range(ITEMS):
        await learner.answer(module, 0)
    await learner.act("send the post-test in", lambda: learner.press(learner.card, "send"))
    assert learner.says("Every question, explained"), "the score is not on screen"
    await learner.close()


@dataclass(frozen=True)
class Crowd:
    steps: Steps
    seconds: float
    cpu_share: float
    rss_mb: float


def crowd(folder: Path, module: Module, *, learners: int, think: float, seconds: float) -> Crowd:
    """Everyone reads lessons and answers their checks. The server has one core; the client keeps off it."""
    server = Server(folder)
    names = seeded(server, module, learners, leaving=None)
    server.start(cpu=0)
    steps, cpu = Steps(), ProcSampler([server.pid])
    try:
        before, began = cpu.cpu(), time.monotonic()
        until = began + seconds

        async def everyone() -> None:
            await asyncio.gather(*(_reader(server, name, module, (steps, think, until)) for name in names))

        asyncio.run(everyone())
        spent = time.monotonic() - began
        return Crowd(steps, spent, (cpu.cpu() - before) / spent, cpu.rss() / 2**20)
    finally:
        server.stop()


async def _reader(server: Server, name: str, module: Module, how: tuple[Steps, float, float]) -> None:
    steps, think, until = how
    rng = random.Random(name)
    learner = Learner(server.url, name, timed=steps.add, think=think, seed=rng.randrange(10**6))
    try:
        await asyncio.sleep(rng.uniform(0, think))
        await learner.connect()
        await learner.load("lesson", "open a lesson", lesson=module.lessons[0].id)
        for following in (*module.lessons[1:], None):
            for asked in learner.forms():
                if time.monotonic() > until:
                    return
                await learner.answer(module, card=asked)
            if time.monotonic() > until or following is None:
                return
            await learner.click(f"Next: {following.title}", "next lesson")
    except SessionError as failed:
        steps.errors[failed.kind] += 1
    finally:
        await learner.close()
