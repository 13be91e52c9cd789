"""The records: the journal of events, the people in it, and the certificates issued."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Row, Select, delete, make_url, select, update

from modules.core.certificates import Certificate
from modules.core.errors import RecordsUnavailable
from modules.core.events import CreditClaimed, Event
from modules.core.responses import Draft
from modules.core.versions import Snapshot
from modules.records.accounts import Accounts
from modules.records.appending import add_events
from modules.records.certificates import Certificates, issue_row, of_claim
from modules.records.certificates import CertificateState as CertificateState
from modules.records.certificates import Issued as Issued
from modules.records.desk import Desk as Desk
from modules.records.desk import drafts_on, on, replace_row
from modules.records.engine import make_engine, transaction, upgrade, writing
from modules.records.floor import Floor
from modules.records.live import Live
from modules.records.notes import Notes
from modules.records.reading import BATCH as BATCH
from modules.records.reading import batch, read_on
from modules.records.recent import Read, Recent
from modules.records.rows import canonical as _canonical
from modules.records.rows import insert_new as _insert_new
from modules.records.rows import moment as _moment
from modules.records.schema import CERTIFICATES, DRAFTS, INSTANCE, JOURNAL, LEARNERS, VERSIONS

Follow = Callable[[tuple[Event, ...]], Sequence[Event]]
"""From all events of a learner in a module to the events that must follow them."""
Admit = Callable[[tuple[Event, ...]], None]
Made = Callable[[tuple[Event, ...], dict[str, Draft]], Sequence[Event]]
"""From all events of a learner in a module, and the drafts by place, to the events that take their place."""

NOT_SAVED = "Your answer was not saved. Try again."
NOT_READ = "The records cannot be read at the moment. Try again."


@dataclass(frozen=True, slots=True)
class Person:
    """A learner as known to coordinators. `name` and `email` None until credit is claimed."""

    learner: str
    name: str | None
    email: str | None
    created: datetime


@dataclass(frozen=True, slots=True)
class Kept:
    """A version of a module and the day it was first shown."""

    digest: str
    since: datetime


def open_records(url: str) -> "Records":
    """Makes the folder of a SQLite file and brings the tables up to date."""
    address = make_url(url)
    try:
        if address.get_backend_name() == "sqlite" and address.database:
            Path(address.database).parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise RecordsUnavailable(f"The folder of the records could not be made: {error}") from error
    records = Records(make_engine(url))
    records.upgrade()
    return records


class Records(Certificates, Notes):
    """Holds the pool of connections. Every method is one transaction, and committed when it returns."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._writing = writing(engine)
        self._recent = Recent()
        self.accounts = Accounts(engine)
        self.live = Live(engine)
        self.floor = Floor(engine)

    @property
    def engine(self) -> Engine:
        """For the other files of this room."""
        return self._engine

    def upgrade(self) -> None:
        upgrade(self._engine)

    def close(self) -> None:
        self._engine.dispose()

    def append(
        self, events: Sequence[Event], follow: Follow | None = None, *, sitting: str | None = None
    ) -> tuple[Event, ...]:
        """Adds what is new and returns what stands for these ids: an earlier response wins.

        `follow` reads the learner's events in the module, these included; what it returns is added in the
        transaction, so the journal holds both or neither. All events are then of one learner and module.
        `sitting`: the drafts these events take the place of; they go in the same transaction.
        """
        if not events:
            return ()
        with transaction(self._writing, NOT_SAVED) as connection:
            _hold_learners(connection, events)
            if sitting is not None:
                connection.execute(delete(DRAFTS).where(on(Desk(events[0].learner, events[0].module, sitting))))
            if follow is None:
                return add_events(connection, events)
            mine = self._read(connection, events[0].learner, events[0].module).events
            known = {event.id for event in mine}
            after = (*mine, *(event for event in events if event.id not in known))
            return add_events(connection, (*events, *follow(after)))

    def events(self, learner: str, module: str) -> tuple[Event, ...]:
        """In the order they were written."""
        with transaction(self._engine, NOT_READ) as connection:
            read = self._read(connection, learner, module)
        self._recent.keep((learner, module), read)
        return read.events

    def _read(self, connection: Connection, learner: str, module: str) -> Read:
        """What is already known and what was added since. One learner's rows are written one after the other."""
        return read_on(connection, self._recent.get((learner, module)), learner, module)

    def keep_draft(self, desk: Desk, place: str, draft: Draft, now: datetime, *, admit: Admit | None = None) -> None:
        """The newest draft of an item, `<quiz>#<item>`, stands. Only learners with at least one event have drafts.

        `admit` reads the learner's events in the module and refuses by raising; nobody writes in between.
        """
        row = {"learner": desk.learner, "module": desk.module, "sitting": desk.sitting, "place": place}
        values = {"at": _moment(now), "document": _canonical(draft)}
        with transaction(self._writing, NOT_SAVED) as connection:
            if admit is not None:
                _lock(connection, [desk.learner])
                admit(self._read(connection, desk.learner, desk.module).events)
            replace_row(connection, DRAFTS, row, values)

    def drafts(self, desk: Desk) -> dict[str, Draft]:
        """By place."""
        with transaction(self._engine, NOT_READ) as connection:
            return drafts_on(connection, desk)

    def send_in(self, desk: Desk, made: Made) -> tuple[Event, ...]:
        """Adds what `made` makes of events and drafts, clears the desk, and returns what stands; or nothing changes.

        One transaction in which this learner's other writes wait, so no draft is lost between. `made` may raise.
        """
        with transaction(self._writing, NOT_SAVED) as connection:
            _lock(connection, [desk.learner])
            mine = self._read(connection, desk.learner, desk.module).events
            events = made(mine, drafts_on(connection, desk))
            connection.execute(delete(DRAFTS).where(on(desk)))
            return add_events(connection, events)

    def journal(self, module: str | None = None) -> Iterator[Event]:
        """Every event, of one module or of all, in the order written; read in batches."""
        after, events = self._batch(module, 0)
        while events:
            yield from events
            after, events = self._batch(module, after)

    def _batch(self, module: str | None, after: int) -> tuple[int, tuple[Event, ...]]:
        with transaction(self._engine, NOT_READ) as connection:
            return batch(connection, module, after)

    def modules_of(self, learner: str) -> tuple[str, ...]:
        query = select(JOURNAL.c.module).where(JOURNAL.c.learner == learner).distinct()
        return self._column(query.order_by(JOURNAL.c.module))

    def learners_of(self, module: str) -> tuple[str, ...]:
        query = select(JOURNAL.c.learner).where(JOURNAL.c.module == module).distinct()
        return self._column(query.order_by(JOURNAL.c.learner))

    def _column(self, query: Select[tuple[str]]) -> tuple[str, ...]:
        with transaction(self._engine, NOT_READ) as connection:
            return tuple(connection.scalars(query))

    def person(self, learner: str) -> Person | None:
        """None for a learner who has done nothing yet."""
        with transaction(self._engine, NOT_READ) as connection:
            row = connection.execute(select(LEARNERS).where(LEARNERS.c.id == learner)).one_or_none()
        return None if row is None else _person(row)

    def people(self, module: str) -> dict[str, Person]:
        """Everyone with an event in the module, by learner."""
        there = select(JOURNAL.c.learner).where(JOURNAL.c.module == module)
        with transaction(self._engine, NOT_READ) as connection:
            rows = connection.execute(select(LEARNERS).where(LEARNERS.c.id.in_(there))).all()
        return {row.id: _person(row) for row in rows}

    def name_person(self, learner: str, name: str, email: str) -> None:
        """Only learners with at least one event can be named."""
        with transaction(self._writing, NOT_SAVED) as connection:
            _name(connection, learner, name, email)

    def issue(self, certificate: Certificate, event: CreditClaimed, *, email: str | None = None) -> Issued:
        """Event, certificate and name in one transaction; one that already stands is returned unchanged."""
        with transaction(self._writing, NOT_SAVED) as connection:
            _hold_learners(connection, [event])
            if issue_row(connection, certificate, event):
                _name(connection, event.learner, certificate.name, email)
                add_events(connection, [event])
            return of_claim(connection, event)

    def keep_version(self, version: Snapshot, now: datetime) -> None:
        """Keeps what a version of a module showed; the first one kept under a digest stands."""
        row = {"digest": version.digest, "module": version.module, "kept_at": _moment(now)}
        with transaction(self._writing, NOT_SAVED) as connection:
            _insert_new(connection, VERSIONS, [row | {"document": _canonical(version)}])

    def version(self, digest: str) -> Snapshot | None:
        """What was shown under a digest; None when it was never kept here."""
        query = select(VERSIONS.c.document).where(VERSIONS.c.digest == digest)
        found = self._column(query)
        return Snapshot.model_validate_json(found[0]) if found else None

    def has_version(self, digest: str) -> bool:
        return bool(self._column(select(VERSIONS.c.digest).where(VERSIONS.c.digest == digest)))

    def versions(self, module: str) -> tuple[Kept, ...]:
        """The versions of a module that were shown here, oldest first."""
        columns = (VERSIONS.c.digest, VERSIONS.c.kept_at)
        query = select(*columns).where(VERSIONS.c.module == module).order_by(VERSIONS.c.kept_at, VERSIONS.c.digest)
        with transaction(self._engine, NOT_READ) as connection:
            rows = connection.execute(query).all()
        return tuple(Kept(row.digest, datetime.fromisoformat(row.kept_at)) for row in rows)

    def value(self, key: str) -> str | None:
        """What this instance keeps under a key; None when nothing."""
        found = self._column(select(INSTANCE.c.value).where(INSTANCE.c.key == key))
        return found[0] if found else None

    def put_once(self, key: str, value: str) -> str:
        """Keeps the value unless the key has one; returns the one that stands."""
        with transaction(self._writing, NOT_SAVED) as connection:
            _insert_new(connection, INSTANCE, [{"key": key, "value": value}])
            kept: str = connection.scalars(select(INSTANCE.c.value).where(INSTANCE.c.key == key)).one()
            return kept

    def ended(self, prefix: str) -> tuple[str, ...]:
        """Keys that begin so and hold the number of a certificate that no longer stands."""
        query = select(INSTANCE.c.key).join(CERTIFICATES, CERTIFICATES.c.number == INSTANCE.c.value)
        return self._column(query.where(INSTANCE.c.key.startswith(prefix), CERTIFICATES.c.state != "valid"))


