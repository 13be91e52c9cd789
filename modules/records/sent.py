"""What was sent to registers: the rows that were confirmed. They are only added."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Row, func, select
from sqlalchemy.dialects import postgresql, sqlite

from modules.core.registers import SentRow
from modules.core.schemes import RegisterFile
from modules.records.engine import transaction, writing
from modules.records.records import Records
from modules.records.schema import SENT

NOT_SAVED = "What was sent could not be recorded. Try again."
NOT_READ = "What was sent cannot be read at the moment. Try again."


def last_sent(records: Records, register: RegisterFile) -> dict[str, SentRow]:
    """By certificate, the last deed confirmed."""
    query = select(SENT).where(SENT.c.register == register).order_by(SENT.c.seq)
    with transaction(records.engine, NOT_READ) as connection:
        return {row.certificate: _sent(row) for row in connection.execute(query)}


def record_sent(records: Records, rows: Sequence[SentRow]) -> int:
    """All of a batch or none; how many were new. A batch that is confirmed twice is recorded once."""
    if not rows:
        return 0
    count = select(func.count()).select_from(SENT).where(SENT.c.batch == rows[0].batch)
    with transaction(writing(records.engine), NOT_SAVED) as connection:
        insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
        before = connection.scalars(count).one()
        connection.execute(insert(SENT).on_conflict_do_nothing(), [_row(one) for one in rows])
        return connection.scalars(count).one() - before


def _row(one: SentRow) -> dict[str, str]:
    return {
        "register": one.register,
        "batch": one.batch,
        "certificate": one.certificate,
        "deed": one.deed,
        "digest": one.digest,
        "at": one.at.astimezone(UTC).isoformat(timespec="microseconds"),
    }


def _sent(row: Row[Any, Any]) -> SentRow:
    return SentRow(row.register, row.batch, row.certificate, row.deed, row.digest, datetime.fromisoformat(row.at))
