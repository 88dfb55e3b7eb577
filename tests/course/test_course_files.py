"""A course goes to another machine whole, without what only the gradebook's machine may know."""

from __future__ import annotations

import io
import tomllib
import zipfile
from typing import TYPE_CHECKING

import pytest

from grader.course.course import load
from grader.course.course_files import packed, unpack, without_gradebook

if TYPE_CHECKING:
    from pathlib import Path

    from tests.fixtures.small_course import WriteCourse

SYLLABUS = """\
title = "Doubling"
points = 7

[gradebook]
url = "postgresql://grader:secret@server/marks"  # who finds this has the marks

[[sections]]
module = "doubling"
"""


def names(archive: bytes) -> set[str]:
    """The files in an archive."""
    return set(zipfile.ZipFile(io.BytesIO(archive)).namelist())


def test_the_course_that_is_unpacked_is_the_same(write: WriteCourse, tmp_path: Path) -> None:
    root = write()
    (root / "assignments" / "data").mkdir()
    (root / "assignments" / "data" / "images").write_bytes(bytes(range(256)))
    unpack(packed(root), tmp_path / "copy")
    assert load(tmp_path / "copy").fingerprint() == load(root).fingerprint()
    assert (tmp_path / "copy" / "assignments" / "data" / "images").read_bytes() == bytes(range(256))


def test_what_grading_does_not_need_stays_here(write: WriteCourse) -> None:
    root = write({"reference/sample_class/alice.py": "", "assignments/ch1/__pycache__/doubling.pyc": ""})
    (root / "gradebook.csv").write_text("marks")
    found = names(packed(root))
    assert "reference/ch1/doubling.py" in found
    assert not [name for name in found if "alice" in name or "pyc" in name or "gradebook" in name]


def test_where_the_gradebook_is_stays_here_and_the_rest_goes(write: WriteCourse, tmp_path: Path) -> None:
    root = write({"course.toml": SYLLABUS})
    archive = packed(root)
    assert b"secret" not in zipfile.ZipFile(io.BytesIO(archive)).read("course.toml")
    unpack(archive, tmp_path / "copy")
    assert load(tmp_path / "copy").fingerprint() == load(root).fingerprint()
    settings = tomllib.loads(SYLLABUS)
    del settings["gradebook"]
    assert tomllib.loads(without_gradebook(SYLLABUS.encode()).decode()) == settings


def test_the_same_course_gives_the_same_bytes(write: WriteCourse, tmp_path: Path) -> None:
    archive = packed(write())
    unpack(archive, tmp_path / "copy")
    assert packed(tmp_path / "copy") == archive


def test_every_user_can_read_what_was_unpacked(write: WriteCourse, tmp_path: Path) -> None:
    """As root, the sandbox reads as another one."""
    root = write()
    (root / "assignments" / "ch1" / "drive_doubling.py").chmod(0o600)
    unpack(packed(root), tmp_path / "copy")
    modes = {path.stat().st_mode & 0o777 for path in (tmp_path / "copy").rglob("*.py")}
    assert modes == {0o644}


def test_no_path_leads_out_of_the_folder(tmp_path: Path) -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("../../outside.py", "")
    unpack(content.getvalue(), tmp_path / "a" / "b")
    assert not (tmp_path / "outside.py").exists()
    with pytest.raises(OSError, match="exists"):
        unpack(content.getvalue(), tmp_path / "a" / "b")
