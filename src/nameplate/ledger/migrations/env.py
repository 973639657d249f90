"""Run by Alembic: applies the steps on the connection that the ledger hands over.

The ledger has begun the transaction and ends it, so that a crash leaves the file as it was.
"""

from alembic import context

from nameplate.ledger.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=True,
    render_as_batch=True,
)
context.run_migrations()
