"""Who is told of what in a live session: phones of the poll, the host's desk of every vote, all of it in one look."""

import asyncio
from datetime import UTC, datetime

from sqlalchemy import event

from modules.core.live import LiveSession, OpinionPoll, Placed, Plan
from modules.core.responses import Chosen
from modules.records.live import Vote
from modules.records.records import Records
from modules.routes.live_hub import Hub

CODE, NOW = "KQ7R2M", datetime(2026, 3, 1, 9, tzinfo=UTC)
PLAN = Plan(lessons=("01-a",), polls=(Placed(id="p1", poll=OpinionPoll(ask="Tea?", options=("Yes", "No"))),))


def opened(records: Records) -> Hub:
    assert records.live.begin(LiveSession(CODE, "harbour", "d" * 64, "host", PLAN, NOW))
    assert records.live.move(CODE, "p1", ("draft", "open"), NOW)
    return Hub(records)


def vote(records: Records, voter: str) -> None:
    assert records.live.cast([Vote(CODE, "p1", voter, Chosen(options=("1",)), NOW)]) == (True,)


def test_a_vote_is_told_to_the_desk_and_not_to_the_room(sqlite_records: Records) -> None:
    hub = opened(sqlite_records)

    async def go() -> None:
        desk, room = hub.changes(CODE, "desk"), hub.changes(CODE, "room")
        watch = await anext(desk)
        assert watch is not None
        assert await anext(room) is watch
        vote(sqlite_records, "a")
        await hub.changed(CODE)
        assert await anext(desk) is watch
        assert {seat: bell.rung for seat, bell in watch.bells.items()} == {"room": 1, "desk": 2}
        sqlite_records.live.move(CODE, "p1", ("open", "closed"), NOW)
        await hub.changed(CODE)
        for stream in (desk, room):
            assert await anext(stream) is watch
            await stream.aclose()
        assert watch.session.state("p1") == "closed"
        assert {seat: bell.rung for seat, bell in watch.bells.items()} == {"room": 2, "desk": 3}

    asyncio.run(go())


def test_all_who_ask_at_once_share_one_look(sqlite_records: Records) -> None:
    hub = opened(sqlite_records)
    begun: list[object] = []
    event.listen(sqlite_records.engine, "begin", lambda connection: begun.append(connection))

    async def go() -> None:
        found = await asyncio.gather(*(hub.watch(CODE) for _ in range(100)))
        assert {watch.session.code for watch in found if watch is not None} == {CODE}

    asyncio.run(go())
    assert len(begun) == 2, "the pulse, and the session once"


def test_a_click_of_the_host_is_seen_by_the_next_who_asks(sqlite_records: Records) -> None:
    hub = opened(sqlite_records)

    async def go() -> None:
        assert await hub.watch(CODE) is not None
        sqlite_records.live.put_slide(CODE, 7)
        await hub.changed(CODE)
        watch = await hub.watch(CODE)
        assert watch is not None
        assert watch.session.slide == 7
        assert await hub.watch("NOSUCH") is None

    asyncio.run(go())
