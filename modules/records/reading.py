"""Reading the journal: on from where it was read last, and in batches; erased words read as such."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select

from modules.core.events import EVENT, Event
from modules.records.recent import Read
from modules.records.schema import JOURNAL
from modules.records.words import joined, put_back, references, texts_of

BATCH = 500
PURGED = "purged"
"""The type of a row whose content is gone."""
NEWER = (
    select(JOURNAL.c.seq, JOURNAL.c.payload)
    .where(JOURNAL.c.learner == bindparam("learner"), JOURNAL.c.module == bindparam("module"))
    .where(JOURNAL.c.seq > bindparam("after"))
    .order_by(JOURNAL.c.seq)
)


def read_on(connection: Connection, known: Read, learner: str, module: str) -> Read:
    """What was added since; words are asked for each time, since they can be erased."""
    rows = connection.execute(NEWER, {"learner": learner, "module": module, "after": known.seq}).all()
    added = tuple(EVENT.validate_json(row.payload) for row in rows)
    refs = known.refs + references(added)
    texts: Mapping[str, str] = texts_of(connection, refs) if refs else {}
    if not rows and texts == known.texts:
        return known
    raw = known.raw + added
    return Read(rows[-1].seq if rows else known.seq, put_back(raw, texts) if refs else raw, raw, refs, texts)


def batch(connection: Connection, module: str | None, after: int) -> tuple[int, tuple[Event, ...]]:
    """The seq of the last row read, 0 at the end, and the events after `after`."""
    query = select(JOURNAL.c.seq, JOURNAL.c.payload).where(JOURNAL.c.seq > after, JOURNAL.c.type != PURGED)
    if module is not None:
        query = query.where(JOURNAL.c.module == module)
    rows: Sequence[Row[Any, Any]] = connection.execute(query.order_by(JOURNAL.c.seq).limit(BATCH)).all()
    events = joined(connection, tuple(EVENT.validate_json(row.payload) for row in rows))
    return (rows[-1].seq if rows else 0), events
