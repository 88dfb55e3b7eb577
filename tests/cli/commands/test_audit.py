"""`grader audit`: its options, and the spellings of version 0.1, which still work."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from grader.cli.main import main
from tests.fixtures.small_class import RIGHT

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def own_course(course: Path, tmp_path: Path) -> Path:
    """The small course with a solution and a stub."""
    root = shutil.copytree(course, tmp_path / "course")
    (root / "reference" / "ch1").mkdir()
    (root / "reference" / "ch1" / "doubling.py").write_text(RIGHT)
    (root / "assignments" / "ch1" / "doubling.py").write_text(
        "def double(n):\n    raise NotImplementedError\n"
    )
    return root


def test_course_and_sandbox_are_options_and_their_old_spellings_give_a_notice(own_course: Path) -> None:
    new = CliRunner().invoke(main, ["audit", "--course", str(own_course), "--no-sandbox", "--jobs", "1"])
    old = CliRunner().invoke(main, ["audit", str(own_course), "--no-wall", "--jobs", "1"])
    assert old.exit_code == new.exit_code
    assert "examinations locally, 1 seed: " in new.stdout
    assert old.stdout == new.stdout
    assert new.stderr == ""
    assert old.stderr.splitlines() == [
        f"Deprecated: `grader audit {own_course}` is now `grader audit --course {own_course}`.",
        "Deprecated: --no-wall is now --no-sandbox.",
    ]


def test_the_old_spellings_are_not_in_the_help() -> None:
    said = CliRunner().invoke(main, ["audit", "--help"]).output
    assert "--wall" not in said
    assert "COURSE" not in said
    assert said.startswith("Usage: main audit [OPTIONS]\n")
