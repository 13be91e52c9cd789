"""The purge: what is past its time loses its content and keeps its place in the chain, and a deed proves it."""

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, exists, func, insert, literal, select, tuple_, update
from sqlalchemy import Text as Words

from modules.core.events import EVENT
from modules.records import chain
from modules.records.audit import purge_proof
from modules.records.deed_rows import Deed, add_deed
from modules.records.engine import transaction, writing
from modules.records.privacy import overwrite
from modules.records.reading import PURGED
from modules.records.records import Records
from modules.records.rows import insert_new, moment
from modules.records.schema import (
    ACCOUNTS,
    BELONGS,
    CERTIFICATES,
    DRAFTS,
    JOURNAL,
    LEARNERS,
    NOTES,
    PURGING,
    SENT,
    STANDS,
    WORDS,
)
from modules.records.words import references

NOT_PURGED = "Nothing was purged. Try again."
_MANY = 400
Group = tuple[str, str]
"""Learner and module."""
Rows = Sequence[Row[Any, Any, Any]]
"""With seq, link and payload."""


@dataclass(frozen=True, slots=True)
class Purged:
    """Rows of the journal, certificates and learners that went, or would go; `proof` as the deed holds it."""

    rows: int
    certificates: int
    learners: int
    proof: dict[str, Any]


def purge(records: Records, since: datetime, *, by: str, now: datetime, dry: bool = False) -> Purged:
    """All of a learner in a module goes together, when the last of it was done before `since`. One transaction."""
    with transaction(writing(records.engine), NOT_PURGED) as connection:
        groups = _over(connection, moment(since))
        rows = [row for group in groups for row in _rows_of(connection, group)]
        rows.sort(key=lambda row: row.seq)
        proof = purge_proof([(row.seq, row.link) for row in rows])
        numbers = [number for group in groups for number in _certificates_of(connection, group)]
        if dry:
            return Purged(len(rows), len(numbers), 0, proof)
        gone = _take(connection, groups, rows, numbers, at=moment(now)) if rows else 0
        if rows:
            told = {**proof, "before": moment(since), "certificates": len(numbers), "learners": gone}
            add_deed(connection, Deed(0, now, by, "purge", "journal", told))
    overwrite(records.engine, most=sys.maxsize)
    return Purged(len(rows), len(numbers), gone, proof)


def _over(connection: Connection, before: str) -> list[Group]:
    query = select(JOURNAL.c.learner, JOURNAL.c.module).where(JOURNAL.c.type != PURGED)
    query = query.group_by(JOURNAL.c.learner, JOURNAL.c.module).having(func.max(JOURNAL.c.at) < before)
    return [(row.learner, row.module) for row in connection.execute(query)]


def _take(
    connection: Connection,
    groups: Sequence[Group],
    rows: Rows,
    numbers: Sequence[str],
    *,
    at: str,
) -> int:
    """How many learners went with their rows."""
    chain.hold(connection, JOURNAL)
    _delete_words(connection, rows)
    _stub(connection, [row.seq for row in rows], at)
    _delete_beside(connection, groups, numbers)
    return _delete_learners(connection, {learner for learner, _ in groups})


def _rows_of(connection: Connection, group: Group) -> Rows:
    query = select(JOURNAL.c.seq, JOURNAL.c.link, JOURNAL.c.payload)
    return connection.execute(query.where(tuple_(JOURNAL.c.learner, JOURNAL.c.module) == group)).all()


def _certificates_of(connection: Connection, group: Group) -> Sequence[str]:
    where = tuple_(CERTIFICATES.c.learner, CERTIFICATES.c.module) == group
    return connection.scalars(select(CERTIFICATES.c.number).where(where)).all()


def _delete_words(connection: Connection, rows: Rows) -> None:
    named = references(EVENT.validate_json(row.payload) for row in rows)
    for start in range(0, len(named), _MANY):
        connection.execute(delete(WORDS).where(WORDS.c.id.in_(named[start : start + _MANY])))


def _stub(connection: Connection, seqs: Sequence[int], at: str) -> None:
    """The trigger lets a row become a stub only while `purging` holds a row, and only in this shape."""
    insert_new(connection, LEARNERS, [{"id": PURGED, "kind": "guest", "created_at": at}])
    connection.execute(insert(PURGING).values(never="a key that leads nowhere"))
    stub = {
        "id": literal(f"{PURGED}-") + JOURNAL.c.seq.cast(Words),
        "payload": json.dumps({"purge": at}),
        "learner": PURGED,
        "type": PURGED,
        "module": "",
        "at": "",
    }
    for start in range(0, len(seqs), _MANY):
        which = JOURNAL.c.seq.in_(seqs[start : start + _MANY])
        connection.execute(update(JOURNAL).where(which).values(stub))
    connection.execute(delete(PURGING))


def _delete_beside(connection: Connection, groups: Sequence[Group], numbers: Sequence[str]) -> None:
    for learner, module in groups:
        for table in (CERTIFICATES, DRAFTS, NOTES):
            connection.execute(delete(table).where((table.c.learner == learner) & (table.c.module == module)))
        connection.execute(delete(STANDS).where((STANDS.c.learner == learner) & (STANDS.c.module == module)))
    for start in range(0, len(numbers), _MANY):
        connection.execute(delete(SENT).where(SENT.c.certificate.in_(numbers[start : start + _MANY])))


def _delete_learners(connection: Connection, learners: set[str]) -> int:
    """Those of whom nothing is left, unless an account stands behind them."""
    left = [
        exists().where(table.c.learner == LEARNERS.c.id)
        for table in (JOURNAL, CERTIFICATES, DRAFTS, NOTES, WORDS, ACCOUNTS, BELONGS, STANDS)
    ]
    gone = 0
    for learner in sorted(learners):
        which = (LEARNERS.c.id == learner) & ~left[0]
        for one in left[1:]:
            which &= ~one
        gone += connection.execute(delete(LEARNERS).where(which)).rowcount
    return gone
