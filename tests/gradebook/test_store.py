"""The database: it only grows, by whatever means; its file is its owner's; every fault has its sentence."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import shutil
import sqlite3
import stat
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sql
from alembic.script import ScriptDirectory

from grader.gradebook import store as stores
from grader.gradebook.errors import GradebookError
from grader.gradebook.events import Excuse, Forgotten, Seen
from grader.gradebook.migrations.upgrading import configuration
from grader.gradebook.schema import METADATA, NEWEST, REVISIONS
from grader.gradebook.store import Draft, Store, has_password, open_file, open_url, shown

if TYPE_CHECKING:
    from collections.abc import Iterator

SERVERS = sorted(Path("/usr/lib/postgresql").glob("*/bin")) if Path("/usr/lib/postgresql").exists() else []
NO_SERVER = "PostgreSQL's server is not installed: `apt install postgresql`"


def seen(content: str, student: str = "alice") -> Draft:
    return Draft(student, Seen(content=content), "grader", f"seen:{student}:{content}")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server of our own on a socket, which refuses to run as root."""
    if not SERVERS:
        pytest.skip(NO_SERVER)
    folder = Path("/tmp") / f"gradbook-{os.getpid()}"  # noqa: S108 - a path of a socket is short
    folder.mkdir(mode=0o700)
    user = 65534 if os.geteuid() == 0 else None
    if user is not None:
        os.chown(folder, user, -1)

    def run(program: str, *arguments: str | Path) -> None:
        subprocess.run(
            [SERVERS[-1] / program, "-D", folder / "data", *arguments],
            user=user, cwd=folder, check=True, capture_output=True, timeout=100,
        )  # fmt: skip

    try:
        run("initdb", "-U", "grader", "--auth", "trust", "--no-sync")
        options = f"-k {folder} -c listen_addresses="
        run("pg_ctl", "-w", "-o", options, "-l", folder / "log", "start")
        yield f"postgresql://grader@/postgres?host={folder}"
        run("pg_ctl", "-m", "fast", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """An empty gradebook in each database."""
    if request.param == "sqlite":
        with open_file(tmp_path) as opened:
            yield opened
    else:
        with open_url(request.getfixturevalue("server"), tmp_path.name) as opened:
            yield opened


def test_events_come_back_as_they_were_recorded(store: Store) -> None:
    numbers = store.append([seen("A"), Draft("bob", Excuse(reason="ill"), "N.")])
    found = store.events()
    assert [event.id for event in found] == numbers == sorted(numbers)
    assert [(event.student, event.author, event.content) for event in found] == [
        ("alice", "grader", Seen(content="A")),
        ("bob", "N.", Excuse(reason="ill")),
    ]
    assert [event.student for event in store.events("bob")] == ["bob"]


def test_what_was_recorded_is_not_recorded_twice(store: Store) -> None:
    assert len(store.append([seen("A"), seen("A")])) == 1
    assert store.append([seen("A")]) == []
    assert len(store.append([Draft("alice", Excuse(reason="ill"), "N.")] * 2)) == 2


def test_all_events_are_recorded_or_none(store: Store) -> None:
    broken = Draft("alice", Seen(content="B"), None)  # type: ignore[arg-type]
    with pytest.raises(GradebookError):
        store.append([seen("A"), broken])
    assert store.events() == ()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE events SET author = 'somebody'",
        "UPDATE events SET body = body",
        "DELETE FROM events",
        "DELETE FROM events WHERE student = 'alice'",
        "INSERT OR REPLACE INTO events SELECT * FROM events",
        (
            "REPLACE INTO events (book, time, author, student, kind, key, body) "
            "SELECT book, time, 'somebody', student, kind, key, body FROM events"
        ),
        "TRUNCATE events",
    ],
)
def test_the_database_itself_refuses_everything_but_new_events(store: Store, statement: str) -> None:
    store.append([seen("A")])
    before = store.events()
    with pytest.raises(sql.exc.DBAPIError), store.engine.begin() as connection:
        connection.exec_driver_sql(statement)
    assert store.events() == before


def test_somebody_is_forgotten_and_nobody_else(store: Store) -> None:
    store.append([seen("A"), seen("B"), seen("A", "bob")])
    assert store.forget(store.events("alice"), Draft("", Forgotten(exercises=()), "N.")) == 2
    assert [event.student for event in store.events()] == ["bob", ""]
    with pytest.raises(sql.exc.DBAPIError), store.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM events")


def test_nothing_is_left_of_somebody_in_the_file(tmp_path: Path) -> None:
    with open_file(tmp_path) as store:
        store.append([Draft("alice", Excuse(reason="a very private reason"), "N.")])
        store.forget(store.events("alice"), Draft("", Forgotten(exercises=()), "N."))
        for path in tmp_path.iterdir():
            assert b"very private" not in path.read_bytes()


