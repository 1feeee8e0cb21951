"""Runs a history of schema versions on the connection that the program hands in."""

from alembic import context

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=None,
    transactional_ddl=True,
    version_table="schema_version",
)
with context.begin_transaction():
    context.run_migrations()
