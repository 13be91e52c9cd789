"""All that is kept about one person, and taking it away: the person goes, the record of credit stays without a name."""

import json
import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Column, Connection, Engine, Table, delete, or_, select, text, update
from sqlalchemy.exc import SQLAlchemyError

from modules.core.events import EVENT
from modules.records.deed_rows import Deed, add_deed
from modules.records.engine import transaction, writing
from modules.records.records import NOT_READ, Records
from modules.records.schema import (
    ACCOUNTS,
    BELONGS,
    CERTIFICATES,
    CONSENTS,
    DEEDS,
    DRAFTS,
    DUTIES,
    IDENTITIES,
    JOURNAL,
    LEARNERS,
    LINKS,
    LIVE_SESSIONS,
    MAILS,
    NOTES,
    PROFILES,
    SENT,
    SIGN_INS,
    STANDS,
    WORDS,
)
from modules.records.words import ERASED, joined

log = logging.getLogger("landmark.privacy")
NAME_ERASED = "Name erased at the learner's request"
NOT_ERASED = "Nothing was erased. Try again."
ERASE = "erase-learner"
_OF_ACCOUNT = (DUTIES, SIGN_INS, IDENTITIES, LINKS, STANDS, BELONGS, PROFILES, CONSENTS)
_OF_LEARNER = (DRAFTS, NOTES, WORDS)
QUICK_BYTES = 256 * 2**20
"""A SQLite file of this size is written anew in a few seconds, for which others who write wait."""
_SECRET = {"password", "token", "mail_key", "salt", "link"}
"""Columns that say nothing about a person, or that open something: they are in no export."""


@dataclass(frozen=True, slots=True)
class Person:
    """`learners`: the account's own and the guests it claimed; a guest alone has no account."""

    account: str | None
    learners: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Erasure:
    """How many rows of each table were removed or had a name taken out; `kept`: journal rows that stay."""

    rows: dict[str, int]
    certificates: int
    kept: int

    @property
    def nothing(self) -> bool:
        return not self.certificates and not any(self.rows.values())


def person_of(connection: Connection, learner: str) -> Person:
    own = select(ACCOUNTS.c.id).where(ACCOUNTS.c.learner == learner)
    claimed = select(BELONGS.c.account).where(BELONGS.c.learner == learner)
    account = connection.scalar(own) or connection.scalar(claimed)
    if account is None:
        return Person(None, (learner,))
    first = connection.scalars(select(ACCOUNTS.c.learner).where(ACCOUNTS.c.id == account)).one()
    others = connection.scalars(select(BELONGS.c.learner).where(BELONGS.c.account == account).order_by(BELONGS.c.at))
    return Person(account, (first, *others))


def held(records: Records, learner: str) -> dict[str, list[dict[str, Any]]]:
    """Every row about a person, by table, without what opens doors; the journal with the words."""
    with transaction(records.engine, NOT_READ) as connection:
        person = person_of(connection, learner)
        found = {t.name: _rows(connection, t, t.c.account, [person.account]) for t in (*_OF_ACCOUNT,)}
        found["accounts"] = _rows(connection, ACCOUNTS, ACCOUNTS.c.id, [person.account])
        found["learners"] = _rows(connection, LEARNERS, LEARNERS.c.id, person.learners)
        for table in (DRAFTS, NOTES, CERTIFICATES):
            found[table.name] = _rows(connection, table, table.c.learner, person.learners)
        found["journal"] = _journal(connection, person.learners)
        found["live_sessions"] = _rows(connection, LIVE_SESSIONS, LIVE_SESSIONS.c.host, [person.account])
        numbers = [row["number"] for row in found["certificates"]]
        found["sent"] = _rows(connection, SENT, SENT.c.certificate, numbers)
        found["mails"] = [row for row in _rows(connection, MAILS) if _mentions(row, _marks(connection, person))]
        ids = [*person.learners, *filter(None, [person.account]), *numbers]
        about = or_(DEEDS.c.actor.in_(ids), DEEDS.c.subject.in_(ids))
        found["deeds"] = _told(connection.execute(select(DEEDS).where(about).order_by(DEEDS.c.seq)).mappings())
    return found


