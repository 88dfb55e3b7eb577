"""Walking through a folder that a student handed in: bounded, without links, and without joining paths."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

import pytest

from grader.submissions import Unreadable, limits
from grader.submissions.walking import Listing, opened, walk
from tests.fixtures.hostile_folders import nested

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A folder that is removed by a program which doesn't mind how deep it is."""
    path = tmp_path / "folder"
    path.mkdir()
    yield path
    subprocess.run(["rm", "-rf", str(path)], check=True)  # noqa: S607 - found on PATH, as in a shell


def listed(folder: Path) -> Listing:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        return walk(descriptor)
    finally:
        os.close(descriptor)


def touch(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()


def test_files_are_found_level_by_level_and_in_order(folder: Path) -> None:
    for name in ("b/2.py", "a/deep/3.py", "1.py", "a/0.txt"):
        touch(folder / name)
    assert listed(folder) == Listing([("1.py",), ("a", "0.txt"), ("b", "2.py"), ("a", "deep", "3.py")])


def test_a_folder_too_deep_costs_only_what_is_in_it(folder: Path) -> None:
    touch(folder / "mlp.py")
    nested(folder, "d", 1100)
    found = listed(folder)
    assert found.files == [("mlp.py",)]
    assert found.passed_over == ["/".join(["d"] * limits.DEPTH) + " is more than 31 folders deep."]


def test_a_path_longer_than_the_system_allows_is_an_ordinary_one(folder: Path) -> None:
    nested(folder, "d" * 200, 25, file="mlp.py")
    (found,) = listed(folder).files
    assert len("/".join(found)) > 4096
    assert found[-1] == "mlp.py"


def test_links_and_special_files_are_not_there(folder: Path, tmp_path: Path) -> None:
    touch(tmp_path / "elsewhere" / "secret.py")
    (folder / "away").symlink_to(tmp_path / "elsewhere")
    (folder / "secret.py").symlink_to(tmp_path / "elsewhere" / "secret.py")
    (folder / "loop").symlink_to("loop")
    os.mkfifo(folder / "pipe.py")
    assert listed(folder) == Listing()


def test_a_folder_replaced_by_a_link_meanwhile_is_not_followed(folder: Path, tmp_path: Path) -> None:
    """After its parent was listed: opening what lies below a link fails, wherever in the path it is."""
    touch(tmp_path / "elsewhere" / "deep" / "secret.py")
    (folder / "sub").symlink_to(tmp_path / "elsewhere")
    here = os.open(folder, os.O_RDONLY)
    for parts in (("sub",), ("sub", "deep"), ("sub", "deep", "secret.py")):
        with pytest.raises(OSError, match="sub"), opened(here, parts, os.O_RDONLY):
            pass
    os.close(here)


def test_installed_packages_are_passed_over(folder: Path) -> None:
    for name in ("mlp.py", "venv/lib/a.py", "web/node_modules/b.py", "env311/pyvenv.cfg", "env311/lib/c.py"):
        touch(folder / name)
    found = listed(folder)
    assert found.files == [("mlp.py",)]
    assert found.passed_over == [
        "venv holds installed packages.",
        "env311 is a virtual environment.",
        "web/node_modules holds installed packages.",
    ]


def test_checkpoints_and_what_lies_in_folders_of_data_are_passed_over(folder: Path) -> None:
    for name in ("Checkpoints/mlp.py", "hw/data/loader.py", "hw/data/raw/x.py", "conda/conda-meta/x.py"):
        touch(folder / name)
    found = listed(folder)
    assert found.files == [("hw", "data", "loader.py")]
    assert found.passed_over == [
        "Checkpoints holds checkpoints and logs.",
        "conda is a virtual environment.",
        "hw/data/raw holds data.",
    ]


def test_a_crowded_folder_costs_only_what_is_in_it(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MEMBERS", 5)
    for number in range(6):
        touch(folder / "images" / f"{number}.png")
    touch(folder / "hw" / "mlp.py")
    assert listed(folder) == Listing([("hw", "mlp.py")], ["images has too many entries."])
    for number in range(6):
        touch(folder / f"{number}.png")
    with pytest.raises(Unreadable, match="more than 5 files"):
        listed(folder)


def test_the_number_of_all_entries_is_bounded(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "ENTRIES", 10)
    for number in range(20):
        touch(folder / "many" / str(number % 4) / f"{number}.py")
    found = listed(folder)
    assert len(found.files) == 5
    assert len(found.passed_over) == 3
