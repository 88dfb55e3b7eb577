"""The database of a gradebook: SQLite in the output folder, or any other that SQLAlchemy can reach by a URL.

One table holds events, and the database itself refuses to change or remove one (see
`grader.gradebook.migrations`); only `forget` removes what there is about one student.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final, Self

import msgspec
import sqlalchemy as sql
from sqlalchemy import event as hooks
from sqlalchemy import exc

from grader.gradebook.errors import GradebookError
from grader.gradebook.events import Content, Event, decoded, encoded
from grader.gradebook.schema import EVENTS, FORGETTING, NEWEST, REVISION, REVISIONS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

FILE: Final = "gradebook.db"
OWN: Final = ""
"""The book in a database that holds only one."""
PATIENCE: Final = 60
"""Seconds to wait for another process that writes to the same file."""
PRIVATE: Final = 0o600
DRIVERS: Final = {"postgresql": "postgresql+psycopg", "postgres": "postgresql+psycopg"}
"""The driver for a database that the URL names without one."""


class Draft(msgspec.Struct, frozen=True):
    """An event before it is recorded.

    Args:
        student: the student's row and folder; "" if it is about nobody in particular.
        content: what happened.
        author: who records it.
        key: what makes it the same event as another one: it is recorded once. "": it is unlike any other.

    """

    student: str
    content: Content
    author: str
    key: str = ""


class Store:
    """An open database of events. As a context manager it is closed on exit.

    Args:
        engine: SQLAlchemy's engine.
        book: which events of the database belong to this gradebook.
        where: the database in words, for messages.

    """

    def __init__(self, engine: sql.Engine, book: str, where: str) -> None:
        self.engine = engine
        self.book = book
        self.where = where

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.engine.dispose()

    def append(self, drafts: Sequence[Draft]) -> list[int]:
        """Record events, all or none, and return their numbers. Raises `GradebookError`.

        An event whose key was recorded before is left out.
        """
        if not drafts:
            return []
        with self._transaction() as connection:
            self._lock(connection)
            return [number for draft in drafts if (number := self._insert(connection, draft)) is not None]

    def events(self, student: str | None = None, kind: str | None = None) -> tuple[Event, ...]:
        """Return all events, or those under a student's name or of a kind, in order.

        Raises `GradebookError`.
        """
        table = EVENTS
        question = sql.select(table).where(table.c.book == self.book).order_by(table.c.id)
        if student is not None:
            question = question.where(table.c.student == student)
        if kind is not None:
            question = question.where(table.c.kind == kind)
        with self._transaction() as connection:
            rows = connection.execute(question).all()
        try:
            return tuple(
                Event(
                    id=row.id,
                    time=datetime.fromisoformat(row.time),
                    author=row.author,
                    student=row.student,
                    content=decoded(row.body),
                )
                for row in rows
            )
        except (msgspec.MsgspecError, ValueError) as error:
            raise GradebookError(f"An event in {self.where} can't be read: {error}.") from error

    def keys(self) -> frozenset[str]:
        """Return the keys of all events that have one. Raises `GradebookError`."""
        table = EVENTS
        question = sql.select(table.c.key).where(table.c.book == self.book, table.c.key.is_not(None))
        with self._transaction() as connection:
            return frozenset(connection.execute(question).scalars())

    def forget(self, events: Sequence[Event], left: Draft) -> int:
        """Remove all events about somebody, record what is left, and return how many went.

        Raises `GradebookError`.
        """
        gone = 0
        with self._transaction() as connection:
            self._lock(connection)
            for student in sorted({event.student for event in events}):
                mine = {"book": self.book, "student": student}
                connection.execute(sql.insert(FORGETTING).values(**mine))
                for event in events:
                    if event.student == student:
                        this = (EVENTS.c.book == self.book, EVENTS.c.id == event.id)
                        gone += connection.execute(sql.delete(EVENTS).where(*this)).rowcount
                connection.execute(sql.delete(FORGETTING).filter_by(**mine))
            self._insert(connection, left)
        if self.engine.dialect.name == "sqlite":
            with contextlib.closing(self.engine.raw_connection()) as raw:  # the log still has what went
                raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return gone

    def _insert(self, connection: sql.Connection, draft: Draft) -> int | None:
        table = EVENTS
        if draft.key:
            same = sql.select(table.c.id).where(table.c.book == self.book, table.c.key == draft.key)
            if connection.execute(same).first() is not None:
                return None
        values = {
            "book": self.book,
            "time": datetime.now(UTC).isoformat(timespec="microseconds"),
            "author": draft.author,
            "student": draft.student,
            "kind": type(draft.content).__struct_config__.tag,
            "key": draft.key or None,
            "body": encoded(draft.content).decode(),
        }
        done = connection.execute(sql.insert(table).values(**values))
        return int(done.inserted_primary_key[0]) if done.inserted_primary_key else None

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[sql.Connection]:
        with said(self.where), self.engine.begin() as connection:
            yield connection

    def _lock(self, connection: sql.Connection) -> None:
        """Let nobody else write, so that numbers are in the order of commits; SQLite does so by itself."""
        if self.engine.dialect.name == "postgresql":
            connection.exec_driver_sql("LOCK TABLE events IN SHARE ROW EXCLUSIVE MODE")


def open_file(folder: Path) -> Store:
    """Open the gradebook in an output folder; make it if there is none. Raises `GradebookError`."""
    path = folder / FILE
    where = f"'{path}'"
    try:
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, PRIVATE))
        for one in (path, *(path.with_name(FILE + end) for end in ("-wal", "-shm"))):
            if one.exists():
                one.chmod(PRIVATE)
    except OSError as error:
        raise GradebookError(f"{where} can't be opened: {error.strerror}.") from error
    url = sql.URL.create("sqlite", database=str(path.absolute()))
    engine = sql.create_engine(url, connect_args={"timeout": PATIENCE, "isolation_level": None})
    hooks.listen(engine, "connect", _prepare_sqlite)
    hooks.listen(engine, "begin", _begin_to_write)
    return _migrated(Store(engine, OWN, where))


def open_url(url: str, book: str) -> Store:
    """Open a gradebook in another database. Raises `GradebookError`.

    Args:
        url: the URL, as SQLAlchemy reads it: `postgresql://user@host/database`.
        book: which events of the database belong to this gradebook.

    """
    try:
        parsed = sql.make_url(url)
        parsed = parsed.set(drivername=DRIVERS.get(parsed.drivername, parsed.drivername))
        engine = sql.create_engine(parsed, pool_pre_ping=True)
    except (ImportError, exc.NoSuchModuleError) as error:
        raise GradebookError(
            f"The driver for the gradebook's database is not installed: {error}. "
            "For PostgreSQL: pip install 'psycopg[binary]'."
        ) from error
    except exc.ArgumentError as error:
        raise GradebookError(
            "The URL of the gradebook is none: it looks like postgresql://user@host/database."
        ) from error
    if engine.dialect.name == "sqlite":
        raise GradebookError(
            "SQLite belongs into the output folder: leave the URL out. URLs are for servers: "
            "postgresql://user@host/database."
        )
    return _migrated(Store(engine, book, shown(url)))


def shown(url: str) -> str:
    """Return a URL without its password."""
    try:
        return sql.make_url(url).render_as_string(hide_password=True)
    except exc.ArgumentError:
        return "the gradebook's URL"


def has_password(url: str) -> bool:
    """Return whether a URL contains a password."""
    try:
        return sql.make_url(url).password is not None
    except exc.ArgumentError:
        return False


@contextlib.contextmanager
def said(where: str) -> Iterator[None]:
    """Turn what a database driver raises into a `GradebookError` with a sentence."""
    try:
        yield
    except exc.DBAPIError as error:
        raise GradebookError(_sentence(where, error)) from error


def _sentence(where: str, error: exc.DBAPIError) -> str:
    cause = error.orig
    why = " ".join(str(cause).split()).rstrip(".")
    code = getattr(cause, "sqlite_errorcode", 0) & 0xFF
    match code:
        case sqlite3.SQLITE_FULL:
            return f"{where} can't be written: the disk is full. Free space, then run the same command again."
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return f"{where} is in use by another program. Wait for it, then run the same command again."
        case sqlite3.SQLITE_NOTADB | sqlite3.SQLITE_CORRUPT:
            return (
                f"{where} is damaged ({why}). Put a copy in its place; or move it away: the next run takes "
                "the reports over, but extensions, adjustments and excuses are only in there."
            )
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_PERM | sqlite3.SQLITE_IOERR:
            return f"{where} can't be read or written ({why}). Fix permissions or free disk space."
        case _:
            return f"{where} can't be used: {why}."


def _migrated(store: Store) -> Store:
    """Return a store whose database has the newest schema. Raises `GradebookError`."""
    try:
        with said(store.where):
            revision = _revision(store.engine)
            if revision != NEWEST:
                _require_known(revision, store.where)
                from grader.gradebook.migrations.upgrading import upgrade

                upgrade(store.engine)
    except GradebookError:
        store.engine.dispose()
        raise
    return store


def _require_known(revision: str | None, where: str) -> None:
    if revision is not None and revision not in REVISIONS:
        raise GradebookError(
            f"{where} was written by a newer version of Gradbook (schema {revision}): use that version or a "
            "later one."
        )


def _revision(engine: sql.Engine) -> str | None:
    """Return the revision of a database's schema; None if it has none."""
    with engine.connect() as connection:
        if not sql.inspect(connection).has_table(REVISION.name):
            return None
        return connection.execute(sql.select(REVISION.c.version_num)).scalar()


def _prepare_sqlite(connection: Any, _record: object) -> None:  # noqa: ANN401 - a connection of any driver
    cursor = connection.cursor()
    for setting in ("journal_mode = WAL", "synchronous = FULL", "secure_delete = ON"):
        cursor.execute(f"PRAGMA {setting}")
    cursor.close()


def _begin_to_write(connection: sql.Connection) -> None:
    """Begin with the lock: two who read first and write then would refuse each other."""
    connection.exec_driver_sql("BEGIN IMMEDIATE")