def erase(records: Records, learner: str, *, by: str, now: datetime) -> Erasure:
    """One transaction; a second time it finds nothing and notes nothing. The chain is not touched."""
    with transaction(writing(records.engine), NOT_ERASED) as connection:
        person = person_of(connection, learner)
        _hold(connection, person.learners)
        marks = _marks(connection, person)
        rows = {table.name: _without(connection, table.c.learner, person.learners) for table in _OF_LEARNER}
        rows["mails"] = _without_letters(connection, marks)
        certificates = _without_names(connection, person.learners, marks)
        rows["learners"] = _unnamed(connection, person.learners)
        if person.account is not None:
            rows |= {table.name: _without(connection, table.c.account, [person.account]) for table in _OF_ACCOUNT}
            rows["accounts"] = _without(connection, ACCOUNTS.c.id, [person.account])
            led = update(LIVE_SESSIONS).where(LIVE_SESSIONS.c.host == person.account)
            rows["live_sessions"] = connection.execute(led.values(host="")).rowcount
        erasure = Erasure(rows, certificates, _kept(connection, person.learners))
        if not erasure.nothing:
            told = {"learners": list(person.learners), "certificates": certificates, "rows": rows}
            add_deed(connection, Deed(0, now, by, ERASE, learner, told))
    overwrite(records.engine)
    return erasure


def _hold(connection: Connection, learners: Iterable[str]) -> None:
    """Whoever writes for these learners waits; what they then write is theirs, not the person's."""
    if connection.dialect.name == "postgresql":
        query = select(LEARNERS.c.id).where(LEARNERS.c.id.in_(learners)).order_by(LEARNERS.c.id)
        connection.execute(query.with_for_update(key_share=True)).all()


def _marks(connection: Connection, person: Person) -> set[str]:
    """Names and addresses by which the person can be found in letters and reasons, in small letters."""
    named = select(LEARNERS.c.name, LEARNERS.c.email).where(LEARNERS.c.id.in_(person.learners))
    marks = {value for row in connection.execute(named) for value in row if value}
    documents = select(CERTIFICATES.c.document).where(CERTIFICATES.c.learner.in_(person.learners))
    marks |= {json.loads(one).get("name", "") for one in connection.scalars(documents)}
    for column, key in ((ACCOUNTS.c.email, ACCOUNTS.c.id), (LINKS.c.email, LINKS.c.account)):
        marks |= {one for one in connection.scalars(select(column).where(key == person.account)) if one}
    for one in connection.scalars(select(PROFILES.c.document).where(PROFILES.c.account == person.account)):
        profile = json.loads(one)
        marks |= {profile.get(name, "") for name in ("name", "given_name", "family_name")}
    return {mark.casefold() for mark in marks if len(mark) > 2 and mark != NAME_ERASED}


def _mentions(row: dict[str, Any], marks: set[str]) -> bool:
    whole = " ".join(str(value) for value in row.values()).casefold()
    return any(mark in whole for mark in marks)


def _without(connection: Connection, column: Column[Any], ids: Sequence[str]) -> int:
    return connection.execute(delete(column.table).where(column.in_(ids))).rowcount


def _without_letters(connection: Connection, marks: set[str]) -> int:
    """Letters that wait are few; those to others that name the person go as well. A first name alone is no proof."""
    marks = {mark for mark in marks if "@" in mark or " " in mark}
    mine = [row["seq"] for row in _rows(connection, MAILS) if _mentions(row, marks)]
    return connection.execute(delete(MAILS).where(MAILS.c.seq.in_(mine))).rowcount if mine else 0


