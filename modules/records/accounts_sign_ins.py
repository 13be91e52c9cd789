"""Sign-ins: which tokens are open, whose they are, and when they were used."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Engine, Row, bindparam, delete, func, insert, select, update

from modules.core.people import Account, Duty
from modules.records.engine import transaction, writing
from modules.records.rows import moment, when
from modules.records.schema import ACCOUNTS, BELONGS, DUTIES, SIGN_INS, STANDS

NOT_KEPT = "This was not saved. Try again."
NOT_READ = "Accounts cannot be read at the moment. Try again."


@dataclass(frozen=True, slots=True)
class SignIn:
    """`token` is the SHA-256 of what the browser holds. `ends`: another token took its place; None while it stands."""

    token: str
    account: str
    began: datetime
    created: datetime
    seen: datetime
    device: str
    ends: datetime | None = None


@dataclass(frozen=True, slots=True)
class SignedIn:
    """All that is known of who holds a token: the account, guests it claimed, and whose journal stands where."""

    sign_in: SignIn
    account: Account
    others: tuple[str, ...]
    stands: tuple[tuple[str, str], ...]


def _listed(column: Any, table: Any) -> Any:
    """The account's rows of a table in one text, so that one statement brings everything."""
    return select(func.aggregate_strings(column, "\n")).where(table.c.account == ACCOUNTS.c.id).scalar_subquery()


_WHO = (
    select(
        SIGN_INS.c.token, SIGN_INS.c.began_at, SIGN_INS.c.created_at, SIGN_INS.c.seen_at, SIGN_INS.c.device,
        SIGN_INS.c.ends_at, SIGN_INS.c.account, ACCOUNTS.c.learner, ACCOUNTS.c.email, ACCOUNTS.c.password,
        ACCOUNTS.c.created_at.label("made_at"), ACCOUNTS.c.confirmed_at, ACCOUNTS.c.closed_at,
        _listed(DUTIES.c.duty, DUTIES).label("duties"),
        _listed(BELONGS.c.learner, BELONGS).label("others"),
        _listed(STANDS.c.module + " " + STANDS.c.learner, STANDS).label("stands"),
    )
    .join(ACCOUNTS, ACCOUNTS.c.id == SIGN_INS.c.account)
    .where(SIGN_INS.c.token == bindparam("token"))
)  # fmt: skip


class SignIns:
    """Takes and gives SHA-256 of tokens only."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._writing = writing(engine)

    def open(self, token: str, account: str, device: str, now: datetime) -> None:
        at = moment(now)
        row = {"token": token, "account": account, "device": device}
        with transaction(self._writing, NOT_KEPT) as connection:
            connection.execute(insert(SIGN_INS).values(**row, began_at=at, created_at=at, seen_at=at))

    def who(self, token: str) -> SignedIn | None:
        """One statement, by the key. Whether it is still good is for the caller to say."""
        with transaction(self._engine, NOT_READ) as connection:
            row = connection.execute(_WHO, {"token": token}).one_or_none()
        return None if row is None else _signed_in(row)

    def seen(self, token: str, now: datetime) -> None:
        with transaction(self._writing, NOT_KEPT) as connection:
            connection.execute(update(SIGN_INS).where(SIGN_INS.c.token == token).values(seen_at=moment(now)))

    def rotate(self, token: str, new: str, now: datetime, *, ends: datetime) -> bool:
        """The new token takes the place of the old one, which ends a little later. False when one did already."""
        standing = (SIGN_INS.c.token == token) & SIGN_INS.c.ends_at.is_(None)
        with transaction(self._writing, NOT_KEPT) as connection:
            if connection.execute(update(SIGN_INS).where(standing).values(ends_at=moment(ends))).rowcount != 1:
                return False
            old = connection.execute(select(SIGN_INS).where(SIGN_INS.c.token == token)).one()
            at = {"created_at": moment(now), "seen_at": moment(now), "ends_at": None}
            connection.execute(insert(SIGN_INS).values(**{**old._asdict(), **at, "token": new}))
            return True

    def of(self, account: str) -> tuple[SignIn, ...]:
        """Those that stand, the newest first."""
        standing = (SIGN_INS.c.account == account) & SIGN_INS.c.ends_at.is_(None)
        with transaction(self._engine, NOT_READ) as connection:
            rows = connection.execute(select(SIGN_INS).where(standing).order_by(SIGN_INS.c.seen_at.desc())).all()
        return tuple(map(_sign_in, rows))

    def close(self, account: str, token: str) -> None:
        """With the tokens that it took the place of: they began at the same moment."""
        began = select(SIGN_INS.c.began_at).where(SIGN_INS.c.token == token).scalar_subquery()
        mine = (SIGN_INS.c.account == account) & (SIGN_INS.c.began_at == began)
        with transaction(self._writing, NOT_KEPT) as connection:
            connection.execute(delete(SIGN_INS).where(mine))

    def close_all(self, account: str) -> None:
        with transaction(self._writing, NOT_KEPT) as connection:
            connection.execute(delete(SIGN_INS).where(SIGN_INS.c.account == account))

    def sweep(self, before: datetime) -> None:
        """Forgets tokens that ended before, and sign-ins that were last seen before."""
        old = (SIGN_INS.c.ends_at < moment(before)) | (SIGN_INS.c.seen_at < moment(before))
        with transaction(self._writing, NOT_KEPT) as connection:
            connection.execute(delete(SIGN_INS).where(old))


def _sign_in(row: Row[Any]) -> SignIn:
    return SignIn(
        token=row.token,
        account=row.account,
        began=datetime.fromisoformat(row.began_at),
        created=datetime.fromisoformat(row.created_at),
        seen=datetime.fromisoformat(row.seen_at),
        device=row.device,
        ends=when(row.ends_at),
    )


def _signed_in(row: Any) -> SignedIn:
    account = Account(
        id=row.account,
        learner=row.learner,
        email=row.email,
        created=datetime.fromisoformat(row.made_at),
        duties=frozenset(cast(list[Duty], (row.duties or "learner").split())),
        confirmed=when(row.confirmed_at),
        has_password=row.password is not None,
        closed=when(row.closed_at),
    )
    stands = tuple((module, learner) for module, _, learner in (one.partition(" ") for one in _lines(row.stands)))
    return SignedIn(_sign_in(row), account, _lines(row.others), stands)


def _lines(text: str | None) -> tuple[str, ...]:
    return tuple(sorted((text or "").split("\n"))) if text else ()
