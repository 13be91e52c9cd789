"""Free text of learners, kept beside the journal so that it can be erased though the journal is only added to.

In the journal's payload stands, in the place of each text, SHA-256 of a random salt and the text. Salt and text lie in
`words`. While they are there, the chain proves them; once they are gone, nothing can be learnt from the number.
"""

import hashlib
import json
import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, select

from modules.core.events import Event, ItemAnswered
from modules.core.responses import Committed, Written
from modules.records.schema import WORDS

ERASED = "(erased)"
_MANY = 500


@dataclass(frozen=True, slots=True)
class Lifted:
    """An event with references in the place of texts, and the rows that hold the texts."""

    event: Event
    rows: tuple[dict[str, str], ...]


def lift(event: Event) -> Lifted:
    rows: list[dict[str, str]] = []

    def out(text: str) -> str:
        rows.append(word_row(event.learner, text))
        return rows[-1]["id"]

    return Lifted(_with(event, out), tuple(rows))


def word_row(learner: str, text: str) -> dict[str, str]:
    salt = secrets.token_hex(16)
    return {"id": reference(salt, text), "learner": learner, "salt": salt, "text": json.dumps(text)}


def reference(salt: str, text: str) -> str:
    return hashlib.sha256(f"{salt}{text}".encode()).hexdigest()


def references(events: Iterable[Event]) -> tuple[str, ...]:
    """What stands in the place of texts, in events as they are in the journal."""
    return tuple(text for event in events for text in _texts(event))


def texts_of(connection: Connection, wanted: tuple[str, ...]) -> dict[str, str]:
    """By reference; erased ones are missing."""
    found: dict[str, str] = {}
    for start in range(0, len(wanted), _MANY):
        query = select(WORDS.c.id, WORDS.c.text).where(WORDS.c.id.in_(wanted[start : start + _MANY]))
        found |= {row.id: json.loads(row.text) for row in connection.execute(query)}
    return found


def put_back(events: tuple[Event, ...], texts: Mapping[str, str]) -> tuple[Event, ...]:
    return tuple(_with(event, lambda one: texts.get(one, ERASED)) if _texts(event) else event for event in events)


def joined(connection: Connection, events: tuple[Event, ...]) -> tuple[Event, ...]:
    """Events as they are in the journal, with the texts that are still kept."""
    wanted = references(events)
    return put_back(events, texts_of(connection, wanted)) if wanted else events


def _texts(event: Event) -> tuple[str, ...]:
    """An empty text is no text: a question that was left out."""
    if not isinstance(event, ItemAnswered):
        return ()
    match event.response:
        case Written(text=text):
            return (text,) if text else ()
        case Committed(statements=statements):
            return tuple(one for one in statements if one)
        case _:
            return ()


def _with(event: Event, change: Callable[[str], str]) -> Event:
    if not isinstance(event, ItemAnswered):
        return event
    match event.response:
        case Written(text=text) if text:
            response: Written | Committed = Written(text=change(text))
        case Committed(statements=statements):
            response = Committed(statements=tuple(change(one) if one else one for one in statements))
        case _:
            return event
    return event.model_copy(update={"response": response})
