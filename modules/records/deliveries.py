"""How far each learning record store has been given the journal, and what comes next."""

from datetime import UTC, datetime

from sqlalchemy import Connection, select, text
from sqlalchemy.dialects import postgresql, sqlite

from modules.core.events import EVENT, Event
from modules.records.engine import transaction, writing
from modules.records.records import Records
from modules.records.schema import DELIVERIES, JOURNAL

NOT_SAVED = "How far the delivery came could not be recorded. Try again."
NOT_READ = "The journal cannot be read at the moment. Try again."


def position(records: Records, store: str) -> int:
    """The last place in the journal that was delivered; 0 when none was."""
    query = select(DELIVERIES.c.seq).where(DELIVERIES.c.store == store)
    with transaction(records.engine, NOT_READ) as connection:
        return connection.scalars(query).one_or_none() or 0


def move(records: Records, store: str, seq: int, *, now: datetime) -> None:
    """A position behind the one recorded changes nothing: another delivery has been quicker."""
    values = {"seq": seq, "at": now.astimezone(UTC).isoformat(timespec="microseconds")}
    with transaction(writing(records.engine), NOT_SAVED) as connection:
        insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
        made = insert(DELIVERIES).values(store=store, **values)
        ahead = DELIVERIES.c.seq < made.excluded.seq
        connection.execute(made.on_conflict_do_update(index_elements=["store"], set_=values, where=ahead))


def events_after(records: Records, seq: int, limit: int) -> tuple[tuple[int, Event], ...]:
    """The next events with their places, in order; nothing is written before them any more."""
    query = select(JOURNAL.c.seq, JOURNAL.c.payload).where(JOURNAL.c.seq > seq).order_by(JOURNAL.c.seq)
    with transaction(records.engine, NOT_READ) as connection:
        if connection.execute(query.limit(1)).first() is None:
            return ()
        _settle(connection)
        rows = connection.execute(query.limit(limit)).all()
    return tuple((row.seq, EVENT.validate_json(row.payload)) for row in rows)


def _settle(connection: Connection) -> None:
    """PostgreSQL gives places before it commits: a lower one may appear after a higher one, and would be passed over.

    The lock waits until every writer at work is done, for a quarter of a second at most, so that learners never wait
    behind it for longer. SQLite has one writer at a time, and places in the order of commits.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET LOCAL lock_timeout = '250ms'"))
        connection.execute(text("LOCK TABLE journal IN SHARE MODE"))
