"""One deed: who did what to which, written in the transaction of what was done or before what was handed out."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from modules.records import chain
from modules.records.rows import moment
from modules.records.schema import DEEDS


@dataclass(frozen=True, slots=True)
class Deed:
    """`actor` is an account's id, or a guest's; `subject` what it was done to, by id; `detail` holds no name."""

    seq: int
    at: datetime
    actor: str
    act: str
    subject: str
    detail: dict[str, Any]


def add_deed(connection: Connection, deed: Deed) -> None:
    """In a transaction of the caller's, as its last statement; `seq` is not used."""
    row = {
        "at": moment(deed.at),
        "actor": deed.actor,
        "act": deed.act,
        "subject": deed.subject,
        "detail": json.dumps(deed.detail, sort_keys=True, separators=(",", ":"), allow_nan=False),
    }
    content = chain.body(row, chain.DEED_FIELDS)
    chain.hold(connection, DEEDS)
    chain.add(connection, DEEDS, [row], [content])
