"""Letters that wait until a mail server takes them."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Engine, delete, insert, select, update

from modules.records.engine import transaction, writing
from modules.records.rows import moment
from modules.records.schema import MAILS

NOT_KEPT = "The letter was not kept. Try again."
NOT_READ = "Letters cannot be read at the moment. Try again."


@dataclass(frozen=True, slots=True)
class Letter:
    """Plain text. It never holds a password."""

    recipient: str
    subject: str
    body: str


@dataclass(frozen=True, slots=True)
class Waiting:
    seq: int
    letter: Letter
    created: datetime
    tries: int


class Mails:
    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._writing = writing(engine)

    def post(self, letter: Letter, now: datetime) -> None:
        at = moment(now)
        row = {"recipient": letter.recipient, "subject": letter.subject, "body": letter.body}
        with transaction(self._writing, NOT_KEPT) as connection:
            connection.execute(insert(MAILS).values(**row, created_at=at, tries=0, next_at=at))

    def waiting(self) -> int:
        with transaction(self._engine, NOT_READ) as connection:
            return len(connection.execute(select(MAILS.c.seq)).all())

    def take(self, now: datetime, *, hold: timedelta) -> Waiting | None:
        """The letter that is due longest, held back from other senders while this one tries; None when none is due.

        A sender that is killed leaves it to be tried again after `hold`.
        """
        due = select(MAILS).where(MAILS.c.next_at <= moment(now)).order_by(MAILS.c.next_at, MAILS.c.seq).limit(1)
        with transaction(self._writing, NOT_KEPT) as connection:
            if connection.dialect.name != "sqlite":
                due = due.with_for_update(skip_locked=True)
            row = connection.execute(due).one_or_none()
            if row is None:
                return None
            values = {"tries": row.tries + 1, "next_at": moment(now + hold)}
            connection.execute(update(MAILS).where(MAILS.c.seq == row.seq).values(values))
        letter = Letter(row.recipient, row.subject, row.body)
        return Waiting(row.seq, letter, datetime.fromisoformat(row.created_at), row.tries + 1)

    def sent(self, seq: int) -> None:
        """A letter that went out is not kept."""
        with transaction(self._writing, NOT_KEPT) as connection:
            connection.execute(delete(MAILS).where(MAILS.c.seq == seq))

    def later(self, seq: int, at: datetime) -> None:
        with transaction(self._writing, NOT_KEPT) as connection:
            connection.execute(update(MAILS).where(MAILS.c.seq == seq).values(next_at=moment(at)))
