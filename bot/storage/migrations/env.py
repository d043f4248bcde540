"""Run by alembic: migrates over the connection that bot.storage.schema hands in."""

from alembic import context

from bot.storage import care, messaging, records  # noqa: F401  the tables register themselves in the metadata
from bot.storage.columns import Utc, metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,  # SQLite alters a table by copying it
    render_item=lambda kind, item, _: (
        "sa.DateTime(timezone=True)" if kind == "type" and isinstance(item, Utc) else False
    ),
)
with context.begin_transaction():
    context.run_migrations()
