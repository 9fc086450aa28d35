"""How Alembic reaches the database: over the connection that ``upgrade`` hands it."""

from alembic import context

import redactor.store.upgrade  # noqa: F401 - registers every table
from redactor.store.db import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
