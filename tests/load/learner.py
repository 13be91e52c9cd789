"""A learner without a browser: pages over the WebSocket, questions over the plain route, as a browser asks for both."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace

import httpx

from modules.core.grading import Chosen, Given, Response
from modules.core.items import Estimated, ExtendedMatching, MultipleResponse, OneBest, ScoredItem, Sequencing
from modules.core.module import Module
from modules.core.responses import Matched, Ordered
from tests.cards import Card, fields_of
from tests.load.seeding import MODULE
from tests.load.server import cookie_of
from tests.load.tab import RunResult, SessionError, StreamlitSession

Timed = Callable[[str, RunResult], None]
TIMEOUT = 60.0


def response_of(item: ScoredItem, pick: int) -> Response:
    """The option at this place, or a number made of it."""
    match item:
        case OneBest() | MultipleResponse():
            return Chosen(options=(item.options[pick % len(item.options)].id,))
        case Estimated():
            return Given(value=pick + 0.5)
        case ExtendedMatching():
            return Matched(pairs={s.id: item.options[pick % len(item.options)].id for s in item.stems})
        case Sequencing():
            steps = tuple(s.id for s in item.steps)
            return Ordered(steps=steps if pick % 2 else steps[::-1])
        case _:
            return Chosen(options=("0",))


class Learner:
    """`timed` is told of every step; `think` seconds (mean, exponential) pass before each act."""

    def __init__(self, url: str, learner: str, *, timed: Timed | None = None, think: float = 0, seed: int = 1) -> None:
        self.think, self.timed = think, timed or (lambda _name, _run: None)
        self.rng = random.Random(seed)
        self.learner = learner
        self.tab = StreamlitSession(url, cookie=cookie_of(learner))
        self.http = httpx.AsyncClient(base_url=url, timeout=TIMEOUT)
        self.cards: dict[str, Card] = {}

    async def connect(self) -> None:
        await self.tab.connect()

    async def close(self) -> None:
        await self.tab.close()
        await self.http.aclose()

    async def act(self, name: str, act: Callable[[], Awaitable[RunResult]]) -> RunResult:
        if self.think:
            await asyncio.sleep(self.rng.expovariate(1 / self.think))
        run = await act()
        self.timed(name, run)
        return run

    async def load(self, page: str, name: str = "", **query: str) -> RunResult:
        """Open a page of the module by its address, as a browser does, and the cards on it."""
        address = "&".join([f"/{page}?module={MODULE}", *(f"{k}={v}" for k, v in query.items())])
        return await self._do(name or f"open {page}", {"load": address})

    async def click(self, label: str, name: str = "") -> RunResult:
        return await self._do(name or f"click {label}", {"click": label})

    async def _do(self, name: str, step: dict[str, object]) -> RunResult:
        async def act() -> RunResult:
            _, run = await self.tab.do(step)
            assert run is not None
            began = time.perf_counter()
            await self.draw()
            return replace(run, seconds=run.seconds + time.perf_counter() - began)

        return await self.act(name, act)

    async def draw(self) -> None:
        """Every card the page names and that is not on screen yet."""
        shown = {url: card for url, card in self.cards.items() if url in self.tab.cards}
        for url in [url for url in self.tab.cards if url not in shown]:
            card = Card(MODULE, url.removeprefix(f"/card/{MODULE}/"), cookie_of(self.learner))
            card.show(*await self._asked("GET", card))
            shown[url] = card
        self.cards = {url: shown[url] for url in self.tab.cards}

    async def _asked(self, method: str, card: Card, body: object = None) -> tuple[int, dict[str, str]]:
        try:
            answer = await self.http.request(method, card.url, headers=card.headers, json=body)
        except httpx.HTTPError as lost:
            raise SessionError("disconnected", str(lost)) from None
        return answer.status_code, answer.json()

    async def declare(self) -> None:
        """Pass through the front matter."""
        await self.load("module", "open the front matter")
        country = next(w for w in self.tab.widgets.values() if w.key == "country").options[0]
        values = {"profession": "Physician", "country": country, "declared": True}
        await self._do("declare", {"submit": {"button": "Go on to the pre-test", "values": values}})

    def forms(self) -> list[Card]:
        """Every card that waits for an answer on this page, in order."""
        return [card for card in self.cards.values() if "place" in card.form.hidden]

    @property
    def card(self) -> Card:
        """The one card of a page of questions."""
        (only,) = self.cards.values()
        return only

    async def press(self, card: Card, do: str, **fields: list[str]) -> RunResult:
        """One button; a refusal stays on the card as its error."""
        body, began = card.body(do, **fields), time.perf_counter()
        status, reply = await self._asked("POST", card, body)
        seconds = time.perf_counter() - began
        card.show(status, reply)
        return RunResult(seconds, seconds, 1, len(reply.get("html", "")), 0, True)

    async def begin(self) -> None:
        """From the start of a test to its first question."""
        if "begin" in self.card.form.buttons:
            await self.press(self.card, "begin")

    async def answer(self, module: Module, pick: int | None = None, *, card: Card | None = None) -> RunResult:
        """Answer the item on a card; acknowledged when this returns."""
        card = card or next(iter(self.forms()), None)
        if card is None:
            raise SessionError("no_question")
        given = self.given(module, card, self.rng.randrange(99) if pick is None else pick)
        kind = "answer a check" if card.where.startswith("check/") else "answer an item"
        asked: Card = card
        return await self.act(kind, lambda: self.press(asked, asked.form.buttons[0], **given))

    def given(self, module: Module, card: Card, pick: int) -> dict[str, list[str]]:
        quiz, item_id = card.form.place
        item = module.quizzes[quiz].item(item_id)
        assert isinstance(item, ScoredItem)
        return fields_of(response_of(item, pick))

    def says(self, sentence: str) -> bool:
        """Whether this is on the page or on one of its cards."""
        cards = (f"{card.form.text} {card.error} {card.html}" for card in self.cards.values())
        return any(sentence in text for text in (*self.tab.text, *cards))


async def finish_lessons(learner: Learner, module: Module) -> None:
    """Every lesson in turn, its checks answered once, its last button pressed."""
    await learner.load("lesson", "open a lesson", lesson=module.lessons[0].id)
    for place, lesson in enumerate(module.lessons):
        for asked in learner.forms():
            await learner.answer(module, card=asked)
        last = place + 1 == len(module.lessons)
        label = "Finish this lesson" if last else f"Next: {module.lessons[place + 1].title}"
        assert lesson.title in learner.tab.text, f"{lesson.title} is not on screen"
        await learner.click(label, "finish a lesson" if last else "next lesson")
