"""The table of events, which can only grow."""

from __future__ import annotations

from typing import Final

import sqlalchemy as sql
from alembic import op

revision: Final = "0001"
down_revision: Final = None

SQLITE: Final = (
    """
    CREATE TRIGGER events_no_update BEFORE UPDATE ON events
    BEGIN SELECT RAISE(ABORT, 'events are only added, never changed'); END
    """,
    """
    CREATE TRIGGER events_no_delete BEFORE DELETE ON events
    WHEN NOT EXISTS (SELECT 1 FROM forgetting WHERE book = OLD.book AND student = OLD.student)
    BEGIN SELECT RAISE(ABORT, 'events are only added, never removed'); END
    """,
    # `INSERT OR REPLACE` removes a row without asking the trigger above.
    """
    CREATE TRIGGER events_no_replacement BEFORE INSERT ON events
    WHEN EXISTS (SELECT 1 FROM events WHERE id = NEW.id OR (book = NEW.book AND key = NEW.key))
    BEGIN SELECT RAISE(ABORT, 'events are only added, never replaced'); END
    """,
)
POSTGRESQL: Final = (
    """
    CREATE FUNCTION events_only_grow() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'DELETE' THEN
            IF EXISTS (SELECT 1 FROM forgetting WHERE book = OLD.book AND student = OLD.student) THEN
                RETURN OLD;
            END IF;
        END IF;
        RAISE EXCEPTION 'events are only added, never changed or removed';
    END $$
    """,
    """
    CREATE TRIGGER events_only_grow BEFORE UPDATE OR DELETE ON events
    FOR EACH ROW EXECUTE FUNCTION events_only_grow()
    """,
    """
    CREATE TRIGGER events_no_truncate BEFORE TRUNCATE ON events
    FOR EACH STATEMENT EXECUTE FUNCTION events_only_grow()
    """,
)


def upgrade() -> None:
    """Make the tables, and the triggers that refuse everything but new events."""
    op.create_table(
        "events",
        sql.Column("id", sql.BigInteger().with_variant(sql.Integer(), "sqlite"), primary_key=True),
        sql.Column("book", sql.Text, nullable=False),
        sql.Column("time", sql.Text, nullable=False),
        sql.Column("author", sql.Text, nullable=False),
        sql.Column("student", sql.Text, nullable=False),
        sql.Column("kind", sql.Text, nullable=False),
        sql.Column("key", sql.Text),
        sql.Column("body", sql.Text, nullable=False),
        sql.UniqueConstraint("book", "key", name="events_once"),
        sqlite_autoincrement=True,
    )
    op.create_index("events_by_student", "events", ["book", "student"])
    op.create_table(
        "forgetting",
        sql.Column("book", sql.Text, nullable=False),
        sql.Column("student", sql.Text, nullable=False),
    )
    statements = {"sqlite": SQLITE, "postgresql": POSTGRESQL}
    for statement in statements.get(op.get_bind().dialect.name, ()):
        op.execute(statement)
