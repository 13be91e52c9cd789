"""Copies made while others write: each is one moment of the chain, and goes into an empty database only."""

import json
import stat
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa

from modules import cli
from modules.records.audit import audit
from modules.records.backup import NotCopied, backup, restore
from modules.records.deeds import deeds
from modules.records.records import Records, open_records
from modules.records.schema import JOURNAL, LEARNERS, WORDS
from tests.builders import acknowledged, answered, opened
from tests.postgres import Server
from tests.records.persons import marked
from tests.records.tampering import tamper

WRITERS = 4


@pytest.fixture
def second_url(records_url: str, tmp_path: Path, request: pytest.FixtureRequest) -> str:
    """An empty place of the same kind."""
    if records_url.startswith("sqlite"):
        return f"sqlite:///{tmp_path / 'restored' / 'landmark.db'}"
    server: Server = request.getfixturevalue("postgres_server")
    return server.new_database()


@contextmanager
def load(records: Records) -> Iterator[None]:
    """Learners who go on answering; the copy begins once each has written."""
    over, begun = threading.Event(), threading.Barrier(WRITERS + 1)

    def write(learner: str) -> None:
        for n in range(10_000):
            records.append([opened("01-lamp", n, learner=learner), answered(f"item-{n}", learner=learner)])
            if n == 5:
                begun.wait()
            if over.is_set():
                return

    threads = [threading.Thread(target=write, args=(f"learner-{n}",)) for n in range(WRITERS)]
    for thread in threads:
        thread.start()
    begun.wait()
    try:
        yield
    finally:
        over.set()
        for thread in threads:
            thread.join()


def rows(records: Records, table: sa.Table) -> list[tuple[object, ...]]:
    with records.engine.connect() as connection:
        return [tuple(row) for row in connection.execute(sa.select(table).order_by(*table.primary_key.columns))]


def test_a_copy_made_under_load_is_the_chain_up_to_a_moment(
    records: Records, records_url: str, second_url: str, tmp_path: Path
) -> None:
    marked(records)
    with load(records):
        before = len(rows(records, JOURNAL))
        backup(records_url, tmp_path / "copy")
        after = len(rows(records, JOURNAL))
    restore(second_url, tmp_path / "copy")
    restored = open_records(second_url)
    found = audit(restored)
    assert found.sound, found
    mine, theirs = rows(restored, JOURNAL), rows(records, JOURNAL)
    assert before <= len(mine) <= after < len(theirs) + 1
    assert mine == theirs[: len(mine)]
    assert set(rows(restored, LEARNERS)) <= set(rows(records, LEARNERS))
    assert rows(restored, WORDS) == rows(records, WORDS)
    restored.append([acknowledged("new")])
    assert audit(restored).sound
    with pytest.raises(sa.exc.DBAPIError, match="only added to"), restored.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM journal")
    restored.close()


def test_nothing_is_written_over(records: Records, records_url: str, second_url: str, tmp_path: Path) -> None:
    records.append([acknowledged()])
    copy = tmp_path / "copy"
    backup(records_url, copy)
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    with pytest.raises(NotCopied, match="is there already"):
        backup(records_url, copy)
    with pytest.raises(NotCopied, match="empty"):
        restore(records_url, copy)
    with pytest.raises(NotCopied, match="There is no file"):
        restore(second_url, tmp_path / "none")


def test_a_copy_that_fails_leaves_no_file(records_url: str, records: Records, second_url: str, tmp_path: Path) -> None:
    broken = tmp_path / "broken"
    broken.write_bytes(b"this is a letter, not a copy of records\n" * 100)
    with pytest.raises(NotCopied):
        restore(second_url, broken)
    with pytest.raises(NotCopied):
        backup(records_url, tmp_path / "no folder" / "copy")
    assert [one.name for one in tmp_path.rglob("*unfinished*")] == []


def test_without_the_program_the_sentence_says_what_to_install(
    postgres_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("modules.records.backup.PROGRAMS", tmp_path)
    with pytest.raises(NotCopied, match="Install the client programs of PostgreSQL"):
        backup(postgres_url, tmp_path / "copy")


def test_on_the_command_line(
    records: Records, records_url: str, second_url: str, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    """Backup, restore, audit with a head kept elsewhere, and the deeds."""
    records.append([acknowledged(), opened("01-lamp"), answered()])
    monkeypatch.setenv("LANDMARK_DATABASE_URL", records_url)
    head = tmp_path / "head.json"
    assert cli.main(["audit", "--head", str(head)]) == 0
    assert cli.main(["backup", str(tmp_path / "copy")]) == 0
    assert cli.main(["backup", str(tmp_path / "copy")]) == 2
    assert cli.main(["purge", "--dry-run"]) == 0
    monkeypatch.setenv("LANDMARK_DATABASE_URL", second_url)
    assert cli.main(["restore", str(tmp_path / "copy")]) == 0
    assert cli.main(["audit", "--from", str(head)]) == 0
    assert "journal: 3 rows, all as they were written." in capsys.readouterr().out
    restored = open_records(second_url)
    assert [deed.act for deed in deeds(restored)] == ["backup"]
    assert cli.main(["deeds", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["act"] == "backup"
    tamper(restored, "DELETE FROM journal WHERE seq = 3")
    assert cli.main(["audit", "--from", str(head)]) == 1
    assert "journal: row 3 is no longer the one that was noted." in capsys.readouterr().out
    tamper(restored, "UPDATE journal SET at = 'x' WHERE seq = 1")
    assert cli.main(["audit", "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert (told["breaks"]["journal"]["seq"], told["breaks"]["journal"]["what"]) == (1, "changed")
    restored.close()
