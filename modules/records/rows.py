"""How rows are written everywhere: only when new, in one spelling, and with times that sort as text."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from pydantic import BaseModel
from sqlalchemy import Connection, Engine, Table
from sqlalchemy.dialects import postgresql, sqlite


class Shared:
    """A part of the records: it shares their connections. Every method is one transaction."""

    _engine: Engine
    _writing: Engine


def insert_new(connection: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    """INSERT ... ON CONFLICT DO NOTHING, which both engines know."""
    if connection.dialect.name == "postgresql":
        connection.execute(postgresql.insert(table).on_conflict_do_nothing(), rows)
    else:
        connection.execute(sqlite.insert(table).on_conflict_do_nothing(), rows)


def canonical(value: BaseModel) -> str:
    """The same value is the same text: keys sorted, no spaces."""
    return json.dumps(value.model_dump(mode="json"), sort_keys=True, separators=(",", ":"), allow_nan=False)


def moment(at: datetime) -> str:
    """ISO 8601 in UTC with a fixed width: as text they sort as times."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def when(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)
