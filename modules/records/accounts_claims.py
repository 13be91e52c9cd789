"""Guests that accounts have claimed: each once, and for each module whose journal stands."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Engine, bindparam, func, or_, select, update

from modules.core.events import EVENT, Event
from modules.records.desk import replace_row
from modules.records.engine import transaction, writing
from modules.records.rows import insert_new, moment
from modules.records.schema import ACCOUNTS, BELONGS, CERTIFICATES, JOURNAL, LEARNERS, STANDS

NOT_KEPT = "This was not saved. Try again."
NOT_READ = "Accounts cannot be read at the moment. Try again."
_CLAIMED = select(
    or_(
        select(ACCOUNTS.c.id).where(ACCOUNTS.c.learner == bindparam("learner")).exists(),
        select(BELONGS.c.account).where(BELONGS.c.learner == bindparam("learner")).exists(),
    )
)


@dataclass(frozen=True, slots=True)
class Work:
    """What a learner did in a module; `certified`: a certificate of theirs is valid there."""

    events: tuple[Event, ...]
    certified: bool


Further = Callable[[Work, Work], bool]
"""True when the first is further along than the second."""


class Claims:
    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._writing = writing(engine)

    def claimed(self, learner: str) -> bool:
        """One statement, by two keys."""
        with transaction(self._engine, NOT_READ) as connection:
            return bool(connection.scalar(_CLAIMED, {"learner": learner}))

    def holder(self, learner: str) -> str | None:
        """The account that a learner is part of: as its own journal or as a guest it claimed."""
        with transaction(self._engine, NOT_READ) as connection:
            return _holder(connection, learner)

    def claim(self, account: str, guest: str, now: datetime, *, further: Further) -> bool:
        """False when the guest belongs to an account already, or has done nothing; then nothing changed.

        An account that has done nothing takes the guest's journal for its own. Any other keeps its own, and for each
        module of the guest the journal that is further along stands; a tie leaves what stood.
        """
        with transaction(self._writing, NOT_KEPT) as connection:
            own = _held(connection, account, guest)
            modules = _modules(connection, guest)
            if own is None or not modules or _holder(connection, guest) is not None:
                return False
            if _untouched(connection, account, own):
                connection.execute(update(ACCOUNTS).where(ACCOUNTS.c.id == account).values(learner=guest))
                return True
            insert_new(connection, BELONGS, [{"learner": guest, "account": account, "at": moment(now)}])
            for module in modules:
                stood = _standing(connection, account, module) or own
                if further(_work(connection, guest, module), _work(connection, stood, module)):
                    key = {"account": account, "module": module}
                    replace_row(connection, STANDS, key, {"learner": guest})
            return True


def _held(connection: Connection, account: str, guest: str) -> str | None:
    """The account's own learner, with the account and the guest locked: a second claim waits, then sees the first."""
    own = select(ACCOUNTS.c.learner).where(ACCOUNTS.c.id == account)
    if connection.dialect.name != "sqlite":
        connection.execute(select(LEARNERS.c.id).where(LEARNERS.c.id == guest).with_for_update()).all()
        own = own.with_for_update()
    return connection.scalar(own)


def _holder(connection: Connection, learner: str) -> str | None:
    own = connection.scalar(select(ACCOUNTS.c.id).where(ACCOUNTS.c.learner == learner))
    return own or connection.scalar(select(BELONGS.c.account).where(BELONGS.c.learner == learner))


def _untouched(connection: Connection, account: str, own: str) -> bool:
    claimed = connection.scalar(select(func.count()).select_from(BELONGS).where(BELONGS.c.account == account))
    return not claimed and not _modules(connection, own)


def _modules(connection: Connection, learner: str) -> tuple[str, ...]:
    query = select(JOURNAL.c.module).where(JOURNAL.c.learner == learner).distinct().order_by(JOURNAL.c.module)
    return tuple(connection.scalars(query))


def _standing(connection: Connection, account: str, module: str) -> str | None:
    which = (STANDS.c.account == account) & (STANDS.c.module == module)
    return connection.scalar(select(STANDS.c.learner).where(which))


def _work(connection: Connection, learner: str, module: str) -> Work:
    mine = (JOURNAL.c.learner == learner) & (JOURNAL.c.module == module)
    payloads = connection.scalars(select(JOURNAL.c.payload).where(mine).order_by(JOURNAL.c.seq))
    events = tuple(EVENT.validate_json(one) for one in payloads)
    valid = (CERTIFICATES.c.learner == learner) & (CERTIFICATES.c.module == module) & (CERTIFICATES.c.state == "valid")
    return Work(events, connection.scalar(select(CERTIFICATES.c.number).where(valid).limit(1)) is not None)
