"""A live session made by the actions themselves, and its host over plain sockets, for tests and measurements."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from modules.actions.live.plan import usual_plan
from modules.actions.live.sessions import begin
from modules.core.items import ScoredItem
from modules.core.live import ItemPoll, LiveSession, Placed, State
from modules.core.module import Module
from modules.core.people import Actor
from modules.records.records import open_records
from tests.cards import fields_of
from tests.load.learner import response_of
from tests.load.phone import Line, Reply, events, hung_up
from tests.load.server import SECRET
from tests.owner import account_with, signed_in_as

PLAIN = {"Accept-Encoding": "identity"}


@dataclass(frozen=True)
class Hall:
    """`cookie`: the header of the browser that leads it."""

    session: LiveSession
    module: Module
    cookie: str

    @property
    def code(self) -> str:
        return self.session.code

    @property
    def items(self) -> tuple[Placed, ...]:
        """The polls that ask an item, in their order."""
        return tuple(one for one in self.session.plan.polls if isinstance(one.poll, ItemPoll))

    def given(self, placed: Placed, pick: int) -> Mapping[str, Sequence[str]]:
        """The fields of a vote in one of them."""
        assert isinstance(placed.poll, ItemPoll)
        item = self.module.quizzes[placed.poll.quiz].item(placed.poll.item)
        assert isinstance(item, ScoredItem)
        return fields_of(response_of(item, pick))


def hall(database: str, module: Module) -> Hall:
    """An educator, signed in, and the session they have begun with the polls that are suggested."""
    records = open_records(database)
    try:
        account = account_with(records, "educator")
        cookies = signed_in_as(records, account, SECRET.encode())
        host = Actor(account.learner, account.id, account.duties, confirmed=True)
        session = begin(records, host, module, usual_plan(module), now=datetime.now(UTC))
    finally:
        records.close()
    return Hall(session, module, "; ".join(f"{name}={value}" for name, value in cookies.items()))


@dataclass
class Host:
    """`votes`: how many the screen has shown, and when it first showed them, by the clock of the process."""

    port: int
    hall: Hall
    votes: dict[int, float] = field(default_factory=dict)
    listening: asyncio.Task[None] | None = None

    def __post_init__(self) -> None:
        self._told = Line(self.port)

    async def listen(self) -> None:
        reader = await self._told.stream(f"/room/{self.hall.code}/events", {"Cookie": self.hall.cookie})
        self.listening = asyncio.create_task(self._listen(reader))

    async def _listen(self, reader: asyncio.StreamReader) -> None:
        async for _, value in events(reader):
            self.votes.setdefault(int(json.loads(value)["votes"]), time.perf_counter())

    async def leave(self) -> None:
        await hung_up(self.listening)
        self._told.close()

    async def now(self) -> dict[str, Any]:
        """What the screen shows when its page is loaded again."""
        line = Line(self.port)
        try:
            reply = await line.ask("GET", f"/room/{self.hall.code}/now", {"Cookie": self.hall.cookie, **PLAIN})
        finally:
            line.close()
        assert reply.status == 200, reply.body
        found: dict[str, Any] = json.loads(reply.body)
        return found

    async def do(self, **sent: object) -> Reply:
        """One click of the host."""
        line = Line(self.port)
        headers = {"Cookie": self.hall.cookie, "X-Landmark": "1"}
        try:
            return await line.ask("POST", f"/room/{self.hall.code}", headers, json.dumps(sent))
        finally:
            line.close()

    async def move(self, placed: Placed, before: State, after: State) -> None:
        reply = await self.do(do="move", poll=placed.id, before=before, after=after)
        assert reply.status == 200, reply.body
        self.votes.clear()

    async def shows(self, votes: int, within: float = 10) -> float:
        """When the screen showed so many votes."""
        async with asyncio.timeout(within):
            while votes not in self.votes:
                await asyncio.sleep(0.01)
        return self.votes[votes]
