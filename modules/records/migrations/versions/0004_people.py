"""Accounts and what belongs to them: sign-ins, links, profiles, consents, and the letters to be sent."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

TABLES = (
    "notes", "mails", "consents", "profiles", "stands", "belongs", "links", "identities", "sign_ins", "duties",
    "accounts",
)  # fmt: skip


def upgrade() -> None:
    _accounts()
    _of_an_account("duties", sa.Column("duty", sa.Text, nullable=False), key=("account", "duty"))
    _openings()
    _of_an_account(
        "belongs",
        sa.Column("learner", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        key=("learner",),
        refers=("learner",),
    )
    _of_an_account(
        "stands",
        sa.Column("module", sa.Text, nullable=False),
        sa.Column("learner", sa.Text, nullable=False),
        key=("account", "module"),
        refers=("learner",),
    )
    _of_an_account("profiles", sa.Column("document", sa.Text, nullable=False), key=("account",))
    _of_an_account(
        "consents",
        _counter(),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("given", sa.Boolean, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        key=("seq",),
    )
    _letters_and_notes()
    # The key that opened the owner's pages before there were accounts.
    op.execute("DELETE FROM instance WHERE key = 'owner-key'")


def _letters_and_notes() -> None:
    op.create_table(
        "mails",
        _counter(),
        sa.Column("recipient", sa.Text, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("created_at", sa.Text, nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("next_at", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_mails"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "notes",
        sa.Column("learner", sa.Text, nullable=False),
        sa.Column("module", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("learner", "module", name="pk_notes"),
        sa.ForeignKeyConstraint(["learner"], ["learners.id"], name="fk_notes_learner"),
    )


def _openings() -> None:
    _of_an_account(
        "sign_ins",
        sa.Column("token", sa.Text, nullable=False),
        sa.Column("began_at", sa.Text, nullable=False),
        sa.Column("created_at", sa.Text, nullable=False),
        sa.Column("seen_at", sa.Text, nullable=False),
        sa.Column("ends_at", sa.Text),
        sa.Column("device", sa.Text, nullable=False),
        key=("token",),
    )
    op.create_index("ix_sign_ins_account", "sign_ins", ["account"])
    _of_an_account(
        "identities",
        sa.Column("issuer", sa.Text, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        key=("issuer", "subject"),
    )
    _of_an_account(
        "links",
        sa.Column("token", sa.Text, nullable=False),
        sa.Column("purpose", sa.Text, nullable=False),
        sa.Column("expires_at", sa.Text, nullable=False),
        sa.Column("used_at", sa.Text),
        sa.Column("email", sa.Text),
        key=("token",),
    )


def _accounts() -> None:
    op.create_table(
        "accounts",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("learner", sa.Text, nullable=False),
        sa.Column("email", sa.Text, nullable=False),
        sa.Column("mail_key", sa.Text, nullable=False),
        sa.Column("password", sa.Text),
        sa.Column("created_at", sa.Text, nullable=False),
        sa.Column("confirmed_at", sa.Text),
        sa.Column("closed_at", sa.Text),
        sa.PrimaryKeyConstraint("id", name="pk_accounts"),
        sa.UniqueConstraint("learner", name="uq_accounts_learner"),
        sa.UniqueConstraint("mail_key", name="uq_accounts_mail_key"),
        sa.ForeignKeyConstraint(["learner"], ["learners.id"], name="fk_accounts_learner"),
    )


def _counter() -> sa.Column[int]:
    kind = sa.BigInteger().with_variant(sa.Integer, "sqlite")
    return sa.Column("seq", kind, autoincrement=True, nullable=False)


def _of_an_account(name: str, *columns: sa.Column[Any], key: tuple[str, ...], refers: tuple[str, ...] = ()) -> None:
    op.create_table(
        name,
        sa.Column("account", sa.Text, nullable=False),
        *columns,
        sa.PrimaryKeyConstraint(*key, name=f"pk_{name}"),
        sa.ForeignKeyConstraint(["account"], ["accounts.id"], name=f"fk_{name}_account"),
        *(sa.ForeignKeyConstraint([one], ["learners.id"], name=f"fk_{name}_{one}") for one in refers),
        sqlite_autoincrement=key == ("seq",),
    )


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)
