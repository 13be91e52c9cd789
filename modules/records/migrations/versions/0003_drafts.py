"""Responses not yet sent in."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "drafts",
        sa.Column("learner", sa.Text, nullable=False),
        sa.Column("module", sa.Text, nullable=False),
        sa.Column("sitting", sa.Text, nullable=False),
        sa.Column("place", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("document", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("learner", "module", "sitting", "place", name="pk_drafts"),
        sa.ForeignKeyConstraint(["learner"], ["learners.id"], name="fk_drafts_learner"),
    )


def downgrade() -> None:
    op.drop_table("drafts")
