"""The tables of the newest schema. Earlier ones are brought to it by `grader.gradebook.migrations`."""

from __future__ import annotations

from typing import Final

import sqlalchemy as sql

NEWEST: Final = "0001"
REVISIONS: Final = ("0001",)
"""All revisions that this version knows, the first one first."""

METADATA: Final = sql.MetaData()
EVENTS: Final = sql.Table(
    "events",
    METADATA,
    sql.Column("id", sql.BigInteger().with_variant(sql.Integer(), "sqlite"), primary_key=True),
    sql.Column("book", sql.Text, nullable=False),
    sql.Column("time", sql.Text, nullable=False),
    sql.Column("author", sql.Text, nullable=False),
    sql.Column("student", sql.Text, nullable=False),
    sql.Column("kind", sql.Text, nullable=False),
    sql.Column("key", sql.Text),
    sql.Column("body", sql.Text, nullable=False),
    sql.UniqueConstraint("book", "key", name="events_once"),
    sql.Index("events_by_student", "book", "student"),
    sqlite_autoincrement=True,
)
"""The events: `body` is JSON. Times are text, with their offset from UTC."""
FORGETTING: Final = sql.Table(
    "forgetting",
    METADATA,
    sql.Column("book", sql.Text, nullable=False),
    sql.Column("student", sql.Text, nullable=False),
)
"""Who is being forgotten, within one transaction: only their events can be removed."""
REVISION: Final = sql.Table("alembic_version", sql.MetaData(), sql.Column("version_num", sql.String(32)))
"""Where Alembic keeps the revision."""
