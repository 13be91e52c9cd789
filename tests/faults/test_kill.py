"""kill -9 between an answer and the next page: nothing acknowledged is lost, nothing is counted twice.

A response is acknowledged when the browser has received the end of the run that its click caused. A killed
process leaves what the kernel holds, so this says nothing about a power cut: that is SQLite's `synchronous`.
"""

import asyncio
import random
import shutil
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

from modules.core.events import AttemptClosed, Event, ItemAnswered
from modules.core.grading import Response
from modules.core.items import Quiz, ScoredItem
from modules.core.module import Module
from modules.core.sitting import quiz_for
from modules.records.records import open_records
from tests.load.learner import Learner, response_of
from tests.load.seeding import Seed, shipped
from tests.load.server import Server
from tests.load.tab import SessionError

KILLS = 50
LANES = 2
"""Servers killed side by side, one a core."""
WRITE_SECONDS = 0.014
"""A click is answered in about 10 ms here: a kill inside this time falls before, in or after the commit."""
Place = tuple[str, str, int, str]
"""Learner, quiz, attempt, item."""


@dataclass
class Lane:
    """One server's learners, one after the other, and what each was told is saved."""

    folder: Path
    module: Module
    rng: random.Random
    learner: str = ""
    acknowledged: dict[Place, Response] = field(default_factory=dict)
    kept_unacknowledged: int = 0
    lost_unacknowledged: int = 0

    @property
    def quiz(self) -> Quiz:
        return quiz_for(self.module, self.learner, "pre")

    def next_item(self) -> str | None:
        """By what is acknowledged."""
        given = {place[3] for place in self.acknowledged if place[0] == self.learner}
        return next((i.id for i in self.quiz.items if i.id not in given), None)


def test_no_acknowledged_answer_is_lost_and_none_is_recorded_twice_over_fifty_kills(tmp_path: Path) -> None:
    module = shipped()
    lanes = [Lane(tmp_path / str(n), module, random.Random(n)) for n in range(LANES)]
    with ThreadPoolExecutor(LANES) as pool:
        list(pool.map(_run_lane, lanes))
    given = sum(len(lane.acknowledged) for lane in lanes)
    refused = sum(lane.lost_unacknowledged for lane in lanes)
    assert given + refused == KILLS


def _run_lane(lane: Lane) -> None:
    lane.folder.mkdir()
    server = Server(lane.folder)
    try:
        for kill in range(KILLS // LANES):
            if not lane.learner or lane.next_item() is None:
                lane.learner = _new_learner(server, lane.module)
            server.start()
            asyncio.run(_answer_and_kill(server, lane, at_once=kill % 2 == 0))
    finally:
        server.kill()


def _new_learner(server: Server, module: Module) -> str:
    learner, records = uuid4().hex, open_records(server.database)
    Seed(records, module, learner).declared()
    records.close()
    return learner


async def _answer_and_kill(server: Server, lane: Lane, *, at_once: bool) -> None:
    """`at_once`: killed right after the acknowledgement; otherwise at a random moment of the write."""
    learner = Learner(server.url, lane.learner)
    await learner.connect()
    await learner.load("quiz", role="pre")
    asked = learner.asked()
    assert asked is not None
    assert asked.item == lane.next_item(), "after the restart another item is on screen"
    item, pick = lane.quiz.item(asked.item), lane.rng.randrange(99)
    assert isinstance(item, ScoredItem)
    sent = asyncio.create_task(learner.answer(pick))
    if at_once:
        await asyncio.wait_for(sent, 30)
    else:
        await asyncio.sleep(lane.rng.uniform(0, WRITE_SECONDS))
    server.kill()
    said = await _was_acknowledged(sent)
    shown = learner.asked()
    await learner.close()
    if said:
        assert shown is None or shown.item != item.id, "the answer was acknowledged but its item stays"
    place = (lane.learner, lane.quiz.id, 1, item.id)
    _check(lane, place, response_of(item, pick), said=said)


async def _was_acknowledged(sent: "asyncio.Task[object]") -> bool:
    try:
        await asyncio.wait_for(sent, 30)
    except SessionError as broken:
        if broken.kind != "disconnected":
            raise
        return False
    return True


def _check(lane: Lane, place: Place, response: Response, *, said: bool) -> None:
    """Reads a copy of the files as the kill left them: the server itself must recover the originals."""
    events = _left_behind(lane.folder)
    answers = [e for e in events if isinstance(e, ItemAnswered)]
    found = {(e.learner, e.quiz, e.attempt, e.item): e.response for e in answers}
    assert len(found) == len(answers), "an answer is recorded twice"
    if said:
        lane.acknowledged[place] = response
    elif place in found:
        lane.kept_unacknowledged += 1
        lane.acknowledged[place] = response
    else:
        lane.lost_unacknowledged += 1
    assert found == lane.acknowledged
    closed = sorted(e.learner for e in events if isinstance(e, AttemptClosed))
    assert closed == sorted(_finished(lane)), "an attempt and its last answer are not written together"


def _finished(lane: Lane) -> list[str]:
    """Learners with an answer to every item of their form."""
    learners = {place[0] for place in lane.acknowledged}
    given = {one: sum(place[0] == one for place in lane.acknowledged) for one in learners}
    return [one for one in learners if given[one] == len(quiz_for(lane.module, one, "pre").items)]


def _left_behind(folder: Path) -> list[Event]:
    copy = folder / "copy"
    shutil.rmtree(copy, ignore_errors=True)
    copy.mkdir()
    for name in ("landmark.db", "landmark.db-wal"):
        if (folder / name).exists():
            shutil.copy(folder / name, copy / name)
    records = open_records(f"sqlite:///{copy / 'landmark.db'}")
    try:
        return list(records.journal())
    finally:
        records.close()
