"""The first tables: learners, the journal, certificates and what this instance keeps about itself."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "learners",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("created_at", sa.Text, nullable=False),
        sa.Column("name", sa.Text),
        sa.Column("email", sa.Text),
        sa.PrimaryKeyConstraint("id", name="pk_learners"),
        sa.CheckConstraint("kind in ('guest')", name=op.f("ck_learners_kind")),
    )
    _journal()
    op.create_table(
        "certificates",
        sa.Column("number", sa.Text, nullable=False),
        sa.Column("learner", sa.Text, nullable=False),
        sa.Column("module", sa.Text, nullable=False),
        sa.Column("issued_at", sa.Text, nullable=False),
        sa.Column("document", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("reason", sa.Text),
        sa.PrimaryKeyConstraint("number", name="pk_certificates"),
        sa.ForeignKeyConstraint(["learner"], ["learners.id"], name="fk_certificates_learner"),
        sa.UniqueConstraint("learner", "module", name="uq_certificates_learner_module"),
        sa.CheckConstraint("state in ('valid', 'superseded', 'revoked')", name=op.f("ck_certificates_state")),
    )
    op.create_table(
        "instance",
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_instance"),
    )


def _journal() -> None:
    counter = sa.BigInteger().with_variant(sa.Integer, "sqlite")
    op.create_table(
        "journal",
        sa.Column("seq", counter, autoincrement=True, nullable=False),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("learner", sa.Text, nullable=False),
        sa.Column("module", sa.Text, nullable=False),
        sa.Column("type", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("payload", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_journal"),
        sa.UniqueConstraint("id", name="uq_journal_id"),
        sa.ForeignKeyConstraint(["learner"], ["learners.id"], name="fk_journal_learner"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_journal_learner_module_seq", "journal", ["learner", "module", "seq"])
    op.create_index("ix_journal_module_seq", "journal", ["module", "seq"])


def downgrade() -> None:
    for table in ("certificates", "journal", "learners", "instance"):
        op.drop_table(table)
