"""Live sessions: their polls, votes, and questions from the floor."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.create_table(
        "live_sessions",
        sa.Column("code", sa.Text, nullable=False),
        sa.Column("module", sa.Text, nullable=False),
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("host", sa.Text, nullable=False),
        sa.Column("plan", sa.Text, nullable=False),
        sa.Column("slide", sa.Integer, nullable=False),
        sa.Column("rehearsal", sa.Boolean, nullable=False),
        sa.Column("created_at", sa.Text, nullable=False),
        sa.Column("ended_at", sa.Text),
        sa.PrimaryKeyConstraint("code", name="pk_live_sessions"),
    )
    op.create_index("ix_live_sessions_module_created_at", "live_sessions", ["module", "created_at"])
    op.create_index("ix_live_sessions_host", "live_sessions", ["host"])
    _polls()
    _floor()


def _polls() -> None:
    op.create_table(
        "polls",
        sa.Column("session", sa.Text, nullable=False),
        sa.Column("poll", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("changed_at", sa.Text, nullable=False),
        sa.Column("hidden", sa.Text, nullable=False, server_default="[]"),
        sa.PrimaryKeyConstraint("session", "poll", name="pk_polls"),
        sa.ForeignKeyConstraint(["session"], ["live_sessions.code"], name="fk_polls_session"),
        sa.CheckConstraint("state in ('draft', 'open', 'closed', 'revealed')", name="state"),
    )
    op.create_table(
        "votes",
        sa.Column("session", sa.Text, nullable=False),
        sa.Column("poll", sa.Text, nullable=False),
        sa.Column("voter", sa.Text, nullable=False),
        sa.Column("response", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("session", "poll", "voter", name="pk_votes"),
        sa.ForeignKeyConstraint(["session", "poll"], ["polls.session", "polls.poll"], name="fk_votes_poll"),
    )


def _floor() -> None:
    counter = sa.BigInteger().with_variant(sa.Integer, "sqlite")
    op.create_table(
        "floor",
        sa.Column("seq", counter, autoincrement=True, nullable=False),
        sa.Column("session", sa.Text, nullable=False),
        sa.Column("voter", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_floor"),
        sa.ForeignKeyConstraint(["session"], ["live_sessions.code"], name="fk_floor_session"),
        sa.CheckConstraint("state in ('waiting', 'shown', 'answered', 'hidden')", name="state"),
        sa.UniqueConstraint("session", "voter", "text", name="uq_floor_session_voter_text"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "seconded",
        sa.Column("question", sa.BigInteger, nullable=False),
        sa.Column("voter", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("question", "voter", name="pk_seconded"),
        sa.ForeignKeyConstraint(["question"], ["floor.seq"], name="fk_seconded_question"),
    )


def downgrade() -> None:
    for table in ("seconded", "floor", "votes", "polls", "live_sessions"):
        op.drop_table(table)
