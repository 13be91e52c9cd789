"""Does an answer that was acknowledged outlive a power cut? Asked of the database's settings, not of its disk."""

from sqlalchemy import Connection, Engine, text

from modules.records.engine import transaction

NOT_READ = "The records cannot be read at the moment. Try again."
SYNCHRONOUS_FULL = 2
_SERVER = {
    "fsync": "PostgreSQL runs with fsync = off: a power cut can lose acknowledged answers and break the database. "
    "Set fsync = on in postgresql.conf and restart the server.",
    "full_page_writes": "PostgreSQL runs with full_page_writes = off: a power cut can break the database. "
    "Set full_page_writes = on in postgresql.conf and reload the server.",
}
"""Only the server's owner can set these; `synchronous_commit` the app sets itself for its own connections."""
_COMMIT = (
    "PostgreSQL answers a commit before it is on disk (synchronous_commit = off), and the app could not change that: "
    "a power cut can lose acknowledged answers. Set synchronous_commit = on."
)
_SQLITE = (
    "SQLite does not wait for the disk (synchronous = {}, journal_mode = {}): a power cut can lose acknowledged "
    "answers. Let no other program change the settings of the database file, and start the app again."
)


def losses(engine: Engine) -> tuple[str, ...]:
    """A sentence for each setting under which a power cut loses what was acknowledged; empty when none does."""
    with transaction(engine, NOT_READ) as connection:
        return _sqlite(connection) if engine.dialect.name == "sqlite" else _postgresql(connection)


def _sqlite(connection: Connection) -> tuple[str, ...]:
    """https://www.sqlite.org/pragma.html#pragma_synchronous: in WAL mode only FULL or more is durable."""
    synchronous = int(connection.scalar(text("PRAGMA synchronous")) or 0)
    mode = str(connection.scalar(text("PRAGMA journal_mode")))
    durable = synchronous >= SYNCHRONOUS_FULL and mode in ("wal", "delete")
    return () if durable else (_SQLITE.format(synchronous, mode),)


def _postgresql(connection: Connection) -> tuple[str, ...]:
    """https://www.postgresql.org/docs/current/runtime-config-wal.html, fsync and synchronous_commit."""
    told = [sentence for name, sentence in _SERVER.items() if _setting(connection, name) == "off"]
    return tuple(told + ([_COMMIT] if _setting(connection, "synchronous_commit") == "off" else []))


def _setting(connection: Connection, name: str) -> str:
    return str(connection.scalar(text("SELECT current_setting(:name)"), {"name": name}))
