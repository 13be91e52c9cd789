"""What went out: rows sent to registers, and how far each learning record store has been given the journal."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    counter = sa.BigInteger().with_variant(sa.Integer, "sqlite")
    op.create_table(
        "sent",
        sa.Column("seq", counter, autoincrement=True, nullable=False),
        sa.Column("register", sa.Text, nullable=False),
        sa.Column("batch", sa.Text, nullable=False),
        sa.Column("certificate", sa.Text, nullable=False),
        sa.Column("deed", sa.Text, nullable=False),
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_sent"),
        sa.UniqueConstraint("register", "batch", "certificate", name="uq_sent_register_batch_certificate"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_sent_register_certificate", "sent", ["register", "certificate"])
    op.create_table(
        "deliveries",
        sa.Column("store", sa.Text, nullable=False),
        sa.Column("seq", sa.BigInteger, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("store", name="pk_deliveries"),
    )


def downgrade() -> None:
    op.drop_table("deliveries")
    op.drop_table("sent")
