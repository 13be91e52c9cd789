"""Accounts: who they are, what they may do, and what opens them."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import ColumnElement, Connection, Engine, Row, delete, func, select, update

from modules.core.people import Account, Duty
from modules.records.accounts_claims import Claims
from modules.records.accounts_links import Links
from modules.records.accounts_sign_ins import SignIns
from modules.records.engine import transaction, writing
from modules.records.mails import Mails
from modules.records.rows import insert_new, moment, when
from modules.records.schema import ACCOUNTS, DUTIES, IDENTITIES, INSTANCE, LEARNERS

NOT_KEPT = "This was not saved. Try again."
NOT_READ = "Accounts cannot be read at the moment. Try again."
OWNED = "owned"
"""The instance's key that is set once it has had an owner: from then on no account becomes one by being first."""
_DUTIES = select(func.aggregate_strings(DUTIES.c.duty, " ")).where(DUTIES.c.account == ACCOUNTS.c.id)
_READ = select(ACCOUNTS, _DUTIES.scalar_subquery().label("duties"))


def mail_key(email: str) -> str:
    """One spelling of an address: NFKC, capitals folded (Unicode 3.13, D145)."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", email.strip()).casefold())


@dataclass(frozen=True, slots=True)
class Secret:
    """An account and the hash of its password; None where it has none."""

    account: Account
    password: str | None


class Accounts:
    """Over the same pool as Records. Every method is one transaction, and committed when it returns."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._writing = writing(engine)
        self.sign_ins = SignIns(engine)
        self.links = Links(engine)
        self.claims = Claims(engine)
        self.mails = Mails(engine)

    def create(self, account: Account, password: str | None = None, *, first: bool = False) -> Account | None:
        """What stands now, or None when the address or the learner has an account already: then nothing changed.

        `first`: on an instance that never had an owner the account becomes one, confirmed at once.
        """
        with transaction(self._writing, NOT_KEPT) as connection:
            learner = {"id": account.learner, "kind": "guest", "created_at": moment(account.created)}
            insert_new(connection, LEARNERS, [learner])
            insert_new(connection, ACCOUNTS, [_row(account, password)])
            if _one(connection, ACCOUNTS.c.id == account.id) is None:
                return None
            _give(connection, account.id, account.duties)
            if first and _own(connection, account.id):
                _give(connection, account.id, {"owner"})
                _confirm(connection, account.id, account.created)
            return _one(connection, ACCOUNTS.c.id == account.id)

    def owned(self) -> bool:
        """False until the instance has had an owner."""
        with transaction(self._engine, NOT_READ) as connection:
            return connection.scalar(select(INSTANCE.c.value).where(INSTANCE.c.key == OWNED)) is not None

    def find(self, email: str) -> Account | None:
        """By address, in any spelling of it."""
        return self._find(ACCOUNTS.c.mail_key == mail_key(email))

    def account(self, account: str) -> Account | None:
        return self._find(ACCOUNTS.c.id == account)

    def of_learner(self, learner: str) -> Account | None:
        """Whose own journal this is; claimed guests are found by `claims.holder`."""
        return self._find(ACCOUNTS.c.learner == learner)

    def of_identity(self, issuer: str, subject: str) -> Account | None:
        """The account that a provider of OpenID Connect knows by this subject."""
        which = (IDENTITIES.c.issuer == issuer) & (IDENTITIES.c.subject == subject)
        return self._find(ACCOUNTS.c.id.in_(select(IDENTITIES.c.account).where(which)))

    def everyone(self) -> tuple[Account, ...]:
        """Oldest first."""
        with transaction(self._engine, NOT_READ) as connection:
            rows = connection.execute(_READ.order_by(ACCOUNTS.c.created_at, ACCOUNTS.c.id)).all()
        return tuple(map(account_of, rows))

    def secret(self, email: str) -> Secret | None:
        """By address."""
        with transaction(self._engine, NOT_READ) as connection:
            row = connection.execute(_READ.where(ACCOUNTS.c.mail_key == mail_key(email))).one_or_none()
        return None if row is None else Secret(account_of(row), row.password)

    def set_password(self, account: str, password: str) -> None:
        """Takes the hash."""
        self._change(account, password=password)

    def set_duties(self, account: str, duties: Iterable[Duty]) -> None:
        """These and no others; `learner` always stays. Takes effect with the next thing the person does."""
        with transaction(self._writing, NOT_KEPT) as connection:
            connection.execute(delete(DUTIES).where(DUTIES.c.account == account))
            _give(connection, account, {"learner", *duties})
            if "owner" in set(duties):
                _own(connection, account)

    def confirm(self, account: str, now: datetime) -> None:
        """The address is theirs. The first confirmation stands."""
        with transaction(self._writing, NOT_KEPT) as connection:
            _confirm(connection, account, now)

    def set_email(self, account: str, email: str, now: datetime) -> bool:
        """The new address is confirmed with it. False when another account has it."""
        key = mail_key(email)
        with transaction(self._writing, NOT_KEPT) as connection:
            # The row that holds the address now, or nobody: the unique key settles a race.
            other = connection.scalar(select(ACCOUNTS.c.id).where(ACCOUNTS.c.mail_key == key))
            if other is not None and other != account:
                return False
            values = {"email": email.strip(), "mail_key": key, "confirmed_at": moment(now)}
            connection.execute(update(ACCOUNTS).where(ACCOUNTS.c.id == account).values(values))
            return True

    def close(self, account: str, now: datetime) -> None:
        """Nobody signs in to it again; its sign-ins end with it."""
        self._change(account, closed_at=moment(now))
        self.sign_ins.close_all(account)

    def reopen(self, account: str) -> None:
        self._change(account, closed_at=None)

    def add_identity(self, account: str, issuer: str, subject: str) -> bool:
        """False when the provider's subject belongs to another account."""
        with transaction(self._writing, NOT_KEPT) as connection:
            insert_new(connection, IDENTITIES, [{"issuer": issuer, "subject": subject, "account": account}])
            which = (IDENTITIES.c.issuer == issuer) & (IDENTITIES.c.subject == subject)
            return connection.scalar(select(IDENTITIES.c.account).where(which)) == account

    def _change(self, account: str, **values: str | None) -> None:
        with transaction(self._writing, NOT_KEPT) as connection:
            connection.execute(update(ACCOUNTS).where(ACCOUNTS.c.id == account).values(values))

    def _find(self, which: ColumnElement[bool]) -> Account | None:
        with transaction(self._engine, NOT_READ) as connection:
            return _one(connection, which)


