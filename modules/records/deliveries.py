"""How far each learning record store has been given the journal, and what comes next."""

from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from modules.core.events import EVENT, Event
from modules.records.engine import transaction, writing
from modules.records.reading import PURGED
from modules.records.records import Records
from modules.records.schema import DELIVERIES, JOURNAL
from modules.records.words import joined

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
    """The next events with their places, in order; those that were purged are passed over.

    Nothing appears before them later: whoever adds to the journal holds its chain until the end of the transaction, so
    places are given in the order of commits.
    """
    query = select(JOURNAL.c.seq, JOURNAL.c.payload).where(JOURNAL.c.seq > seq, JOURNAL.c.type != PURGED)
    with transaction(records.engine, NOT_READ) as connection:
        rows = connection.execute(query.order_by(JOURNAL.c.seq).limit(limit)).all()
        events = joined(connection, tuple(EVENT.validate_json(row.payload) for row in rows))
    return tuple((row.seq, event) for row, event in zip(rows, events, strict=True))
