"""Full disk, lost database, double clicks, two tabs: the learner is told the truth, and one click counts once."""

import asyncio
import contextlib
import shutil
import sqlite3
from collections.abc import Callable, Coroutine, Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from modules.core.events import ItemAnswered
from modules.core.items import ScoredItem
from modules.core.module import Module
from modules.core.progress import progress
from modules.core.responses import Response
from modules.core.sitting import Slot, sitting
from modules.records.records import NOT_SAVED, Desk, open_records
from tests.cards import Card
from tests.faults.disk import fill, mounted
from tests.load.learner import Learner, response_of
from tests.load.seeding import Seed, shipped
from tests.load.server import Server
from tests.postgres import Server as Postgres
from tests.postgres import new_server

ROUNDS = 20
LESSON_WITH_CHECKS = "03-dual-blockade"
GONE_SECONDS = 30


@pytest.fixture(scope="module")
def module() -> Module:
    return shipped()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    running = Server(tmp_path).start()
    yield running
    running.stop()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    with mounted(tmp_path / "disk") as folder:
        yield folder


@pytest.fixture
def postgres() -> Iterator[Postgres]:
    """Its own, since it is stopped."""
    server = new_server()
    yield server
    with contextlib.suppress(RuntimeError):  # a test that failed may have left it stopped
        server.stop()
    shutil.rmtree(server.folder, ignore_errors=True)


def newcomer(database: str, module: Module) -> str:
    """A learner who comes to the pre-test."""
    learner, records = uuid4().hex, open_records(database)
    Seed(records, module, learner).declared()
    records.close()
    return learner


def kept(database: str, learner: str, module: Module) -> dict[str, Response | None]:
    """The drafts of the pre-test, by place."""
    records = open_records(database)
    try:
        return {place: d.response for place, d in records.drafts(Desk(learner, module.id, "pre/1")).items()}
    finally:
        records.close()


def answers(database: str, learner: str, module: Module) -> list[ItemAnswered]:
    records = open_records(database)
    try:
        return [e for e in records.events(learner, module.id) if isinstance(e, ItemAnswered)]
    finally:
        records.close()


async def opened(server: Server, learner: str) -> Learner:
    tab = Learner(server.url, learner)
    await tab.connect()
    await tab.load("quiz", role="pre")
    await tab.begin()
    return tab


async def refused_with_the_card_kept(tab: Learner, card: Card, given: dict[str, list[str]]) -> None:
    """Presses the button; the reply is the sentence and no card, so the form stays with what it holds."""
    before = card.html
    await tab.press(card, card.form.buttons[0], **given)
    assert (card.status, card.error) == (503, NOT_SAVED)
    assert card.html == before


def test_a_full_disk_keeps_the_response_on_screen_and_the_same_click_saves_it_once_there_is_room(
    small_disk: Path, tmp_path: Path, module: Module
) -> None:
    database = f"sqlite:///{small_disk / 'landmark.db'}"
    learner = newcomer(database, module)
    filler = small_disk / "filler"

    async def go(server: Server) -> None:
        tab = await opened(server, learner)
        await tab.answer(module, 0)
        given = tab.given(module, tab.card, 1)
        fill(filler)
        await refused_with_the_card_kept(tab, tab.card, given)
        assert len(kept(database, learner, module)) == 1
        filler.unlink()
        await tab.press(tab.card, "next", **given)
        assert tab.says("Question 3 of")
        await tab.close()

    log = played(tmp_path, database, go)
    check_first_two(database, learner, module)
    assert f"{NOT_SAVED} The database said: database or disk is full" in log


def slots(module: Module, learner: str) -> tuple[Slot, ...]:
    return sitting(module, learner, progress(()), "pre", attempt=1).slots


def response(module: Module, slot: Slot, pick: int) -> Response:
    item = module.quizzes[slot.quiz].item(slot.item)
    assert isinstance(item, ScoredItem)
    return response_of(item, pick)


def check_first_two(database: str, learner: str, module: Module) -> None:
    expected = {s.place: response(module, s, pick) for pick, s in enumerate(slots(module, learner)[:2])}
    assert {place: r for place, r in kept(database, learner, module).items() if r} == expected


