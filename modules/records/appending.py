"""Adding to the journal: only what is new, with its words beside it and its links in the chain."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, insert, select

from modules.core.events import EVENT, Event
from modules.records import chain
from modules.records.rows import canonical, moment
from modules.records.schema import JOURNAL, WORDS
from modules.records.words import joined, lift

_MANY = 500


@dataclass(frozen=True, slots=True)
class _Made:
    """An event ready to be written: all that can be computed before others have to wait."""

    event: Event
    row: dict[str, str]
    words: tuple[dict[str, str], ...]
    body: bytes


def add_events(connection: Connection, events: Sequence[Event]) -> tuple[Event, ...]:
    """Adds those whose ids are new, and returns what stands for each id: an earlier event wins.

    Everybody else who adds waits from here to the end of the transaction, so this comes as late in it as can be.
    """
    made: dict[str, _Made] = {}
    for event in events:
        made.setdefault(str(event.id), _made(event))
    if not made:
        return ()
    chain.hold(connection, JOURNAL)
    standing = _standing(connection, list(made))
    new = [one for one in made.values() if one.row["id"] not in standing]
    if new:
        if words := [row for one in new for row in one.words]:
            connection.execute(insert(WORDS), words)
        chain.add(connection, JOURNAL, [one.row for one in new], [one.body for one in new])
    standing |= {one.row["id"]: one.event for one in new}
    return tuple(standing[str(event.id)] for event in events)


def _made(event: Event) -> _Made:
    lifted, whole = lift(event), canonical(event)
    row = {
        "id": str(event.id),
        "learner": event.learner,
        "module": event.module,
        "type": event.type,
        "at": moment(event.at),
        "payload": canonical(lifted.event) if lifted.rows else whole,
    }
    return _Made(EVENT.validate_json(whole), row, lifted.rows, chain.body(row, chain.JOURNAL_FIELDS))


def _standing(connection: Connection, ids: Sequence[str]) -> dict[str, Event]:
    found: dict[str, Event] = {}
    for start in range(0, len(ids), _MANY):
        query = select(JOURNAL.c.payload).where(JOURNAL.c.id.in_(ids[start : start + _MANY]))
        events = tuple(EVENT.validate_json(payload) for payload in connection.scalars(query))
        found |= {str(event.id): event for event in joined(connection, events)}
    return found
