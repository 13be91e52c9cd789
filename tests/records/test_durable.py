"""What makes an acknowledged answer survive a power cut, asked of real servers: settings, not promises."""

import shutil
from collections.abc import Iterator

import psycopg
import pytest
import sqlalchemy as sa

from modules.records.durable import losses
from modules.records.engine import make_engine
from modules.records.records import Records, open_records
from tests.postgres import OWNER, Server, new_server


@pytest.fixture(scope="module")
def strict_server() -> Iterator[Server]:
    """As a server comes: with fsync."""
    server = new_server()
    server.stop()
    server.start(fsync="on")
    yield server
    server.stop()
    shutil.rmtree(server.folder, ignore_errors=True)


def change(server: Server, statement: str) -> None:
    with psycopg.connect(host=str(server.folder), user=OWNER, dbname="postgres", autocommit=True) as connection:
        connection.execute(statement)
        connection.execute("SELECT pg_reload_conf()")


def test_sqlite_waits_for_the_disk_before_it_answers(sqlite_records: Records) -> None:
    with sqlite_records.engine.connect() as connection:
        assert connection.scalar(sa.text("PRAGMA synchronous")) == 2
        assert connection.scalar(sa.text("PRAGMA journal_mode")) == "wal"
    assert losses(sqlite_records.engine) == ()


def test_sqlite_that_does_not_wait_is_told_of(sqlite_records: Records) -> None:
    sa.event.listen(sqlite_records.engine, "connect", lambda found, _: found.execute("PRAGMA synchronous = NORMAL"))
    sqlite_records.engine.dispose()
    (sentence,) = losses(sqlite_records.engine)
    assert "synchronous = 1" in sentence


def test_postgresql_as_it_comes_loses_nothing(strict_server: Server) -> None:
    records = open_records(strict_server.new_database())
    assert losses(records.engine) == ()
    records.close()


def test_a_server_without_fsync_is_told_of_since_the_app_cannot_set_it(postgres_url: str) -> None:
    records = open_records(postgres_url)
    (sentence,) = losses(records.engine)
    assert sentence.startswith("PostgreSQL runs with fsync = off")
    records.close()


def test_commits_that_do_not_wait_are_set_right_by_the_app_itself(strict_server: Server) -> None:
    url = strict_server.new_database()
    change(strict_server, "ALTER SYSTEM SET synchronous_commit = off")
    try:
        engine = make_engine(url)
        assert losses(engine) == ()
        with engine.connect() as connection:
            assert connection.scalar(sa.text("SHOW synchronous_commit")) == "on"
            connection.execute(sa.text("SET synchronous_commit = off"))
            connection.commit()
        assert [one[:44] for one in losses(engine)] == ["PostgreSQL answers a commit before it is on "]
        engine.dispose()
    finally:
        change(strict_server, "ALTER SYSTEM RESET synchronous_commit")


def test_a_stricter_setting_of_the_server_stays(strict_server: Server) -> None:
    url = strict_server.new_database()
    change(strict_server, "ALTER SYSTEM SET synchronous_commit = remote_apply")
    try:
        engine = make_engine(url)
        with engine.connect() as connection:
            assert connection.scalar(sa.text("SHOW synchronous_commit")) == "remote_apply"
        engine.dispose()
    finally:
        change(strict_server, "ALTER SYSTEM RESET synchronous_commit")


def test_torn_pages_are_told_of(strict_server: Server) -> None:
    change(strict_server, "ALTER SYSTEM SET full_page_writes = off")
    try:
        engine = make_engine(strict_server.new_database())
        assert [one[:39] for one in losses(engine)] == ["PostgreSQL runs with full_page_writes ="]
        engine.dispose()
    finally:
        change(strict_server, "ALTER SYSTEM RESET full_page_writes")