def test_a_database_that_is_gone_for_half_a_minute_keeps_the_response_and_the_same_click_saves_it_once(
    postgres: Postgres, tmp_path: Path, module: Module
) -> None:
    database = postgres.new_database()
    learner = newcomer(database, module)

    async def go(server: Server) -> None:
        tab = await opened(server, learner)
        await tab.answer(module, 0)
        given = tab.given(module, tab.card, 1)
        postgres.stop()
        await refused_with_the_card_kept(tab, tab.card, given)
        await asyncio.sleep(GONE_SECONDS)
        await refused_with_the_card_kept(tab, tab.card, given)
        postgres.start()
        await tab.press(tab.card, "next", **given)
        assert tab.says("Question 3 of")
        await tab.close()

    log = played(tmp_path, database, go)
    check_first_two(database, learner, module)
    assert "The database said: connection" in log


def test_a_lost_database_keeps_the_response_to_a_check_in_a_lesson(
    postgres: Postgres, tmp_path: Path, module: Module
) -> None:
    database = postgres.new_database()
    learner = uuid4().hex
    records = open_records(database)
    Seed(records, module, learner).declared().sat("pre")
    records.close()

    async def go(server: Server) -> None:
        tab = Learner(server.url, learner)
        await tab.connect()
        await tab.load("lesson", lesson=LESSON_WITH_CHECKS)
        card = tab.forms()[0]
        given = tab.given(module, card, 0)
        postgres.stop()
        await refused_with_the_card_kept(tab, card, given)
        postgres.start()
        await tab.press(card, "answer", **given)
        assert card not in tab.forms()
        await tab.close()

    played(tmp_path, database, go)
    checks = [a for a in answers(database, learner, module) if a.role == "check"]
    assert len(checks) == 1


def test_a_locked_database_keeps_the_response_on_screen_and_the_same_click_saves_it_once_it_is_free(
    tmp_path: Path, module: Module
) -> None:
    """Another program holds the file for longer than a write waits, as a copy or a repair may."""
    file = tmp_path / "landmark.db"
    database = f"sqlite:///{file}"
    learner = newcomer(database, module)

    async def go(server: Server) -> None:
        tab = await opened(server, learner)
        await tab.answer(module, 0)
        given = tab.given(module, tab.card, 1)
        with contextlib.closing(sqlite3.connect(file, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            await refused_with_the_card_kept(tab, tab.card, given)
            other.execute("ROLLBACK")
        await tab.press(tab.card, "next", **given)
        assert tab.says("Question 3 of")
        await tab.close()

    log = played(tmp_path, database, go)
    check_first_two(database, learner, module)
    assert f"{NOT_SAVED} The database said: database is locked" in log


def played(folder: Path, database: str, go: Callable[[Server], Coroutine[None, None, None]]) -> str:
    """Plays a scene on a server of its own; returns what the server wrote to its log."""
    server = Server(folder, extra={"LANDMARK_DATABASE_URL": database}).start()
    try:
        asyncio.run(go(server))
        return server.log
    finally:
        server.stop()


def test_a_double_click_on_send_in_is_one_test(server: Server, module: Module) -> None:
    learners = [newcomer(server.database, module) for _ in range(3)]

    async def go(learner: str) -> None:
        tab = await opened(server, learner)
        for pick in range(len(slots(module, learner))):
            await tab.answer(module, pick)
        await asyncio.gather(*(tab.press(tab.card, "send") for _ in range(2)))
        assert tab.says("Your starting point is recorded")
        await tab.close()

    for learner in learners:
        asyncio.run(go(learner))
        expected = [(s.item, response(module, s, pick)) for pick, s in enumerate(slots(module, learner))]
        assert [(a.item, a.response) for a in answers(server.database, learner, module)] == expected


def test_two_tabs_that_answer_one_check_at_the_same_moment_leave_one_answer(server: Server, module: Module) -> None:
    async def go(learner: str) -> int:
        tabs = [Learner(server.url, learner) for _ in range(2)]
        for tab in tabs:
            await tab.connect()
            await tab.load("lesson", lesson=LESSON_WITH_CHECKS)
        pairs = list(zip(*(tab.forms() for tab in tabs), strict=True))
        for pair in pairs:
            asks = zip(tabs, pair, strict=True)
            await asyncio.gather(*(t.press(c, "answer", **t.given(module, c, n)) for n, (t, c) in enumerate(asks)))
            assert pair[0].html == pair[1].html
        for tab in tabs:
            await tab.close()
        return len(pairs)

    played = 0
    while played < ROUNDS:
        learner, records = uuid4().hex, open_records(server.database)
        Seed(records, module, learner).declared().sat("pre")
        records.close()
        count = asyncio.run(go(learner))
        assert count > 0
        given = [a for a in answers(server.database, learner, module) if a.role == "check"]
        assert [a.attempt for a in given] == [1] * count
        played += count
