"""Who read, exported, erased or copied what: added to, never changed, and chained like the journal."""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from modules.core.people import Actor
from modules.records.deed_rows import Deed, add_deed
from modules.records.engine import transaction, writing
from modules.records.records import NOT_READ, Records
from modules.records.schema import DEEDS

NOT_NOTED = "What you asked for was not done, since it could not be noted. Try again."
ONCE = timedelta(minutes=15)
"""A page that is drawn again and again is one look."""
_MANY = 500


def by(actor: Actor) -> str:
    """The id under which an actor's deeds stand."""
    return actor.account or actor.learner


def note(
    records: Records, actor: str, act: str, subject: str, *, detail: Mapping[str, Any] | None = None, now: datetime
) -> None:
    """One deed. Note it before what it allows is handed out: what could not be noted is not done."""
    with transaction(writing(records.engine), NOT_NOTED) as connection:
        add_deed(connection, Deed(0, now, actor, act, subject, dict(detail or {})))


def note_look(records: Records, actor: str, act: str, subject: str, *, now: datetime) -> None:
    """As `note`, at most once in fifteen minutes for one actor, act and subject."""
    mine = (DEEDS.c.actor == actor) & (DEEDS.c.act == act) & (DEEDS.c.subject == subject)
    with transaction(records.engine, NOT_NOTED) as connection:
        last = connection.scalars(select(DEEDS.c.at).where(mine).order_by(DEEDS.c.seq.desc()).limit(1)).one_or_none()
    if last is None or datetime.fromisoformat(last) < now - ONCE:
        note(records, actor, act, subject, now=now)


def deeds(
    records: Records, *, actor: str | None = None, act: str | None = None, subject: str | None = None
) -> Iterator[Deed]:
    """Oldest first, read in batches."""
    query = select(DEEDS).order_by(DEEDS.c.seq).limit(_MANY)
    for column, wanted in ((DEEDS.c.actor, actor), (DEEDS.c.act, act), (DEEDS.c.subject, subject)):
        query = query if wanted is None else query.where(column == wanted)
    after = 0
    while True:
        with transaction(records.engine, NOT_READ) as connection:
            rows = connection.execute(query.where(DEEDS.c.seq > after)).all()
        if not rows:
            return
        after = rows[-1].seq
        for row in rows:
            at = datetime.fromisoformat(row.at)
            yield Deed(row.seq, at, row.actor, row.act, row.subject, json.loads(row.detail))
