"""What an event costs to write: its link in the chain, and waiting for the disk, on both engines."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import sqlalchemy as sa

from modules.core.events import LessonOpened
from modules.records import chain
from modules.records.audit import audit
from modules.records.records import Records, open_records
from modules.records.rows import canonical
from tests.postgres import new_server

EVENTS = 300


def costs(folder: Path) -> Iterator[tuple[str, float, str]]:
    """What, how much, and its unit."""
    yield "the link of an event", 1e6 * _seconds(_link, 5000), "µs CPU"
    for name, statement in (("waiting for the disk", "FULL"), ("without waiting", "NORMAL")):
        records = open_records(f"sqlite:///{folder / f'{statement}.db'}")
        sa.event.listen(records.engine, "connect", lambda c, _, s=statement: c.execute(f"PRAGMA synchronous = {s}"))
        records.engine.dispose()
        yield f"an event on SQLite, {name}", 1e3 * _append(records), "ms"
        if statement == "FULL":
            yield "the audit of a row", 1e6 * _audited(records), "µs"
        records.close()
    yield from _postgresql()


def _postgresql() -> Iterator[tuple[str, float, str]]:
    server = new_server()
    try:
        for name, fsync in (("waiting for the disk", "on"), ("without waiting", "off")):
            server.stop()
            server.start(fsync=fsync)
            records = open_records(server.new_database())
            yield f"an event on PostgreSQL, {name}", 1e3 * _append(records), "ms"
            records.close()
    finally:
        server.stop()
        shutil.rmtree(server.folder, ignore_errors=True)


@contextmanager
def postgresql() -> Iterator[str]:
    """An empty database on a server that waits for the disk."""
    server = new_server()
    server.stop()
    server.start(fsync="on")
    try:
        yield server.new_database()
    finally:
        server.stop()
        shutil.rmtree(server.folder, ignore_errors=True)


def _event() -> LessonOpened:
    return LessonOpened(
        id=uuid4(), learner="ann", module="harbour", module_version="d" * 64, at=datetime.now(UTC), lesson="01-lamp"
    )


def _append(records: Records) -> float:
    records.append([_event()])
    return _seconds(lambda: records.append([_event()]), EVENTS)


def _audited(records: Records) -> float:
    rows = EVENTS + 1
    return _seconds(lambda: audit(records), 1) / rows


_EVENT = _event()
_ROW = {"id": str(_EVENT.id), "learner": "ann", "module": "harbour", "type": _EVENT.type, "at": _EVENT.at.isoformat()}
_ROW["payload"] = canonical(_EVENT)


def _link() -> None:
    chain.link(chain.START, chain.body(_ROW, chain.JOURNAL_FIELDS))


def _seconds(act: Callable[[], object], times: int) -> float:
    began = time.perf_counter()
    for _ in range(times):
        act()
    return (time.perf_counter() - began) / times