def _hold_learners(connection: Connection, events: Sequence[Event]) -> None:
    """Makes missing rows and locks them, so that one learner's writes follow one another.

    Without it, two tabs that give the last two responses at once would each miss the other's. Sorted, so that
    two writers never wait for each other. SQLite has one writer at a time anyway.
    """
    seen = {e.learner: _moment(e.at) for e in sorted(events, key=lambda e: e.at, reverse=True)}
    rows = [{"id": one, "kind": "guest", "created_at": seen[one]} for one in sorted(seen)]
    _insert_new(connection, LEARNERS, rows)
    _lock(connection, seen)


def _lock(connection: Connection, learners: Iterable[str]) -> None:
    if connection.dialect.name != "sqlite":
        query = select(LEARNERS.c.id).where(LEARNERS.c.id.in_(learners)).order_by(LEARNERS.c.id)
        connection.execute(query.with_for_update(key_share=True)).all()


def _name(connection: Connection, learner: str, name: str, email: str | None) -> None:
    values = {"name": name} if email is None else {"name": name, "email": email}
    connection.execute(update(LEARNERS).where(LEARNERS.c.id == learner).values(values))


def _person(row: Row[Any, Any]) -> Person:
    return Person(row.id, row.name, row.email, datetime.fromisoformat(row.created_at))
