"""Responses not yet sent in: where they lie, and how they are read and replaced."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, Table, select
from sqlalchemy.dialects import postgresql, sqlite

from modules.core.responses import Draft
from modules.records.schema import DRAFTS


@dataclass(frozen=True, slots=True)
class Desk:
    """Where a learner's drafts lie: one for each attempt; `sitting` names it, such as `post/2`."""

    learner: str
    module: str
    sitting: str


def on(desk: Desk) -> ColumnElement[bool]:
    mine = (DRAFTS.c.learner == desk.learner) & (DRAFTS.c.module == desk.module)
    return mine & (DRAFTS.c.sitting == desk.sitting)


def drafts_on(connection: Connection, desk: Desk) -> dict[str, Draft]:
    """By place."""
    rows = connection.execute(select(DRAFTS.c.place, DRAFTS.c.document).where(on(desk))).all()
    return {row.place: Draft.model_validate_json(row.document) for row in rows}


def replace_row(connection: Connection, table: Table, key: dict[str, str], values: dict[str, str]) -> None:
    """INSERT ... ON CONFLICT DO UPDATE, which both engines know."""
    insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    made = insert(table).values(**key, **values)
    connection.execute(made.on_conflict_do_update(index_elements=list(key), set_=values))
