"""What each version of a module showed."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "versions",
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("module", sa.Text, nullable=False),
        sa.Column("kept_at", sa.Text, nullable=False),
        sa.Column("document", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_versions"),
    )
    op.create_index("ix_versions_module_kept_at", "versions", ["module", "kept_at"])


def downgrade() -> None:
    op.drop_table("versions")
