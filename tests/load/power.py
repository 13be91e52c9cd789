"""Many learners answering at once while the server is killed again and again: nothing acknowledged may be lost.

Each learner answers ten checks of the lessons over the plain route, trying again as a person would. The journal is
then read on its own: each acknowledged response stands as it was first given, none twice, and the chain is whole.
"""

from __future__ import annotations

import asyncio
import random
import time
from dataclasses import dataclass, field
from uuid import uuid4

import httpx

from modules.core.events import ItemAnswered
from modules.core.items import ScoredItem
from modules.core.module import Check, Module, walk
from modules.core.responses import Response
from modules.records.audit import Found, audit
from modules.records.records import Records, open_records
from tests.cards import Card, fields_of
from tests.load.learner import response_of
from tests.load.seeding import Seed
from tests.load.server import Server, cookie_of

ANSWERS = 10
BETWEEN_KILLS = (0.3, 1.5)
"""Seconds of serving before the next kill."""
Place = tuple[str, str]
"""Learner and item."""


@dataclass
class Outcome:
    """`given`: what each learner gave at each place, first to last try; `told`: which were acknowledged."""

    kills: int = 0
    given: dict[Place, list[Response]] = field(default_factory=dict)
    told: set[Place] = field(default_factory=set)
    lost: int = 0
    doubled: int = 0
    changed: int = 0
    seconds: float = 0
    found: Found = field(default_factory=Found)

    @property
    def sound(self) -> bool:
        return not (self.lost or self.doubled or self.changed) and self.found.sound


def power(server: Server, database: str, module: Module, *, learners: int, kills: int) -> Outcome:
    """`server` is not running yet and is stopped at the end."""
    names = _seeded(database, module, learners)
    outcome, began = Outcome(), time.monotonic()
    server.start()
    try:
        asyncio.run(_run(server, module, names, kills, outcome))
    finally:
        server.kill()
    outcome.seconds = time.monotonic() - began
    records = open_records(database)
    _compare(records, module, outcome)
    outcome.found = audit(records)
    records.close()
    return outcome


def _seeded(database: str, module: Module, count: int) -> list[str]:
    names = [uuid4().hex for _ in range(count)]
    records = open_records(database)
    for name in names:
        Seed(records, module, name).declared().sat("pre")
    records.close()
    return names


async def _run(server: Server, module: Module, names: list[str], kills: int, outcome: Outcome) -> None:
    answering = asyncio.gather(*(_learner(server, module, name, outcome) for name in names))
    rng = random.Random(kills)
    while outcome.kills < kills and not answering.done():
        await asyncio.sleep(rng.uniform(*BETWEEN_KILLS))
        await asyncio.to_thread(_killed, server, outcome)
    await answering


def _killed(server: Server, outcome: Outcome) -> None:
    server.kill()
    outcome.kills += 1
    server.start()


async def _learner(server: Server, module: Module, name: str, outcome: Outcome) -> None:
    rng = random.Random(name)
    async with httpx.AsyncClient(base_url=server.url, timeout=30) as http:
        for quiz, item in _checks(module)[:ANSWERS]:
            await asyncio.sleep(rng.uniform(0, 1))
            card, place = Card(module.id, f"check/{quiz}/{item.id}", cookie_of(name)), (name, item.id)
            while place not in outcome.told:
                await _once(http, card, item, place, outcome, rng)


async def _once(
    http: httpx.AsyncClient, card: Card, item: ScoredItem, place: Place, outcome: Outcome, rng: random.Random
) -> None:
    """Draws the card and answers it. A card that comes back answered acknowledges what stands."""
    try:
        shown = await http.get(card.url, headers=card.headers)
        if shown.status_code != 200:
            return
        card.show(shown.status_code, shown.json())
        if "lm-verdict" not in shown.json()["html"]:
            response = response_of(item, rng.randrange(99))
            outcome.given.setdefault(place, []).append(response)
            told = await http.post(card.url, headers=card.headers, json=card.body("answer", **fields_of(response)))
            if told.status_code != 200 or "lm-verdict" not in told.json()["html"]:
                return
        outcome.told.add(place)
    except httpx.HTTPError:
        await asyncio.sleep(0.1)


def _checks(module: Module) -> list[tuple[str, ScoredItem]]:
    blocks = [b for lesson in module.lessons for b in walk(lesson.blocks) if isinstance(b, Check)]
    found = [(b.quiz, module.quizzes[b.quiz].item(b.item)) for b in blocks]
    return [(quiz, item) for quiz, item in found if isinstance(item, ScoredItem)]


def _compare(records: Records, module: Module, outcome: Outcome) -> None:
    kept: dict[Place, list[Response]] = {}
    for event in records.journal(module.id):
        if isinstance(event, ItemAnswered) and event.role == "check":
            kept.setdefault((event.learner, event.item), []).append(event.response)
    outcome.lost = sum(place not in kept for place in outcome.told)
    outcome.doubled = sum(len(found) > 1 for found in kept.values())
    outcome.changed = sum(found[0] not in outcome.given.get(place, []) for place, found in kept.items())
