"""What Alembic runs: the connection comes from engine.upgrade(), already inside one transaction."""

from alembic import context

from modules.records.schema import METADATA

context.configure(connection=context.config.attributes["connection"], target_metadata=METADATA, transactional_ddl=True)
context.run_migrations()
