"""Changes that go round the triggers, as somebody with the database in their hands could make."""

import sqlalchemy as sa

from modules.records.engine import make_engine
from modules.records.migrations.only_added import UNGUARDED
from modules.records.records import Records


def tamper(records: Records, *statements: str) -> None:
    """On PostgreSQL as a superuser who switches triggers off; on SQLite by taking them away."""
    engine = make_engine(records.engine.url.render_as_string(hide_password=False))
    if engine.dialect.name == "sqlite":
        _on_sqlite(engine, statements)
    else:
        with engine.begin() as connection:
            connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
            for statement in statements:
                connection.exec_driver_sql(statement)
    engine.dispose()


def _on_sqlite(engine: sa.Engine, statements: tuple[str, ...]) -> None:
    with engine.execution_options(plain=True).connect() as connection:
        connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
        known = connection.scalars(sa.text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).all()
        for statement in (*(one for one in UNGUARDED["sqlite"] if one.split()[-1] in known), *statements):
            connection.exec_driver_sql(statement)
