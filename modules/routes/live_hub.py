"""One look at the records for everybody who watches a session, as long as somebody does; it tells all at once."""

import asyncio
import logging
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

from starlette.concurrency import run_in_threadpool

from modules.core.errors import LandmarkError
from modules.core.live import LiveSession
from modules.records.live import Pulse
from modules.records.records import Records

log = logging.getLogger("landmark.live")
LOOK_SECONDS = 0.5
SOON_SECONDS = 0.05
"""After a vote or a click in this process: the tally follows at once, yet many votes are one look."""
BEAT_SECONDS = 15.0
"""Something is sent so often at least: a proxy ends a stream that is silent."""
MOST_KNOWN = 500
TRUSTED_SECONDS = 0.4
"""How long a session that was read counts as known."""


@dataclass
class Watch:
    """`version` counts the changes seen by this process; `kept`: panels that no vote can change."""

    session: LiveSession
    pulse: Pulse = field(default_factory=Pulse)
    version: int = 1
    read: float = 0.0
    watchers: int = 0
    kept: dict[tuple[str, str], str] = field(default_factory=dict)
    changed: asyncio.Event = field(default_factory=asyncio.Event)
    soon: asyncio.Event = field(default_factory=asyncio.Event)
    looking: asyncio.Task[None] | None = None


class Hub:
    """Of one process. Several processes on one database each look for themselves and see the same."""

    def __init__(self, records: Records) -> None:
        self._records = records
        self._watches: dict[str, Watch] = {}

    async def watch(self, code: str) -> Watch | None:
        """What is known of a session, read again when it is older than a moment; None when there is none."""
        known = self._watches.get(code)
        now = time.monotonic()
        if known is not None and now - known.read < TRUSTED_SECONDS:
            return known
        await self._look(code)
        return self._watches.get(code)

    def nudge(self, code: str) -> None:
        """Something changed here just now."""
        known = self._watches.get(code)
        if known is not None:
            known.read = 0.0
            known.soon.set()

    async def changes(self, code: str) -> AsyncIterator[Watch | None]:
        """The session now and after each change; None when nothing happened for a while."""
        known = await self.watch(code)
        if known is None:
            return
        known.watchers += 1
        if known.looking is None:
            known.looking = asyncio.create_task(self._keep_looking(code))
        try:
            seen = 0
            while True:
                if known.version != seen:
                    seen = known.version
                    yield known
                    continue
                try:
                    await asyncio.wait_for(known.changed.wait(), BEAT_SECONDS)
                except TimeoutError:
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
            try:
                await asyncio.wait_for(known.soon.wait(), LOOK_SECONDS)
                await asyncio.sleep(SOON_SECONDS)
            except TimeoutError:
                pass
            known.soon.clear()
        known.looking = None
        self._watches.pop(code, None)

    async def _look(self, code: str) -> None:
        pulse, session = await run_in_threadpool(self._read, code, self._watches.get(code))
        if session is None:
            return
        if len(self._watches) >= MOST_KNOWN and code not in self._watches:
            self._forget()
        known = self._watches.setdefault(code, Watch(session))
        known.read = time.monotonic()
        if pulse != known.pulse:
            first = known.pulse == Pulse()
            known.session, known.pulse = session, pulse
            if not first:
                known.version += 1
            known.changed.set()
            known.changed = asyncio.Event()

    def _forget(self) -> None:
        """Sessions that nobody watches."""
        self._watches = {code: one for code, one in self._watches.items() if one.watchers}

    def _read(self, code: str, known: Watch | None) -> tuple[Pulse, LiveSession | None]:
        pulse = self._records.live.pulse(code)
        if known is not None and pulse == known.pulse:
            return pulse, known.session
        return pulse, self._records.live.session(code)
