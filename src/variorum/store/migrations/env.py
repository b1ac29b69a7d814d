"""Run by Alembic: migrates the connection it is handed, inside the transaction that is open on it."""

from alembic import context

from variorum.store.tables import METADATA

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=METADATA, transactional_ddl=False)
context.run_migrations()
