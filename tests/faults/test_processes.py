"""Two server processes on one PostgreSQL database: a room that is spread over both has one tally."""

import asyncio
from pathlib import Path
from random import Random

from modules.core.live import Placed
from modules.records.records import open_records
from tests.cards import fields_of
from tests.load.hall import Hall, Host, hall
from tests.load.phone import Phone
from tests.load.seeding import shipped
from tests.load.server import Server

PHONES = 40
PATIENCE_SECONDS = 20


def test_two_processes_on_one_database_show_one_tally_and_lose_and_double_no_vote(
    postgres_url: str, tmp_path: Path
) -> None:
    made = hall(postgres_url, shipped())
    placed = made.items[0]
    servers = []
    try:
        for n in range(2):
            (tmp_path / str(n)).mkdir()
            servers.append(Server(tmp_path / str(n), extra={"LANDMARK_DATABASE_URL": postgres_url}).start())
        asyncio.run(_voted(servers, made, placed))
    finally:
        for server in servers:
            server.stop()
    records = open_records(postgres_url)
    votes = records.live.votes(made.code, placed.id)
    records.close()
    given = [fields_of(vote) for vote in votes.values()]
    assert sorted(map(str, given)) == sorted(str(made.given(placed, n)) for n in range(PHONES))


async def _voted(servers: list[Server], made: Hall, placed: Placed) -> None:
    """Opened in one process, seen by the phones of both; every phone votes twice, once in each process."""
    hosts = [Host(server.port, made) for server in servers]
    for host in hosts:
        await host.listen()
    phones = [Phone(servers[n % 2].port, made.code, Random(n)) for n in range(PHONES)]
    await asyncio.gather(*(phone.join() for phone in phones))
    await hosts[0].move(placed, "draft", "open")
    await asyncio.gather(*(asyncio.wait_for(phone.seen.wait(), PATIENCE_SECONDS) for phone in phones))
    await asyncio.gather(*(_votes_twice(phone, n, servers, (made, placed)) for n, phone in enumerate(phones)))
    for host in hosts:
        await host.shows(PHONES, within=PATIENCE_SECONDS)
        assert (await host.now())["votes"] == PHONES
    await hosts[1].move(placed, "open", "closed")
    await asyncio.gather(*(asyncio.wait_for(_closed(phone), PATIENCE_SECONDS) for phone in phones))
    panels = [(await host.now())["panels"][placed.id] for host in hosts]
    assert panels[0] == panels[1]
    late = await phones[0].vote(placed.id, made.given(placed, 0))
    assert late.status == 409
    for one in (*hosts, *phones):
        await one.leave()


async def _votes_twice(phone: Phone, n: int, servers: list[Server], what: tuple[Hall, Placed]) -> None:
    made, placed = what
    elsewhere = Phone(servers[(n + 1) % 2].port, made.code, phone.rng, cookie=phone.cookie)
    for one, pick in ((elsewhere, n + 1), (phone, n)):
        assert (await one.vote(placed.id, made.given(placed, pick))).status == 200
    await elsewhere.leave()


async def _closed(phone: Phone) -> None:
    while not phone.key.endswith(":closed"):
        await asyncio.sleep(0.05)
