"""`make bench`: what a lesson weighs and what a learner costs, beside the goals. It never fails on time."""

from __future__ import annotations

import argparse
import json
import os
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from modules.core.module import Module
from tests.load.answers import CROWD as ANSWERING
from tests.load.answers import in_a_browser, over_the_route
from tests.load.journey import LESSON, Crowd, Steps, crowd, journeys, seeded
from tests.load.library import ITEMS, LESSONS, TRIALS, big_library, cost_of_check
from tests.load.pages import Weight, app_weight, chromium, feedback_ms, plain_weight
from tests.load.power import ANSWERS, power
from tests.load.room import PHONES, SECONDS, room
from tests.load.sampling import pct
from tests.load.seeding import shipped
from tests.load.server import Server
from tests.load.streamlit_room import streamlit_room
from tests.load.written import costs, postgresql

CROWD, THINK_SECONDS, KILLS = 200, 8, 10
PARTS = ("pages", "journey", "answer", "check", "crowd", "room", "written", "power")


@dataclass(frozen=True)
class Row:
    """`goal` None: a figure without one."""

    what: str
    figure: float
    unit: str
    goal: float | None = None

    @property
    def met(self) -> str:
        return "" if self.goal is None else "yes" if self.figure <= self.goal else "no"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.load.bench", description=__doc__)
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    parser.add_argument("--journeys", type=int, default=40)
    parser.add_argument("--seconds", type=int, default=60, help="how long the crowd stays")
    parser.add_argument("--only", choices=PARTS)
    asked = parser.parse_args()
    rows = list(measured(shipped(), asked))
    if asked.json:
        print(json.dumps([asdict(row) | {"met": row.met} for row in rows], indent=1))
    else:
        print(table(rows))


def measured(module: Module, asked: argparse.Namespace) -> Iterator[Row]:
    with tempfile.TemporaryDirectory(prefix="landmark-bench-") as folder:
        here = Path(folder)
        if asked.only in (None, "pages"):
            yield from pages(_folder(here, "pages"), module)
        if asked.only in (None, "journey"):
            steps = journeys(_folder(here, "journey"), module, asked.journeys)
            yield Row("server CPU of a journey", 1000 * steps.cpu["journey"] / asked.journeys, "ms", 60)
            yield from times(steps, "one learner: ")
        if asked.only in (None, "answer"):
            yield from _answers(here, module)
        if asked.only in (None, "check"):
            yield from _checks(_folder(here, "check"))
        if asked.only in (None, "crowd"):
            yield from _crowd(_folder(here, "crowd"), module, asked.seconds)
        if asked.only in (None, "room"):
            yield from (Row(*figure) for figure in room(_folder(here, "room"), module))
            pace = PHONES / SECONDS
            beside = streamlit_room(_folder(here, "room-streamlit"), module, votes_a_second=pace)
            yield from (Row(*figure) for figure in beside)
        if asked.only in (None, "written"):
            yield from (Row(*cost) for cost in costs(_folder(here, "written")))
        if asked.only in (None, "power"):
            yield from _power(here, module)


def _answers(here: Path, module: Module) -> Iterator[Row]:
    drawn, judged, crowded = over_the_route(_folder(here, "answer"), module)
    seen = [ms / 1000 for ms in in_a_browser(_folder(here, "answer-seen"), module)]
    yield from _spread("a card drawn, one learner", drawn, 100)
    yield from _spread("answer to verdict over the route, one learner", judged, 250)
    yield from _spread(f"answer to verdict over the route, {ANSWERING} learners at once", crowded)
    yield from _spread("answer to verdict in the browser, one learner", seen, 250)


def _spread(what: str, seconds: list[float], goal: float | None = None) -> Iterator[Row]:
    ms = [1000 * s for s in seconds]
    yield Row(f"{what}, p50 of {len(ms)}", pct(ms, 0.5), "ms", goal)
    yield Row(f"{what}, p95", pct(ms, 0.95), "ms")


def _checks(folder: Path) -> Iterator[Row]:
    """`check` as an author runs it, process start and all, on a library made for it."""
    name = f"check of {LESSONS:,} lessons, {ITEMS:,} items, {TRIALS} trials"
    site = big_library(folder)
    cold, memory = cost_of_check(site)
    yield Row(f"{name}, cold", cold, "CPU s", 15)
    yield Row("  peak memory", memory, "MB", 400)
    again, _ = cost_of_check(site)
    yield Row("  again, nothing changed", again, "CPU s")
    lesson = next(site.glob("content/module-050/03-*.md"))
    lesson.write_text(lesson.read_text() + "\n")
    one, _ = cost_of_check(site)
    yield Row("  after one lesson changed", one, "CPU s", 1)
    trial = site / "content/trials/patina-copy-2.yaml"
    trial.write_text(trial.read_text() + "\n")
    many, _ = cost_of_check(site)
    yield Row("  after a trial changed that every fifth module reads", many, "CPU s")


