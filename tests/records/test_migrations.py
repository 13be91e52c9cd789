"""The migrations lead from nothing to the tables the code uses, also when several processes start at once."""

import subprocess
import sys
from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import CheckConstraint, inspect

from modules.records.engine import alembic_config, make_engine, writing
from modules.records.records import open_records
from modules.records.schema import METADATA

ROOT = Path(__file__).parents[2]
FIRST_START = """
import sys
from datetime import UTC, datetime
from modules.core.people import Account
from modules.records.records import open_records
me = sys.argv[2]
new = Account(me, me, me + "@example.org", datetime.now(UTC), frozenset({"learner"}))
made = open_records(sys.argv[1]).accounts.create(new, first=True)
print("owner" if "owner" in made.duties else "")
"""


def test_the_migrations_make_exactly_the_tables_the_code_uses(database_url: str) -> None:
    open_records(database_url).close()
    engine = make_engine(database_url)
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), METADATA) == []
        for table in METADATA.tables.values():
            kept = {c["name"] for c in inspect(connection).get_check_constraints(table.name)}
            assert kept == {c.name for c in table.constraints if isinstance(c, CheckConstraint)}
    engine.dispose()


def test_the_migrations_can_be_taken_back_and_applied_again(database_url: str) -> None:
    open_records(database_url).close()
    engine = make_engine(database_url)
    with writing(engine).begin() as connection:
        command.downgrade(alembic_config(connection), "base")
    with engine.connect() as connection:
        assert inspect(connection).get_table_names() == ["alembic_version"]
    engine.dispose()
    open_records(database_url).close()


def test_opening_again_changes_nothing(database_url: str) -> None:
    first = open_records(database_url)
    first.put_once("colour", "red")
    first.upgrade()
    assert first.value("colour") == "red"
    first.close()


def test_processes_that_start_first_at_once_all_start_and_one_account_becomes_the_owner(database_url: str) -> None:
    command_line = [sys.executable, "-c", FIRST_START, database_url]
    started = [
        subprocess.Popen([*command_line, who], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for who in ("ann", "bob", "cyd", "dee")
    ]
    said = [process.communicate(timeout=60) for process in started]
    assert [process.returncode for process in started] == [0] * 4, said
    assert len([out for out, _ in said if out.strip()]) == 1
