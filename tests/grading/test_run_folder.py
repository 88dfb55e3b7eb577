"""A run's temporary folder goes with its last process, and one that was abandoned with the next run."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from typing import TYPE_CHECKING

import pytest

from grader.grading import run_folder

if TYPE_CHECKING:
    from pathlib import Path

HOLDER = """
import sys
from pathlib import Path
from grader.grading import run_folder
with run_folder.joined(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture(autouse=True)
def parent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder for temporary files."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def holder(path: Path) -> subprocess.Popen[str]:
    """Another process with a hold on a run's folder."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def test_the_folder_of_a_run_is_removed_at_its_end_with_all_that_is_in_it(parent: Path) -> None:
    with run_folder.created() as folder:
        inner = run_folder.content(folder.path) / "a" / "b"
        inner.mkdir(parents=True)
        (inner / "file").write_text("x")
        inner.chmod(0o300)
        assert folder.path.stat().st_mode & 0o777 == 0o700
    assert list(parent.iterdir()) == []


def test_the_last_process_removes_the_folder(parent: Path) -> None:
    with run_folder.created() as folder:
        with holder(folder.path) as worker:
            folder.leave()
            assert folder.path.exists()
            worker.communicate("")
        assert list(parent.iterdir()) == []


def test_what_killed_processes_left_is_removed_by_the_next_run_and_nothing_else(parent: Path) -> None:
    with run_folder.created() as live:
        abandoned = parent / f"{run_folder.PREFIX}abandoned"
        (abandoned / run_folder.CONTENT / "box").mkdir(parents=True)
        (abandoned / run_folder.LOCK).touch()
        without_lock = parent / f"{run_folder.PREFIX}new"
        without_lock.mkdir()
        (parent / f"{run_folder.PREFIX}link").symlink_to(without_lock)
        (parent / "other").mkdir()
        (parent / "other" / run_folder.LOCK).touch()
        with holder(live.path) as worker:
            worker.kill()
        with run_folder.created() as second:
            left = {path.name for path in parent.iterdir()}
    assert left == {live.path.name, second.path.name, without_lock.name, f"{run_folder.PREFIX}link", "other"}


def test_the_folder_of_a_killed_run_is_removed_by_the_next_one(parent: Path) -> None:
    with run_folder.created() as folder:
        with holder(folder.path) as worker:
            folder.leave()
            worker.kill()
        assert folder.path.exists()
        with run_folder.created():
            assert not folder.path.exists()


def test_who_comes_too_late_is_told(parent: Path) -> None:
    with pytest.raises(FileNotFoundError), run_folder.joined(parent / "gone"):
        pass