def account_of(row: Row[Any]) -> Account:
    """From the columns of `accounts` and `duties`, parted by spaces."""
    return Account(
        id=row.id,
        learner=row.learner,
        email=row.email,
        created=datetime.fromisoformat(row.created_at),
        duties=frozenset(cast(list[Duty], (row.duties or "learner").split())),
        confirmed=when(row.confirmed_at),
        has_password=row.password is not None,
        closed=when(row.closed_at),
    )


def _row(account: Account, password: str | None) -> dict[str, str | None]:
    return {
        "id": account.id,
        "learner": account.learner,
        "email": account.email.strip(),
        "mail_key": mail_key(account.email),
        "password": password,
        "created_at": moment(account.created),
        "confirmed_at": None if account.confirmed is None else moment(account.confirmed),
        "closed_at": None if account.closed is None else moment(account.closed),
    }


def _one(connection: Connection, which: ColumnElement[bool]) -> Account | None:
    row = connection.execute(_READ.where(which)).one_or_none()
    return None if row is None else account_of(row)


def _give(connection: Connection, account: str, duties: Iterable[Duty]) -> None:
    insert_new(connection, DUTIES, [{"account": account, "duty": duty} for duty in sorted(duties)])


def _own(connection: Connection, account: str) -> bool:
    """True for the one account that made the instance owned; a second one waits here, then sees the first."""
    insert_new(connection, INSTANCE, [{"key": OWNED, "value": account}])
    return bool(connection.scalar(select(INSTANCE.c.value).where(INSTANCE.c.key == OWNED)) == account)


def _confirm(connection: Connection, account: str, now: datetime) -> None:
    unconfirmed = (ACCOUNTS.c.id == account) & ACCOUNTS.c.confirmed_at.is_(None)
    connection.execute(update(ACCOUNTS).where(unconfirmed).values(confirmed_at=moment(now)))
