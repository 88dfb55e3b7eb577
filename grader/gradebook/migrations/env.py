"""What Alembic runs for each migration: it works on the connection that it is given."""

from __future__ import annotations

from alembic import context

from grader.gradebook.schema import METADATA

context.configure(connection=context.config.attributes["connection"], target_metadata=METADATA)
context.run_migrations()
