"""What was sent to registers: batches that wait for a confirmation, and rows that were confirmed."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Engine, Row, select
from sqlalchemy.dialects import postgresql, sqlite

from modules.core.registers import SentRow
from modules.core.schemes import RegisterFile
from modules.records.engine import transaction, writing
from modules.records.schema import SENT

NOT_SAVED = "What was sent could not be recorded. Try again."
NOT_READ = "What was sent cannot be read at the moment. Try again."


class Sent:
    """Rows are only added. A batch that is confirmed twice is recorded once."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._writing = writing(engine)

    def last(self, register: RegisterFile) -> dict[str, SentRow]:
        """By certificate, the last deed confirmed."""
        query = select(SENT).where(SENT.c.register == register).order_by(SENT.c.seq)
        with transaction(self._engine, NOT_READ) as connection:
            return {row.certificate: _sent(row) for row in connection.execute(query)}

    def record(self, rows: Sequence[SentRow]) -> int:
        """All or none; how many were new. The same batch and certificate is never recorded twice."""
        if not rows:
            return 0
        values = [
            {
                "register": one.register,
                "batch": one.batch,
                "certificate": one.certificate,
                "deed": one.deed,
                "digest": one.digest,
                "at": one.at.astimezone(UTC).isoformat(timespec="microseconds"),
            }
            for one in rows
        ]
        count = select(SENT.c.seq).where(SENT.c.batch == rows[0].batch)
        with transaction(self._writing, NOT_SAVED) as connection:
            insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
            before = len(connection.execute(count).all())
            connection.execute(insert(SENT).on_conflict_do_nothing(), values)
            return len(connection.execute(count).all()) - before


def _sent(row: Row[Any, Any]) -> SentRow:
    return SentRow(row.register, row.batch, row.certificate, row.deed, row.digest, datetime.fromisoformat(row.at))
