"""What alembic runs for every migration: over the connection that `models.migrations` hands it."""

from alembic import context

from models.migrations.metadata import METADATA

connection = context.config.attributes["connection"]

context.configure(
    connection=connection,
    target_metadata=METADATA,
    # SQLite changes a table only by making it anew.
    render_as_batch=connection.dialect.name == "sqlite",
)
context.run_migrations()
