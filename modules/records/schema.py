"""The tables. The journal is only added to; every other fact about learning is computed from it."""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

METADATA = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)

LEARNERS = Table(
    "learners",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("created_at", Text, nullable=False),
    Column("name", Text),
    Column("email", Text),
    CheckConstraint("kind in ('guest')", name="kind"),
)

# SQLite counts only in INTEGER. Times are ISO 8601 in UTC with a fixed width: as text they sort as times.
JOURNAL = Table(
    "journal",
    METADATA,
    Column("seq", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True),
    Column("id", Text, nullable=False),
    Column("learner", Text, ForeignKey("learners.id"), nullable=False),
    Column("module", Text, nullable=False),
    Column("type", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("payload", Text, nullable=False),
    UniqueConstraint("id"),
    Index(None, "learner", "module", "seq"),
    Index(None, "module", "seq"),
    sqlite_autoincrement=True,
)

CERTIFICATES = Table(
    "certificates",
    METADATA,
    Column("number", Text, primary_key=True),
    Column("learner", Text, ForeignKey("learners.id"), nullable=False),
    Column("module", Text, nullable=False),
    Column("issued_at", Text, nullable=False),
    Column("document", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("reason", Text),
    UniqueConstraint("learner", "module"),
    CheckConstraint("state in ('valid', 'superseded', 'revoked')", name="state"),
)

INSTANCE = Table(
    "instance",
    METADATA,
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

# Responses not yet sent in: the newest of each item. `sitting` names the attempt, `place` is <quiz>#<item>.
DRAFTS = Table(
    "drafts",
    METADATA,
    Column("learner", Text, ForeignKey("learners.id"), primary_key=True),
    Column("module", Text, primary_key=True),
    Column("sitting", Text, primary_key=True),
    Column("place", Text, primary_key=True),
    Column("at", Text, nullable=False),
    Column("document", Text, nullable=False),
)

# What each version of a module showed: events and certificates name its digest.
VERSIONS = Table(
    "versions",
    METADATA,
    Column("digest", Text, primary_key=True),
    Column("module", Text, nullable=False),
    Column("kept_at", Text, nullable=False),
    Column("document", Text, nullable=False),
    Index(None, "module", "kept_at"),
)
