"""A stamp changes with whatever is handed in, and with nothing else; no file is opened for it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from grader.submissions.records import Part
from grader.submissions.stamps import Stamp, stamp

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A submission with two files."""
    made = tmp_path / "ada"
    (made / "ch3").mkdir(parents=True)
    (made / "a.py").write_text("x = 1\n")
    (made / "ch3" / "b.py").write_text("y = 1\n")
    return made


def of(path: Path) -> Stamp:
    return stamp([Part(path)])


def test_nothing_changes_by_itself(folder: Path) -> None:
    assert of(folder) == of(folder)
    assert of(folder).newest == (folder / "ch3" / "b.py").stat().st_mtime_ns / 1e9


@pytest.mark.parametrize(
    "change",
    [
        lambda folder: (folder / "a.py").write_text("x = 12\n"),
        lambda folder: (folder / "ch3" / "b.py").unlink(),
        lambda folder: (folder / "a.py").rename(folder / "c.py"),
        lambda folder: (folder / "ch3" / "new.py").write_text(""),
        lambda folder: os.utime(folder / "a.py", (1, 1)),
    ],
    ids=["written", "removed", "renamed", "added", "touched"],
)
def test_every_change_shows(folder: Path, change: Callable[[Path], object]) -> None:
    before = of(folder)
    change(folder)
    assert of(folder).digest != before.digest


def test_a_file_that_is_written_with_its_old_time_and_size_shows(folder: Path) -> None:
    """An unpacked archive keeps times; the system's own time of the change does not lie."""
    path = folder / "a.py"
    found, before = path.stat(), of(folder)
    path.write_text("x = 2\n")
    os.utime(path, ns=(found.st_atime_ns, found.st_mtime_ns))
    assert of(folder).digest != before.digest


def test_links_are_not_followed_and_what_is_not_there_has_a_stamp(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "secret").mkdir()
    (folder / "link").symlink_to(tmp_path / "secret")
    before = of(folder)
    (tmp_path / "secret" / "file").write_text("x")
    assert of(folder) == before
    assert of(tmp_path / "nowhere").newest == 0
    os.mkfifo(tmp_path / "pipe")
    assert of(tmp_path / "pipe").newest > 0


def test_a_single_file_and_several_parts(folder: Path) -> None:
    single = of(folder / "a.py")
    assert single != stamp([Part(folder / "a.py"), Part(folder / "ch3")])
