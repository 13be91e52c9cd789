"""Duties given and taken, and accounts closed: an instance that has an owner never loses its last one."""

from datetime import datetime

from sqlalchemy import Connection, delete, select, update

from modules.core.people import Duty
from modules.records.accounts import NOT_KEPT, OWNED
from modules.records.deed_rows import Deed, add_deed
from modules.records.engine import transaction, writing
from modules.records.records import Records
from modules.records.rows import insert_new, moment
from modules.records.schema import ACCOUNTS, DUTIES, INSTANCE, SIGN_INS


def give_duty(records: Records, account: str, duty: Duty, deed: Deed | None = None) -> None:
    """Takes effect with the next thing the person does; one that they have stays. `deed`: who gave it."""
    with transaction(writing(records.engine), NOT_KEPT) as connection:
        insert_new(connection, DUTIES, [{"account": account, "duty": duty}])
        if duty == "owner":
            insert_new(connection, INSTANCE, [{"key": OWNED, "value": account}])
        _note(connection, deed)


def take_duty(records: Records, account: str, duty: Duty, deed: Deed | None = None) -> bool:
    """False, with nothing changed, when it would leave no owner who can sign in."""
    with transaction(writing(records.engine), NOT_KEPT) as connection:
        if duty == "owner" and _is_last_owner(connection, account):
            return False
        connection.execute(delete(DUTIES).where((DUTIES.c.account == account) & (DUTIES.c.duty == duty)))
        _note(connection, deed)
        return True


def close_account(records: Records, account: str, now: datetime, deed: Deed | None = None) -> bool:
    """With its sign-ins. False, with nothing changed, when it would leave no owner who can sign in."""
    with transaction(writing(records.engine), NOT_KEPT) as connection:
        if _is_last_owner(connection, account):
            return False
        open_one = (ACCOUNTS.c.id == account) & ACCOUNTS.c.closed_at.is_(None)
        connection.execute(update(ACCOUNTS).where(open_one).values(closed_at=moment(now)))
        connection.execute(delete(SIGN_INS).where(SIGN_INS.c.account == account))
        _note(connection, deed)
        return True


def _note(connection: Connection, deed: Deed | None) -> None:
    if deed is not None:
        add_deed(connection, deed)


def _is_last_owner(connection: Connection, account: str) -> bool:
    """Owners are locked in one order, so that two who take the duty from each other follow one another."""
    query = select(DUTIES.c.account).where(DUTIES.c.duty == "owner").order_by(DUTIES.c.account)
    if connection.dialect.name != "sqlite":
        query = query.with_for_update()
    connection.execute(query).all()
    # Read again after the lock: what another transaction took meanwhile is gone.
    able = (ACCOUNTS.c.id == DUTIES.c.account) & ACCOUNTS.c.closed_at.is_(None) & ACCOUNTS.c.confirmed_at.is_not(None)
    left = set(connection.scalars(select(DUTIES.c.account).where(DUTIES.c.duty == "owner").where(able)))
    return left == {account}
