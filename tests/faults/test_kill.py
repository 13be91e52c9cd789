"""kill -9 between an answer and what follows: nothing acknowledged is lost, nothing is counted twice.

A draft, or a test sent in, is acknowledged when the browser has received the reply. A killed process leaves what the
kernel holds, so this says nothing about a power cut: that is SQLite's `synchronous`.
"""

import asyncio
import contextlib
import random
import shutil
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

from modules.core.events import AttemptClosed, Event, ItemAnswered
from modules.core.grading import Response
from modules.core.items import ScoredItem
from modules.core.module import Module
from modules.core.progress import progress
from modules.core.sitting import Slot, sitting
from modules.records.records import Desk, open_records
from tests.load.learner import Learner, response_of
from tests.load.seeding import Seed, shipped
from tests.load.server import Server
from tests.load.tab import SessionError

KILLS = 50
LANES = 2
"""Servers killed side by side, one a core."""
WRITE_SECONDS = 0.014
"""A click is answered in about 10 ms here: a kill inside this time falls before, in or after the commit."""
Place = tuple[str, str]
"""Learner, and `<quiz>#<item>`."""


@dataclass
class Lane:
    """One server's learners, one after the other, and what each was told is saved."""

    folder: Path
    module: Module
    rng: random.Random
    learner: str = ""
    drafted: dict[Place, Response | None] = field(default_factory=dict)
    sent: set[str] = field(default_factory=set)
    wanted: Response | None = None
    kept_unacknowledged: int = 0
    lost_unacknowledged: int = 0
    acknowledged: int = 0

    @property
    def slots(self) -> tuple[Slot, ...]:
        return sitting(self.module, self.learner, progress(()), "pre", attempt=1).slots

    def next_slot(self) -> Slot | None:
        """By what is known to be kept; None when everything has a draft."""
        return next((s for s in self.slots if (self.learner, s.place) not in self.drafted), None)


def test_no_acknowledged_answer_is_lost_and_none_is_recorded_twice_over_fifty_kills(tmp_path: Path) -> None:
    module = shipped()
    lanes = [Lane(tmp_path / str(n), module, random.Random(n)) for n in range(LANES)]
    with ThreadPoolExecutor(LANES) as pool:
        list(pool.map(_run_lane, lanes))
    assert sum(lane.acknowledged + lane.kept_unacknowledged + lane.lost_unacknowledged for lane in lanes) == KILLS
    assert sum(len(lane.sent) for lane in lanes) >= LANES


def _run_lane(lane: Lane) -> None:
    lane.folder.mkdir()
    server = Server(lane.folder)
    try:
        for kill in range(KILLS // LANES):
            if not lane.learner or lane.learner in lane.sent:
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
    await learner.begin()
    slot = lane.next_slot()
    while slot and learner.card.form.hidden["place"] != [slot.place]:
        place = (lane.learner, learner.card.form.hidden["place"][0])
        assert place in lane.drafted, "after the restart an item without its draft is passed over"
        await learner.press(learner.card, "next")
    act = _given(learner, lane, slot) if slot else learner.press(learner.card, "send")
    told = asyncio.create_task(act)
    if at_once:
        await asyncio.wait_for(told, 30)
    else:
        await asyncio.sleep(lane.rng.uniform(0, WRITE_SECONDS))
    server.kill()
    said = await _was_acknowledged(told) and learner.card.status == 200
    with contextlib.suppress(SessionError):
        await learner.close()
    _check(lane, slot, said=said)


def _given(learner: Learner, lane: Lane, slot: Slot) -> Coroutine[None, None, object]:
    pick = lane.rng.randrange(99)
    item = lane.module.quizzes[slot.quiz].item(slot.item)
    assert isinstance(item, ScoredItem)
    lane.wanted = response_of(item, pick)
    return learner.answer(lane.module, pick)


async def _was_acknowledged(sent: "asyncio.Task[object]") -> bool:
    try:
        await asyncio.wait_for(sent, 30)
    except SessionError as broken:
        if broken.kind != "disconnected":
            raise
        return False
    return True


def _check(lane: Lane, slot: Slot | None, *, said: bool) -> None:
    """Reads a copy of the files as the kill left them: the server itself must recover the originals."""
    events, drafts = _left_behind(lane)
    if slot is not None:
        place = (lane.learner, slot.place)
        kept = slot.place in drafts
        assert kept or not said, "an acknowledged draft is lost"
        if kept:
            lane.drafted[place] = lane.wanted
    else:
        kept = any(isinstance(e, AttemptClosed) and e.learner == lane.learner for e in events)
        assert kept or not said, "a test that was acknowledged is lost"
        if kept:
            lane.sent.add(lane.learner)
    lane.acknowledged += said
    lane.kept_unacknowledged += kept and not said
    lane.lost_unacknowledged += not kept
    _everything_is_there(lane, events, drafts)


def _everything_is_there(lane: Lane, events: list[Event], drafts: dict[str, Response | None]) -> None:
    answers = [e for e in events if isinstance(e, ItemAnswered)]
    found = {(e.learner, f"{e.quiz}#{e.item}"): e.response for e in answers}
    assert len(found) == len(answers), "an answer is recorded twice"
    assert found == {place: r for place, r in lane.drafted.items() if place[0] in lane.sent}
    closed = sorted(e.learner for e in events if isinstance(e, AttemptClosed))
    assert closed == sorted(lane.sent), "an attempt and its answers are not written together"
    waiting = {place[1]: r for place, r in lane.drafted.items() if place[0] == lane.learner}
    assert drafts == ({} if lane.learner in lane.sent else waiting)


def _left_behind(lane: Lane) -> tuple[list[Event], dict[str, Response | None]]:
    copy = lane.folder / "copy"
    shutil.rmtree(copy, ignore_errors=True)
    copy.mkdir()
    for name in ("landmark.db", "landmark.db-wal"):
        if (lane.folder / name).exists():
            shutil.copy(lane.folder / name, copy / name)
    records = open_records(f"sqlite:///{copy / 'landmark.db'}")
    try:
        drafts = records.drafts(Desk(lane.learner, lane.module.id, "pre/1"))
        return list(records.journal()), {place: draft.response for place, draft in drafts.items()}
    finally:
        records.close()