def test_books_in_one_database_do_not_see_each_other(server: str) -> None:
    with open_url(server, "one") as one, open_url(server, "two") as two:
        one.append([seen("A")])
        assert two.events() == ()
        assert len(two.append([seen("A")])) == 1


def append_many(folder: str, name: str) -> None:
    with open_file(Path(folder)) as store:
        for number in range(25):
            store.append([seen(f"{name} {number}"), seen(f"both {number}")])


def test_two_processes_record_at_once_and_nothing_is_lost_or_there_twice(tmp_path: Path) -> None:
    """From the first moment: both make the database."""
    context = multiprocessing.get_context("spawn")
    both = [context.Process(target=append_many, args=(str(tmp_path), name)) for name in ("one", "two")]
    for process in both:
        process.start()
    for process in both:
        process.join(60)
        assert process.exitcode == 0
    with open_file(tmp_path) as store:
        found = [event.content.content for event in store.events() if isinstance(event.content, Seen)]
    assert len(found) == len(set(found)) == 75


def test_the_file_and_what_lies_beside_it_are_their_owners_alone(tmp_path: Path) -> None:
    mask = os.umask(0)
    try:
        with open_file(tmp_path) as store:
            store.append([seen("A")])
            modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()}
    finally:
        os.umask(mask)
    assert modes == dict.fromkeys(["gradebook.db", "gradebook.db-shm", "gradebook.db-wal"], 0o600)


def test_a_file_that_others_could_read_becomes_private(tmp_path: Path) -> None:
    open_file(tmp_path).engine.dispose()
    (tmp_path / "gradebook.db").chmod(0o644)
    open_file(tmp_path).engine.dispose()
    assert stat.S_IMODE((tmp_path / "gradebook.db").stat().st_mode) == 0o600


def test_a_broken_database_has_its_sentence_and_stays(tmp_path: Path) -> None:
    (tmp_path / "gradebook.db").write_bytes(b"no database" * 1000)
    with pytest.raises(GradebookError, match="is damaged") as caught:
        open_file(tmp_path)
    assert "move it away" in str(caught.value)
    assert (tmp_path / "gradebook.db").read_bytes() == b"no database" * 1000


def test_a_database_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    open_file(tmp_path).engine.dispose()
    with contextlib.closing(sqlite3.connect(tmp_path / "gradebook.db")) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(GradebookError, match=r"newer version of Gradbook \(schema 9999\)"):
        open_file(tmp_path)


def test_a_database_that_somebody_else_holds_has_its_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stores, "PATIENCE", 0.1)
    with (
        open_file(tmp_path) as store,
        contextlib.closing(sqlite3.connect(tmp_path / "gradebook.db")) as other,
    ):
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(GradebookError, match="in use by another program"):
            store.append([seen("A")])


def test_what_can_not_be_read_is_named(tmp_path: Path) -> None:
    with open_file(tmp_path) as store:
        store.append([seen("A")])
        with store.engine.begin() as connection:
            connection.exec_driver_sql(
                "INSERT INTO events (book, time, author, student, kind, body) "
                "VALUES ('', 'now', 'x', 'y', 'seen', '{}')"
            )
        with pytest.raises(GradebookError, match=r"An event in .* can't be read"):
            store.events()


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("no url", "The URL of the gradebook is none"),
        ("sqlite:///x.db", "SQLite belongs into the output folder"),
        ("mystery://host/db", "The driver for the gradebook's database is not installed"),
        ("postgresql://grader@/x?host=/nowhere", "can't be used"),
    ],
)
def test_a_url_that_leads_nowhere_has_its_sentence(url: str, sentence: str) -> None:
    with pytest.raises(GradebookError, match=sentence):
        open_url(url, "book")


def test_a_password_is_never_shown() -> None:
    url = "postgresql://grader:secret@host/marks"
    assert shown(url) == "postgresql://grader:***@host/marks"
    assert has_password(url)
    assert not has_password("postgresql://grader@host/marks")


def test_migrations_lead_to_the_schema_that_the_program_uses(store: Store) -> None:
    script = ScriptDirectory.from_config(configuration())
    assert script.get_current_head() == NEWEST
    assert tuple(reversed([one.revision for one in script.walk_revisions()])) == REVISIONS
    found = sql.inspect(store.engine)
    for table in METADATA.sorted_tables:
        columns = {column["name"]: column["nullable"] for column in found.get_columns(table.name)}
        assert columns == {column.name: column.nullable for column in table.columns}
    assert [one["name"] for one in found.get_unique_constraints("events")] == ["events_once"]
    assert "events_by_student" in [one["name"] for one in found.get_indexes("events")]
