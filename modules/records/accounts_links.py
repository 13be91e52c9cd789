"""Links in letters: each opens one thing once, for a while. Only the SHA-256 of its token is kept."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, cast

from sqlalchemy import Engine, delete, insert, select, update

from modules.records.engine import transaction, writing
from modules.records.rows import moment, when
from modules.records.schema import LINKS

Purpose = Literal["confirm", "reset", "email"]
"""To show that an address is theirs, to choose a password, to take a new address."""
NOT_KEPT = "This was not saved. Try again."
NOT_READ = "Accounts cannot be read at the moment. Try again."


@dataclass(frozen=True, slots=True)
class Link:
    """`email`: the new address it proves."""

    account: str
    purpose: Purpose
    expires: datetime
    used: datetime | None
    email: str | None = None


class Links:
    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._writing = writing(engine)

    def make(self, token: str, link: Link) -> None:
        row = {"token": token, "account": link.account, "purpose": link.purpose, "email": link.email}
        with transaction(self._writing, NOT_KEPT) as connection:
            connection.execute(insert(LINKS).values(**row, expires_at=moment(link.expires)))

    def find(self, token: str) -> Link | None:
        """Used and expired ones too."""
        with transaction(self._engine, NOT_READ) as connection:
            row = connection.execute(select(LINKS).where(LINKS.c.token == token)).one_or_none()
        if row is None:
            return None
        expires = datetime.fromisoformat(row.expires_at)
        return Link(row.account, cast(Purpose, row.purpose), expires, when(row.used_at), row.email)

    def use(self, token: str, now: datetime) -> bool:
        """True for the one who uses it; never again after that, nor once it has expired."""
        unused = (LINKS.c.token == token) & LINKS.c.used_at.is_(None) & (LINKS.c.expires_at > moment(now))
        with transaction(self._writing, NOT_KEPT) as connection:
            return connection.execute(update(LINKS).where(unused).values(used_at=moment(now))).rowcount == 1

    def drop(self, account: str, purpose: Purpose) -> None:
        """Earlier letters open nothing any more."""
        which = (LINKS.c.account == account) & (LINKS.c.purpose == purpose) & LINKS.c.used_at.is_(None)
        with transaction(self._writing, NOT_KEPT) as connection:
            connection.execute(delete(LINKS).where(which))
