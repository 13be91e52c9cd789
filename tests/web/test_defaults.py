"""The four defaults of Streamlit that would cost most of a server's capacity are off, in the server that runs."""

import asyncio
import json
import os
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from streamlit.proto.NewSession_pb2 import CustomThemeConfig
from streamlit.runtime import app_session

from modules.authoring import library
from modules.charts.chart import Chart as Drawn
from modules.core.module import Chart, Module
from modules.records.records import open_records
from modules.web.explore import drawn
from modules.web.lesson_parts import parts
from modules.web.server import with_one_theme
from tests.load.learner import Learner
from tests.load.sampling import ProcSampler
from tests.load.seeding import MODULE, Seed, shipped
from tests.load.server import ROOT, Server

LESSON = "03-dual-blockade"
RERUNS = 40
RECONNECTS = 20
Probe = Callable[[], dict[str, Any]]


@pytest.fixture(scope="module")
def module() -> Module:
    return shipped()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("server")
    extra = {"PROBE_OUT": str(folder / "probe.json"), "PYTHONPATH": str(ROOT)}
    running = Server(folder, extra=extra, launcher=("-m", "tests.web.probe", "run")).start()
    yield running
    running.stop()


@pytest.fixture
def probe(server: Server) -> Probe:
    def ask() -> dict[str, Any]:
        out = Path(server.extra["PROBE_OUT"])
        out.unlink(missing_ok=True)
        os.kill(server.pid, signal.SIGUSR1)
        until = time.monotonic() + 10
        while not out.exists():
            assert time.monotonic() < until, server.log
            time.sleep(0.02)
        return dict(json.loads(out.read_text()))

    return ask


@pytest.fixture
def learner(server: Server, module: Module) -> str:
    """One who may read the lessons."""
    name, records = uuid4().hex, open_records(server.database)
    Seed(records, module, name).declared().sat("pre")
    records.close()
    return name


async def reading(server: Server, learner: str) -> Learner:
    tab = Learner(server.url, learner)
    await tab.connect()
    await tab.load("lesson", lesson=LESSON)
    return tab


def test_no_full_collection_follows_a_run(server: Server, learner: str, probe: Probe) -> None:
    async def go() -> tuple[dict[str, Any], dict[str, Any]]:
        tab = await reading(server, learner)
        before = probe()
        for _ in range(RERUNS):
            await tab.tab.rerun()
        after = probe()
        await tab.close()
        return before, after

    before, after = asyncio.run(go())
    assert before["post_script_gc"] is False
    assert after["full_collections"] - before["full_collections"] <= RERUNS // 10


def test_what_is_loaded_at_the_start_is_frozen(probe: Probe) -> None:
    assert probe()["frozen"] > 100_000


def test_answers_leave_at_once_without_nagles_delay(server: Server, learner: str, probe: Probe) -> None:
    async def go() -> dict[str, Any]:
        tab = await reading(server, learner)
        found = probe()
        await tab.close()
        return found

    found = asyncio.run(go())
    assert found["loop"].startswith("uvloop")
    assert found["no_delay"]
    assert all(found["no_delay"])


def test_no_file_watcher_is_registered_when_a_browser_comes_back(server: Server, learner: str, probe: Probe) -> None:
    found = probe()
    assert found["file_watcher"] == "none"
    assert found["register_watchers"] == "modules.web.server"
    cpu = ProcSampler([server.pid])

    async def go() -> float:
        tab = await reading(server, learner)
        session, before = tab.tab.session_id, cpu.cpu()
        for _ in range(RECONNECTS):
            await tab.close()
            await tab.tab.connect(resume=session)
            await tab.tab.rerun()
            assert tab.tab.session_id == session, "the session was not resumed"
        spent = cpu.cpu() - before
        await tab.close()
        return spent / RECONNECTS

    # Measured with the watchers: 190 ms each, and about 20 ms without, the run of the page included.
    assert asyncio.run(go()) < 0.1


def test_the_theme_read_once_is_the_theme_of_the_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    own = app_session._populate_theme_msg
    monkeypatch.setattr(app_session, "_populate_theme_msg", own)  # put back after the test
    with_one_theme()
    seen = []
    for section in ("theme", "theme.light", "theme.dark", "theme.sidebar", "theme.light"):
        expected, found = CustomThemeConfig(), CustomThemeConfig()
        own(expected, section)
        app_session._populate_theme_msg(found, section)
        assert found == expected
        seen.append(found)
    assert seen[1] == seen[4] != seen[2]
    whole = CustomThemeConfig()
    app_session._populate_theme_msg(whole.sidebar, "theme.sidebar")
    assert not whole.HasField("sidebar"), "a section without settings stays unset"


def test_an_answer_runs_no_page_at_all(server: Server, learner: str, module: Module) -> None:
    async def go() -> None:
        tab = await reading(server, learner)
        runs, asked = tab.tab.runs, tab.forms()
        assert asked
        answered = await tab.answer(module, 0, card=asked[0])
        assert asked[0] not in tab.forms()
        assert tab.tab.runs == runs
        assert answered.bytes_in < 20_000
        await tab.close()

    asyncio.run(go())


def test_a_chart_is_drawn_once_for_a_text(module: Module) -> None:
    request = next(b.request for x in module.lessons for b in x.blocks if isinstance(b, Chart))
    once: Drawn = drawn("a text", "a chart", request)
    assert drawn("a text", "a chart", request) is once
    assert drawn("another text", "a chart", request) is not once


def test_a_lesson_is_drawn_once_for_a_text_and_a_theme(module: Module) -> None:
    once = parts(module.digest, "light", LESSON, module)
    assert parts(module.digest, "light", LESSON, module) is once
    assert parts(module.digest, "dark", LESSON, module) is not once
    again = library.load(ROOT / "content", ROOT / "quizzes").library.modules[MODULE]
    assert parts(again.digest, "light", LESSON, again) is once
