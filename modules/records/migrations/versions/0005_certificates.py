"""One standing certificate for a learner, a module and a scheme; corrected and revoked ones stay beside it."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

STANDS = sa.text("state = 'valid'")


def upgrade() -> None:
    with op.batch_alter_table("certificates") as table:
        table.drop_constraint("uq_certificates_learner_module", type_="unique")
        table.add_column(sa.Column("scheme", sa.Text, nullable=False, server_default="participation"))
        table.add_column(sa.Column("replaces", sa.Text))
        table.add_column(sa.Column("ended_at", sa.Text))
    op.create_index(
        "uq_certificates_standing",
        "certificates",
        ["learner", "module", "scheme"],
        unique=True,
        sqlite_where=STANDS,
        postgresql_where=STANDS,
    )


def downgrade() -> None:
    op.drop_index("uq_certificates_standing", "certificates")
    with op.batch_alter_table("certificates") as table:
        table.drop_column("ended_at")
        table.drop_column("replaces")
        table.drop_column("scheme")
        table.create_unique_constraint("uq_certificates_learner_module", ["learner", "module"])
