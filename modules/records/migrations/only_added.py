"""Triggers under which the journal and the deeds are only added to, for both engines.

The journal has one way out: while `purging` holds a row, which only a running transaction can, a row may become a stub.
They guard against mistakes. Whoever may change the tables' definitions can take them away; the chain tells of that.
"""

STUB = {
    "id": "'purged-' || OLD.seq", "learner": "'purged'", "module": "''", "type": "'purged'", "at": "''",
    "seq": "OLD.seq", "link": "OLD.link",
}  # fmt: skip
"""What a row must become when it is purged. Its payload names the purge."""
_STUBBED = " AND ".join(f"NEW.{column} = {value}" for column, value in STUB.items())
_PURGE = f"{_STUBBED} AND EXISTS (SELECT 1 FROM purging)"  # noqa: S608 (no value comes from outside)
_REFUSED = "is only added to: no row is changed or deleted."


def _sqlite(table: str, refused: str) -> tuple[str, ...]:
    """INSERT OR REPLACE would delete a row without asking the trigger on DELETE, so a known row is refused as well."""
    key = "id" if table == "journal" else "seq"
    known = f"EXISTS (SELECT 1 FROM {table} WHERE {key} = NEW.{key} OR seq = NEW.seq)"  # noqa: S608 (no value comes from outside)
    abort = f"BEGIN SELECT RAISE(ABORT, 'The {table} {_REFUSED}'); END"
    return (
        f"CREATE TRIGGER {table}_update BEFORE UPDATE ON {table} {refused} {abort}",
        f"CREATE TRIGGER {table}_delete BEFORE DELETE ON {table} {abort}",
        f"CREATE TRIGGER {table}_replace BEFORE INSERT ON {table} WHEN {known} {abort}",
    )


def _postgresql(table: str) -> tuple[str, ...]:
    refuse = "EXECUTE FUNCTION landmark_only_added()"
    return (
        f"CREATE TRIGGER {table}_update BEFORE UPDATE ON {table} FOR EACH ROW {refuse}",
        f"CREATE TRIGGER {table}_delete BEFORE DELETE ON {table} FOR EACH ROW {refuse}",
        f"CREATE TRIGGER {table}_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT {refuse}",
    )


_FUNCTION = f"""
CREATE FUNCTION landmark_only_added() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND TG_TABLE_NAME = 'journal' THEN
    IF {_PURGE} THEN
      RETURN NEW;
    END IF;
  END IF;
  RAISE EXCEPTION 'The % {_REFUSED}', TG_TABLE_NAME;
END $$
"""

GUARDS: dict[str, tuple[str, ...]] = {
    "sqlite": (
        *_sqlite("journal", f"WHEN NOT ({_PURGE})"),
        *_sqlite("deeds", ""),
    ),
    "postgresql": (_FUNCTION, *_postgresql("journal"), *_postgresql("deeds")),
}
_NAMES = {"sqlite": ("update", "delete", "replace"), "postgresql": ("update", "delete", "truncate")}
UNGUARDED: dict[str, tuple[str, ...]] = {
    "sqlite": tuple(f"DROP TRIGGER {t}_{name}" for t in ("journal", "deeds") for name in _NAMES["sqlite"]),
    "postgresql": ("DROP FUNCTION landmark_only_added() CASCADE",),
}