def _power(here: Path, module: Module) -> Iterator[Row]:
    """On both engines, PostgreSQL with fsync."""
    with postgresql() as url:
        for engine, database in (("SQLite", f"sqlite:///{here / 'power.db'}"), ("PostgreSQL", url)):
            server = Server(_folder(here, f"power-{engine}"), extra={"LANDMARK_DATABASE_URL": database})
            found = power(server, database, module, learners=CROWD, kills=KILLS)
            name = f"{CROWD} learners, {ANSWERS} answers each, {found.kills} kills, {engine}"
            yield Row(f"{name}: acknowledged", len(found.told), "")
            yield Row(f"{name}: lost", found.lost, "", 0)
            yield Row(f"{name}: doubled", found.doubled, "", 0)
            yield Row(f"{name}: other than given", found.changed, "", 0)
            yield Row(f"{name}: breaks of the chain", len(found.found.breaks) + len(found.found.faults), "", 0)
            yield Row(f"{name}: took", found.seconds, "s")


def _folder(here: Path, name: str) -> Path:
    (here / name).mkdir()
    return here / name


def pages(folder: Path, module: Module) -> Iterator[Row]:
    server = Server(folder)
    learners = seeded(server, module, 4, leaving=None)
    server.start()
    address = f"/lesson?module={module.id}&lesson={LESSON}"
    try:
        with chromium() as browser:
            app_weight(browser, server, learners[0], address)
            time.sleep(5)  # the first visit has the bundles compressed well, once in the life of an installation
            app = app_weight(browser, server, learners[1], address)
            yield from weight_rows("a lesson in the app", app, 1400)
            yield from weight_rows("a lesson as a plain page", plain_weight(browser, server, module, LESSON), 40)
            ms = [x for one in learners[2:] for x in feedback_ms(browser, server, one, module)]
            yield Row(f"click to verdict in the browser, p50 of {len(ms)}", pct(ms, 0.5), "ms")
            yield Row("click to verdict in the browser, p95", pct(ms, 0.95), "ms")
    finally:
        server.stop()


def weight_rows(name: str, weight: Weight, goal: float) -> Iterator[Row]:
    yield Row(f"{name}, cold, at phone size", weight.kb, "kB", goal)
    yield Row(f"{name}, requests outside the server", len(weight.outside), "", 0)


def times(steps: Steps, prefix: str, goal: float | None = None) -> Iterator[Row]:
    for name, seconds in steps.seconds.items():
        ms = [1000 * s for s in seconds]
        yield Row(f"{prefix}{name}, p50 of {len(ms)}", pct(ms, 0.5), "ms")
        yield Row(f"{prefix}{name}, p95", pct(ms, 0.95), "ms", goal)


def _crowd(folder: Path, module: Module, seconds: float) -> Iterator[Row]:
    """The server on the first core, this process on the others."""
    cores = os.sched_getaffinity(0)
    if len(cores) > 1:
        os.sched_setaffinity(0, cores - {min(cores)})
    try:
        found: Crowd = crowd(folder, module, learners=CROWD, think=THINK_SECONDS, seconds=seconds)
    finally:
        os.sched_setaffinity(0, cores)
    everything = [1000 * s for times in found.steps.seconds.values() for s in times]
    name = f"{CROWD} learners thinking {THINK_SECONDS} s"
    yield Row(f"{name}: every step, p50 of {len(everything)}", pct(everything, 0.5), "ms")
    yield Row(f"{name}: every step, p95", pct(everything, 0.95), "ms", 150)
    yield Row(f"{name}: every step, p99", pct(everything, 0.99), "ms")
    yield from times(found.steps, f"{name}: ", 150)
    yield Row(f"{name}: errors", found.steps.errors.total(), "", 0)
    yield Row(f"{name}: share of one core", 100 * found.cpu_share, "%")
    yield Row(f"{name}: memory", found.rss_mb, "MB")


def table(rows: list[Row]) -> str:
    lines = ["| what | figure | goal | met |", "|---|--:|--:|---|"]
    for row in rows:
        goal = "" if row.goal is None else f"<= {row.goal:g} {row.unit}".strip()
        lines.append(f"| {row.what} | {_short(row.figure)} {row.unit} | {goal} | {row.met} |".replace("  ", " "))
    return "\n".join(lines)


def _short(figure: float) -> str:
    return f"{figure:,.0f}" if figure >= 100 or figure == int(figure) else f"{figure:.1f}"


if __name__ == "__main__":
    main()
