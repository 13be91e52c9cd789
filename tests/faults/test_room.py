"""A server killed while a room votes, a full disk, a locked database: what was acknowledged counts, and counts once."""

import asyncio
import contextlib
import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from itsdangerous import URLSafeSerializer

from modules.actions.live.sessions import voter_of
from modules.core.live import LiveSession, Placed
from modules.core.responses import Response
from modules.records.live import NOT_COUNTED
from modules.records.records import open_records
from tests.cards import fields_of
from tests.faults.disk import fill, mounted
from tests.load.hall import Hall, Host, hall
from tests.load.phone import Phone
from tests.load.seeding import shipped
from tests.load.server import SECRET, Server

PHONES, KILLS = 30, 3
BETWEEN_KILLS = (0.1, 0.8)
SLIDE = 3


@dataclass
class Voter:
    """`sent`: the vote that was last said to be counted, and those after it of which nothing was heard."""

    phone: Phone
    sent: list[dict[str, list[str]]] = field(default_factory=list)
    told: int = 0
    last: int = 0

    @property
    def name(self) -> str:
        """As the records name this phone."""
        token = self.phone.cookie.partition("=")[2]
        return voter_of(URLSafeSerializer(SECRET.encode(), salt="voter").loads(token), self.phone.code)

    async def vote(self, made: Hall, placed: Placed) -> None:
        given = {name: list(values) for name, values in made.given(placed, self.phone.rng.randrange(99)).items()}
        self.sent.append(given)
        try:
            self.last = (await self.phone.vote(placed.id, given)).status
        except OSError:
            self.last = 0
            await asyncio.sleep(0.1)
        if self.last == 200:
            self.told += 1
            self.sent = [given]


def kept(database: str, made: Hall, placed: Placed) -> tuple[LiveSession, dict[str, Response]]:
    records = open_records(database)
    try:
        session = records.live.session(made.code)
        assert session is not None
        return session, records.live.votes(made.code, placed.id)
    finally:
        records.close()


def test_no_acknowledged_vote_is_lost_or_doubled_and_the_poll_is_open_still_while_the_server_is_killed(
    tmp_path: Path,
) -> None:
    server = Server(tmp_path)
    made = hall(server.database, shipped())
    placed = made.items[0]
    voters = [Voter(Phone(server.port, made.code, Random(n))) for n in range(PHONES)]
    server.start()
    try:
        asyncio.run(_killed_while_voting(server, made, placed, voters))
    finally:
        server.kill()
    session, votes = kept(server.database, made, placed)
    assert (session.state(placed.id), session.slide) == ("closed", SLIDE)
    assert votes.keys() == {voter.name for voter in voters}, "one vote each, and no other"
    assert all(fields_of(votes[voter.name]) in voter.sent for voter in voters)
    assert sum(voter.told for voter in voters) >= PHONES


async def _killed_while_voting(server: Server, made: Hall, placed: Placed, voters: list[Voter]) -> None:
    host = Host(server.port, made)
    await host.move(placed, "draft", "open")
    assert (await host.do(do="slide", slide=SLIDE)).status == 200
    await asyncio.gather(*(voter.phone.open_page() for voter in voters))
    done = asyncio.Event()
    voting = [asyncio.create_task(_keeps_voting(voter, made, placed, done)) for voter in voters]
    rng = Random(KILLS)
    for _ in range(KILLS):
        await asyncio.sleep(rng.uniform(*BETWEEN_KILLS))
        await asyncio.to_thread(server.kill)
        await asyncio.to_thread(server.start)
    done.set()
    await asyncio.gather(*voting)
    assert [voter.phone.refused for voter in voters] == [[]] * len(voters)
    shown = await host.now()
    assert (shown["slide"], shown["votes"], shown["states"][placed.id]) == (SLIDE, len(voters), "open")
    await host.move(placed, "open", "closed")
    late = await voters[0].phone.vote(placed.id, made.given(placed, 1))
    assert late.status == 409
    for voter in voters:
        await voter.phone.leave()


async def _keeps_voting(voter: Voter, made: Hall, placed: Placed, done: asyncio.Event) -> None:
    """As a person who changes their mind, until the kills are over and the last vote was taken."""
    while not done.is_set() or voter.last != 200:
        await voter.vote(made, placed)
        await asyncio.sleep(voter.phone.rng.uniform(0, 0.3))


@contextlib.contextmanager
def locked(file: Path) -> Iterator[None]:
    """Another program holds the file, as a copy or a repair may."""
    with contextlib.closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


@contextlib.contextmanager
def full(file: Path) -> Iterator[None]:
    filler = file.with_name("filler")
    fill(filler)
    yield
    filler.unlink()


def test_a_vote_that_cannot_be_written_says_so_and_counts_when_it_is_sent_again(tmp_path: Path) -> None:
    with mounted(tmp_path / "disk") as disk:
        database = f"sqlite:///{disk / 'landmark.db'}"
        made = hall(database, shipped())
        placed = made.items[0]
        server = Server(tmp_path, extra={"LANDMARK_DATABASE_URL": database}).start()
        phones = [Phone(server.port, made.code, Random(n)) for n in range(2)]

        async def go() -> None:
            host = Host(server.port, made)
            await host.move(placed, "draft", "open")
            for counted, (phone, trouble) in enumerate(zip(phones, (full, locked), strict=True)):
                await phone.open_page()
                with trouble(disk / "landmark.db"):
                    refused = await phone.vote(placed.id, made.given(placed, 1))
                assert (refused.status, json.loads(refused.body)) == (503, {"error": NOT_COUNTED})
                assert (await host.now())["votes"] == counted
                assert (await phone.vote(placed.id, made.given(placed, 1))).status == 200

        try:
            asyncio.run(go())
        finally:
            server.stop()
        assert kept(database, made, placed)[1].keys() == {Voter(phone).name for phone in phones}
