"""When the database cannot serve, every call says RecordsUnavailable and nothing is half written."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from threading import Timer

import pytest
from sqlalchemy import event

from modules.core.errors import RecordsUnavailable
from modules.core.responses import Draft
from modules.core.versions import Snapshot
from modules.records.engine import make_engine
from modules.records.records import Desk, Records, open_records
from tests.builders import NOON, acknowledged, answered, certificate, claimed, minutes, opened
from tests.postgres import Server

ROOT = Path(__file__).parents[2]
SHOWN = Snapshot(
    module="harbour", digest="d" * 64, version="1.2.0", title="Into the harbour",
    evidence_cutoff=NOON.date(), lessons=(), figures={},
)  # fmt: skip
DESK = Desk("ann", "harbour", "post/1")
CALLS: dict[str, Callable[[Records], object]] = {
    "append": lambda r: r.append([answered()]),
    "issue": lambda r: r.issue(certificate(), claimed()),
    "put_once": lambda r: r.put_once("colour", "red"),
    "name_person": lambda r: r.name_person("ann", "Ann", "ann@example.org"),
    "revoke": lambda r: r.revoke("LM-1", "reason"),
    "events": lambda r: r.events("ann", "harbour"),
    "journal": lambda r: list(r.journal()),
    "modules_of": lambda r: r.modules_of("ann"),
    "learners_of": lambda r: r.learners_of("harbour"),
    "person": lambda r: r.person("ann"),
    "people": lambda r: r.people("harbour"),
    "certificate": lambda r: r.certificate("LM-1"),
    "certificates": lambda r: r.certificates("ann"),
    "issued": lambda r: r.issued("harbour"),
    "keep_version": lambda r: r.keep_version(SHOWN, NOON),
    "version": lambda r: r.version("d" * 64),
    "has_version": lambda r: r.has_version("d" * 64),
    "versions": lambda r: r.versions("harbour"),
    "value": lambda r: r.value("colour"),
    "ended": lambda r: r.ended("status/1/"),
    "keep_draft": lambda r: (r.append([acknowledged()]), r.keep_draft(DESK, "harbour/form-a#knots", Draft(), NOON)),
    "drafts": lambda r: r.drafts(DESK),
    "send_in": lambda r: (r.append([acknowledged()]), r.send_in(DESK, lambda _events, _drafts: [answered()])),
}


def file_of(url: str) -> Path:
    return Path(url.removeprefix("sqlite:///"))


def test_every_call_is_covered_here() -> None:
    public = {name for name, value in vars(Records).items() if callable(value) and not name.startswith("_")}
    assert public - set(CALLS) == {"upgrade", "close"}


@pytest.mark.parametrize("name", CALLS)
def test_a_database_that_is_not_one_is_unavailable_to_every_call(name: str, sqlite_url: str) -> None:
    records = open_records(sqlite_url)
    records.close()
    for file in file_of(sqlite_url).parent.iterdir():
        file.write_bytes(b"this is not a database, it is a letter\n" * 200)
    with pytest.raises(RecordsUnavailable):
        CALLS[name](records)
    with pytest.raises(RecordsUnavailable):
        open_records(sqlite_url)


@pytest.mark.parametrize("name", CALLS)
def test_a_stopped_postgresql_is_unavailable_and_a_started_one_serves_again(
    name: str, postgres_server: Server, postgres_url: str
) -> None:
    records = open_records(postgres_url)
    CALLS[name](records)
    postgres_server.stop()
    try:
        with pytest.raises(RecordsUnavailable) as caught:
            CALLS[name](records)
        assert caught.value.__cause__ is not None
    finally:
        postgres_server.start()
    CALLS[name](records)
    records.close()


def test_a_read_only_file_can_be_read_but_says_that_nothing_was_saved(sqlite_url: str) -> None:
    records = open_records(sqlite_url)
    records.append([acknowledged()])
    records.close()
    # Root may write to any file, so SQLite itself is told that this one is read-only.
    shut = Records(make_engine(f"sqlite:///file:{file_of(sqlite_url)}?mode=ro&uri=true"))
    assert shut.events("ann", "harbour") == (acknowledged(),)
    with pytest.raises(RecordsUnavailable, match=r"Your answer was not saved\. Try again\."):
        shut.append([answered()])


def test_a_folder_that_cannot_be_made_is_unavailable(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(RecordsUnavailable):
        open_records(f"sqlite:///{tmp_path}/file/landmark.db")


def test_a_full_disk_loses_no_earlier_answer_and_says_so(sqlite_url: str) -> None:
    records = open_records(sqlite_url)
    records.append([acknowledged()])
    with sqlite3.connect(file_of(sqlite_url)) as connection:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
    records.close()
    engine = make_engine(sqlite_url)
    event.listen(engine, "connect", lambda c, _: c.execute(f"PRAGMA max_page_count = {pages}"))
    full = Records(engine)
    with pytest.raises(RecordsUnavailable):
        full.append([opened("01-lamp", n, at=minutes(n)) for n in range(200)])
    assert full.events("ann", "harbour") == (acknowledged(),)
    full.close()


def test_a_writer_waits_for_another_process_that_holds_the_file(sqlite_url: str) -> None:
    records = open_records(sqlite_url)
    holder = sqlite3.connect(file_of(sqlite_url), isolation_level=None, check_same_thread=False)
    holder.execute("BEGIN IMMEDIATE")
    Timer(0.5, holder.rollback).start()
    assert records.append([answered()]) == (answered(),)
    records.close()


WRITER = """
import sys
from modules.records.records import open_records
from tests.builders import NOON, opened
records = open_records(sys.argv[1])
for n in range(100000):
    records.append([opened("01-lamp", n)])
    print(n, flush=True)
"""


def test_a_killed_process_loses_nothing_it_said_was_saved(database_url: str) -> None:
    open_records(database_url).close()
    writer = subprocess.Popen([sys.executable, "-c", WRITER, database_url], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert writer.stdout is not None
    assert writer.stdout.readline() == "0\n"
    time.sleep(0.3)
    os.kill(writer.pid, signal.SIGKILL)
    said = 1 + len(writer.communicate()[0].splitlines())
    records = open_records(database_url)
    assert said <= len(records.events("ann", "harbour")) <= said + 1
    records.close()


def test_sqlite_is_set_to_lose_nothing_on_power_failure(sqlite_url: str) -> None:
    records = open_records(sqlite_url)
    with records._engine.connect() as connection:
        names = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        found = [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in names]
    assert found == ["wal", 2, 1, 10_000]
    records.close()
