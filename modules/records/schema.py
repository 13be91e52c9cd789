"""The tables. The journal is only added to; every other fact about learning is computed from it."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    text,
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
    Column("link", Text, nullable=False, server_default=""),
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
    Column("scheme", Text, nullable=False, server_default="participation"),
    Column("replaces", Text),
    Column("ended_at", Text),
    CheckConstraint("state in ('valid', 'superseded', 'revoked')", name="state"),
)
# Of a learner, a module and a scheme one certificate stands; corrected and revoked ones stay beside it.
Index(
    "uq_certificates_standing",
    CERTIFICATES.c.learner,
    CERTIFICATES.c.module,
    CERTIFICATES.c.scheme,
    unique=True,
    sqlite_where=text("state = 'valid'"),
    postgresql_where=text("state = 'valid'"),
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


def _of_account(primary: bool = False) -> Column[str]:
    return Column("account", Text, ForeignKey("accounts.id"), primary_key=primary, nullable=False)


def _counter() -> Column[int]:
    return Column("seq", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True)


# `mail_key` is the address in one spelling, so that two that differ only in capitals are one account.
ACCOUNTS = Table(
    "accounts",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("learner", Text, ForeignKey("learners.id"), nullable=False),
    Column("email", Text, nullable=False),
    Column("mail_key", Text, nullable=False),
    Column("password", Text),
    Column("created_at", Text, nullable=False),
    Column("confirmed_at", Text),
    Column("closed_at", Text),
    UniqueConstraint("learner"),
    UniqueConstraint("mail_key"),
)

DUTIES = Table("duties", METADATA, _of_account(primary=True), Column("duty", Text, primary_key=True))

# Tokens of sign-ins and links are kept as SHA-256 only: who reads the table can use none of them. A sign-in began once;
# each of its tokens was created later, and one that another took the place of ends.
SIGN_INS = Table(
    "sign_ins",
    METADATA,
    Column("token", Text, primary_key=True),
    _of_account(),
    Column("began_at", Text, nullable=False),
    Column("created_at", Text, nullable=False),
    Column("seen_at", Text, nullable=False),
    Column("ends_at", Text),
    Column("device", Text, nullable=False),
    Index(None, "account"),
)

# `email`: the new address a link proves, None where it proves the account's own.
LINKS = Table(
    "links",
    METADATA,
    Column("token", Text, primary_key=True),
    _of_account(),
    Column("purpose", Text, nullable=False),
    Column("expires_at", Text, nullable=False),
    Column("used_at", Text),
    Column("email", Text),
)

IDENTITIES = Table(
    "identities",
    METADATA,
    Column("issuer", Text, primary_key=True),
    Column("subject", Text, primary_key=True),
    _of_account(),
)

# A guest belongs to the account that claimed it, once. `stands`: whose journal counts for an account in a module.
BELONGS = Table(
    "belongs",
    METADATA,
    Column("learner", Text, ForeignKey("learners.id"), primary_key=True),
    _of_account(),
    Column("at", Text, nullable=False),
)

STANDS = Table(
    "stands",
    METADATA,
    _of_account(primary=True),
    Column("module", Text, primary_key=True),
    Column("learner", Text, ForeignKey("learners.id"), nullable=False),
)

PROFILES = Table("profiles", METADATA, _of_account(primary=True), Column("document", Text, nullable=False))

CONSENTS = Table(
    "consents",
    METADATA,
    _counter(),
    _of_account(),
    Column("kind", Text, nullable=False),
    Column("given", Boolean, nullable=False),
    Column("at", Text, nullable=False),
    sqlite_autoincrement=True,
)

# Letters wait here until a mail server took them, then they are deleted.
MAILS = Table(
    "mails",
    METADATA,
    _counter(),
    Column("recipient", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("created_at", Text, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("next_at", Text, nullable=False),
    sqlite_autoincrement=True,
)

# A learner's own reflection on a module, for a portfolio.
NOTES = Table(
    "notes",
    METADATA,
    Column("learner", Text, ForeignKey("learners.id"), primary_key=True),
    Column("module", Text, primary_key=True),
    Column("text", Text, nullable=False),
    Column("at", Text, nullable=False),
)

# Rows sent to a register; `deed` is add or delete, `digest` of the row as it was sent.
SENT = Table(
    "sent",
    METADATA,
    _counter(),
    Column("register", Text, nullable=False),
    Column("batch", Text, nullable=False),
    Column("certificate", Text, nullable=False),
    Column("deed", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("at", Text, nullable=False),
    UniqueConstraint("register", "batch", "certificate"),
    Index(None, "register", "certificate"),
    sqlite_autoincrement=True,
)

# How far a learning record store has been given the journal.
DELIVERIES = Table(
    "deliveries",
    METADATA,
    Column("store", Text, primary_key=True),
    Column("seq", BigInteger, nullable=False),
    Column("at", Text, nullable=False),
)

# What learners wrote in their own words, in JSON spelling; the journal holds only `id`, which is made of salt and text.
WORDS = Table(
    "words",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("learner", Text, ForeignKey("learners.id"), nullable=False),
    Column("salt", Text, nullable=False),
    Column("text", Text, nullable=False),
    Index(None, "learner"),
)

# Who read, exported, erased or copied what. `actor` is an account or learner id, `detail` a JSON object; never a name.
DEEDS = Table(
    "deeds",
    METADATA,
    _counter(),
    Column("at", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("act", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("detail", Text, nullable=False),
    Column("link", Text, nullable=False, server_default=""),
    Index(None, "subject", "seq"),
    Index(None, "actor", "seq"),
    sqlite_autoincrement=True,
)

# A row here lets the journal's trigger pass. Its deferred key leads nowhere, so it can never be committed.
PURGING = Table(
    "purging",
    METADATA,
    Column("never", Text, ForeignKey("learners.id", deferrable=True, initially="DEFERRED"), primary_key=True),
)

# A live session. Nobody's name is here: `host` is an account's id, empty once the account was erased.
LIVE_SESSIONS = Table(
    "live_sessions",
    METADATA,
    Column("code", Text, primary_key=True),
    Column("module", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("host", Text, nullable=False),
    Column("plan", Text, nullable=False),
    Column("slide", Integer, nullable=False),
    Column("rehearsal", Boolean, nullable=False),
    Column("created_at", Text, nullable=False),
    Column("ended_at", Text),
    Index(None, "module", "created_at"),
    Index(None, "host"),
)


def _of_session(primary: bool = False) -> Column[str]:
    return Column("session", Text, ForeignKey("live_sessions.code"), primary_key=primary, nullable=False)


# `hidden`: a JSON list of what the host does not let the room see of what was written.
POLLS = Table(
    "polls",
    METADATA,
    _of_session(primary=True),
    Column("poll", Text, primary_key=True),
    Column("state", Text, nullable=False),
    Column("changed_at", Text, nullable=False),
    Column("hidden", Text, nullable=False, server_default="[]"),
    CheckConstraint("state in ('draft', 'open', 'closed', 'revealed')", name="state"),
)

# `voter` is the SHA-256 of a random token together with the session's code: in another session it is another.
VOTES = Table(
    "votes",
    METADATA,
    Column("session", Text, primary_key=True),
    Column("poll", Text, primary_key=True),
    Column("voter", Text, primary_key=True),
    Column("response", Text, nullable=False),
    Column("at", Text, nullable=False),
    ForeignKeyConstraint(["session", "poll"], ["polls.session", "polls.poll"], name="fk_votes_poll"),
)

# Questions from the floor, and who seconds them.
FLOOR = Table(
    "floor",
    METADATA,
    _counter(),
    _of_session(),
    Column("voter", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("at", Text, nullable=False),
    CheckConstraint("state in ('waiting', 'shown', 'answered', 'hidden')", name="state"),
    UniqueConstraint("session", "voter", "text"),
    sqlite_autoincrement=True,
)

SECONDED = Table(
    "seconded",
    METADATA,
    Column("question", BigInteger, ForeignKey("floor.seq"), primary_key=True),
    Column("voter", Text, primary_key=True),
)
