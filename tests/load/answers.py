"""From a sent answer to its verdict: over the route, alone and in a crowd, and in a browser."""

from __future__ import annotations

import asyncio
from pathlib import Path
from uuid import uuid4

import httpx

from modules.core.items import ScoredItem
from modules.core.module import Check, Module, walk
from modules.records.records import open_records
from tests.cards import Card, fields_of
from tests.load.learner import response_of
from tests.load.pages import chromium, feedback_ms
from tests.load.seeding import Seed
from tests.load.server import Server, cookie_of

CROWD = 50


def _checks(module: Module) -> list[tuple[str, ScoredItem]]:
    blocks = [b for lesson in module.lessons for b in walk(lesson.blocks) if isinstance(b, Check)]
    found = [(b.quiz, module.quizzes[b.quiz].item(b.item)) for b in blocks]
    return [(quiz, item) for quiz, item in found if isinstance(item, ScoredItem)]


def over_the_route(folder: Path, module: Module) -> tuple[list[float], list[float], list[float]]:
    """Seconds of each card drawn and each answer judged for one learner, then of each answer of `CROWD` at once."""
    server = Server(folder)
    records = open_records(server.database)
    names = [uuid4().hex for _ in range(CROWD + 2)]
    for name in names:
        Seed(records, module, name).declared().sat("pre")
    records.close()
    server.start()
    try:
        asyncio.run(_one(server, names[0], module))  # the first of a text is drawn, the rest are not
        drawn, judged = asyncio.run(_one(server, names[1], module))
        return drawn, judged, asyncio.run(_everyone(server, names[2:], module))
    finally:
        server.stop()


async def _everyone(server: Server, names: list[str], module: Module) -> list[float]:
    found = await asyncio.gather(*(_one(server, name, module) for name in names))
    return [second for _, judged in found for second in judged]


async def _one(server: Server, name: str, module: Module) -> tuple[list[float], list[float]]:
    """Every check of the module, one after the other."""
    drawn, judged = [], []
    async with httpx.AsyncClient(base_url=server.url, timeout=60) as http:
        for pick, (quiz, item) in enumerate(_checks(module)):
            card = Card(module.id, f"check/{quiz}/{item.id}", cookie_of(name))
            shown = await http.get(card.url, headers=card.headers)
            card.show(shown.status_code, shown.json())
            given = fields_of(response_of(item, pick))
            told = await http.post(card.url, headers=card.headers, json=card.body("answer", **given))
            assert "lm-verdict" in told.json()["html"]
            drawn.append(shown.elapsed.total_seconds())
            judged.append(told.elapsed.total_seconds())
    return drawn, judged


def in_a_browser(folder: Path, module: Module) -> list[float]:
    """Milliseconds from the click to the verdict drawn, for every check of one learner."""
    server = Server(folder)
    records = open_records(server.database)
    names = [uuid4().hex for _ in range(2)]
    for name in names:
        Seed(records, module, name).declared().sat("pre")
    records.close()
    server.start()
    try:
        with chromium() as browser:
            feedback_ms(browser, server, names[0], module)
            return feedback_ms(browser, server, names[1], module)
    finally:
        server.stop()
