"""A learner without a browser: the steps of the real journey, played over the WebSocket."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from modules.core.grading import Chosen, Given, Response
from modules.core.items import Numeric, ScoredItem
from modules.core.module import Module
from tests.load.seeding import MODULE
from tests.load.server import cookie_of
from tests.load.tab import RunResult, SessionError, StreamlitSession, Widget, _encode

Timed = Callable[[str, RunResult], None]


@dataclass(frozen=True)
class Asked:
    """One item's form on screen. The key is role-attempt-item, or check-item-attempt."""

    key: str
    inputs: tuple[Widget, ...]
    button: Widget

    @property
    def item(self) -> str:
        if self.key.startswith("check-"):
            return self.key.removeprefix("check-").rpartition("-")[0]
        return self.key.split("-", 2)[2]


def values_for(asked: Asked, pick: int) -> dict[str, object]:
    """The option at this place, or a number made of it."""
    match asked.inputs[0]:
        case Widget(kind="radio", options=options):
            return {asked.inputs[0].id: options[pick % len(options)]}
        case Widget(kind="text_input"):
            return {asked.inputs[0].id: f"{pick}.5"}
        case _:
            return {w.id: i == pick % len(asked.inputs) for i, w in enumerate(asked.inputs)}


def response_of(item: ScoredItem, pick: int) -> Response:
    """What the server should make of `values_for` with the same pick."""
    match item:
        case Numeric():
            return Given(value=pick + 0.5)
        case _:
            return Chosen(options=(item.options[pick % len(item.options)].id,))


class Learner:
    """`timed` is told of every run; `think` seconds (mean, exponential) pass before each act."""

    def __init__(self, url: str, learner: str, *, timed: Timed | None = None, think: float = 0, seed: int = 1) -> None:
        self.think, self.timed = think, timed or (lambda _name, _run: None)
        self.rng = random.Random(seed)
        self.learner = learner
        self.tab = StreamlitSession(url, cookie=cookie_of(learner))

    async def connect(self) -> None:
        await self.tab.connect()

    async def close(self) -> None:
        await self.tab.close()

    async def act(self, name: str, act: Callable[[], Awaitable[RunResult]]) -> RunResult:
        if self.think:
            await asyncio.sleep(self.rng.expovariate(1 / self.think))
        run = await act()
        self.timed(name, run)
        return run

    async def load(self, page: str, name: str = "", **query: str) -> RunResult:
        """Open a page of the module by its address, as a browser does."""
        address = "&".join([f"/{page}?module={MODULE}", *(f"{k}={v}" for k, v in query.items())])
        return await self._do(name or f"open {page}", {"load": address})

    async def click(self, label: str, name: str = "") -> RunResult:
        return await self._do(name or f"click {label}", {"click": label})

    async def _do(self, name: str, step: dict[str, object]) -> RunResult:
        async def act() -> RunResult:
            _, run = await self.tab.do(step)
            assert run is not None
            return run

        return await self.act(name, act)

    async def declare(self) -> None:
        """Pass through the front matter."""
        await self.load("module", "open the front matter")
        country = next(w for w in self.tab.widgets.values() if w.key == "country").options[0]
        values = {"profession": "Physician", "country": country, "declared": True}
        await self._do("declare", {"submit": {"button": "Go on to the pre-test", "values": values}})

    def forms(self) -> list[Asked]:
        """Every item that can be answered on this page, in order."""
        widgets = list(self.tab.widgets.values())
        sends = [w for w in widgets if w.kind == "button" and w.key.endswith("-send")]
        return [
            Asked(w.form_id, tuple(i for i in widgets if i.form_id == w.form_id and i.kind != "button"), w)
            for w in sends
        ]

    def asked(self) -> Asked | None:
        """The first item on screen; None when there is none."""
        return next(iter(self.forms()), None)

    async def answer(self, pick: int | None = None, *, asked: Asked | None = None) -> RunResult:
        """Answer an item on screen; acknowledged when this returns."""
        asked = asked or self.asked()
        if asked is None:
            raise SessionError("no_question")
        self.choose(asked, self.rng.randrange(99) if pick is None else pick)
        kind = "answer a check" if asked.key.startswith("check-") else "answer an item"
        return await self.act(kind, lambda: self.press(asked))

    def choose(self, asked: Asked, pick: int) -> None:
        """Fill the form; nothing is sent."""
        kinds = {w.id: w.kind for w in asked.inputs}
        for wid, value in values_for(asked, pick).items():
            self.tab.values[wid] = _encode(kinds[wid], wid, value)

    async def press(self, asked: Asked) -> RunResult:
        return await self.tab.rerun((_encode("button", asked.button.id, True),), fragment_id=asked.button.fragment_id)

    async def press_twice(self, asked: Asked) -> None:
        await self.tab.rerun_twice((_encode("button", asked.button.id, True),), fragment_id=asked.button.fragment_id)

    def says(self, sentence: str) -> bool:
        """Whether the last run put this on the screen."""
        return any(sentence in text for text in self.tab.text)


async def finish_lessons(learner: Learner, module: Module) -> None:
    """Every lesson in turn, its checks answered once, its last button pressed."""
    await learner.load("lesson", "open a lesson", lesson=module.lessons[0].id)
    for place, lesson in enumerate(module.lessons):
        for asked in learner.forms():
            await learner.answer(asked=asked)
        last = place + 1 == len(module.lessons)
        label = "Finish this lesson" if last else f"Next: {module.lessons[place + 1].title}"
        assert lesson.title in learner.tab.text, f"{lesson.title} is not on screen"
        await learner.click(label, "finish a lesson" if last else "next lesson")
