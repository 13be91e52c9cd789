"""The audit: whether journal and deeds are as they were written, and every certificate rests on a claim."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Engine, Row, Table, select

from modules.records import chain
from modules.records.chain import Break, Chained, Walk
from modules.records.engine import transaction
from modules.records.reading import PURGED
from modules.records.records import NOT_READ, Records
from modules.records.schema import CERTIFICATES, DEEDS, JOURNAL, WORDS
from modules.records.words import reference

_MANY = 1000
_FIELDS = {"journal": chain.JOURNAL_FIELDS, "deeds": chain.DEED_FIELDS}


@dataclass(frozen=True, slots=True)
class Head:
    """The newest row of a table: `seq` 0 and the start of the chain when it is empty."""

    seq: int
    link: str


@dataclass
class Found:
    """What an audit found. `breaks` by table, `heads` of what was read, `faults` as sentences; all good when empty."""

    rows: dict[str, int] = field(default_factory=dict)
    heads: dict[str, Head] = field(default_factory=dict)
    breaks: dict[str, Break] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        return not self.breaks and not self.faults


@dataclass
class _Seen:
    """What is gathered on the way and compared at the end."""

    claims: set[str] = field(default_factory=set)
    words: dict[str, str] = field(default_factory=dict)
    stubs: dict[str, "_Purge"] = field(default_factory=dict)
    purges: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    erased: set[str] = field(default_factory=set)


class _Purge:
    """Count, ends and digest of the stubs of one purge."""

    def __init__(self) -> None:
        self.count, self.first, self.last = 0, 0, 0
        self._digest = hashlib.sha256()

    def take(self, seq: int, link: str) -> None:
        self.count, self.first, self.last = self.count + 1, self.first or seq, seq
        self._digest.update(f"{seq}:{link}\n".encode())

    def told(self) -> dict[str, Any]:
        return {"count": self.count, "first": self.first, "last": self.last, "digest": self._digest.hexdigest()}


def purge_proof(rows: list[tuple[int, str]]) -> dict[str, Any]:
    """What a deed tells of purged rows, given as (seq, link) in their order."""
    purge = _Purge()
    for seq, link in rows:
        purge.take(seq, link)
    return purge.told()


def audit(records: Records) -> Found:
    """Reads one moment of the records, in batches, while others go on writing."""
    found, seen = Found(), _Seen()
    with transaction(_of_one_moment(records), NOT_READ) as connection:
        for table in (JOURNAL, DEEDS):
            _follow(connection, table, found, seen)
        found.faults += [*_purges(seen), *_certificates(connection, seen), *_words(connection, seen)]
    return found


def _of_one_moment(records: Records) -> Engine:
    """SQLite always reads one moment in a transaction."""
    if records.engine.dialect.name == "sqlite":
        return records.engine
    return records.engine.execution_options(isolation_level="REPEATABLE READ")


def _follow(connection: Connection, table: Table, found: Found, seen: _Seen) -> None:
    walk, count, head = Walk(), 0, Head(0, chain.START)
    for rows in _batches(connection, table):
        walk.follow(_chained(row, table) for row in rows)
        for row in rows:
            _gather(seen, row, table)
        count, head = count + len(rows), Head(rows[-1].seq, rows[-1].link)
    found.rows[table.name], found.heads[table.name] = count, head
    if broken := walk.end():
        found.breaks[table.name] = broken


def holds(records: Records, table: str, head: Head) -> bool:
    """Whether a head that was printed earlier is still in the chain."""
    where = {"journal": JOURNAL, "deeds": DEEDS}[table]
    if head.seq == 0:
        return head.link == chain.START
    with transaction(records.engine, NOT_READ) as connection:
        return connection.scalars(select(where.c.link).where(where.c.seq == head.seq)).one_or_none() == head.link


def _batches(connection: Connection, table: Table) -> Iterator[Sequence[Row[Any, Any]]]:
    after = 0
    while rows := connection.execute(select(table).where(table.c.seq > after).order_by(table.c.seq).limit(_MANY)).all():
        yield rows
        after = rows[-1].seq


def _chained(row: Row[Any, Any], table: Table) -> Chained:
    name = row.id if table is JOURNAL else row.act
    if table is JOURNAL and row.type == PURGED:
        return Chained(row.seq, name, row.link, None)
    try:
        return Chained(row.seq, name, row.link, chain.body(row._asdict(), _FIELDS[table.name]))
    except ValueError:  # what is there can no longer be read as JSON: not what was written
        return Chained(row.seq, name, row.link, b"")


def _gather(seen: _Seen, row: Row[Any, Any], table: Table) -> None:
    try:
        content = json.loads(row.payload if table is JOURNAL else row.detail)
    except ValueError:
        return
    if table is DEEDS:
        if row.act == "purge":
            seen.purges[row.at] = content
        if row.act == "erase-learner":
            seen.erased |= {row.subject, *content.get("learners", ())}
    elif row.type == PURGED:
        seen.stubs.setdefault(str(content.get("purge")), _Purge()).take(row.seq, row.link)
    elif row.type == "credit-claimed":
        seen.claims.add(str(content.get("certificate")))
    elif row.type == "item-answered":
        response = content.get("response") or {}
        for one in (response.get("text"), *response.get("statements", ())):
            if one:
                seen.words[one] = row.learner


def _purges(seen: _Seen) -> Iterator[str]:
    for at, purge in seen.stubs.items():
        if at not in seen.purges:
            yield f"Rows {purge.first} to {purge.last} have lost their content, and no deed tells of a purge."
    for at, told in seen.purges.items():
        purge = seen.stubs.get(at, _Purge())
        if {name: told.get(name) for name in purge.told()} != purge.told():
            yield f"The purge of {at} removed other rows than its deed tells: {purge.count}, not {told.get('count')}."


def _certificates(connection: Connection, seen: _Seen) -> Iterator[str]:
    """A corrected certificate rests on the claim of the one it replaces."""
    query = select(CERTIFICATES.c.number, CERTIFICATES.c.replaces)
    replaces = {row.number: row.replaces for row in connection.execute(query)}
    for number in replaces:
        one, passed = number, set[str]()
        while one not in seen.claims and replaces.get(one) and one not in passed:
            passed.add(one)
            one = replaces[one]
        if one not in seen.claims:
            yield f"Certificate {number} rests on no claim in the journal."


def _words(connection: Connection, seen: _Seen) -> Iterator[str]:
    """Texts are erased with their learner; until then each is the text that was written."""
    kept: set[str] = set()
    for row in connection.execute(select(WORDS).execution_options(yield_per=_MANY)):
        kept.add(row.id)
        if reference(row.salt, json.loads(row.text)) != row.id:
            yield f"The text {row.id[:12]} is not the one that was written."
    for one, learner in seen.words.items():
        if one not in kept and learner not in seen.erased:
            yield f"The text {one[:12]} of learner {learner} is missing, and no deed tells of an erasure."
