"""Full disk, lost database, double clicks, two tabs: the learner is told the truth, and one click counts once."""

import asyncio
import contextlib
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from modules.core.events import ItemAnswered
from modules.core.module import Module
from modules.core.sitting import quiz_for
from modules.records.records import NOT_SAVED, open_records
from tests.load.learner import Asked, Learner, response_of
from tests.load.seeding import Seed, shipped
from tests.load.server import Server
from tests.postgres import Server as Postgres
from tests.postgres import new_server

ROUNDS = 20
LESSON_WITH_CHECKS = "03-dual-blockade"
DISK_KB = 1024


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
    """A file system of its own, small enough to fill."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={DISK_KB}k", "tmpfs", str(folder)]
    done = subprocess.run(mount, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        pytest.skip(f"only root can mount a small disk: {done.stderr.strip()}")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


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
    return tab


def first_form(tab: Learner) -> Asked:
    asked = tab.asked()
    assert asked is not None, f"no item on screen, but: {tab.tab.text}"
    return asked


async def refused_with_the_response_kept(tab: Learner, asked: Asked) -> None:
    """Presses the button; the sentence appears, and the same form stays with what it held."""
    held = {i.id: tab.tab.values[i.id] for i in asked.inputs}
    await tab.press(asked)
    assert tab.says(NOT_SAVED), tab.tab.text
    assert first_form(tab) == asked, "the form was redrawn as another one"
    assert {i.id: tab.tab.values[i.id] for i in asked.inputs} == held


def test_a_full_disk_keeps_the_response_on_screen_and_the_same_click_saves_it_once_there_is_room(
    small_disk: Path, tmp_path: Path, module: Module
) -> None:
    database = f"sqlite:///{small_disk / 'landmark.db'}"
    learner = newcomer(database, module)
    server = Server(tmp_path, extra={"LANDMARK_DATABASE_URL": database}).start()
    filler = small_disk / "filler"

    async def go() -> None:
        tab = await opened(server, learner)
        await tab.answer(0)
        asked = first_form(tab)
        tab.choose(asked, 1)
        fill(filler)
        await refused_with_the_response_kept(tab, asked)
        assert len(answers(database, learner, module)) == 1
        filler.unlink()
        await tab.press(asked)
        assert first_form(tab).item != asked.item
        assert not tab.says(NOT_SAVED)
        await tab.close()

    try:
        asyncio.run(go())
        check_first_two(database, learner, module)
    finally:
        server.stop()


def fill(filler: Path) -> None:
    """Writes until the disk takes no more."""
    with filler.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(4096))
        except OSError:
            pass


def check_first_two(database: str, learner: str, module: Module) -> None:
    quiz = quiz_for(module, learner, "pre")
    expected = [(item.id, response_of(item, pick)) for pick, item in enumerate(quiz.items[:2])]
    assert [(a.item, a.response) for a in answers(database, learner, module)] == expected


def test_a_lost_database_keeps_the_response_on_screen_and_the_same_click_saves_it_once_it_is_back(
    postgres: Postgres, tmp_path: Path, module: Module
) -> None:
    database = postgres.new_database()
    learner = newcomer(database, module)
    server = Server(tmp_path, extra={"LANDMARK_DATABASE_URL": database}).start()

    async def go() -> None:
        tab = await opened(server, learner)
        await tab.answer(0)
        asked = first_form(tab)
        tab.choose(asked, 1)
        postgres.stop()
        await refused_with_the_response_kept(tab, asked)
        await refused_with_the_response_kept(tab, asked)
        postgres.start()
        await tab.press(asked)
        assert first_form(tab).item != asked.item
        assert not tab.says(NOT_SAVED)
        await tab.close()

    try:
        asyncio.run(go())
        check_first_two(database, learner, module)
    finally:
        server.stop()


def test_a_lost_database_keeps_the_response_to_a_check_in_a_lesson(
    postgres: Postgres, tmp_path: Path, module: Module
) -> None:
    database = postgres.new_database()
    learner = uuid4().hex
    records = open_records(database)
    Seed(records, module, learner).declared().sat("pre")
    records.close()
    server = Server(tmp_path, extra={"LANDMARK_DATABASE_URL": database}).start()

    async def go() -> None:
        tab = Learner(server.url, learner)
        await tab.connect()
        await tab.load("lesson", lesson=LESSON_WITH_CHECKS)
        asked = first_form(tab)
        tab.choose(asked, 0)
        postgres.stop()
        await refused_with_the_response_kept(tab, asked)
        postgres.start()
        await tab.press(asked)
        assert asked.key not in [form.key for form in tab.forms()]
        await tab.close()

    try:
        asyncio.run(go())
        checks = [a for a in answers(database, learner, module) if a.role == "check"]
        assert len(checks) == 1
    finally:
        server.stop()


def test_a_double_click_is_one_answer(server: Server, module: Module) -> None:
    learners = [newcomer(server.database, module) for _ in range(3)]

    async def go(learner: str) -> None:
        tab = await opened(server, learner)
        for pick, item in enumerate(quiz_for(module, learner, "pre").items):
            asked = first_form(tab)
            assert asked.item == item.id
            tab.choose(asked, pick)
            await tab.press_twice(asked)
        await tab.close()

    for learner in learners:
        asyncio.run(go(learner))
        items = quiz_for(module, learner, "pre").items
        expected = [(item.id, response_of(item, pick)) for pick, item in enumerate(items)]
        assert [(a.item, a.response) for a in answers(server.database, learner, module)] == expected


def test_two_tabs_that_answer_one_item_at_the_same_moment_leave_one_answer(server: Server, module: Module) -> None:
    async def go(learner: str, rounds: int) -> None:
        tabs = [await opened(server, learner) for _ in range(2)]
        for _ in range(rounds):
            asked = [first_form(tab) for tab in tabs]
            assert asked[0].item == asked[1].item
            await asyncio.gather(*(tab.answer(pick) for pick, tab in enumerate(tabs)))
        for tab in tabs:
            await tab.close()

    played = 0
    while played < ROUNDS:
        learner = newcomer(server.database, module)
        items = quiz_for(module, learner, "pre").items[: ROUNDS - played]
        asyncio.run(go(learner, len(items)))
        given = answers(server.database, learner, module)
        assert [a.item for a in given] == [item.id for item in items]
        for answer, item in zip(given, items, strict=True):
            assert answer.response in (response_of(item, 0), response_of(item, 1))
        played += len(items)