def _without_names(connection: Connection, learners: Sequence[str], marks: set[str]) -> int:
    """The certificate keeps number, module, credit, dates and scheme; a reason that names the person goes."""
    changed = 0
    query = select(CERTIFICATES.c.number, CERTIFICATES.c.document, CERTIFICATES.c.reason)
    for row in connection.execute(query.where(CERTIFICATES.c.learner.in_(learners))).all():
        document = json.loads(row.document)
        if document["name"] == NAME_ERASED:
            continue
        document |= {"name": NAME_ERASED, "profession": ""}
        reason = ERASED if row.reason and _mentions({"reason": row.reason}, marks) else row.reason
        written = json.dumps(document, sort_keys=True, separators=(",", ":"))
        which = CERTIFICATES.c.number == row.number
        connection.execute(update(CERTIFICATES).where(which).values(document=written, reason=reason))
        changed += 1
    return changed


def _unnamed(connection: Connection, learners: Sequence[str]) -> int:
    named = LEARNERS.c.id.in_(learners) & or_(LEARNERS.c.name.is_not(None), LEARNERS.c.email.is_not(None))
    return connection.execute(update(LEARNERS).where(named).values(name=None, email=None)).rowcount


def _kept(connection: Connection, learners: Sequence[str]) -> int:
    return len(connection.scalars(select(JOURNAL.c.seq).where(JOURNAL.c.learner.in_(learners))).all())


def _journal(connection: Connection, learners: Sequence[str]) -> list[dict[str, Any]]:
    query = select(JOURNAL.c.payload).where(JOURNAL.c.learner.in_(learners)).order_by(JOURNAL.c.seq)
    events = tuple(EVENT.validate_json(payload) for payload in connection.scalars(query))
    return [event.model_dump(mode="json") for event in joined(connection, events)]


def _rows(
    connection: Connection, table: Table, column: Column[Any] | None = None, ids: Sequence[str | None] = ()
) -> list[dict[str, Any]]:
    query = select(table).order_by(*table.primary_key.columns)
    if column is not None:
        query = query.where(column.in_([one for one in ids if one is not None]))
    return _told(connection.execute(query).mappings())


def _told(rows: Iterable[Any]) -> list[dict[str, Any]]:
    """JSON columns as what they hold."""
    return [
        {
            name: json.loads(value) if name in ("document", "detail") else value
            for name, value in row.items()
            if name not in _SECRET
        }
        for row in rows
    ]


def overwrite(engine: Engine, *, most: int = QUICK_BYTES) -> None:
    """What was deleted is gone from the file as well, not only from the tables.

    SQLite deletes with zeros (`secure_delete`) and may leave traces where rows moved between pages: the file is
    written anew, unless it is larger than `most`, and its log is cut. PostgreSQL keeps dead rows until they are
    vacuumed. What goes wrong here is done by the next purge.
    """
    try:
        if engine.dialect.name == "sqlite":
            _write_anew(engine, most)
        else:
            tables = sorted({t.name for t in (*_OF_ACCOUNT, *_OF_LEARNER, ACCOUNTS, LEARNERS, CERTIFICATES, MAILS)})
            with engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
                connection.execute(text(f"VACUUM {', '.join(tables)}"))
    except SQLAlchemyError as error:
        log.warning("what was erased may still be in the database's files until the next purge: %s", error)


def _write_anew(engine: Engine, most: int) -> None:
    with engine.execution_options(plain=True).connect() as connection:
        if Path(engine.url.database or "").stat().st_size <= most:
            connection.exec_driver_sql("VACUUM")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")


def last_act(records: Records, learner: str) -> datetime | None:
    """When the person last did something that is kept; None when nothing is."""
    with transaction(records.engine, NOT_READ) as connection:
        person = person_of(connection, learner)
        newest = select(JOURNAL.c.at).where(JOURNAL.c.learner.in_(person.learners)).order_by(JOURNAL.c.at.desc())
        last = connection.scalar(newest.limit(1))
    return None if last is None else datetime.fromisoformat(last)
