"""Bring a database to the newest schema."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from alembic import command
from alembic.config import Config

if TYPE_CHECKING:
    import sqlalchemy as sql


def upgrade(engine: sql.Engine) -> None:
    """Apply all revisions that a database lacks, in one transaction."""
    with engine.begin() as connection:
        command.upgrade(configuration(connection), "head")


def configuration(connection: sql.Connection | None = None) -> Config:
    """Return Alembic's configuration, with the connection that it works on."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
