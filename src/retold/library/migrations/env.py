"""What Alembic runs to bring a library's tables up to date, on the connection that `opening` gives it."""

from alembic import context

from retold.library.schema import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
