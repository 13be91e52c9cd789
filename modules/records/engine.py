"""Connections to SQLite or PostgreSQL, and bringing their tables up to date."""

import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import SQLAlchemyError

from modules.core.errors import RecordsUnavailable

log = logging.getLogger("landmark.records")
BUSY_SECONDS = 10
NOT_UPGRADED = "The records could not be brought up to date."
UPGRADE_LOCK = 7_316_402_118_650_113
"""Any number will do for PostgreSQL's advisory lock, as long as it stays the same."""

# Alembic keeps the running migration in module globals: one at a time in a process.
_upgrading = threading.Lock()


def make_engine(url: str) -> Engine:
    """One pool for the process; each call takes its own connection, so none is shared over threads."""
    if make_url(url).get_backend_name() == "sqlite":
        return _sqlite(url)
    return create_engine(
        url, pool_pre_ping=True, pool_size=10, connect_args={"connect_timeout": 5}, hide_parameters=True
    )


def _sqlite(url: str) -> Engine:
    engine = create_engine(url, connect_args={"timeout": BUSY_SECONDS}, hide_parameters=True)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:
    """sqlite3 would begin transactions by its own rules; None here leaves them to _begin_sqlite."""
    connection.isolation_level = None
    for pragma in (f"busy_timeout = {BUSY_SECONDS * 1000}", "synchronous = FULL", "foreign_keys = ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    """A writer takes the lock at once; a reader that turns writer cannot wait for it (SQLite: BEGIN)."""
    options = connection.get_execution_options()
    if not options.get("plain"):
        connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get("writes") else "BEGIN")


def writing(engine: Engine) -> Engine:
    """The same pool, for transactions that write."""
    return engine.execution_options(writes=True)


@contextmanager
def transaction(engine: Engine, sentence: str) -> Iterator[Connection]:
    """One transaction, committed at the end; whatever the database refuses becomes RecordsUnavailable."""
    try:
        with engine.begin() as connection:
            yield connection
    except SQLAlchemyError as error:
        log.warning("%s The database said: %s", sentence, _reason(error))
        raise RecordsUnavailable(sentence) from error


def _reason(error: SQLAlchemyError) -> str:
    """Its first line: what follows may hold the values of a row, and they may be personal."""
    said = str(getattr(error, "orig", None) or error).strip()
    return said.splitlines()[0] if said else type(error).__name__


def upgrade(engine: Engine) -> None:
    """Every migration in one transaction under one lock: of two processes that start at once, one waits."""
    if engine.dialect.name == "sqlite":
        _write_ahead(engine)
    with _upgrading, transaction(writing(engine), NOT_UPGRADED) as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": UPGRADE_LOCK})
        command.upgrade(alembic_config(connection), "head")


def alembic_config(connection: Connection) -> Config:
    config = Config()
    folder = Path(__file__).with_name("migrations")
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def _write_ahead(engine: Engine) -> None:
    """WAL is kept in the file. Changing to it does not wait for other connections, so it is tried again."""
    until = time.monotonic() + BUSY_SECONDS
    outside = engine.execution_options(plain=True)
    while True:
        try:
            with outside.connect() as connection:
                connection.exec_driver_sql("PRAGMA journal_mode = WAL")
            return
        except SQLAlchemyError as error:
            if "locked" not in str(error) or time.monotonic() > until:
                raise RecordsUnavailable("The records could not be opened.") from error
            time.sleep(0.05)
