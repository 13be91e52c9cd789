"""The journal's chain, the deeds, and learners' words beside the journal; triggers that refuse any other change."""

import json
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

from modules.records.chain import JOURNAL_FIELDS, START, body, link
from modules.records.migrations.only_added import GUARDS, UNGUARDED
from modules.records.words import word_row

revision = "0007"
down_revision = "0006"

MANY = 1000
JOURNAL = sa.table("journal", *(sa.column(name) for name in ("seq", *JOURNAL_FIELDS, "link")))
WORDS = sa.table("words", *(sa.column(name) for name in ("id", "learner", "salt", "text")))


def upgrade() -> None:
    op.add_column("journal", sa.Column("link", sa.Text, nullable=False, server_default=""))
    _words()
    _deeds()
    op.create_table(
        "purging",
        sa.Column("never", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("never", name="pk_purging"),
        sa.ForeignKeyConstraint(
            ["never"], ["learners.id"], name="fk_purging_never", deferrable=True, initially="DEFERRED"
        ),
    )
    _link_what_is_there(op.get_bind())
    for statement in GUARDS[op.get_bind().dialect.name]:
        op.execute(statement)


def _words() -> None:
    op.create_table(
        "words",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("learner", sa.Text, nullable=False),
        sa.Column("salt", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_words"),
        sa.ForeignKeyConstraint(["learner"], ["learners.id"], name="fk_words_learner"),
    )
    op.create_index("ix_words_learner", "words", ["learner"])


def _deeds() -> None:
    counter = sa.BigInteger().with_variant(sa.Integer, "sqlite")
    op.create_table(
        "deeds",
        sa.Column("seq", counter, autoincrement=True, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("actor", sa.Text, nullable=False),
        sa.Column("act", sa.Text, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("detail", sa.Text, nullable=False),
        sa.Column("link", sa.Text, nullable=False, server_default=""),
        sa.PrimaryKeyConstraint("seq", name="pk_deeds"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_deeds_subject_seq", "deeds", ["subject", "seq"])
    op.create_index("ix_deeds_actor_seq", "deeds", ["actor", "seq"])


def _link_what_is_there(connection: sa.Connection) -> None:
    """Free text goes into `words` first, so that the links rest on what stays in the journal."""
    previous = START
    change = sa.update(JOURNAL).where(JOURNAL.c.seq == sa.bindparam("row"))
    change = change.values(payload=sa.bindparam("written"), link=sa.bindparam("linked"))
    for rows in _batches(connection):
        changes, words = [], []
        for row in rows:
            payload, lifted = _lifted(row["learner"], row["payload"])
            previous = link(previous, body({**row, "payload": payload}, JOURNAL_FIELDS))
            changes.append({"row": row["seq"], "written": payload, "linked": previous})
            words += lifted
        if words:
            connection.execute(sa.insert(WORDS), words)
        connection.execute(change, changes)


def _batches(connection: sa.Connection) -> Iterator[list[dict[str, Any]]]:
    after = 0
    columns = [JOURNAL.c[name] for name in ("seq", *JOURNAL_FIELDS)]
    while True:
        query = sa.select(*columns).where(JOURNAL.c.seq > after).order_by(JOURNAL.c.seq).limit(MANY)
        rows = [dict(row) for row in connection.execute(query).mappings()]
        if not rows:
            return
        yield rows
        after = rows[-1]["seq"]


def _lifted(learner: str, payload: str) -> tuple[str, list[dict[str, str]]]:
    """The payload with references in the place of texts, and the rows of `words`."""
    event = json.loads(payload)
    response = event.get("response") or {}
    rows: list[dict[str, str]] = []

    def out(text: str) -> str:
        if not text:
            return text
        rows.append(word_row(learner, text))
        return rows[-1]["id"]

    if response.get("kind") == "written":
        response["text"] = out(response["text"])
    if response.get("kind") == "committed":
        response["statements"] = [out(one) for one in response["statements"]]
    return (json.dumps(event, sort_keys=True, separators=(",", ":")), rows) if rows else (payload, rows)


def downgrade() -> None:
    """The texts are put back into the journal."""
    connection = op.get_bind()
    for statement in UNGUARDED[connection.dialect.name]:
        op.execute(statement)
    texts = {row.id: row.text for row in connection.execute(sa.select(WORDS.c.id, WORDS.c.text))}
    for rows in _batches(connection):
        for row in rows:
            payload = row["payload"]
            for one in _named(json.loads(payload).get("response") or {}):
                payload = payload.replace(json.dumps(one), texts.get(one, '"(erased)"'))
            if payload != row["payload"]:
                connection.execute(sa.update(JOURNAL).where(JOURNAL.c.seq == row["seq"]).values(payload=payload))
    for table in ("purging", "deeds", "words"):
        op.drop_table(table)
    op.drop_column("journal", "link")


def _named(response: dict[str, Any]) -> list[str]:
    found = [response["text"]] if response.get("kind") == "written" else []
    found += response["statements"] if response.get("kind") == "committed" else []
    return [one for one in found if one]
