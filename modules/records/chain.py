"""The chain: each row of the journal and of the deeds carries a SHA-256 that rests on the row before it.

`link` is SHA-256 over {"previous": link of the row before, "row": the row without seq and link} in the canonical form
of RFC 8785, in hex. `seq` only says the order, which is that of the chain. What is kept as JSON is hashed as its value.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import rfc8785
from sqlalchemy import Connection, Table, insert, select, text

START = "0" * 64
"""What stands for the link before the first row."""
JOURNAL_FIELDS = ("id", "learner", "module", "type", "at", "payload")
DEED_FIELDS = ("at", "actor", "act", "subject", "detail")
_JSON = frozenset({"payload", "detail"})
_LOCKS = {"journal": 7_316_402_118_650_114, "deeds": 7_316_402_118_650_115}
"""Any numbers will do for PostgreSQL's advisory locks, as long as they stay the same."""

What = Literal["changed", "missing", "inserted", "moved"]


@dataclass(frozen=True, slots=True)
class Chained:
    """A row as read. `body` None: its content was purged, only seq and link are left. `name`: its id, or its act."""

    seq: int
    name: str
    link: str
    body: bytes | None


@dataclass(frozen=True, slots=True)
class Break:
    """The first row where the chain does not hold. `after`: the seq of the last row that holds; 0 before the first."""

    what: What
    row: Chained
    after: int


def body(row: Mapping[str, str], fields: Sequence[str]) -> bytes:
    """The canonical form of a row's content."""
    return canonical_form({name: json.loads(row[name]) if name in _JSON else row[name] for name in fields})


def canonical_form(value: dict[str, Any]) -> bytes:
    """RFC 8785. Most rows hold only what Python's own writer spells alike, and it is ten times as fast."""
    try:
        return json.dumps(_alike(value), ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    except _Unlike:
        return rfc8785.dumps(value)


class _Unlike(Exception):
    """A value that Python and RFC 8785 may spell in two ways."""


def _alike(value: Any) -> Any:
    """Whole floats as integers. Python sorts keys by code points, and writes exponents where RFC 8785 has digits."""
    match value:
        case str() | bool() | None:
            return value
        case dict():
            if not all(key.isascii() for key in value):
                raise _Unlike
            return {key: _alike(one) for key, one in value.items()}
        case list():
            return [_alike(one) for one in value]
        case int() | float():
            size = abs(value)
            if not (size == 0 or 1e-4 <= size < 1e15):
                raise _Unlike
            return int(value) if value == int(value) else value
        case _:
            raise _Unlike


def link(previous: str, content: bytes) -> str:
    """RFC 8785 sorts keys and adds no spaces, so the frame can be written around a body made before."""
    return hashlib.sha256(b'{"previous":"%s","row":%s}' % (previous.encode(), content)).hexdigest()


def hold(connection: Connection, table: Table) -> None:
    """Until the end of the transaction nobody else adds to the table. SQLite has one writer at a time anyway."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCKS[table.name]})


def add(connection: Connection, table: Table, rows: Sequence[dict[str, str]], bodies: Sequence[bytes]) -> None:
    """After `hold`. The rows are given their links in this order, which becomes the order of seq."""
    newest = select(table.c.link).order_by(table.c.seq.desc()).limit(1)
    previous = connection.scalars(newest).one_or_none() or START
    linked = []
    for row, content in zip(rows, bodies, strict=True):
        previous = link(previous, content)
        linked.append(row | {"link": previous})
    connection.execute(insert(table), linked)


class Walk:
    """Follows a chain row by row; `first` is the first break, None while it holds.

    A look at the rows before and after tells a row put in, or two that changed places, from one that was changed.
    """

    def __init__(self) -> None:
        self.first: Break | None = None
        self._older = self._last = Chained(0, "", START, None)
        self._odd: Chained | None = None

    def follow(self, rows: Iterable[Chained]) -> None:
        for row in rows:
            self._step(row)

    def end(self) -> Break | None:
        """After the last row."""
        if self._odd is not None:
            self._found(self._odd, None)
        return self.first

    def _step(self, row: Chained) -> None:
        if self.first is not None:
            return
        if self._odd is not None:
            self._found(self._odd, row)
        elif row.body is None or link(self._last.link, row.body) == row.link:
            self._older, self._last = self._last, row
        else:
            self._odd = row

    def _found(self, row: Chained, following: Chained | None) -> None:
        last = self._last
        if last.body is not None and _holds(self._older.link, row):
            self.first = Break("inserted", last, self._older.seq)
        elif following is not None and _holds(last.link, following):
            moved = _holds(following.link, row)
            self.first = Break("moved" if moved else "inserted", row, last.seq)
        elif row.seq > last.seq + 1:
            self.first = Break("missing", row, last.seq)
        else:
            self.first = Break("changed", row, last.seq)
        self._odd = None


def _holds(previous: str, row: Chained) -> bool:
    return row.body is not None and link(previous, row.body) == row.link
