"""One look at the records for everybody who watches a session, as long as somebody does; it tells all at once."""

import asyncio
import logging
import time
from collections.abc import AsyncGenerator
from dataclasses import dataclass, field
from typing import Literal

from starlette.concurrency import run_in_threadpool

from modules.core.errors import LandmarkError
from modules.core.live import LiveSession
from modules.records.live import Pulse
from modules.records.records import Records

log = logging.getLogger("landmark.live")
LOOK_SECONDS = 0.5
"""How old a tally is at most. A click of the host does not wait for it."""
BEAT_SECONDS = 25.0
"""Something is sent so often at least: a proxy ends a stream that is silent."""
MOST_KNOWN = 500
TRUSTED_SECONDS = 1.0
"""How long a session that was read counts as known: longer than a look apart, so that a vote reads nothing itself."""
Seat = Literal["room", "desk"]
"""Votes change nothing on the phones of the room, and are told to the host's desk alone."""


class Bell:
    """Rung for all who wait. `rung` counts, so that one who was busy meanwhile knows."""

    def __init__(self) -> None:
        self.rung = 1
        self._next = asyncio.Event()

    def ring(self) -> None:
        self.rung += 1
        self._next.set()
        self._next = asyncio.Event()

    async def after(self, heard: int, seconds: float) -> bool:
        """False when it was not rung again within these seconds."""
        try:
            async with asyncio.timeout(seconds):
                while self.rung == heard:
                    await self._next.wait()
        except TimeoutError:
            return False
        return True


@dataclass
class Watch:
    """`read` and `due`: when the look began that found this, and since when something here is known to be newer.

    `kept`: panels that no vote can change.
    """

    session: LiveSession
    pulse: Pulse
    read: float
    due: float = 0.0
    watchers: int = 0
    kept: dict[tuple[str, str], str] = field(default_factory=dict)
    bells: dict[Seat, Bell] = field(default_factory=lambda: {"room": Bell(), "desk": Bell()})
    looking: asyncio.Task[None] | None = None

    @property
    def fresh(self) -> bool:
        return self.read >= self.due and time.monotonic() - self.read < TRUSTED_SECONDS


class Hub:
    """Of one process. Several processes on one database each look for themselves and see the same."""

    def __init__(self, records: Records) -> None:
        self._records = records
        self._watches: dict[str, Watch] = {}
        self._looks: dict[str, asyncio.Task[None]] = {}

    async def watch(self, code: str) -> Watch | None:
        """What is known of a session, read again when it is older than a moment; None when there is none."""
        for _ in range(2):  # the first look may be one that began before what is due
            known = self._watches.get(code)
            if known is not None and known.fresh:
                return known
            await self._look(code)
        return self._watches.get(code)

    async def changed(self, code: str) -> None:
        """The session was changed here just now: everybody is told before this returns."""
        known = self._watches.get(code)
        if known is not None:
            known.due = time.monotonic()
            await self.watch(code)

    async def changes(self, code: str, seat: Seat) -> AsyncGenerator[Watch | None, None]:
        """The session now and after each change; None when nothing happened for a while."""
        known = await self.watch(code)
        if known is None:
            return
        known.watchers += 1
        if known.looking is None:
            known.looking = asyncio.create_task(self._keep_looking(code))
        bell, heard = known.bells[seat], 0
        try:
            while True:
                if await bell.after(heard, BEAT_SECONDS):
                    heard = bell.rung
                    yield known
                else:
                    yield None
        finally:
            known.watchers -= 1

    async def _keep_looking(self, code: str) -> None:
        known = self._watches[code]
        while known.watchers:
            try:
                await self._look(code)
            except LandmarkError as away:
                log.warning("a live session was not looked at: %s", away)
            await asyncio.sleep(LOOK_SECONDS)
        known.looking = None
        self._watches.pop(code, None)

    async def _look(self, code: str) -> None:
        """All who want to know at the same moment share one look."""
        look = self._looks.get(code)
        if look is None:
            look = self._looks[code] = asyncio.create_task(self._looked(code))
            look.add_done_callback(lambda _: self._looks.pop(code, None))
        await asyncio.shield(look)

    async def _looked(self, code: str) -> None:
        began, before = time.monotonic(), self._watches.get(code)
        pulse, session = await run_in_threadpool(self._read, code, before)
        if session is None:
            self._watches.pop(code, None)
            return
        if before is None:
            if len(self._watches) >= MOST_KNOWN:
                self._forget()
            self._watches[code] = Watch(session, pulse, began)
            return
        last, before.session, before.pulse, before.read = before.pulse, session, pulse, began
        if pulse.session != last.session:
            before.kept = {}  # another one: what is being drawn now may still be put into the old
        if (pulse.session, pulse.floor) != (last.session, last.floor):
            before.bells["room"].ring()
        if pulse != last:
            before.bells["desk"].ring()

    def _forget(self) -> None:
        """Sessions that nobody watches."""
        self._watches = {code: one for code, one in self._watches.items() if one.watchers}

    def _read(self, code: str, known: Watch | None) -> tuple[Pulse, LiveSession | None]:
        """Votes leave the session as it was: then it is not read again."""
        pulse = self._records.live.pulse(code)
        if known is not None and pulse.session == known.pulse.session:
            return pulse, known.session
        return pulse, self._records.live.session(code)
